"""A talk with the bot, as tests hold it: through `Turns` on a real SQLite store, state written and re-read each turn.

`Talk.says`, `.press`, `.sends` give what came back; the last turn's parts are at hand as properties.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import count
from pathlib import Path

from bot.assemble import LazySearch, make_tokenise
from bot.content.load import flow_from_source, read_content, read_flow
from bot.conversation.library import Library
from bot.conversation.messages import Choice, Message, Pressed, Sent, Typed
from bot.conversation.state import State
from bot.engine.flow import Flow
from bot.retrieval.asking import NOTHING, Asking
from bot.retrieval.entry import Entry
from bot.retrieval.found import Search
from bot.retrieval.index import build_index, units_of
from bot.retrieval.search import Searcher
from bot.store.database import open_database
from bot.store.keys import user_key
from bot.store.store import Store
from bot.turn import Incoming, Outgoing, Turns

ROOT = Path(__file__).parent.parent
JST = timezone(timedelta(hours=9))
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=JST)
SECRET = b"a secret for tests only"


def search_over(entries: Iterable[Entry], asking: Asking = NOTHING) -> Search:
    """Searching these entries, the index built on the spot and kept nowhere."""
    tokenise = make_tokenise()
    return Searcher(build_index(units_of(entries, asking), tokenise), tokenise, asking)


@cache
def real_library() -> Library:
    """Everything that ships."""
    content = read_content(ROOT, prove=False)
    return Library(
        content.flows,
        content.entries,
        content.words,
        content.danger,
        LazySearch(content.entries, content.asking, ROOT / ".pytest_cache" / "index"),
        book=content.book,
        neighbours={one.id: one for one in content.asking.neighbours},
        family_names=content.family_names,
    )


@cache
def everything() -> Flow:
    """A flow with every question type, a deep dive and a repeat."""
    found = read_flow(ROOT / "tests" / "site", "everything")
    assert not found.problems, found.problems
    return found.flows["everything"]


@cache
def small_library() -> Library:
    """The shipped words and entries with the test flow beside the shipped ones."""
    library = real_library()
    return replace(library, flows={**library.flows, "everything": everything()})


@dataclass
class Talk:
    library: Library = field(default_factory=small_library)
    store: Store = field(default_factory=lambda: open_database(":memory:"))
    user: str = "u1"
    last: Outgoing = field(default_factory=Outgoing)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self._fresh = count(1)
        self.restart()

    def restart(self) -> None:
        """A new process on the same store."""
        self.turns = Turns(
            self.library, self.store, SECRET, lambda: self.now, lambda: f"s{next(self._fresh):07}", flow_from_source
        )

    def take(self, message: Message, update_id: int | None = None) -> Outgoing:
        self.last = self.turns.take(Incoming("test", self.user, message, update_id))
        return self.last

    def says(self, *texts: str) -> Outgoing:
        for text in texts:
            self.take(Typed(text))
        return self.last

    def press(self, name: str) -> Outgoing:
        """The newest choice of this id or label."""
        return self.take(Pressed(self.choice(name).token))

    def take_token(self, token: str) -> Outgoing:
        """A press on a button of any age."""
        return self.take(Pressed(token))

    def sends(self, kind: str) -> Outgoing:
        return self.take(Sent(kind))

    def begin(self, flow: str = "everything") -> Outgoing:
        self.says("/start flow-" + flow)
        return self.press(f"begin:{flow}")

    def choice(self, name: str) -> Choice:
        choices = self.state.offered
        found = [one for one in choices if one.id == name] or [one for one in choices if one.label == name]
        assert found, f"{name!r} is not among {[(one.id, one.label) for one in choices]}"
        return found[0]

    @property
    def state(self) -> State:
        return self.turns.state("test", self.user)

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.last.replies)

    @property
    def labels(self) -> list[str]:
        return [choice.label for reply in self.last.replies for choice in reply.choices]

    @property
    def ids(self) -> list[str]:
        return [choice.id for reply in self.last.replies for choice in reply.choices]

    @property
    def cites(self) -> list[str]:
        return [cite.entry for reply in self.last.replies for cite in reply.cites]

    @property
    def answers(self) -> dict[str, object]:
        session = self.state.session
        assert session is not None
        return dict(session.answers)

    def events(self) -> list[str]:
        return [row.kind for row in self.store.events(user_key(SECRET, "test", self.user))]


def locked_once(clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """A turn's clock that finds the file held by another process the first time it is asked, in the transaction."""
    times = iter([True])

    def read() -> datetime:
        if next(times, False):
            raise sqlite3.OperationalError("database is locked")
        return clock()

    return read
