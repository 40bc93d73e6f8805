"""`bansou check`, `bansou guard`: what authors and operators ask of the files in `knowledge/` and `flows/`."""

from datetime import date
from pathlib import Path
from typing import TextIO

from bot.channels.base import json_line
from bot.channels.once.output import FAULTY, FINE, lines_of, print_json, print_lines, say
from bot.content.load import read_content
from bot.content.problems import Problem, as_json, faults, render
from bot.content.wording import Wording
from bot.conversation.guard import find_kinds
from bot.conversation.sentences import SENTENCES


def check(root: Path, wording: Wording, out: TextIO, today: date, *, as_data: bool) -> int:
    """Every fault and every issue; issues alone are no failure."""
    problems = read_content(root, sentences=SENTENCES, today=today).problems
    if as_data:
        print_json(out, [as_json(problem, wording.catalogue) for problem in problems])
    return told(problems, wording, None if as_data else out)


def told(problems: tuple[Problem, ...], wording: Wording, out: TextIO | None) -> int:
    """Faults before issues; the exit code. Without `out` nothing is said."""
    bad = faults(problems)
    if out is None:
        return FAULTY if bad else FINE
    issues = [problem for problem in problems if problem not in bad]
    for key, group in (("found_faults", bad), ("found_issues", issues)):
        if group:
            print_lines(out, [say(wording.words, key, count=len(group))])
            print_lines(out, (render(problem, wording.catalogue) for problem in group))
    if not problems:
        print_lines(out, [say(wording.words, "found_nothing")])
    return FAULTY if bad else FINE


def guard(wording: Wording, data: bytes, out: TextIO) -> int:
    """What the privacy guard would refuse to keep, line by line."""
    out.writelines(
        json_line({"text": line, "found": list(find_kinds(line, wording.family_names))}) for line in lines_of(data)
    )
    return FINE
