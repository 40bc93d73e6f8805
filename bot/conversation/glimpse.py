"""The handbook from any chat: what a line typed behind the bot's name finds. Pure, and it leaves no trace.

There is no state, no event and no session here, and nobody knows who asked: nothing of such a line may be kept. Danger
and the privacy guard come first, as in a talk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.asked import FAR
from bot.conversation.browsing import term_asked
from bot.conversation.danger import is_danger, sounds_like_it
from bot.conversation.desk import Desk, page_list
from bot.conversation.finding import end_lines, page_of
from bot.conversation.guard import find_kinds
from bot.conversation.library import Library
from bot.conversation.state import State
from bot.japanese.width import fold
from bot.retrieval.entry import Entry

MOST = 10


@dataclass(frozen=True)
class Glimpse:
    """One thing to choose; chosen, its text goes into the chat. `page`: where it is read on."""

    id: str
    title: str
    gist: str
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Glimpses:
    """`hint`: a sentence above what was found, or in its place; it leads to the bot."""

    found: tuple[Glimpse, ...] = ()
    hint: str = ""


def glimpse(library: Library, text: str) -> Glimpses:
    words = library.words
    if not fold(text):
        return Glimpses(hint=words.say("inline_empty"))
    if is_danger(text, library.danger) or words.commands.get(fold(text)) == "urgent":
        return Glimpses((_help_now(library),))
    if find_kinds(text, library.family_names):
        return Glimpses(hint=words.say("inline_guarded"))
    desk = Desk(library, State(), datetime.min, "")
    entries, hint = _entries(desk, text)
    if sounds_like_it(text, library.danger):
        hint = words.say("danger_hint")
    return Glimpses(tuple(_seen(desk, entry) for entry in entries[:MOST]), hint)


def _help_now(library: Library) -> Glimpse:
    """The fixed words for people in danger; the first of them can be read without choosing."""
    text = library.words.say("danger")
    title, _, rest = text.partition("\n")
    return Glimpse("danger", title, rest, text)


def _entries(desk: Desk, text: str) -> tuple[tuple[Entry, ...], str]:
    """Those of a page or of a term, else what the search finds; and what there is to say of them."""
    library = desk.library
    page = page_of(text, bare=True)
    if page is not None:
        found = library.on_page(page)
        return found, "" if found else desk.words("inline_nothing")
    term = term_asked(desk, text)
    if term is not None and term.entry in library.entries:
        return (library.entries[term.entry],), ""
    result = library.search(text)
    near = (library.entries[hit.entry] for hit in result.hits if hit.score >= FAR and hit.entry in library.entries)
    entries = tuple(near)
    if result.answered and entries:
        return entries, ""
    return entries, desk.words("inline_near" if entries else "inline_nothing")


def _seen(desk: Desk, entry: Entry) -> Glimpse:
    title = desk.words("inline_title", name=entry.name, pages=page_list(entry.pages))
    text = "\n".join([f"【{entry.name}】", entry.short, "", *end_lines(desk, entry)])
    return Glimpse(entry.id, title, entry.short, text, _page_to(desk.library, entry))


def _page_to(library: Library, entry: Entry) -> int:
    """The page that leads to this entry: its first may belong to another one too."""
    own = (page for page in entry.pages if library.on_page(page)[0] is entry)
    return next(own, entry.pages[0])
