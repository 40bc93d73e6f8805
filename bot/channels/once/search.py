"""`bansou search`: what the handbook has on a text. A person in danger is not sent to a handbook (semantics §8)."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, TextIO

from bot.channels.base import json_line
from bot.channels.once.output import FINE, lines_of, print_json, print_lines, say
from bot.conversation.danger import is_danger
from bot.conversation.finding import NEAREST
from bot.conversation.guard import find_kinds
from bot.conversation.library import Library, Words
from bot.retrieval.found import Found

Row = dict[str, Any]
_KINDS = {
    "letters": "search_kind_letters",
    "sounds": "search_kind_sounds",
    "units": "search_kind_units",
    "words": "search_kind_words",
}


def found_for(library: Library, text: str, limit: int | None = None) -> Row:
    """What the contract prints for one query; the privacy guard is the caller's."""
    if not text.strip() or is_danger(text, library.danger):
        return _row(library, text, Found(answered=False), limit)
    return _row(library, text, library.search(text), limit)


def _row(library: Library, text: str, found: Found, limit: int | None) -> Row:
    hits = [(library.entries[hit.entry], hit.score) for hit in found.hits[:limit]]
    shown = [{"entry": one.id, "page": one.page, "title": one.title, "score": score} for one, score in hits]
    return {"query": text, "answered": found.answered, "hits": shown}


def search(library: Library, text: str, out: TextIO, *, limit: int | None, as_data: bool, explain: bool) -> int:
    guarded = bool(find_kinds(text, library.family_names))
    nothing = guarded or not text.strip() or is_danger(text, library.danger)
    found = Found(answered=False) if nothing else library.search(text)
    row = _row(library, text, found, limit)
    if explain:
        row["hits"] = [hit | {"why": asdict(library.search.why(text, hit["entry"]))} for hit in row["hits"]]
    if as_data:
        print_json(out, row)
    elif is_danger(text, library.danger):
        print_lines(out, [say(library.words, "danger")])
    elif guarded:
        print_lines(out, [say(library.words, "search_guarded")])
    else:
        print_lines(out, _lines(library, row, found))
    return FINE


def _lines(library: Library, row: Row, found: Found) -> Iterator[str]:
    words = library.words
    if not found.answered:
        outside = library.neighbours.get(found.neighbour)
        yield say(words, "search_nothing") if outside is None else outside.says
        if row["hits"]:
            yield say(words, "search_near")
    for hit in row["hits"] if found.answered else row["hits"][:NEAREST]:
        pages = "・".join(map(str, library.entries[hit["entry"]].pages))
        yield say(words, "search_hit", pages=pages, title=hit["title"])
        yield from _why(words, hit)


def _why(words: Words, hit: Row) -> Iterator[str]:
    """Which words, which example, which lines of the thesaurus, and how much each kind of likeness gave."""
    if "why" not in hit:
        return
    why = hit["why"]
    yield say(words, "search_why", entry=hit["entry"], score=hit["score"])
    if why["words"]:
        yield say(words, "search_why_words", words="、".join(why["words"]))
    yield say(words, "search_why_example", example=why["example"])
    for said, means in why["everyday"]:
        yield say(words, "search_why_everyday", said=said, means=means)
    shares = "、".join(f"{say(words, _KINDS[kind])} {share:.0%}" for kind, share in why["shares"])
    yield say(words, "search_why_shares", shares=shares)


def search_batch(library: Library, data: bytes, out: TextIO, limit: int | None) -> int:
    """One object a line, in the order of the lines, blank ones too."""
    out.writelines(json_line(found_for(library, line, limit)) for line in lines_of(data))
    return FINE
