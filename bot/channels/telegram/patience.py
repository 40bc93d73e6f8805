"""Asking Telegram again after what passes by itself: timeouts, resets, 5xx, and 429. Who asks waits, nobody else."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.channels.telegram.limits import Limits


async def patiently(limits: Limits, call: Callable[[], Awaitable[object]], tries: int | None = None) -> object:
    """What the call gives; its error, if that will not pass or has not by the last try."""
    pause = limits.pause
    left = tries or limits.tries
    while True:
        try:
            return await call()
        except (BadRequest, ChatMigrated, Forbidden):
            raise
        except TelegramError as error:
            left -= 1
            if not left:
                raise
            await asyncio.sleep(wait(error, pause))
            pause = min(pause * 2, limits.longest_pause)


def wait(error: TelegramError, pause: float) -> float:
    """Seconds until the next try: what the server says, else the pause."""
    if not isinstance(error, RetryAfter):
        return pause
    seconds = error.retry_after
    return seconds.total_seconds() if isinstance(seconds, timedelta) else float(seconds)


def is_unchanged(error: BadRequest) -> bool:
    """An edit that would change nothing: somebody tapped twice."""
    return "not modified" in error.message.lower()
