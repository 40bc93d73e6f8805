"""What two texts are compared by: words, their short units, runs of letters, and how they sound.

How much each kind counts stands here and nowhere else; what each adds is measured in docs/decisions/. A text of kana
alone is compared by its sound, because cutting it into words is guesswork.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.japanese.width import fold
from bot.japanese.words import Tokenise, Word, letters_of, read_aloud, runs

LETTERS = (1, 3)  # the runs that are compared, shortest and longest
SOUNDS = (2, 3)
SHARES = {"words": 0.15, "units": 0.15, "letters": 0.45, "sounds": 0.25}
KANA_SHARES = {"sounds": 1.0}
_KANA = re.compile("[ぁ-んー]+")
_SIGN = re.compile("[0-9a-z]")  # alone it is nothing that a book could answer
# Words that stand in any message and say nothing of its matter: a message of nothing else asks for nothing.
_IDLE = frozenset(  # normalised forms
    "為る 居る 有る 無い 成る 言う 思う 出来る 様 事 物 所 時 の 何 どう 何故 下さる 教える 知る 分かる 良い 方 人 今"  # noqa: SIM905
    " 中 こと もの とき ところ よう それ これ あれ"
    " 其れ 此れ 彼れ 然う 斯う 如何 有り難う 御免 一寸 多分 矢張り 兎に角 若し".split()
)
_MATTER = ("名詞", "動詞", "形容詞", "形状詞", "副詞")
_MEANING = (*_MATTER, "感動詞", "接尾辞")


@dataclass(frozen=True)
class Told:
    """A text with its words."""

    text: str
    words: tuple[Word, ...]


def told(text: str, tokenise: Tokenise) -> Told:
    return Told(text, tokenise(text))


def has_matter(one: Told) -> bool:
    """Whether any word of the text says what it is about."""
    normal = (word.normal for word in one.words if word.kind in _MATTER)
    return any(form not in _IDLE and not _SIGN.fullmatch(fold(form)) for form in normal)


def shares_for(one: Told) -> Mapping[str, float]:
    """How much each kind counts for this question."""
    return KANA_SHARES if _KANA.fullmatch(letters_of(one.text)) else SHARES


def _words(one: Told) -> Iterator[str]:
    return (word.normal for word in one.words if word.kind in _MEANING)


def _units(one: Told) -> Iterator[str]:
    return (part for word in one.words if word.kind in _MEANING for part in word.parts or (word.normal,))


def _letters(one: Told) -> Iterator[str]:
    return runs(letters_of(one.text), *LETTERS)


def _sounds(one: Told) -> Iterator[str]:
    return runs(read_aloud(one.words), *SOUNDS)


KINDS: Mapping[str, Callable[[Told], Iterator[str]]] = {
    "words": _words,
    "units": _units,
    "letters": _letters,
    "sounds": _sounds,
}
