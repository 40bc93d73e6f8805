"""The yardstick: `questions.yaml` put to a search or to the whole chat, and how often it was right.

Its questions were written by people who had seen neither the entries nor how they are found. Of the part `untouched`
only figures may be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from bot.conversation.library import Library
from tests.talk import ROOT, Talk

PARTS = ("develop", "untouched")
VOICES = ("polite", "synonym", "keyword", "kana", "complaint")  # beside them: practitioner, ambiguous
TOP = 3
FILE = ROOT / "tests" / "retrieval" / "questions.yaml"

Answer = Callable[[str], tuple[bool, list[int]]]  # whether it answers, and the first pages, best first


@dataclass
class Tally:
    """Counts over one group of questions."""

    asked: int = 0
    first: int = 0
    three: int = 0
    declined: int = 0

    def add(self, other: Tally) -> None:
        for name in ("asked", "first", "three", "declined"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def percent(self, name: str) -> float:
        return 100 * int(getattr(self, name)) / self.asked if self.asked else 0.0


@cache
def yardstick() -> dict[str, dict[str, list[dict[str, Any]]]]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf8")))


def pages_by(library: Library) -> Answer:
    """Our own search."""

    def answer(text: str) -> tuple[bool, list[int]]:
        found = library.search(text)
        return found.answered, [library.entries[hit.entry].page for hit in found.hits[:TOP]]

    return answer


def by_voice(answer: Answer, part: str) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for one in yardstick()["questions"][part]:
        answered, pages = answer(one["q"])
        right = [page in one["pages"] for page in pages[:TOP]]
        tallies.setdefault(one["voice"], Tally()).add(Tally(1, any(right[:1]), any(right), not answered))
    return tallies


def together(tallies: dict[str, Tally], voices: Iterable[str] = VOICES) -> Tally:
    whole = Tally()
    for voice in voices:
        whole.add(tallies[voice])
    return whole


def outside_declined(answer: Answer, part: str) -> Tally:
    whole = Tally()
    for one in yardstick()["outside"][part]:
        whole.add(Tally(1, declined=not answer(one["q"])[0]))
    return whole


def both_named(library: Library, part: str) -> Tally:
    """Questions that hold two matters: whether the chat's reply names a section for each."""
    whole = Tally()
    for one in yardstick()["both"][part]:
        talk = Talk(library=library)
        pages = _cited(talk, one["q"])[:TOP]
        right = all(set(pages) & set(matter) for matter in one["both"])
        whole.add(Tally(1, three=right))
    return whole


def asked_on(library: Library, part: str) -> dict[str, Tally]:
    """The turns after the first of each conversation, by what they want; played in the whole chat."""
    tallies: dict[str, Tally] = {}
    for conversation in yardstick()["conversations"][part]:
        talk = Talk(library=library)
        shown: list[int] = []
        for turn in conversation["turns"]:
            cited = _cited(talk, turn["q"])
            wants = turn.get("wants", "")
            if wants:
                tallies.setdefault(wants, Tally()).add(Tally(1, first=_is_right(wants, cited, shown, turn)))
            shown = cited or shown
    return tallies


def _cited(talk: Talk, text: str) -> list[int]:
    talk.says(text)
    return [talk.library.entries[entry].page for entry in talk.cites]


def _is_right(wants: str, cited: list[int], shown: list[int], turn: dict[str, Any]) -> bool:
    if wants in ("money", "other", "topic"):
        return bool(cited) and cited[0] in turn["pages"]
    if wants == "another":
        return bool(cited) and cited[0] not in shown[:1]
    return bool(cited) and cited[:1] == shown[:1]  # more of it, its page, its next step, its questions
