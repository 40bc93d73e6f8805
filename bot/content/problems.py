"""A finding in an author's file: where, what, and how bad. `render` says it in one line.

A fault means that the file cannot be used as it stands; an issue means that it can but looks wrong. The sentences are
Japanese and come from the catalogue by code; a code without a sentence is shown as it is, so nothing is ever lost.
No reading and no checking here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Catalogue = Mapping[str, str]

DID_YOU_MEAN = "did_you_mean"  # the sentence that is put behind any other whose `hint` is set


class Grade(StrEnum):
    FAULT = "fault"
    ISSUE = "issue"


@dataclass(frozen=True)
class Problem:
    file: str
    line: int
    trail: tuple[str, ...]
    grade: Grade
    code: str
    slots: Mapping[str, str] = field(default_factory=dict)


class _Slots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def sentence(code: str, slots: Mapping[str, str], catalogue: Catalogue) -> str:
    """What the code says; for the faults of `bot/engine/` too."""
    known = _Slots(slots)
    if code not in catalogue:
        return " ".join([code, *(f"{name}={value}" for name, value in slots.items())])
    said = catalogue[code].format_map(known)
    return said + catalogue[DID_YOU_MEAN].format_map(known) if slots.get("hint") and DID_YOU_MEAN in catalogue else said


def render(problem: Problem, catalogue: Catalogue) -> str:
    """`flows/x.yaml:12 flow「x」→ question「a」→ options[2]: …`"""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    said = sentence(problem.code, problem.slots, catalogue)
    return f"{place} {'→ '.join(problem.trail)}: {said}" if problem.trail else f"{place}: {said}"


def as_json(problem: Problem, catalogue: Catalogue) -> dict[str, object]:
    return {
        "file": problem.file,
        "line": problem.line,
        "trail": list(problem.trail),
        "grade": problem.grade.value,
        "code": problem.code,
        "message": sentence(problem.code, problem.slots, catalogue),
        "hint": problem.slots.get("hint") or None,
    }


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file and line, each once; what stands at one line keeps the order in which it was found."""
    once = {(p.file, p.line, p.trail, p.code, tuple(sorted(p.slots.items()))): p for p in problems}
    return tuple(sorted(once.values(), key=lambda problem: (problem.file, problem.line)))


def faults(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.grade is Grade.FAULT)
