"""Yes and no: reading them, and keeping a phrase apart from its opposite.

A digit is never yes or no: official sheets print 0.はい 1.いいえ as well as 1.はい 0.いいえ. ある, できる, 大丈夫 mean
yes or no only where the question declares them. Double negations and degrees (なくはない, あまりない, ときどき) are
never read. When in doubt the answer is None, or the veto: asking once more is cheaper than a wrong answer kept.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.japanese import negation
from bot.japanese.figures import read_figure
from bot.japanese.forms import readings, spoken_forms
from bot.japanese.width import fold, is_question

_HEADS_YES: Final = ("はい", "ええ", "うん")
_HEADS_NO: Final = ("いいえ", "いえ", "いや", "ううん")
_YES: Final = frozenset(_HEADS_YES) | {
    "はーい", "はいー", "そう", "そのとおり", "まる", "○", "〇", "◯", "⭕", "いえす", "yes", "y", "hai",
    *(head + "そう" for head in _HEADS_YES),
}  # fmt: skip
_NO: Final = frozenset(_HEADS_NO) | {
    "いいえー", "いーえ", "ばつ", "×", "✕", "✖", "❌", "のー", "no", "n", "iie", "ちがう", "ちがいます",
    "そうではない", "そうじゃない", "そうではありません", "そうじゃありません",
    *(head + no for head in _HEADS_NO for no in ("ちがう", "ちがいます")),
}  # fmt: skip
_FIXED: Final = {"yes": _YES, "no": _NO}
_DOUBT: Final = re.compile("かなあ?$")
_BREAK: Final = re.compile(r"[、。,.!！\s]+")
_REPEATED: Final = re.compile(r"(..+?)\1+")  # はいはい, いえいえ
_ENLARGED: Final = str.maketrans("ぁぃぅぇぉ", "あいうえお")  # はぃ, いいぇ


@dataclass(frozen=True)
class Leaning:
    """The polarity of a phrase: is its predicate negative, do negations cancel, how many negative words are there."""

    negated: bool
    cancelled: bool
    weight: int


def read_yes_no(text: str, says_yes: Sequence[str] = (), says_no: Sequence[str] = ()) -> str | None:
    """What the message as a whole says: "yes", "no", or None."""
    if is_question(text):
        return None
    words = {"yes": _spoken(says_yes), "no": _spoken(says_no)}
    parts = [part for part in _BREAK.split(unicodedata.normalize("NFKC", text)) if fold(part)]
    found = {_read_part(part, words) for part in parts}
    return _only(found) or _read_part(text, words)


def negated(text: str) -> bool:
    """Whether the phrase as a whole is negative."""
    return leaning(text).negated


def opposite(a: str, b: str) -> bool:
    """Whether a and b differ in polarity, or may: then they must not be taken for spellings of one phrase."""
    return fold(a) != fold(b) and differ(leaning(a), leaning(b))


def leaning(text: str) -> Leaning:
    """The polarity of a phrase; a plain no (いいえ, 違います) weighs as one negative word."""
    plain_no = read_yes_no(text) == "no"
    return Leaning(
        negated=plain_no or negation.predicate(text),
        cancelled=negation.cancelled(text),
        weight=1 if plain_no else negation.count(text),
    )


def differ(a: Leaning, b: Leaning) -> bool:
    """Whether two different phrases of these polarities must be kept apart."""
    return a.cancelled or b.cancelled or a != b


def _spoken(phrases: Sequence[str]) -> frozenset[str]:
    no_digits = (phrase for phrase in phrases if read_figure(fold(phrase)) is None)
    return frozenset().union(*(spoken_forms(phrase) for phrase in no_digits))


def _read_part(part: str, words: dict[str, frozenset[str]]) -> str | None:
    declared = readings(part)
    # そうかな is a doubt, while あるかな only softens a declared word.
    fixed = () if _DOUBT.search(declared[0]) else tuple(map(_once, declared))
    found = {answer for answer, forms in words.items() if not forms.isdisjoint(declared)}
    return _only(found | {answer for answer, forms in _FIXED.items() if not forms.isdisjoint(fixed)})


def _only(found: set[str] | set[str | None]) -> str | None:
    return found.pop() if len(found) == 1 else None


def _once(reading: str) -> str:
    large = reading.translate(_ENLARGED)
    repeated = _REPEATED.fullmatch(large)
    return repeated[1] if repeated else large
