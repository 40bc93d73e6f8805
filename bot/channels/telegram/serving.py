"""Everything together: the bot, how updates reach it, the watch over that, and the way out.

The order matters: what a crash left unsent stands in the lines before the first update is taken; at the end polling
stops first, then what is under way is sent, and what is left stays owed.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot, Updater
from telegram.request import HTTPXRequest

from bot.channels.telegram.courier import Courier
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.lines import Lines, log_failure
from bot.channels.telegram.logs import keep_token_out
from bot.channels.telegram.menu import publish_menu, publish_profile
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.receiving import listen, poll, until_reached
from bot.channels.telegram.upkeep import empty_log_when_idle, tidy
from bot.channels.telegram.watch import Ending, Watch, WatchedRequest, log_ending

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    from bot.channels.telegram.limits import Limits
    from bot.conversation.library import Words
    from bot.settings import Webhook
    from bot.turn import Turns

_POLLERS = 4  # connections for getUpdates: with one, a wedged connection ends all polling


async def serve(
    turns: Turns,
    token: str,
    base_url: str,
    *,
    allowed: frozenset[int] | None,
    limits: Limits,
    stop: asyncio.Event,
    webhook: Webhook | None = None,
    sign: Callable[[], None] = lambda: None,
) -> Ending:
    """`webhook`: None asks for updates instead. `sign` is called as long as we are alive."""
    keep_token_out(token)
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library warns of its own old habit at every 429 otherwise
    watch, lines = Watch(limits, sign=sign), Lines()
    bot = make_bot(token, base_url, limits, watch)
    outbox = Outbox(turns, Courier(bot, limits, turns.library.words, lines.beside), lines)
    updater = Updater(bot, Inbox(turns, bot, outbox, limits, allowed))
    try:
        receive = partial(poll, updater) if webhook is None else partial(listen, updater, webhook)
        ending = await _unless(stop, _run(updater, outbox, turns, limits, lambda: receive(watch, limits)))
    except InvalidToken:
        ending = Ending.REFUSED
    finally:
        await _leave(updater, lines, limits)
    log_ending(ending)
    return ending


def make_bot(token: str, base_url: str, limits: Limits, watch: Watch) -> ExtBot[str]:
    """`base_url` without /bot: the public server, a Bot API server of one's own, or a test's."""
    root = base_url.rstrip("/")
    seconds = limits.timeout
    options: dict[str, Any] = {
        "read_timeout": seconds,
        "write_timeout": seconds,
        "connect_timeout": seconds,
        "pool_timeout": seconds * 4,  # the pool is what bounds how many chats are sent to at once: waiting is normal
        "httpx_kwargs": {"trust_env": not is_loopback(root)},  # a proxy of the environment cannot reach us there
    }
    return ExtBot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=HTTPXRequest(connection_pool_size=limits.connections, **options),
        get_updates_request=WatchedRequest(watch, connection_pool_size=_POLLERS, **options),
        rate_limiter=Pace(limits.rate),
    )


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


# --- the run ---


async def _run(
    updater: Updater, outbox: Outbox, turns: Turns, limits: Limits, receive: Callable[[], Awaitable[Ending]]
) -> Ending:
    """Never ends but by an error or what ends the receiving."""
    await until_reached(updater.initialize, limits)
    beside = [
        asyncio.create_task(_show_menu(updater.bot, turns.library.words, limits)),
        asyncio.create_task(tidy(turns, limits)),
        asyncio.create_task(empty_log_when_idle(turns, limits)),
    ]
    try:
        outbox.resume()
        return await receive()
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


async def _show_menu(bot: Bot, words: Words, limits: Limits) -> None:
    """Beside the talk: nobody waits for what clients show around it, and without it everything works."""
    for what, publish in (("the list of commands", publish_menu), ("the profile", publish_profile)):
        try:
            await until_reached(partial(publish, bot, words), limits)
        except Exception as error:  # noqa: BLE001
            log_failure(f"{what} was not set", error)


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
