"""The database's log is emptied at start and in pauses, so that what was deleted does not lie in it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channels.telegram.upkeep import empty_log_when_idle
from bot.store.database import open_database
from tests.channels.telegram.conftest import QUICK, Bot
from tests.channels.telegram.people import until

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.store import Store
    from tests.channels.telegram.people import Person
    from tests.channels.telegram.wire import Server


class Written:
    """Of `Turns`, only what upkeep asks for."""

    def __init__(self, *counts: int, empties: bool = True) -> None:
        self.counts, self.empties, self.emptied = list(counts), empties, 0
        self.over = asyncio.Event()

    def written(self) -> int:
        count = self.counts.pop(0)
        if not self.counts:
            self.over.set()
            self.counts.append(count)
        return count

    def empty_log(self) -> bool:
        self.emptied += 1
        return self.empties


async def emptied(turns: Written) -> int:
    task = asyncio.create_task(empty_log_when_idle(turns, replace(QUICK, idle=0)))  # type: ignore[arg-type]
    await turns.over.wait()
    task.cancel()
    return turns.emptied


async def test_it_is_emptied_in_a_pause_once_and_again_after_more() -> None:
    assert await emptied(Written(0, 5, 9, 9, 9, 9, 12, 12, 12)) == 2


async def test_where_no_pause_comes_it_is_emptied_all_the_same() -> None:
    assert await emptied(Written(*range(QUICK.busy + 2))) == 1
    assert await emptied(Written(*range(2 * QUICK.busy + 2))) == 1
    assert await emptied(Written(*range(2 * QUICK.busy + 4))) == 2


async def test_it_is_left_alone_while_people_are_served_and_where_nothing_happened() -> None:
    assert await emptied(Written(0, 1, 2, 3, 4)) == 0
    assert await emptied(Written(7, 7, 7, 7)) == 0


async def test_it_is_tried_again_where_somebody_was_reading() -> None:
    assert await emptied(Written(0, 5, 5, 5, 5, empties=False)) == 3


async def test_after_a_turn_nothing_is_left_in_the_file(
    server: Server, store: Store, person: Person, tmp_path: Path
) -> None:
    log = tmp_path / "bansou.db-wal"
    async with Bot(server, store, replace(QUICK, idle=0.3)).running() as bot:
        await until(lambda: log.stat().st_size == 0)  # at start
        person.say("/page 139")
        await until(lambda: log.stat().st_size > 0)
        await until(lambda: log.stat().st_size == 0)
        person.say("/page 12")
        await person.sees("12")
        assert bot.turns.state("telegram", str(person.id)).turn == 2


async def test_trouble_with_it_is_logged_and_nobody_notices(
    server: Server, store: Store, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    bot = Bot(server, store, replace(QUICK, idle=0.05))

    def broken() -> bool:
        raise RuntimeError

    object.__setattr__(bot.turns, "empty_log", broken)
    async with bot.running():
        person.say("/start")
        await person.sees("こんにちは")
        await until(lambda: "was not emptied: RuntimeError" in caplog.text)


def test_the_store_says_whether_somebody_was_reading(tmp_path: Path) -> None:
    one, other = open_database(tmp_path / "b.db"), open_database(tmp_path / "b.db")
    one.queue("telegram", "u", "a", [{}], "2026-11-23T12:00:00+09:00")
    reading = other._database.conn
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM outbox").fetchall()
    one.queue("telegram", "u", "a", [{}], "2026-11-23T12:00:00+09:00")
    assert one.empty_log() is False
    assert one._database.execute("PRAGMA busy_timeout").fetchone() == (5000,)
    reading.execute("ROLLBACK")
    assert one.empty_log() is True
    one.close()
    other.close()
