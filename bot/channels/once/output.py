"""How commands print and read: JSON, lines, sentences, faults. The same everywhere, so it stands once."""

import json
from collections.abc import Iterable
from typing import TextIO

from bot.channels.base import json_line
from bot.content.problems import Problem, faults, render
from bot.content.wording import Wording
from bot.conversation.library import Words

FINE, FAULTY, USAGE = 0, 1, 2  # exit codes


def print_json(out: TextIO, data: object) -> None:
    """On one line for programs, spread out for people."""
    out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n" if out.isatty() else json_line(data))


def print_lines(out: TextIO, lines: Iterable[str]) -> None:
    out.writelines(line + "\n" for line in lines)


def lines_of(data: bytes) -> list[str]:
    """The lines as other tools count them: only line feeds end one, and a blank one is one."""
    text = data.decode("utf-8-sig", "replace")
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []


def say(words: Words, key: str, /, **slots: object) -> str:
    """The sentence; its key where the words themselves are broken, because then `check` must still be able to speak."""
    return words.say(key, **slots) if key in words.texts else key


def tell(err: TextIO, problems: Iterable[Problem], wording: Wording) -> int:
    """All faults; the exit code."""
    bad = faults(problems)
    print_lines(err, (render(problem, wording.catalogue) for problem in bad))
    return FAULTY if bad else FINE
