"""A Bot API on loopback, and the real bot against it, in the test's own loop."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.channels.telegram.limits import Limits
from bot.channels.telegram.serving import serve
from bot.store.database import open_database
from tests.channels.telegram.bot_api import TOKEN
from tests.channels.telegram.library import make_turns
from tests.channels.telegram.people import Person
from tests.channels.telegram.wire import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.channels.telegram.watch import Ending
    from bot.conversation.library import Library
    from bot.settings import Webhook
    from bot.store.store import Store
    from bot.turn import Turns

QUICK = Limits(poll=1, timeout=2, stale=20, conflicts=3, pause=0.02, longest_pause=0.1, drain=2)


@dataclass
class Bot:
    """One process's worth of bot, without the process."""

    server: Server
    store: Store
    limits: Limits = QUICK
    allowed: frozenset[int] | None = None
    library: Library | None = None
    webhook: Webhook | None = None
    signs: list[int] = field(default_factory=list)  # of life
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.turns: Turns = make_turns(self.store, lambda: secrets.token_hex(8), self.library)

    async def run(self) -> Ending:
        return await serve(
            self.turns,
            TOKEN,
            self.server.url,
            allowed=self.allowed,
            limits=self.limits,
            stop=self.stop,
            webhook=self.webhook,
            sign=lambda: self.signs.append(1),
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Bot]:
        task = asyncio.create_task(self.run())
        try:
            yield self
        finally:
            self.stop.set()
            await task


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_database(tmp_path / "bansou.db")
    yield opened
    opened.close()


@pytest.fixture
async def bot(server: Server, store: Store) -> AsyncIterator[Bot]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(Bot(server, store).running())


@pytest.fixture
def person(server: Server) -> Person:
    return Person(server.api, 42)
