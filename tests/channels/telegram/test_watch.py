"""Polling that dies is noticed, and the process leaves with a status and a line that say why."""

from __future__ import annotations

import asyncio
import logging
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channels.telegram.limits import Limits
from bot.channels.telegram.run import TelegramChannel, run_telegram
from bot.channels.telegram.watch import Ending, Watch
from tests.channels.telegram.bot_api import TOKEN
from tests.channels.telegram.conftest import QUICK, Bot
from tests.channels.telegram.library import make_turns, public_library
from tests.channels.telegram.people import until

if TYPE_CHECKING:
    from bot.store.store import Store
    from tests.channels.telegram.people import Person
    from tests.channels.telegram.wire import Server

BRISK = replace(QUICK, timeout=0.3, stale=1.2, conflicts=2, drain=0.5)


@pytest.fixture
def brisk(server: Server, store: Store) -> Bot:
    return Bot(server, store, BRISK)


def watch_at(*times: float) -> Watch:
    moments = iter(times)
    return Watch(Limits(stale=90, conflicts=2, conflict_window=10), lambda: next(moments))


def test_no_good_poll_for_too_long_is_stale() -> None:
    watch = watch_at(0, 50, 140, 141)
    watch.note(200)
    assert watch.ending() is None
    assert watch.ending() is Ending.STALE


def test_being_told_to_wait_is_alive_and_a_502_is_not() -> None:
    watch = watch_at(0, 60, 120, 160)
    watch.note(429)
    watch.note(502)
    assert watch.ending() is None
    assert watch.ending() is Ending.STALE


@pytest.mark.parametrize("status", [401, 404])
def test_a_refused_token_ends_it_at_once(status: int) -> None:
    watch = watch_at(0, 1)
    watch.note(status)
    assert watch.ending() is Ending.REFUSED


def test_conflicts_count_when_they_come_close_together() -> None:
    watch = watch_at(0, 1, 30, 31, 32, 33)
    watch.note(409)
    watch.note(409)
    assert watch.ending() is None
    watch.note(409)
    assert watch.ending() is Ending.CONFLICT


@pytest.mark.parametrize(
    ("kind", "ending"), [(401, Ending.REFUSED), (404, Ending.REFUSED), ("hang", Ending.STALE), (502, Ending.STALE)]
)
async def test_leaves_when_get_updates_meets(
    kind: int | str, ending: Ending, brisk: Bot, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    task = asyncio.create_task(brisk.run())
    person.say("/start")
    await person.sees("こんにちは")
    brisk.server.fail("getUpdates", kind, times=None)
    assert await asyncio.wait_for(task, 20) is ending
    assert f"exit {ending}" in caplog.text
    assert TOKEN not in caplog.text


async def test_two_that_poll_with_one_token_are_told(brisk: Bot) -> None:
    bot = asyncio.create_task(brisk.run())
    other = asyncio.create_task(asyncio.to_thread(_poll, brisk.server, bot))
    assert await asyncio.wait_for(bot, 20) is Ending.CONFLICT
    await other


def _poll(server: Server, bot: asyncio.Task[Ending]) -> None:
    while not bot.done():
        with suppress(urllib.error.HTTPError):
            urllib.request.urlopen(f"{server.url}/bot{TOKEN}/getUpdates", b"timeout=1").close()


async def test_a_wrong_token_is_told_at_once(server: Server, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    server.fail("getMe", 401)
    assert await Bot(server, store).run() is Ending.REFUSED
    assert "TELEGRAM_BOT_TOKEN" in caplog.text


def test_the_door_gives_the_exit_status(server: Server, store: Store) -> None:
    server.fail("getMe", 404)
    turns = make_turns(store, lambda: "s")
    assert run_telegram(turns, TOKEN, server.url) == 78
    assert TOKEN not in repr(TelegramChannel(turns, TOKEN))


async def test_serves_without_the_words_of_its_menu(
    server: Server, store: Store, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    library = public_library()
    texts = {key: text for key, text in library.words.texts.items() if not key.startswith("cmd_")}
    async with Bot(server, store, library=replace(library, words=replace(library.words, texts=texts))).running():
        person.say("/start")
        await person.sees("こんにちは")
    assert "the list of commands was not set: KeyError" in caplog.text


async def test_tidies_at_start_and_again_whatever_comes_of_it(
    server: Server, store: Store, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    bot, times = Bot(server, store, replace(QUICK, tidy=0.02)), []

    def tidy() -> None:
        times.append(1)
        raise RuntimeError

    object.__setattr__(bot.turns, "tidy", tidy)
    async with bot.running():
        await until(lambda: len(times) > 2)
        person.say("/start")
        await person.sees("こんにちは")
    assert "the database was not tidied" in caplog.text


async def test_starts_through_trouble(server: Server, store: Store, person: Person) -> None:
    for method in ("getMe", "setMyCommands"):
        server.fail(method, 502, times=2)
    server.fail("deleteWebhook", 502)
    async with Bot(server, store).running():
        person.say("/start")
        await person.sees("こんにちは")
        assert len(server.api.menus) == 6


async def test_a_server_that_is_not_there_can_be_left(server: Server, store: Store) -> None:
    server.fail("getMe", "reset", times=None)
    bot = Bot(server, store)
    task = asyncio.create_task(bot.run())
    await asyncio.sleep(0.2)
    bot.stop.set()
    assert await task is Ending.STOPPED


async def test_polling_survives_what_passes(bot: Bot, server: Server, person: Person) -> None:
    for kind in (502, "reset"):
        server.fail("getUpdates", kind)
        person.say("/page 139")
    await person.sees("139")


async def test_only_what_is_handled_is_asked_for_and_nothing_is_dropped(
    bot: Bot, server: Server, person: Person
) -> None:
    person.say("/start")
    await person.sees("こんにちは")
    asked = server.api.of("getUpdates")[0].params
    kinds = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
    assert asked["allowed_updates"] == kinds
    assert not any(call.params.get("drop_pending_updates") for call in server.api.of("deleteWebhook"))


async def test_the_token_is_in_no_log(
    bot: Bot, server: Server, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.fail("sendMessage", 502)
    person.say("/start")
    await person.sees("こんにちは")
    assert TOKEN.partition(":")[2] not in caplog.text
