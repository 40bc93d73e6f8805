"""Brings replies to a chat: send, edit in place, answer a press; and says what became of each.

The rule: a reply that may not have arrived is sent again, because a question put twice is harmless (a press counts for
the question it names) and silence is not. Only Forbidden and a refusal of the plain text end a reply for good.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import Bot, CallbackQuery, LinkPreviewOptions, ReplyParameters
from telegram import Message as TelegramMessage
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.busy import busy
from bot.channels.telegram.files import is_picture, read
from bot.channels.telegram.keyboard import chosen_label, to_keyboard
from bot.channels.telegram.text import split, split_caption, to_html, with_choice
from bot.conversation.messages import File

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.channels.telegram.address import Address
    from bot.channels.telegram.limits import Limits
    from bot.conversation.library import Words
    from bot.conversation.messages import Reply

_log = logging.getLogger(__name__)
_ANSWER_TRIES = 3
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Fate(Enum):
    SENT = auto()
    REFUSED = auto()  # this message will never be taken
    CLOSED = auto()  # blocked, deactivated, thrown out: no message will
    LATER = auto()  # the network did not let us; still owed


class Courier:
    def __init__(self, bot: Bot, limits: Limits, words: Words) -> None:
        self._bot = bot
        self._words = words
        self._limits = limits
        self._moved: dict[int, int] = {}  # groups that became supergroups and have another number now

    def busy(self, address: Address) -> AbstractAsyncContextManager[None]:
        """「入力中…」 while something is made for this chat."""
        return busy(self._bot, replace(address, chat=self._moved.get(address.chat, address.chat)))

    # --- replies ---

    async def bring(self, reply: Reply, address: Address) -> Fate:
        address = replace(address, chat=self._moved.get(address.chat, address.chat))
        try:
            await self._bring(reply, address)
        except ChatMigrated as moved:
            self._moved[address.chat] = moved.new_chat_id
            return await self.bring(reply, replace(address, chat=moved.new_chat_id))
        except Forbidden:
            _log.info("a chat does not take messages any more; nothing more is sent to it")
            return Fate.CLOSED
        except BadRequest as error:
            _log.error("a message was refused: %s", error.message)
            return Fate.REFUSED
        except TelegramError as error:
            _log.warning("a message could not be sent, it stays owed: %s", type(error).__name__)
            return Fate.LATER
        return Fate.SENT

    async def _bring(self, reply: Reply, address: Address) -> None:
        parts, caption = split_caption(reply.text) if reply.files else (split(reply.text), "")
        alone = len(parts) == 1 and not reply.files
        if reply.in_place and address.tapped and alone and await self._replace(reply, parts[0], address):
            return
        messages: list[str | File] = [*parts, *reply.files]
        for number, part in enumerate(messages, 1):
            choices = reply.choices if number == len(messages) else ()
            options: dict[str, Any] = {
                "chat_id": address.chat,
                "message_thread_id": address.thread,
                "reply_markup": to_keyboard(choices, address.owner),
                "reply_parameters": _quoted(address) if number == 1 else None,
            }
            if isinstance(part, File):
                await self._send_file(part, caption, options, address)
                caption = ""  # it stands under the first
            else:
                await self._in_html(self._bot.send_message, part, options)

    async def _send_file(self, file: File, caption: str, options: dict[str, Any], address: Address) -> None:
        """A picture as a picture, where Telegram takes it for one; anything else as a document."""
        picture = is_picture(file)
        async with busy(self._bot, address, ChatAction.UPLOAD_PHOTO if picture else ChatAction.UPLOAD_DOCUMENT):
            content = await read(file)
            if content is None:
                text = "\n".join(part for part in (caption, self._words.say("file_gone", name=file.name)) if part)
                await self._in_html(self._bot.send_message, text, options)
                return
            if picture and await self._send_picture(file, content, caption, options):
                return
            call = partial(self._bot.send_document, document=content, filename=file.name)
            await self._in_html(call, caption, options, "caption")

    async def _send_picture(self, file: File, content: bytes, caption: str, options: dict[str, Any]) -> bool:
        """Whether it was taken: one that is too large or too long for a picture is not."""
        call = partial(self._bot.send_photo, photo=content, filename=file.name)
        try:
            await self._in_html(call, caption, options, "caption")
        except BadRequest as error:
            _log.info("a picture was refused, it goes as a document: %s", error.message)
            return False
        return True

    async def _replace(self, reply: Reply, text: str, address: Address) -> bool:
        """Whether the tapped message shows the reply now; it may be too old or gone."""
        options = {
            "chat_id": address.chat,
            "message_id": address.tapped,
            "reply_markup": to_keyboard(reply.choices, address.owner),
        }
        try:
            await self._in_html(self._bot.edit_message_text, text, options)
        except BadRequest as error:
            return _is_unchanged(error)
        return True

    async def _in_html(
        self, call: Callable[..., Awaitable[object]], text: str, options: dict[str, Any], name: str = "text"
    ) -> None:
        """With markup, and where that is refused without: better plain than silent."""
        if name == "text":
            options = {**options, "link_preview_options": _NO_PREVIEW}
        try:
            await self._patiently(lambda: call(parse_mode=ParseMode.HTML, **{name: to_html(text)}, **options))
        except BadRequest as error:
            if _is_unchanged(error):
                raise
            await self._patiently(lambda: call(**{name: text}, **options))

    async def _patiently(self, call: Callable[[], Awaitable[object]], tries: int | None = None) -> None:
        """Again after what passes by itself: timeouts, resets, 5xx, and 429 beyond what the rate limiter waited for."""
        pause = self._limits.pause
        for left in range(tries or self._limits.tries, 0, -1):
            try:
                await call()
            except (BadRequest, ChatMigrated, Forbidden):
                raise
            except TelegramError as error:
                if left == 1:
                    raise
                await asyncio.sleep(_wait(error, pause))
                pause = min(pause * 2, self._limits.longest_pause)
            else:
                return

    # --- presses ---

    async def answer(self, query: CallbackQuery, text: str | None = None) -> None:
        """Ends the spinner on the button. Not for long: after some 15 seconds Telegram does not take it any more."""
        try:
            await self._patiently(lambda: query.answer(text), _ANSWER_TRIES)
        except TelegramError as error:
            _log.info("a press was not answered: %s", type(error).__name__)

    async def mark(self, query: CallbackQuery) -> None:
        """Shows on the tapped message what was chosen and takes its buttons away. Only looks: it may fail."""
        message = query.message
        if not isinstance(message, TelegramMessage) or message.text is None or query.data is None:
            return
        label = chosen_label(message.reply_markup, query.data)
        if not label:
            return  # a second tap: the first has done it
        marked = with_choice(message.text, label)
        where: dict[str, Any] = {"chat_id": message.chat.id, "message_id": message.message_id}
        try:
            if marked is None:
                await self._bot.edit_message_reply_markup(**where)
            else:
                where |= {"parse_mode": ParseMode.HTML, "link_preview_options": _NO_PREVIEW}
                await self._bot.edit_message_text(to_html(marked), **where)
        except TelegramError as error:
            _log.info("a tapped message was not marked: %s", type(error).__name__)


def _quoted(address: Address) -> ReplyParameters | None:
    return ReplyParameters(address.quote, allow_sending_without_reply=True) if address.quote else None


def _is_unchanged(error: BadRequest) -> bool:
    return "not modified" in error.message.lower()


def _wait(error: TelegramError, pause: float) -> float:
    if not isinstance(error, RetryAfter):
        return pause
    seconds = error.retry_after
    return seconds.total_seconds() if isinstance(seconds, timedelta) else float(seconds)
