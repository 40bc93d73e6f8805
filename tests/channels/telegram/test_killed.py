"""The bot as a process of its own: killed in the middle, it goes on where it was, and no message is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.channels.telegram.bot_api import TOKEN
from tests.channels.telegram.people import Person, begin, faultless, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.channels.telegram.wire import Server

ROOT = Path(__file__).parents[3]
FLOW = "試しの質問をひと通り"


@asynccontextmanager
async def process(server: Server, folder: Path, stale: float = 20) -> AsyncIterator[Process]:
    command = [sys.executable, "-m", "tests.channels.telegram.program", str(folder / "b.db"), server.url, str(stale)]
    environment = {**os.environ, "HTTP_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9"}
    made = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stderr=PIPE)
    try:
        before = len(server.api.of("getUpdates"))
        await until(lambda: len(server.api.of("getUpdates")) > before, 30)  # other tests may use both cores
        yield made
    finally:
        if made.returncode is None:
            made.kill()
        await made.communicate()


async def test_killed_in_a_flow_it_goes_on_at_the_same_question(server: Server, person: Person, tmp_path: Path) -> None:
    others = [Person(server.api, 100 + number) for number in range(8)]
    async with process(server, tmp_path) as first:
        await begin(person, FLOW)
        await person.tap("していない")
        await person.tap("時間がない")
        await person.tap("決定")
        await person.sees("費用はいくらですか")
        # Many messages at once, and an end without warning while they are being answered.
        person.say("1,200万円")
        for other in others:
            other.say("/page 139")
        await until(lambda: any(other.screen for other in others))
        first.kill()
        await first.wait()
    assert sum(bool(other.screen) for other in others) < len(others)
    person.say("65")
    async with process(server, tmp_path):
        await person.sees("次の会はいつですか")
        # A kill between the sending and its record brings a reply twice; never less than once.
        for other in others:
            await other.sees("139")
            await other.sees("はじめに")
    assert [message.text for message in person.screen if "費用はいくら" in message.text] != []
    await faultless(server)


async def test_what_was_promised_before_the_kill_is_sent_after_it(
    server: Server, person: Person, tmp_path: Path
) -> None:
    """The turn is committed, its reply hangs, the process dies; Telegram does not bring the update again."""
    async with process(server, tmp_path) as first:
        await begin(person, FLOW)
        await person.offered("していない")
        server.fail("sendMessage", "hang", times=1)
        person.press("していない")
        await until(lambda: server.api.of("sendMessage")[-1].status == 0)
        await until(lambda: not server.api.updates)
        first.kill()
    assert not any("わけを" in message.text for message in person.screen)
    async with process(server, tmp_path):
        await person.sees("わけをすべて選んでください")
        await person.tap("時間がない")
        await person.offered("✓ 時間がない")
    assert sum("わけを" in message.text for message in person.screen) == 1


async def test_sigterm_answers_what_it_has_taken_and_ends_with_0(
    server: Server, person: Person, tmp_path: Path
) -> None:
    async with process(server, tmp_path) as made:
        for page in (10, 12, 33, 38, 139):
            person.say(f"/page {page}")
        await until(lambda: person.screen)
        made.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(made.communicate(), 20)
        assert made.returncode == 0
    assert len(person.screen) == 6  # five entries and the notice
    assert TOKEN not in log.decode()


async def test_a_dead_poll_ends_the_process_with_a_status_and_a_line(
    server: Server, person: Person, tmp_path: Path
) -> None:
    async with process(server, tmp_path, stale=1.5) as made:
        person.say("/start")
        await person.sees("こんにちは")
        server.fail("getUpdates", 401, times=None)
        _, log = await asyncio.wait_for(made.communicate(), 20)
        assert made.returncode == 78
    assert "TELEGRAM_BOT_TOKEN" in log.decode()
    assert TOKEN not in log.decode()
