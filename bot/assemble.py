"""The one place where concrete things meet: content, search, store, key, clock; it hands out what commands work with.

The rule: nothing starts before it is needed. Sudachi and the index are made at the first search, so that a talk which
only answers questions never waits for them. Decides nothing and says nothing.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from bot.access import Access
from bot.clock import clock
from bot.content.files import KNOWLEDGE
from bot.content.load import Content, flow_from_source
from bot.content.problems import Problem, faults
from bot.conversation.library import About, Library
from bot.turn import Turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bot.japanese.words import Tokenise, Word
    from bot.retrieval.asking import Asking
    from bot.retrieval.entry import Entry
    from bot.retrieval.found import Found, Why
    from bot.retrieval.search import Searcher
    from bot.settings import Settings

_LONGEST = 12_000  # characters; Sudachi refuses more than 49,149 bytes
_NEEDED = f"{KNOWLEDGE}/words/", f"{KNOWLEDGE}/danger.yaml", f"{KNOWLEDGE}/guard.yaml"


@dataclass(eq=False)
class Unusable(Exception):
    """Without its words, or without the tables for danger and privacy, nobody may be talked to."""

    problems: tuple[Problem, ...]


@contextmanager
def open_turns(settings: Settings, content: Content, *, public: bool = False) -> Iterator[Turns]:
    """`public`: on a channel that keeps what is said on other people's servers. `Unusable` for broken content."""
    from bot.store.database import open_database
    from bot.store.keys import load_secret

    library = make_library(settings, content, public=public)
    secret = load_secret(settings.database, settings.key)  # before the first turn (semantics §9)
    with closing(open_database(settings.database)) as store:
        turns = Turns(library, store, secret, clock, fresh, flow_from_source)
        yield turns
        with suppress(sqlite3.OperationalError):  # another process is at work: it will tidy when it ends
            turns.tidy()


@contextmanager
def open_access(settings: Settings) -> Iterator[Access]:
    """Beside a bot that is at work on the same database."""
    from bot.store.database import open_database
    from bot.store.keys import load_secret

    secret = load_secret(settings.database, settings.key)
    with closing(open_database(settings.database)) as store:
        yield Access(store, secret, clock)


def make_library(settings: Settings, content: Content, *, public: bool = False) -> Library:
    broken = tuple(problem for problem in faults(content.problems) if problem.file.startswith(_NEEDED))
    if broken:
        raise Unusable(broken)
    about = About(settings.operator, settings.contact, content=content_version(content))
    return Library(
        flows=content.flows,
        entries=content.entries,
        words=content.words,
        danger=content.danger,
        search=LazySearch(content.entries, content.asking, settings.kept),
        neighbours={one.id: one for one in content.asking.neighbours},
        about=about,
        family_names=content.family_names,
        book=content.book,
        closed=public and settings.allowed_users is not None,
        public=public,
        edits=public,  # today the one public channel is the one that edits, and it is a phone's screen
        dots=public,
    )


def content_version(content: Content) -> str:
    """Twelve digits that change with any word of flows or entries."""
    parts = [flow.version for flow in content.flows.values()] + [repr(entry) for entry in content.entries.values()]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


class LazySearch:
    """The search, which starts Sudachi and reads its index at the first question and not before."""

    def __init__(self, entries: Mapping[str, Entry], asking: Asking, kept: Path | None = None) -> None:
        self._made = cache(partial(make_search, entries, asking, kept))

    def __call__(self, text: str, shown: str = "") -> Found:
        return self._made()(text, shown)

    def why(self, text: str, entry: str) -> Why:
        return self._made().why(text, entry)


def make_search(entries: Mapping[str, Entry], asking: Asking, kept: Path | None = None) -> Searcher:
    from bot.kept import kept_index
    from bot.retrieval.index import build_index, units_of
    from bot.retrieval.search import Searcher

    tokenise = make_tokenise()
    units = units_of(entries.values(), asking)
    build = partial(build_index, units, tokenise)
    return Searcher(build() if kept is None else kept_index(kept, units, build), tokenise, asking)


def make_tokenise() -> Tokenise:
    """Sudachi with its core dictionary. It refuses long texts and half surrogate pairs, and any text may come in."""
    from sudachipy import Dictionary, SplitMode

    from bot.japanese.words import Word

    tokenizer = Dictionary(dict="core").tokenizer()  # long units; each knows its short ones

    def tokenise(text: str) -> tuple[Word, ...]:
        whole = text[:_LONGEST].encode("utf-8", "replace").decode()
        return tuple(
            Word(
                found.surface(),
                found.normalized_form(),
                found.reading_form(),
                found.part_of_speech()[0],
                tuple(part.normalized_form() for part in found.split(SplitMode.A)),
            )
            for found in tokenizer.tokenize(whole)
        )

    return tokenise


def fresh() -> str:
    """64 bits: sessions of all users share one set of ids, and 32 bits would meet after some ten thousand."""
    return secrets.token_hex(8)
