"""What a search gives back, and why: the shapes that the rest of the program knows of searching."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Hit:
    entry: str
    score: float


@dataclass(frozen=True)
class Found:
    """`answered` False: the book has no answer; hits then are only the nearest.

    `close`: how many of the first hits come so near each other that one has to ask which is meant; 0 for none.
    `both`: the first two hits each answer one matter of a message that holds two. `neighbour`: the matter outside the
    book that is meant. `asks_on`: the way in which the message asks on about what was shown.
    """

    answered: bool
    hits: tuple[Hit, ...] = ()
    sure: bool = False  # well above the line
    close: int = 0
    both: bool = False
    neighbour: str = ""
    asks_on: str = ""


@dataclass(frozen=True)
class Why:
    """What spoke for an entry: its words that the message shares, the example nearest to it, lines of the thesaurus.

    `shares`: how much of the score each kind of features gave, adding up to 1.
    """

    words: tuple[str, ...]
    example: str
    everyday: tuple[tuple[str, str], ...]  # what was said, what the field calls it
    shares: tuple[tuple[str, float], ...]


class Search(Protocol):
    def __call__(self, text: str, shown: str = "") -> Found:
        """`shown` is the id of the entry that was shown last, where the message may ask on about it."""

    def why(self, text: str, entry: str) -> Why: ...
