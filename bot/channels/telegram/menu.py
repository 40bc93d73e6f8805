"""The list of commands that clients show. Its words are `cmd_<name>` in knowledge/words; what they do is the core's.

/privacy must be in it: clients open it as this bot's privacy policy only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Bot, BotCommand

if TYPE_CHECKING:
    from bot.conversation.library import Words

COMMANDS = ("start", "help", "flows", "records", "page", "settings", "privacy", "export", "delete", "forget")
_LANGUAGES = (None, "ja")  # what a client of any other language falls back to, and ours


async def publish_menu(bot: Bot, words: Words) -> None:
    commands = [BotCommand(name, words.say(f"cmd_{name}")) for name in COMMANDS]
    for language in _LANGUAGES:
        await bot.set_my_commands(commands, language_code=language)
