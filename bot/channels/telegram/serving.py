"""Everything together: the bot, its polling, the watch over it, and the way out.

The order matters: what a crash left unsent stands in the lines before the first update is taken; at the end polling
stops first, then what is under way is sent, and what is left stays owed.
"""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import suppress
from datetime import timedelta
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ExtBot, Updater
from telegram.request import HTTPXRequest

from bot.channels.telegram.courier import Courier
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.lines import Lines, log_failure
from bot.channels.telegram.logs import keep_token_out
from bot.channels.telegram.menu import publish_menu, publish_profile
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.reading import HANDLED
from bot.channels.telegram.watch import Ending, Watch, WatchedRequest, log_ending

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    from bot.channels.telegram.limits import Limits
    from bot.conversation.library import Words
    from bot.turn import Turns

_log = logging.getLogger(__name__)
_WAITED_429 = 3  # the rate limiter's own tries after a 429; its default is none
_POLLERS = 4  # connections for getUpdates: with one, a wedged connection ends all polling


async def serve(
    turns: Turns, token: str, base_url: str, *, allowed: frozenset[int] | None, limits: Limits, stop: asyncio.Event
) -> Ending:
    keep_token_out(token)
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library warns of its own old habit at every 429 otherwise
    watch, lines = Watch(limits), Lines()
    bot = make_bot(token, base_url, limits, watch)
    outbox = Outbox(turns, Courier(bot, limits, turns.library.words), lines)
    updater = Updater(bot, Inbox(turns, bot, outbox, allowed))
    try:
        ending = await _unless(stop, _poll(updater, outbox, watch, turns, limits))
    except InvalidToken:
        ending = Ending.REFUSED
    finally:
        await _leave(updater, lines, limits)
    log_ending(ending)
    return ending


def make_bot(token: str, base_url: str, limits: Limits, watch: Watch) -> ExtBot[int]:
    """`base_url` without /bot: the public server, a Bot API server of one's own, or a test's."""
    root = base_url.rstrip("/")
    seconds = limits.timeout
    options: dict[str, Any] = {
        "read_timeout": seconds,
        "write_timeout": seconds,
        "connect_timeout": seconds,
        "pool_timeout": seconds * 4,  # the pool is what bounds how many chats are sent to at once: waiting is normal
        "httpx_kwargs": {"trust_env": not _is_loopback(root)},  # a proxy of the environment cannot reach us there
    }
    return ExtBot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=HTTPXRequest(connection_pool_size=limits.connections, **options),
        get_updates_request=WatchedRequest(watch, connection_pool_size=_POLLERS, **options),
        rate_limiter=AIORateLimiter(max_retries=_WAITED_429),
    )


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


# --- the run ---


async def _poll(updater: Updater, outbox: Outbox, watch: Watch, turns: Turns, limits: Limits) -> Ending:
    """Never ends but by an error or the watch."""
    await _until_reached(updater.initialize, limits)
    beside = [
        asyncio.create_task(_show_menu(updater.bot, turns.library.words, limits)),
        asyncio.create_task(_tidy(turns, limits)),
    ]
    try:
        outbox.resume()
        await updater.start_polling(
            timeout=timedelta(seconds=limits.poll),
            bootstrap_retries=-1,
            allowed_updates=HANDLED,
            drop_pending_updates=False,  # people write while the bot is being restarted
            error_callback=lambda error: _log.warning("getUpdates failed: %s", type(error).__name__),
        )
        watch.start()
        return await watch.wait()
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


async def _show_menu(bot: Bot, words: Words, limits: Limits) -> None:
    """Beside the talk: nobody waits for what clients show around it, and without it everything works."""
    for what, publish in (("the list of commands", publish_menu), ("the profile", publish_profile)):
        try:
            await _until_reached(partial(publish, bot, words), limits)
        except Exception as error:  # noqa: BLE001
            log_failure(f"{what} was not set", error)


async def _tidy(turns: Turns, limits: Limits) -> None:
    while True:
        try:
            turns.tidy()
        except Exception as error:  # noqa: BLE001  another process may be at the database; tomorrow is soon enough
            log_failure("the database was not tidied", error)
        await asyncio.sleep(limits.tidy)


async def _until_reached(call: Callable[[], Awaitable[object]], limits: Limits) -> None:
    """Again until the server answers: at boot the network may come up after us. A refused token does not pass."""
    pause = limits.pause
    while True:
        try:
            await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            _log.warning("Telegram was not reached (%s), next try in %.0f s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, limits.longest_pause)
        else:
            return


async def _unless(stop: asyncio.Event, work: Awaitable[Ending]) -> Ending:
    """What the work ends with, or STOPPED if we are told to stop before."""
    tasks = (asyncio.ensure_future(work), asyncio.ensure_future(stop.wait()))
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    if tasks[0].done():
        tasks[1].cancel()
        return tasks[0].result()
    tasks[0].cancel()
    await asyncio.gather(tasks[0], return_exceptions=True)
    return Ending.STOPPED


async def _leave(updater: Updater, lines: Lines, limits: Limits) -> None:
    """Stop taking, then finish sending. A server that hangs must not keep us."""
    if updater.running:
        with suppress(TelegramError, TimeoutError):
            await asyncio.wait_for(updater.stop(), limits.drain)
    await lines.finish(limits.drain)
    with suppress(TimeoutError):  # not the updater's: that does nothing where the start did not come to its end
        await asyncio.wait_for(updater.bot.shutdown(), limits.drain)
