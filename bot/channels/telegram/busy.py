"""「入力中…」 in the chat while something takes long. Only for the eye: nothing depends on it, it may fail.

Telegram takes it away after five seconds or with the next message, so it is sent again while the work goes on.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.pace import FOR_THE_EYE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.channels.telegram.address import Address
    from bot.channels.telegram.pace import Bot

AGAIN = 4.0  # seconds; clients show it for five


@asynccontextmanager
async def busy(
    bot: Bot, address: Address, action: ChatAction = ChatAction.TYPING, *, after: float = 0.0
) -> AsyncIterator[None]:
    """Shown until the block ends, from `after` seconds on."""
    showing = asyncio.create_task(_show(bot, address, action, after))
    try:
        yield
    finally:
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)


async def _show(bot: Bot, address: Address, action: ChatAction, after: float) -> None:
    await asyncio.sleep(after)
    while True:
        try:
            await bot.send_chat_action(
                address.chat, action, message_thread_id=address.thread, rate_limit_args=FOR_THE_EYE
            )
        except TelegramError:
            return  # what is being worked on will meet the same trouble, and says so
        await asyncio.sleep(AGAIN)
