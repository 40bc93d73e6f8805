"""Figures as Japanese writes them: 12 · 1,200 · 1.5 · 十二 · 二〇二三 · 3千 · 1億2,000万.

Values are exact Decimals, never floats. A figure that cannot be read is None; nothing is guessed.
Units, signs and the words around a figure do not belong here.
"""

import re
from decimal import Decimal
from typing import Final

_KANJI_DIGITS: Final = "〇一二三四五六七八九"
_TO_DIGITS: Final = str.maketrans(_KANJI_DIGITS + "零", "01234567890")
SCALES: Final = {
    "兆": Decimal(10**12),
    "億": Decimal(10**8),
    "万": Decimal(10**4),
    "千": Decimal(1000),
    "百": Decimal(100),
    "十": Decimal(10),
}
_SMALL: Final = Decimal(1000)
# Longer runs are account or card numbers; 15 digits times 兆 still fit Decimal's 28 exactly.
_LONGEST: Final = 15

KANJI: Final = "〇零一二三四五六七八九十百千万億兆"
_ARABIC: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
NO_FIGURE_BEFORE: Final = rf"(?<![0-9{KANJI}])"
"""To stand before FIGURE in a search, so that a long run is looked at once and not from each of its signs."""
FIGURE: Final = rf"(?>{_ARABIC}|[{KANJI}])++"
"""The pattern of a figure in text whose width is already plain."""


def read_figure(text: str) -> Decimal | None:
    """The value of one whole figure, or None: 千二百 is 1200, 12,000千 is 12000000, 万一 is none."""
    for mark, scale in SCALES.items():
        head, found, tail = text.partition(mark)
        if found:
            # 千千 is no figure; said here, so that a message of a thousand 千 is no deep recursion either.
            return None if mark in tail else _scaled(head, scale, tail)
    return _digits(text)


def in_digits(match: re.Match[str]) -> str:
    """For `re.sub`: a figure found, written in digits; what is no figure stays."""
    value = read_figure(match.group())
    return match.group() if value is None else str(value)


def _scaled(head: str, scale: Decimal, tail: str) -> Decimal | None:
    times = _times(head, scale)
    rest = read_figure(tail) if tail else Decimal(0)
    if times is None or rest is None or rest >= scale:
        return None
    return times * scale + rest


def _times(head: str, scale: Decimal) -> Decimal | None:
    if scale > _SMALL:
        return read_figure(head)  # 百万; but 万 alone begins 万が一
    if not head:
        return Decimal(1)
    # 二三十人 is "twenty or thirty", not 230.
    return None if len(head) > 1 and set(head) <= set(KANJI) else _digits(head)


def _digits(text: str) -> Decimal | None:
    plain = text.translate(_TO_DIGITS)
    digits = plain.replace(",", "")
    mixed = plain != text and not set(text) <= set(KANJI)
    return None if mixed or len(digits) > _LONGEST or not re.fullmatch(_ARABIC, plain) else Decimal(digits)
