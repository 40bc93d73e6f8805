"""What a message in one's own words asks for: an answer, one of several, two, more of what was shown, or nothing.

The search says which (`retrieval/found.py`); here it becomes a message. Nothing that was typed is kept, only ids.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.desk import Desk, page_list
from bot.conversation.finding import NEAREST, open_choice, show_called_part, show_entry, shown_lately
from bot.conversation.messages import Cite
from bot.japanese.width import fold, is_question
from bot.retrieval.entry import Entry
from bot.retrieval.found import Found

FAR = 0.03  # a heading below it is not near enough to be offered where the book has no answer


def answer(desk: Desk, text: str, *, may_be_answer: bool = False) -> bool:
    """What the book has for a trouble in one's own words; False where it has nothing.

    `may_be_answer`: a question waits, and what does not ask is taken for a question only when the book surely has it.
    """
    statement = may_be_answer and not is_question(text)
    found = desk.library.search(text, "" if statement else shown_lately(desk))
    hits = tuple(hit.entry for hit in found.hits if hit.entry in desk.library.entries)
    enough = found.sure and not found.close if statement else found.answered
    if found.asks_on:
        return _asked_on(desk, found.asks_on, hits)
    if not enough or not hits:
        desk.change(entries=tuple(hit.entry for hit in found.hits[:NEAREST] if hit.score >= FAR))
        return _outside(desk, found) if may_be_answer and not statement else False
    desk.change(entries=hits)
    desk.log("found", entries=list(hits[: NEAREST + 1]))
    entries = [desk.library.entries[name] for name in hits]
    if found.both:
        _offer(desk, entries[:2], "both_matters")
    elif found.close:
        _offer(desk, entries[: found.close], "which_matter")
    else:
        show_entry(desk, entries[0])
    return True


def _offer(desk: Desk, entries: list[Entry], heading: str) -> None:
    """Several entries by theme, gist and page, each to be opened; the first counts as shown."""
    lines = [desk.words(heading)]
    lines += [desk.words("matter", theme=e.theme, gist=e.short, pages=page_list(e.pages), name=e.name) for e in entries]
    desk.change(entry=entries[0].id, shown_at=desk.state.turn, topic=entries[0].id)
    cites = tuple(Cite(entry.id, entry.page) for entry in entries)
    others = ",".join(desk.state.entries[len(entries) : len(entries) + NEAREST])
    more = (desk.choice(":others", desk.words("entry_others"), "others", others),) if others else ()
    desk.say("\n".join(lines), (*(open_choice(desk, entry) for entry in entries), *more), cites)


# --- asking on ---


def means_the_entry(desk: Desk, text: str) -> bool:
    """「つづき」 where nothing is open and an entry was just shown: the rest of that."""
    asks = fold(text) in map(fold, desk.library.words.listed("more_words"))
    return asks and not desk.in_flow and not desk.state.unfinished and bool(shown_lately(desk))


def _asked_on(desk: Desk, way: str, hits: tuple[str, ...]) -> bool:
    desk.log("asked_on", way=way)
    _WAYS[way](desk, hits)
    return True


def _part(part: str) -> Callable[[Desk, tuple[str, ...]], None]:
    return lambda desk, _hits: show_called_part(desk, part)


def _another(desk: Desk, _hits: tuple[str, ...]) -> None:
    """The next answer after the one shown."""
    entries = desk.state.entries
    at = entries.index(desk.state.topic) + 1 if desk.state.topic in entries else len(entries)
    following = next((name for name in entries[at:] if name in desk.library.entries), None)
    if following is None:
        desk.say(desk.words("no_others"))
    else:
        show_entry(desk, desk.library.entries[following], (desk.words("on_another"),))


def _elsewhere(heading: str) -> Callable[[Desk, tuple[str, ...]], None]:
    """Another entry, near what was shown and what is asked of it."""

    def show(desk: Desk, hits: tuple[str, ...]) -> None:
        if hits[:1] == (desk.state.topic,):  # the entry itself knows best whom to ask
            show_called_part(desk, "ask")
            return
        desk.log("found", entries=list(hits[: NEAREST + 1]))
        show_entry(desk, desk.library.entries[hits[0]], (desk.words(heading),), desk.state.topic)

    return show


_WAYS: dict[str, Callable[[Desk, tuple[str, ...]], None]] = {
    "another": _another,
    "example": _elsewhere("on_example"),
    "money": _elsewhere("on_money"),
    "more": _part("more"),
    "next": _part("next"),
    "other": _elsewhere("on_other"),
    "page": _part("source"),
    "questions": _part("ask"),
    "short": _part("short"),
}


# --- nothing ---


def decline(desk: Desk, text: str) -> None:
    """The book has no answer: where to turn, if that is known, and the nearest headings as such."""
    found = desk.library.search(text)
    if not _outside(desk, found):
        desk.log("declined")
        _near(desk, desk.words("not_in_book"))


def _outside(desk: Desk, found: Found) -> bool:
    """One sentence on a matter that is known to lie outside the book."""
    neighbour = desk.library.neighbours.get(found.neighbour)
    if neighbour is None:
        return False
    desk.log("declined", neighbour=neighbour.id)
    if neighbour.near:
        _near(desk, neighbour.says)
    else:
        desk.say(neighbour.says)
    return True


def _near(desk: Desk, says: str) -> None:
    near = [desk.library.entries[name] for name in desk.state.entries if name in desk.library.entries]
    lines = [says, *([desk.words("nearest")] if near else [])]
    desk.say("\n".join(lines), tuple(open_choice(desk, entry) for entry in near))
