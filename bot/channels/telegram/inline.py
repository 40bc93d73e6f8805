"""Inline mode: `@bot 協議体 形骸化` in any chat, answered with entries of the handbook that can be put into that chat.

What was typed goes to the search and nowhere else: no row, no log, no session. It must be answered whatever comes, and
it works only where BotFather's /setinline has turned it on.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from bot.channels.telegram.lines import log_failure
from bot.channels.telegram.text import to_html
from bot.conversation.glimpse import Glimpse, Glimpses, glimpse

if TYPE_CHECKING:
    from bot.conversation.library import Library, Words

_log = logging.getLogger(__name__)
_CACHED = 60  # seconds that Telegram may answer the same person from its own memory
_HERE = "inline"  # the payload of the button above the list: an ordinary start


async def answer_inline(query: InlineQuery, library: Library, *, may: bool) -> None:
    """`may`: whether this person is let in; who is not gets an empty list, and nothing is searched."""
    found = _look(library, query.query) if may else Glimpses()
    button = InlineQueryResultsButton(found.hint, start_parameter=_HERE) if found.hint else None
    name = query.get_bot().username
    results = [_result(one, name, library.words) for one in found.found]
    try:
        # Personal, or Telegram would show what one person found to another who may not ask.
        await query.answer(results, _CACHED if results else 0, is_personal=True, button=button)
    except TelegramError as error:
        _log.info("an inline query was not answered: %s", type(error).__name__)  # the next letter asks anew


def _look(library: Library, text: str) -> Glimpses:
    try:
        return glimpse(library, text)
    except Exception as error:  # noqa: BLE001  an unanswered query is a fault in BotFather's eyes
        log_failure("an inline query was not searched", error)
        return Glimpses()


def _result(one: Glimpse, bot: str, words: Words) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        to_html(one.text), ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    keyboard = None
    if one.page is not None:
        url = create_deep_linked_url(bot, f"page-{one.page:03}")
        keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton(words.say("inline_open"), url=url))
    return InlineQueryResultArticle(one.id, one.title, content, keyboard, description=one.gist)
