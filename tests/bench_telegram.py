"""How long people wait on Telegram when many use the bot at once. Measured and printed, never asserted.

    .venv/bin/python -m tests.bench_telegram [--users 200] [--turns 20] [--ms 20] [--kinds ours,default,shipped]

A loopback Bot API that takes `--ms` for each call; the bot is a process of its own. Each person opens the checklist,
agrees, taps through it without a pause, and at the end sends four messages at once. A turn lasts from the moment
that Telegram has the message until it has the reply.

- ours: the bot without its own bound of 30 messages a second, which would hide everything else;
- default: the same turns and the same replies in the library's `Application` as it comes, one update at a time;
- shipped: ours with the bound. Telegram sets it, so for real it is what counts when all write at once.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import resource
import secrets
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from bot.channels.telegram.courier import Courier
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.lines import Lines
from bot.channels.telegram.logs import keep_token_out
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.reading import HANDLED, hear
from bot.channels.telegram.run import TelegramChannel
from bot.store.database import open_database
from bot.turn import Incoming, Turns
from tests.channels.telegram.bot_api import TOKEN, BotApi, Json, Shown
from tests.channels.telegram.library import make_turns
from tests.channels.telegram.people import Person, until
from tests.channels.telegram.wire import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

KINDS = ("ours", "default", "shipped")
FLOW = "kihon-checklist"
FIRST = 1_000  # number of the first person
PAGES = (139, 10, 12, 33)  # sent at once
OPENING = 3  # turns: the flow, the gate, consent
PATIENCE = 600.0
AWAITED = ("sendMessage", "editMessageText")


class SlowApi(BotApi):
    """Takes its time as Telegram does, and wakes those who wait for a message."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.loop = asyncio.get_running_loop()
        self.of_chat: dict[int, list[Shown]] = defaultdict(list)
        self.of_number: dict[int, Shown] = {}
        self.came: dict[int, list[float]] = defaultdict(list)  # when each message of a chat came
        self.events: dict[int, asyncio.Event] = defaultdict(asyncio.Event)

    def method(self, name: str, params: Json) -> Any:
        if name != "getUpdates":
            time.sleep(self.seconds)
        answer = super().method(name, params)
        if name in AWAITED:
            self.loop.call_soon_threadsafe(self.events[int(params["chat_id"])].set)
        return answer

    def _send_message(self, params: Json) -> Json:
        answer = super()._send_message(params)
        message = next(one for one in reversed(self.shown) if one.id == answer["message_id"])
        self.of_number[message.id] = message
        self.came[message.chat].append(time.perf_counter())
        self.of_chat[message.chat].append(message)
        return answer

    def _own(self, params: Json) -> Shown:
        return self.of_number[int(params["message_id"])]


@dataclass
class User(Person):
    api: SlowApi
    waited: list[float] = field(default_factory=list)

    @property
    def screen(self) -> list[Shown]:
        return self.api.of_chat[self.chat]

    async def turns(self, count: int) -> None:
        await self._turn(lambda: self.say(f"/start flow-{FLOW}"))
        for number in range(1, count - len(PAGES)):
            await self._turn(lambda number=number: self._tap(number))
        await self._all_at_once()

    async def _turn(self, act: Any) -> None:
        """Until a message with buttons has come: the notice has none."""
        before, start = len(self.screen), time.perf_counter()
        act()
        place = await self._comes(lambda: self._place(before, lambda one: bool(one.rows)))
        self.waited.append(self.api.came[self.chat][place] - start)

    def _tap(self, number: int) -> None:
        """The first button: はじめる, 同意して始める, then the first answer, not a command."""
        message = next(one for one in reversed(self.screen) if one.rows)
        label = message.labels[0] if number < OPENING else "いいえ" if "いいえ" in message.labels else message.labels[0]
        self.press(label, on=message)

    async def _all_at_once(self) -> None:
        before, start = len(self.screen), time.perf_counter()
        for page in PAGES:
            self.say(f"/page {page}")
        for page in PAGES:
            wanted = f"ハンドブック {page}ページ"
            place = await self._comes(lambda wanted=wanted: self._place(before, lambda one: wanted in one.text))
            self.waited.append(self.api.came[self.chat][place] - start)

    def _place(self, before: int, wanted: Any) -> int | None:
        found = (number for number, one in enumerate(self.screen[before:], before) if wanted(one))
        return next(found, None)

    async def _comes(self, look: Any) -> int:
        event = self.api.events[self.chat]
        while (place := look()) is None:
            event.clear()
            await event.wait()
        assert isinstance(place, int)
        return place

    def in_order(self) -> bool:
        places = [self._place(0, lambda one, page=page: f"ハンドブック {page}ページ" in one.text) for page in PAGES]
        return None not in places and places == sorted(places, key=lambda place: place or 0)


# --- the bot, in a process of its own ---


def bot(kind: str, database: str, url: str) -> None:
    logging.basicConfig(level=logging.WARNING)
    with closing(open_database(database)) as store:
        turns = make_turns(store, lambda: secrets.token_hex(8))
        if kind == "default":
            as_it_comes(turns, url)
        else:
            TelegramChannel(turns, TOKEN, url, limits=Limits(rate=30.0 if kind == "shipped" else 0.0)).serve()


def as_it_comes(turns: Turns, url: str) -> None:
    """The library's Application with nothing set but the address and no bound; replies are drawn as ours are."""
    from telegram import Update  # noqa: PLC0415
    from telegram.ext import Application, ContextTypes, TypeHandler  # noqa: PLC0415

    keep_token_out(TOKEN)
    application = Application.builder().token(TOKEN).base_url(f"{url}/bot").rate_limiter(Pace(0)).build()
    lines = Lines()
    courier = Courier(application.bot, Limits(), turns.library.words, lines.beside)

    async def handle(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        heard = hear(update, application.bot.bot)
        assert heard is not None
        if heard.query is not None:
            await courier.answer(heard.query)
        address = heard.address.to_text()
        outgoing = turns.take(Incoming("telegram", str(heard.user), heard.message, update.update_id, address))
        for one in outgoing.owed:
            await courier.bring(one.reply, heard.address)
            turns.sent(one.id)
        if heard.query is not None and not any(one.reply.in_place for one in outgoing.owed):
            courier.mark(heard.query, heard.address)

    application.add_handler(TypeHandler(Update, handle))
    application.run_polling(allowed_updates=HANDLED)  # the strict server brings nothing that was not asked for


# --- the run ---


@asynccontextmanager
async def running(kind: str, server: Server, folder: Path) -> AsyncIterator[None]:
    command = [sys.executable, "-m", "tests.bench_telegram", "--bot", kind, str(folder / "b.db"), server.url]
    environment = {**os.environ, "NO_PROXY": "127.0.0.1"}
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        await until(lambda: server.api.of("getUpdates"), 60)
        yield
    finally:
        process.terminate()
        await process.wait()


async def measure(kind: str, users: int, turns: int, seconds: float, folder: Path) -> None:
    server = Server()
    api = SlowApi(seconds)
    server.api = api
    server.start()
    everybody = [User(api, FIRST + number) for number in range(users)]
    before = _worked()
    async with running(kind, server, folder):
        start = time.perf_counter()
        tasks = [asyncio.create_task(user.turns(turns)) for user in everybody]
        await asyncio.wait(tasks, timeout=PATIENCE)
        took = time.perf_counter() - start
        for task in tasks:
            task.cancel()
        failed = [task for task in await asyncio.gather(*tasks, return_exceptions=True) if task is not None]
    server.stop()
    tell(kind, everybody, took, turns, failed)
    say(f"         {1000 * (_worked() - before) / (users * turns):.1f} ms of a processor a turn, with its start")
    counted(folder, everybody, turns)


def _worked() -> float:
    """Seconds of a processor that ended child processes used: other work on the machine does not change it much."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tell(kind: str, users: list[User], took: float, turns: int, failed: list[Any]) -> None:
    waited = sorted(seconds for user in users for seconds in user.waited)
    cuts = quantiles(waited, n=100)
    figures = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "worst": waited[-1]}
    shown = "  ".join(f"{name} {seconds:6.2f} s" for name, seconds in figures.items())
    say(f"{kind:8} {shown}  {len(waited) / took:4.0f} turns/s  {took:4.0f} s in all")
    lost = len(users) * turns - len(waited)
    mixed = sum(not user.in_order() for user in users)
    say(f"         unanswered {lost} of {len(users) * turns}, chats out of order {mixed} of {len(users)}")
    for error in {repr(one) for one in failed}:
        say(f"         {error}")


def counted(folder: Path, users: list[User], turns: int) -> None:
    """What the database holds: each turn once."""
    with closing(open_database(folder / "b.db")) as store:
        read = make_turns(store, lambda: "")
        wrong = sum(read.state("telegram", str(user.id)).turn != turns for user in users)
    say(f"         people with other than {turns} turns in the database: {wrong}")


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--ms", type=float, default=20)
    parser.add_argument("--kinds", default="ours,default")
    given = parser.parse_args()
    say(f"{given.users} people, {given.turns} turns each, {given.ms:g} ms a call of the server")
    for kind in given.kinds.split(","):
        with tempfile.TemporaryDirectory() as folder:
            await measure(kind, given.users, given.turns, given.ms / 1000, Path(folder))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bot"]:
        bot(*sys.argv[2:])
    else:
        asyncio.run(main())
