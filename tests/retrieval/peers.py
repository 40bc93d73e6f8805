"""What our search is measured beside: BM25 over Sudachi's words, SQLite's trigram index, rapidfuzz. All over one text.

They stand here plain and fair: each gets all that an entry says, and in a second row its examples too.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from rapidfuzz import fuzz, process

from bot.japanese.width import fold
from bot.japanese.words import Tokenise
from bot.retrieval.entry import Entry
from tests.retrieval.yardstick import TOP, Answer

K1, B = 1.5, 0.75  # BM25's usual figures


def texts_of(entries: Iterable[Entry], *, examples: bool) -> dict[str, str]:
    """Everything that each entry says, by id."""
    return {
        one.id: "\n".join(
            [one.title, one.name, one.short, *one.viewpoints, *one.next, *(ask.q for ask in one.ask)]
            + (list(one.asked_as) if examples else [])
        )
        for one in entries
    }


def bm25(texts: Mapping[str, str], pages: Mapping[str, int], tokenise: Tokenise) -> Answer:
    bags = {name: Counter(word.normal for word in tokenise(text)) for name, text in texts.items()}
    there = Counter(word for bag in bags.values() for word in bag)
    mean = sum(bag.total() for bag in bags.values()) / len(bags)

    def worth(word: str, bag: Counter[str]) -> float:
        rarity = log(1 + (len(bags) - there[word] + 0.5) / (there[word] + 0.5))
        return rarity * bag[word] * (K1 + 1) / (bag[word] + K1 * (1 - B + B * bag.total() / mean))

    def answer(text: str) -> tuple[bool, list[int]]:
        words = [word.normal for word in tokenise(text)]
        scores = {name: sum(worth(word, bag) for word in words if word in bag) for name, bag in bags.items()}
        return _best(scores, pages)

    return answer


def trigram(texts: Mapping[str, str], pages: Mapping[str, int]) -> Answer:
    """SQLite FTS5 with its trigram tokenizer: any run of three letters of the question may match."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE book USING fts5(name UNINDEXED, text, tokenize='trigram')")
    base.executemany("INSERT INTO book VALUES (?, ?)", [(name, fold(text)) for name, text in texts.items()])

    def answer(text: str) -> tuple[bool, list[int]]:
        folded = fold(text).replace('"', "")
        runs = " OR ".join(f'"{folded[at : at + 3]}"' for at in range(len(folded) - 2))
        query = "SELECT name, -bm25(book) FROM book WHERE book MATCH ? ORDER BY 2 DESC LIMIT 20"
        return _best(dict(base.execute(query, (runs,)) if runs else ()), pages)

    return answer


def fuzzy(texts: Mapping[str, str], pages: Mapping[str, int]) -> Answer:
    folded = {name: fold(text) for name, text in texts.items()}

    def answer(text: str) -> tuple[bool, list[int]]:
        found = process.extract(fold(text), folded, scorer=fuzz.partial_ratio, limit=20)
        return _best({name: score for _, score, name in found}, pages)

    return answer


def _best(scores: Mapping[str, float], pages: Mapping[str, int]) -> tuple[bool, list[int]]:
    """The first pages, each section once. None of these can tell that the book has no answer."""
    order = sorted((name for name in scores if scores[name]), key=lambda name: -scores[name])
    found = list(dict.fromkeys(pages[name] for name in order))[:TOP]
    return bool(found), found
