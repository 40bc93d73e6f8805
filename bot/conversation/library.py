"""What a conversation can draw on: flows, entries, words, danger tables, the search. Built once, never changed.

`words` are all sentences that the bot itself says, by key, with {slots}; `content/` reads them and `bansou check`
knows which keys and slots the code uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.engine.flow import Flow
from bot.japanese.width import fold
from bot.retrieval.asking import Neighbour
from bot.retrieval.book import Book, Heading, Term
from bot.retrieval.entry import Entry
from bot.retrieval.found import Search


@dataclass(frozen=True)
class Danger:
    """Words that mean a person may be in danger, and those of the field's work that only sound so."""

    patterns: tuple[str, ...] = ()  # regular expressions over the folded text
    work: tuple[str, ...] = ()  # taken out before the patterns are tried; they put one line before the answer


@dataclass(frozen=True)
class Words:
    """The bot's own sentences."""

    texts: Mapping[str, str]
    commands: Mapping[str, str]  # folded word -> command, e.g. もどる -> back

    def say(self, key: str, **slots: object) -> str:
        return self.texts[key].format(**slots)

    def listed(self, key: str) -> list[str]:
        """A sentence that is a list."""
        return self.say(key).split("、")


@dataclass(frozen=True)
class About:
    """Who runs this bot, and what it stands on."""

    operator: str = ""
    contact: str = ""
    notice: str = "1"  # version of the notice: a new one is shown again and, in a public chat, agreed to again
    content: str = ""  # version of flows and knowledge


@dataclass(frozen=True)
class Library:
    flows: Mapping[str, Flow]
    entries: Mapping[str, Entry]
    words: Words
    danger: Danger
    search: Search
    about: About = field(default_factory=About)
    book: Book = field(default_factory=Book)
    neighbours: Mapping[str, Neighbour] = field(default_factory=dict)  # what the book does not answer, by id
    family_names: tuple[str, ...] = ()  # for the privacy guard
    edits: bool = False  # the channel replaces a message in place, so that what stood below it still does
    closed: bool = False  # not for everybody: some are here by an invitation, which is forgotten with the rest
    dots: bool = False  # the channel has room for a row of dots that shows how far along one is
    public: bool = False  # the channel keeps what is said on other people's servers: gate, bands, no free text

    def on_page(self, page: int) -> tuple[Entry, ...]:
        """The entries that a printed page belongs to."""
        return tuple(entry for entry in self.entries.values() if page in entry.pages or page == entry.page)

    def under(self, heading: Heading) -> tuple[Entry, ...]:
        """The entries of a heading in the book's order, stages of a dialogue after the whole."""
        sections = [section.entry for section in heading.sections]
        found = [entry for entry in self.entries.values() if entry.section in sections]
        return tuple(sorted(found, key=lambda entry: (sections.index(entry.section), entry.id)))

    def term(self, word: str) -> Term | None:
        """The glossary's word for this spelling."""
        folded = fold(word)
        return next((one for one in self.book.terms if folded in map(fold, (one.term, *one.also))), None)

    def flows_on(self, pages: tuple[int, ...]) -> tuple[Flow, ...]:
        """The flows that cite one of these pages, those first whose main page it is."""
        found = [flow for flow in self.flows.values() if set(flow.pages) & set(pages)]
        return tuple(sorted(found, key=lambda flow: min(flow.pages.index(p) for p in flow.pages if p in pages)))

    def shelves(self) -> tuple[tuple[str, tuple[Flow, ...]], ...]:
        """The menu's headings in their order, each with its flows; a flow that names none stands by itself."""
        flows = self.flows.values()
        named = [(name, tuple(flow for flow in flows if flow.shelf == name)) for name in self.words.listed("shelves")]
        alone = [(flow.title, (flow,)) for flow in flows if flow.shelf not in self.words.listed("shelves")]
        return tuple((name, held) for name, held in (*named, *alone) if held)
