"""Brings replies to a chat: send, edit in place, answer a press; and says what became of each.

The rule: a reply that may not have arrived is sent again, because a question put twice is harmless (a press counts for
the question it names) and silence is not. Only Forbidden and a refusal of the plain text end a reply for good.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import CallbackQuery, LinkPreviewOptions, ReplyParameters
from telegram import Message as TelegramMessage
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.telegram.busy import busy
from bot.channels.telegram.files import is_picture, read
from bot.channels.telegram.keyboard import to_keyboard, wants_words
from bot.channels.telegram.patience import is_unchanged, patiently
from bot.channels.telegram.spent import Spent
from bot.channels.telegram.text import split, split_caption, to_html
from bot.conversation.messages import File

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from contextlib import AbstractAsyncContextManager

    from bot.channels.telegram.address import Address
    from bot.channels.telegram.limits import Limits
    from bot.channels.telegram.pace import Bot
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
    def __init__(
        self, bot: Bot, limits: Limits, words: Words, beside: Callable[[Coroutine[None, None, None]], None]
    ) -> None:
        """`beside` does what nobody waits for."""
        self._spent = Spent(bot, beside)
        self._bot = bot
        self._words = words
        self._limits = limits
        self._moved: dict[int, int] = {}  # groups that became supergroups and have another number now

    def busy(self, address: Address) -> AbstractAsyncContextManager[None]:
        """「入力中…」 while something is made for this chat."""
        return busy(self._bot, replace(address, chat=self._moved.get(address.chat, address.chat)))

    # --- replies ---

    async def bring(self, reply: Reply, address: Address) -> Fate:
        address = self._there(address)
        try:
            await self._bring(reply, address)
        except ChatMigrated as moved:
            self.moved(address.chat, moved.new_chat_id)
            return await self.bring(reply, address)
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

    def moved(self, old: int, new: int) -> None:
        """A group has become a supergroup."""
        self._moved[old] = new

    def _there(self, address: Address) -> Address:
        """Where the chat is now; the old one's numbers of messages mean other ones there."""
        now = self._moved.get(address.chat)
        return address if now is None else replace(address, chat=now, tapped=None, quote=None)

    async def _bring(self, reply: Reply, address: Address) -> None:
        text = reply.text
        if address.owner and wants_words(
            reply.choices
        ):  # in a group, a message that answers nobody is not ours to read
            text = f"{text}\n{self._words.say('reply_here')}"
        parts, caption = split_caption(text) if reply.files else (split(text), "")
        alone = len(parts) == 1 and not reply.files
        if reply.in_place and address.tapped and alone and await self._replace(reply, parts[0], address):
            self._spent.shown(address, reply.choices, address.tapped)
            return
        shown: object = None
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
                shown = await self._send_file(part, caption, options, address)
                caption = ""  # it stands under the first
            else:
                shown = await self._in_html(self._bot.send_message, part, options)
        if isinstance(shown, TelegramMessage):
            self._spent.shown(address, reply.choices, shown.message_id)

    async def _send_file(self, file: File, caption: str, options: dict[str, Any], address: Address) -> object:
        """A picture as a picture, where Telegram takes it for one; anything else as a document."""
        picture = is_picture(file)
        async with busy(self._bot, address, ChatAction.UPLOAD_PHOTO if picture else ChatAction.UPLOAD_DOCUMENT):
            content = await read(file)
            if content is None:
                text = "\n".join(part for part in (caption, self._words.say("file_gone", name=file.name)) if part)
                return await self._in_html(self._bot.send_message, text, options)
            if picture:
                call = partial(self._bot.send_photo, photo=content, filename=file.name)
                try:
                    return await self._in_html(call, caption, options, "caption")
                except BadRequest as error:  # too large or too long for a picture
                    _log.info("a picture was refused, it goes as a document: %s", error.message)
            call = partial(self._bot.send_document, document=content, filename=file.name)
            return await self._in_html(call, caption, options, "caption")

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
            return is_unchanged(error)
        return True

    async def _in_html(
        self, call: Callable[..., Awaitable[object]], text: str, options: dict[str, Any], name: str = "text"
    ) -> object:
        """With markup, and where that is refused without: better plain than silent."""
        if name == "text":
            options = {**options, "link_preview_options": _NO_PREVIEW}
        try:
            html = {"parse_mode": ParseMode.HTML, name: to_html(text)}
            return await patiently(self._limits, lambda: call(**html, **options))
        except BadRequest as error:
            if is_unchanged(error):
                raise
            return await patiently(self._limits, lambda: call(**{name: text}, **options))

    # --- presses, and buttons whose time is over ---

    async def answer(self, query: CallbackQuery, text: str | None = None) -> None:
        """Ends the spinner on the button. Not for long: after some 15 seconds Telegram does not take it any more."""
        try:
            await patiently(self._limits, lambda: query.answer(text), _ANSWER_TRIES)
        except TelegramError as error:
            _log.info("a press was not answered: %s", type(error).__name__)

    def mark(self, query: CallbackQuery, address: Address) -> None:
        """Shows on the tapped message what was chosen."""
        self._spent.mark(query, self._there(address))

    def settle(self, address: Address, *, over: bool) -> None:
        """The replies of a turn are there; `over`: after them nothing waits for an answer."""
        self._spent.settle(self._there(address), over=over)


def _quoted(address: Address) -> ReplyParameters | None:
    return ReplyParameters(address.quote, allow_sending_without_reply=True) if address.quote else None
