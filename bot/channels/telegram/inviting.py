"""`bansou invite`: makes an invitation and prints its link. A bot that is running meanwhile knows the code at once.

The link needs the bot's name, which only Telegram knows. Where that is not to be had now, what the invited person has
to send is printed instead: the invitation holds all the same.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TextIO

from telegram.error import InvalidToken, TelegramError

from bot.channels.once.output import FAULTY, FINE, print_lines
from bot.channels.telegram.address import deep_link
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.serving import make_bot
from bot.channels.telegram.watch import Watch

if TYPE_CHECKING:
    from datetime import datetime

    from bot.access import Access
    from bot.conversation.library import Words
    from bot.settings import Settings

_QUICK = Limits(timeout=5.0)


def invite(access: Access, settings: Settings, words: Words, out: TextIO, until: datetime | None) -> int:
    try:
        name = asyncio.run(_name(settings.telegram_token, settings.telegram_server))
    except InvalidToken:
        print_lines(out, [words.say("invite_refused")])
        return FAULTY
    payload, ends = access.invite(until)
    link = deep_link(name, payload) if name else f"/start {payload}"
    said = [link, words.say("invite_once" if until is None else "invite_until", day=ends.date().isoformat())]
    if not name:
        said.append(words.say("invite_offline"))
    if settings.allowed_users is None:
        said.append(words.say("invite_open"))
    print_lines(out, said)
    return FINE


def cancel(access: Access, words: Words, out: TextIO) -> int:
    print_lines(out, [words.say("invite_cancelled", count=access.cancel())])
    return FINE


async def _name(token: str, server: str) -> str:
    """The bot's name; nothing where the server cannot be reached."""
    bot = make_bot(token, server, _QUICK, Watch(_QUICK))
    try:
        async with bot:
            return bot.username
    except InvalidToken:
        raise
    except TelegramError:
        return ""
