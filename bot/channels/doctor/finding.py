"""What the doctor finds: a grade, and the key and slots of the sentence that says so and what to do. No code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Grade(Enum):
    GOOD = "○"
    NOTE = "△"  # it runs, but look at this
    BAD = "×"  # it will not run, or not for long


@dataclass(frozen=True)
class Finding:
    grade: Grade
    key: str
    slots: Mapping[str, object] = field(default_factory=dict)


def good(key: str, /, **slots: object) -> Finding:
    return Finding(Grade.GOOD, key, slots)


def note(key: str, /, **slots: object) -> Finding:
    return Finding(Grade.NOTE, key, slots)


def bad(key: str, /, **slots: object) -> Finding:
    return Finding(Grade.BAD, key, slots)
