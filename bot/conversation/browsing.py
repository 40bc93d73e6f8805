"""The book read without a question: its ten headings, their sections, and its terms. Nothing here searches."""

from __future__ import annotations

import re
from itertools import groupby

from bot.conversation.desk import Desk, page_list
from bot.conversation.finding import open_choice
from bot.conversation.messages import Cite
from bot.japanese.width import fold
from bot.retrieval.book import Term

_TERM = re.compile(
    r"(.+?)(?:とは|って)(?:何|なに|なん|どういう意味|どういうこと)?(?:ですか|でしょうか|のこと|だっけ|か)?"
)


def term_asked(desk: Desk, text: str) -> Term | None:
    """「協議体とは」「SCって何」: the glossary's word, where the whole message asks for it."""
    match = _TERM.fullmatch(fold(text))
    return None if match is None else desk.library.term(match[1])


def show_term(desk: Desk, term: Term) -> None:
    """The term in one sentence, with its page and the entry to open next."""
    pages = desk.words("pages", pages=page_list(term.pages)) if term.pages else ""
    ours = desk.words("supplement") if term.supplement else ""
    named = [desk.library.entries[term.entry]] if term.entry in desk.library.entries else []
    entries = named or [entry for page in term.pages[:1] for entry in desk.library.on_page(page)[:1]]
    desk.change(entries=tuple(entry.id for entry in entries))
    desk.log("term", term=term.term)
    desk.say(
        desk.words("term", term=term.term, says=term.says) + pages + ours,
        tuple(open_choice(desk, entry) for entry in entries),
        tuple(Cite(entry.id, entry.page) for entry in entries),
    )


def show_headings(desk: Desk) -> None:
    """The ten ways into the book."""
    choices = [
        desk.choice(f"heading:{place}", heading.name, "heading", str(place))
        for place, heading in enumerate(desk.library.book.headings)
    ]
    desk.say(desk.words("headings"), tuple(choices))


def show_heading(desk: Desk, place: str) -> None:
    """The sections of one heading by kind, each with a button."""
    headings = desk.library.book.headings
    if not place.isdecimal() or int(place) >= len(headings):
        desk.say(desk.words("gone"))
        return
    entries = desk.library.under(headings[int(place)])
    lines = [f"【{headings[int(place)].name}】"]
    for kind, group in groupby(entries, key=lambda entry: entry.kind):
        lines.append(f"■{kind}: " + "、".join(entry.name for entry in group))
    desk.change(entries=tuple(entry.id for entry in entries))
    desk.say("\n".join(lines), tuple(open_choice(desk, entry) for entry in entries))
