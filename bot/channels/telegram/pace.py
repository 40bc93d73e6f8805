"""How fast we may send: Telegram's bounds, for all chats together and for one group.

The rule: only what goes to a chat waits here. What is only for the eye (old buttons, 「入力中…」) lets messages go
before: it waits until there is more room than they need, and at last is left out. A 429 is no matter of ours: it keeps
the chat that got it waiting (`patience`), and no other. The library's own limiter stops the whole bot at one 429, and
with it the answers to presses.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.error import TelegramError
from telegram.ext import BaseRateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from telegram.ext import ExtBot

    Bot = ExtBot[str]

FOR_THE_EYE = "for the eye"  # as `rate_limit_args`
_MINUTE = 60.0
_KEPT = 0.25  # the share of the room that is kept for messages
_LOOK = 0.2  # seconds between two looks for room
_LONGEST = 60.0  # seconds that something for the eye waits
_MANY = 512  # groups; then those that are quiet are forgotten


class NoRoom(TelegramError):
    """What is only for the eye was left out."""


class Pace(BaseRateLimiter[str]):
    def __init__(self, rate: float) -> None:
        """`rate`: messages a second to all chats together; 0: no bound."""
        self._all = AsyncLimiter(rate, 1) if rate else None
        self._groups: dict[int, AsyncLimiter] = {}

    async def initialize(self) -> None:
        """Nothing to begin."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def process_request(  # noqa: PLR0917  the library's form
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:
        """The library's way in; `rate_limit_args`: None or FOR_THE_EYE, which may raise NoRoom."""
        for limiter in self._bounds(data.get("chat_id")):
            if rate_limit_args == FOR_THE_EYE:
                await _until_quiet(limiter)
            await limiter.acquire()
        return await callback(*args, **kwargs)

    def _bounds(self, chat: object) -> list[AsyncLimiter]:
        """The narrow one first, so that who waits for it takes no room in the wide one."""
        if not isinstance(chat, int):
            return []
        group = [self._group(chat)] if chat < 0 else []
        return group if self._all is None else [*group, self._all]

    def _group(self, chat: int) -> AsyncLimiter:
        if chat not in self._groups:
            if len(self._groups) >= _MANY:
                self._groups = {one: limiter for one, limiter in self._groups.items() if not _is_quiet(limiter)}
            self._groups[chat] = AsyncLimiter(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP, _MINUTE)
        return self._groups[chat]


async def _until_quiet(limiter: AsyncLimiter) -> None:
    try:
        async with asyncio.timeout(_LONGEST):
            while not limiter.has_capacity(limiter.max_rate * _KEPT):  # noqa: ASYNC110  nobody tells us
                await asyncio.sleep(_LOOK)
    except TimeoutError:
        raise NoRoom(FOR_THE_EYE) from None


def _is_quiet(limiter: AsyncLimiter) -> bool:
    return limiter.has_capacity(limiter.max_rate)
