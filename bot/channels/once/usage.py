"""`bansou --help`, and what is said when the arguments cannot be read. One page for all commands: there are few."""

import click

from bot.channels.once.output import say
from bot.conversation.library import Words
from bot.settings import SETTINGS


def help_page(words: Words) -> str:
    lines = [say(words, "usage")]
    for setting in SETTINGS:
        default = say(words, "usage_default", default=setting.default) if setting.default else ""
        lines.append(
            say(words, "usage_setting", name=setting.key, meaning=say(words, setting.meaning), default=default)
        )
    return "\n".join(lines)


def refusal(words: Words, error: click.UsageError) -> str:
    """What cannot be read, in one sentence, and where the help is."""
    return _reason(words, error) + say(words, "usage_hint")


def _reason(words: Words, error: click.UsageError) -> str:
    match error:
        case click.NoSuchCommand(command_name=name):
            return say(words, "no_such_command", name=name)
        case click.NoSuchOption(option_name=name):
            return say(words, "no_such_option", name=name)
        case click.MissingParameter(param=click.Parameter() as param):
            return say(words, "missing_argument", name=param.human_readable_name)
        case click.BadParameter(param=click.Parameter(type=click.DateTime())):
            return say(words, "wanted_date")
        case click.BadParameter(param=click.Parameter() as param):
            return say(words, "bad_argument", name=param.human_readable_name, message=error.message)
    return say(words, "usage_error", message=error.message)
