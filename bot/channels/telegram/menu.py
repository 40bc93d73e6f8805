"""What clients show of the bot beside the talk: its commands by kind of chat, and what it says of itself.

Its words are `cmd_<name>`, `profile` and `profile_short` in knowledge/words; what the commands do is the core's.
/privacy must be in the list: clients open it as this bot's privacy policy only then.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest

if TYPE_CHECKING:
    from bot.conversation.library import Words

_log = logging.getLogger(__name__)
COMMANDS = ("start", "help", "flows", "records", "page", "settings", "privacy", "export", "delete", "forget")
IN_GROUPS = (
    "start",
    "help",
    "flows",
    "page",
    "privacy",
)  # what is one's own, nobody should read along
_SCOPES: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (BotCommandScopeAllGroupChats(), IN_GROUPS),
    (BotCommandScopeAllPrivateChats(), COMMANDS),
    (BotCommandScopeDefault(), COMMANDS),  # wherever nothing narrower is set
)
_LANGUAGES = (None, "ja")  # what a client of any other language falls back to, and ours


async def publish_menu(bot: Bot, words: Words) -> None:
    for scope, names in _SCOPES:
        commands = [BotCommand(name, words.say(f"cmd_{name}")) for name in names]
        for language in _LANGUAGES:
            await bot.set_my_commands(commands, scope, language)


async def publish_profile(bot: Bot, words: Words) -> None:
    """The texts of an empty chat and of the profile, each set only where it has changed: Telegram limits how often."""
    if not bot.bot.supports_inline_queries:
        _log.info("inline mode is off; /setinline at BotFather turns it on")
    long, short = words.say("profile"), words.say("profile_short")
    for language in _LANGUAGES:
        try:
            if (await bot.get_my_description(language)).description != long:
                await bot.set_my_description(long, language)
            if (await bot.get_my_short_description(language)).short_description != short:
                await bot.set_my_short_description(short, language)
        except BadRequest as error:
            _log.warning("what the bot says of itself was refused: %s", error.message)
            return  # trying again would not help
