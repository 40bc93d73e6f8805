"""How much a typed word looks like another one with a typing mistake in it.

The rule: a slip of the finger is forgiven, another word is not. Two phrases that differ in a figure, in tense, or by
each having a kanji of its own (前 and 後, 週 and 月) are two words, however alike. Polarity is the caller's to veto.
"""

import re
from typing import Final

from rapidfuzz.distance import OSA

SHORT: Final = 2
"""Words of so few letters are never read through a mistake."""
LONG: Final = 6
LIKE_SHORT: Final = 0.75
LIKE_LONG: Final = 0.8
"""One slip in 4 or 5 letters, and from LONG letters on two in 10, three in 15."""

_KANJI: Final = re.compile("[一-鿿々]")
_DIGITS: Final = re.compile("[0-9]+")
_PAST: Final = re.compile("(?:た|んだ)$")


def likeness(typed: str, word: str) -> float:
    """From 0 to 1; 0 where a mistake is not to be forgiven. Both are folded."""
    if min(len(typed), len(word)) <= SHORT or _other_word(typed, word):
        return 0.0
    score = OSA.normalized_similarity(typed, word)
    return score if score >= (LIKE_LONG if len(word) >= LONG else LIKE_SHORT) else 0.0


def _other_word(a: str, b: str) -> bool:
    kanji_a, kanji_b = set(_KANJI.findall(a)), set(_KANJI.findall(b))
    replaced = bool(kanji_a - kanji_b and kanji_b - kanji_a)
    return replaced or _DIGITS.findall(a) != _DIGITS.findall(b) or bool(_PAST.search(a)) != bool(_PAST.search(b))
