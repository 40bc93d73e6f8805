"""`bansou search`: what the handbook has on a text. A person in danger is not sent to a handbook (semantics §8)."""

from collections.abc import Iterator
from typing import Any, TextIO

from bot.channels.base import json_line
from bot.channels.once.output import FINE, lines_of, print_json, print_lines, say
from bot.conversation.danger import is_danger
from bot.conversation.guard import find_kinds
from bot.conversation.library import Library

Row = dict[str, Any]


def found_for(library: Library, text: str, limit: int | None = None) -> Row:
    """What the contract prints for one query; the privacy guard is the caller's."""
    if not text.strip() or is_danger(text, library.danger):
        return {"query": text, "answered": False, "hits": []}
    found = library.search(text)
    hits = [(library.entries[hit.entry], hit.score) for hit in found.hits[:limit]]
    shown = [{"entry": one.id, "page": one.page, "title": one.title, "score": score} for one, score in hits]
    return {"query": text, "answered": found.answered, "hits": shown}


def search(library: Library, text: str, out: TextIO, *, limit: int | None, as_data: bool, explain: bool) -> int:
    guarded = bool(find_kinds(text, library.family_names))
    found = found_for(library, "" if guarded else text, limit) | {"query": text}
    if as_data:
        print_json(out, found)
    elif is_danger(text, library.danger):
        print_lines(out, [say(library.words, "danger")])
    elif guarded:
        print_lines(out, [say(library.words, "search_guarded")])
    else:
        print_lines(out, _lines(library, found, explain=explain))
    return FINE


def _lines(library: Library, found: Row, *, explain: bool) -> Iterator[str]:
    words = library.words
    if not found["answered"]:
        yield say(words, "search_nothing")
        if found["hits"]:
            yield say(words, "search_near")
    for hit in found["hits"]:
        pages = "・".join(map(str, library.entries[hit["entry"]].pages))
        yield say(words, "search_hit", pages=pages, title=hit["title"])
        if explain:
            yield say(words, "search_why", entry=hit["entry"], score=hit["score"])


def search_batch(library: Library, data: bytes, out: TextIO, limit: int | None) -> int:
    """One object a line, in the order of the lines, blank ones too."""
    out.writelines(json_line(found_for(library, line, limit)) for line in lines_of(data))
    return FINE
