"""The index over the entries: one vector an entry, over words and letters, from its text and example phrasings.

TF-IDF and cosine, nothing learned: the root of the sum of the texts' own vectors. A section answers once, by the entry
of it that fits best. What each part adds is measured in `docs/decisions/`; weights are here and nowhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt
from typing import Any

from bot.japanese.width import fold
from bot.japanese.words import Tokenise, ngrams
from bot.retrieval.entry import Entry

Features = Callable[[str], Iterable[str]]

WORDS, LETTERS = 0.4, 0.6
SHORTEST, LONGEST = 1, 3  # runs of letters
ONE_SIGN = re.compile(r"[0-9a-z]")  # alone it is nothing that a book could answer
# Words that stand in any message and say nothing of its matter: a message of nothing else asks for nothing.
IDLE = frozenset(  # normalised forms
    "為る 居る 有る 無い 成る 言う 思う 出来る 様 事 物 所 時 の 何 どう 何故 下さる 教える 知る 分かる 良い 方 人 今"  # noqa: SIM905
    " 中 こと もの とき ところ よう それ これ あれ"
    " 其れ 此れ 彼れ 然う 斯う 如何 有り難う 御免 一寸 多分 矢張り 兎に角 若し".split()
)
MATTER = ("名詞", "動詞", "形容詞", "形状詞", "副詞")
MEANING = (*MATTER, "感動詞", "接尾辞")


def word_features(tokenise: Tokenise) -> Features:
    """Normalised words that carry meaning."""
    return lambda text: (word.normal for word in tokenise(text) if word.kind in MEANING)


def has_matter(text: str, tokenise: Tokenise) -> bool:
    """Whether any word of the text says what it is about."""
    told = (word.normal for word in tokenise(text) if word.kind in MATTER)
    return any(normal not in IDLE and not ONE_SIGN.fullmatch(fold(normal)) for normal in told)


def letter_features(text: str) -> Iterable[str]:
    """Runs of letters: for typing mistakes, kana, and compounds no dictionary has."""
    return ngrams(text, SHORTEST, LONGEST)


@dataclass(frozen=True)
class Space:
    """One kind of features: which entries have each, how much, already divided by each entry's length."""

    features: Features
    postings: Mapping[str, list[tuple[int, float]]]
    rarity: Mapping[str, float]
    unseen: float  # what a feature weighs that no section has: it lowers the score, or noise would look like a match

    def scores(self, text: str) -> dict[int, float]:
        """Cosine of the text with every entry that shares a feature with it."""
        counts = Counter(self.features(text))
        weights = {f: (1 + log(n)) * self.rarity.get(f, self.unseen) for f, n in counts.items()}
        length = sqrt(sum(weight * weight for weight in weights.values()))
        found: dict[int, float] = {}
        for feature, weight in weights.items():
            for section, share in self.postings.get(feature, ()):
                found[section] = found.get(section, 0.0) + weight * share / length
        return found


@dataclass(frozen=True)
class Index:
    entries: tuple[Entry, ...]
    words: Space
    letters: Space

    def scores(self, text: str) -> list[tuple[float, Entry]]:
        """Every section with a score, best first, each by the entry of it that fits best."""
        mixed: dict[int, float] = {}
        for share, space in ((WORDS, self.words), (LETTERS, self.letters)):
            for place, score in space.scores(text).items():
                mixed[place] = mixed.get(place, 0.0) + share * score
        best: dict[str, tuple[float, Entry]] = {}
        for place, score in sorted(mixed.items(), key=lambda item: (-item[1], item[0])):
            best.setdefault(self.entries[place].section, (score, self.entries[place]))
        return list(best.values())


def build_index(entries: Iterable[Entry], tokenise: Tokenise) -> Index:
    units = tuple(entries)
    return Index(units, _space(units, word_features(tokenise)), _space(units, letter_features))


Plain = list[object]


def to_plain(index: Index) -> Plain:
    """What took the time, without entries and functions: for a file that is read back in a moment."""
    return [[dict(space.postings), dict(space.rarity), space.unseen] for space in (index.words, index.letters)]


def from_plain(plain: Any, entries: Iterable[Entry], tokenise: Tokenise) -> Index:
    """The inverse, for the same entries in the same order; ValueError or TypeError for anything else."""
    words, letters = plain
    return Index(tuple(entries), Space(word_features(tokenise), *words), Space(letter_features, *letters))


def _space(entries: tuple[Entry, ...], features: Features) -> Space:
    texts = [[Counter(features(text)) for text in _texts(entry)] for entry in entries]
    there = Counter(chain.from_iterable(set(chain.from_iterable(counts)) for counts in texts))
    rarity = {feature: log((1 + len(entries)) / (1 + n)) + 1 for feature, n in there.items()}
    postings: dict[str, list[tuple[int, float]]] = {feature: [] for feature in rarity}
    for place, counts in enumerate(texts):
        summed = _summed(counts, rarity)
        length = sqrt(sum(summed.values()))  # of the roots
        for feature, weight in summed.items():
            postings[feature].append((place, sqrt(weight) / length))
    return Space(features, postings, rarity, log(1 + len(entries)) + 1)


def _summed(counts: list[Counter[str]], rarity: Mapping[str, float]) -> dict[str, float]:
    """Every text as a vector of length 1, added up: a short complaint says as much as a long explanation."""
    summed: dict[str, float] = {}
    for count in counts:
        weights = {feature: (1 + log(n)) * rarity[feature] for feature, n in count.items()}
        length = sqrt(sum(weight * weight for weight in weights.values()))
        for feature, weight in weights.items():
            summed[feature] = summed.get(feature, 0.0) + weight / length
    return summed


def _texts(entry: Entry) -> Iterator[str]:
    yield from entry.asked_as
    yield from (entry.name, entry.title, entry.short)
    yield from entry.viewpoints
    yield from entry.next
    yield from (one.q for one in entry.ask)
