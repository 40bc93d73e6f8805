"""search(text) -> Found: the entries that fit a trouble put in one's own words, best first, or none.

Declining is part of the answer: below a line that was measured, the book is taken to have nothing, and what comes
nearest is handed over as such.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.japanese.words import Tokenise
from bot.retrieval.index import Index, has_matter

HITS = 12
SURE = 1.8  # times the line: what a message must reach that may as well be an answer to a waiting question
LINE = 0.055  # docs/decisions/0004: of phrasings by a writer it has not seen 96 of 100 lie above


@dataclass(frozen=True)
class Hit:
    entry: str
    score: float


@dataclass(frozen=True)
class Found:
    """`answered` False: the book has no answer; hits then are only the nearest."""

    answered: bool
    hits: tuple[Hit, ...] = ()
    sure: bool = False  # well above the line


Search = Callable[[str], Found]


def search_in(index: Index, tokenise: Tokenise) -> Search:
    def search(text: str) -> Found:
        hits = tuple(Hit(entry.id, round(score, 4)) for score, entry in index.scores(text)[:HITS])
        best = hits[0].score if hits and has_matter(text, tokenise) else 0.0
        return Found(best >= LINE, hits, sure=best >= LINE * SURE)

    return search
