"""Buttons whose time is over are taken away: those of a tapped message, and those of a question that was left behind.

Only for the eye: an old button pressed all the same is the conversation's to judge. So nothing here is kept over a
restart, nothing is tried twice, nobody waits for it, and every failure is let pass. Buttons that only show something
stay, at any age.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from telegram import CallbackQuery, LinkPreviewOptions
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram.keyboard import chosen_label, is_read_on
from bot.channels.telegram.pace import FOR_THE_EYE
from bot.channels.telegram.remembered import MOST, Remembered
from bot.channels.telegram.text import to_html, with_choice

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from bot.channels.telegram.address import Address
    from bot.channels.telegram.pace import Bot
    from bot.conversation.messages import Choice

_log = logging.getLogger(__name__)
_WAITS = (":back", ":consent", ":leave", ":as_answer")  # one of these stands under whatever waits for an answer


def waits(choices: Sequence[Choice]) -> bool:
    """Whether these buttons answer something: a question, a review, a confirmation."""
    return any(choice.token.startswith(("q.", "s.")) or choice.id in _WAITS for choice in choices)


class Spent:
    def __init__(self, bot: Bot, beside: Callable[[Coroutine[None, None, None]], None]) -> None:
        self._bot = bot
        self._beside = beside
        # By chat and person, the messages whose buttons wait for an answer: of this turn, and of the one before.
        self._now: dict[tuple[int, str], list[int]] = {}
        self._newest: OrderedDict[tuple[int, str], list[int]] = OrderedDict()
        self._marked = Remembered()  # messages that show what was chosen

    def shown(self, address: Address, choices: Sequence[Choice], message: int) -> None:
        """The message has these buttons now."""
        if waits(choices):
            self._now.setdefault(_whose(address), []).append(message)

    def settle(self, address: Address, *, over: bool) -> None:
        """The turn's replies are there: what waited before them has had its time. `over`: nothing waits any more."""
        now = self._now.pop(_whose(address), [])
        if not now and not over:
            return
        before = self._newest.pop(_whose(address), [])
        if now:
            self._newest[_whose(address)] = now
        if len(self._newest) > MOST:
            self._newest.popitem(last=False)
        for message in before:
            if message not in now:
                self._beside(self._strip(address.chat, message))

    def mark(self, query: CallbackQuery, address: Address) -> None:
        """Shows on the tapped message what was chosen and takes its buttons away; an entry can be read on."""
        message = query.message
        if not isinstance(message, TelegramMessage) or query.data is None:
            return
        if message.text is not None and is_read_on(message.reply_markup):
            return
        label = chosen_label(message.reply_markup, query.data)
        if not label or self._marked.again((message.chat.id, message.message_id)):
            return  # a second tap, on whichever button: what the first one chose stands there
        if message.message_id in (newest := self._newest.get(_whose(address), [])):
            newest.remove(message.message_id)
        marked = None if message.text is None else with_choice(message.text, label)
        if marked is None:
            self._beside(self._strip(message.chat.id, message.message_id))
            return
        self._beside(self._show(marked, message.chat.id, message.message_id))

    async def _show(self, text: str, chat: int, message: int) -> None:
        options: dict[str, Any] = {
            "chat_id": chat,
            "message_id": message,
            "parse_mode": ParseMode.HTML,
            "link_preview_options": LinkPreviewOptions(is_disabled=True),
            "rate_limit_args": FOR_THE_EYE,
        }
        try:
            await self._bot.edit_message_text(to_html(text), **options)
        except TelegramError as error:
            _log.info("a tapped message was not marked: %s", type(error).__name__)

    async def _strip(self, chat: int, message: int) -> None:
        try:
            await self._bot.edit_message_reply_markup(chat, message, rate_limit_args=FOR_THE_EYE)
        except TelegramError as error:
            _log.info("old buttons were not taken away: %s", type(error).__name__)


def _whose(address: Address) -> tuple[int, str]:
    return address.chat, address.owner
