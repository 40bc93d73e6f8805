"""All that the doctor looks at, printed: a line each, then what it comes to. Exit 0: it runs; 1: something is bad."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TextIO

from bot.channels.doctor.finding import Finding, Grade
from bot.channels.doctor.here import at_work, look_here
from bot.channels.once.output import FAULTY, FINE, print_lines, say
from bot.conversation.library import Words
from bot.settings import Settings


def visit(settings: Settings, words: Words, out: TextIO, now: datetime) -> int:
    from bot.channels.doctor.there import look_there  # noqa: PLC0415  the library takes its time

    found = [*look_here(settings), *look_there(settings, now)]
    code = _tell(found, words, out)
    count = sum(finding.grade is Grade.BAD for finding in found)
    notes = sum(finding.grade is Grade.NOTE for finding in found)
    key = "doctor_bad" if count else "doctor_notes" if notes else "doctor_good"
    print_lines(out, ["", say(words, key, count=count or notes)])
    return code


def alive(settings: Settings, words: Words, out: TextIO) -> int:
    """For a container's health check: is the bot at work? Asks nobody outside."""
    found = list(at_work(settings.database))
    code = _tell(found, words, out)
    return FAULTY if any(finding.key == "doctor_not_running" for finding in found) else code


def _tell(found: Iterable[Finding], words: Words, out: TextIO) -> int:
    found = list(found)
    print_lines(out, (f"{one.grade.value} {say(words, one.key, **one.slots)}" for one in found))
    return FAULTY if any(one.grade is Grade.BAD for one in found) else FINE
