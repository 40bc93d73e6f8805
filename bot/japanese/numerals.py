"""Quantities in a message: a figure, its unit, and whether it was only about that much.

Positions are those of the text as it was typed. Where no single figure is meant (2〜3, 2、3人, 10人以上) `read_range`
is true, and the caller asks; an average is never made. Which unit a question wants, what is usual, and what to say back
are the caller's. 3分の1 is no quantity: no Decimal holds it.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.japanese.counting import ABOUT_AFTER, ABOUT_BEFORE, TWO_IN_ONE, counts, negative, word_spans
from bot.japanese.figures import FIGURE, NO_FIGURE_BEFORE, read_figure
from bot.japanese.units import UNIT, spelled

_QUANTITY: Final = re.compile(
    # 3分の1 first, so that its parts are not read; then 1m60; then 3割5分; then the plain form.
    rf"(?P<part>{FIGURE}分の{FIGURE})"
    rf"|(?<![0-9.,])(?P<metres>[0-9])\s?(?:m|メートル)\s?(?P<cm>[0-9]{{2}}(?:\.[0-9]+)?)"
    rf"(?:\s?(?:センチ(?:メートル)?|cm)|(?![0-9])(?!\s?(?:{UNIT})))"
    rf"|(?P<tenths>{FIGURE})割(?P<hundredths>{FIGURE})分"
    rf"|(?P<sign>[-−▲△]|マイナス)?(?P<figure>{FIGURE})(?:\s?(?P<unit>{UNIT})(?P<half>半(?![分数額年日月期ば]))?)?",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    rf"{NO_FIGURE_BEFORE}(?<![-/.])(?<![0-9][、,・])(?P<low>{FIGURE})\s?(?P<low_unit>{UNIT})?\s?(?P<by>[〜~\-−–—ー]|から|ないし|または|か|[、,・])\s?"
    rf"(?P<high>{FIGURE})\s?(?P<high_unit>{UNIT})?(?![-/、,・]?[0-9])",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    rf"{NO_FIGURE_BEFORE}{FIGURE}\s?(?:{UNIT})?\s?(?:以上|以下|以内|未満|を?超|を?越)", re.IGNORECASE
)
_HALF: Final = Decimal("0.5")
_TEN: Final = Decimal(10)


@dataclass(frozen=True)
class Quantity:
    """A figure in a text. `unit` is "" when none stands there; `start` and `end` take in sign and unit."""

    value: Decimal
    unit: str
    approximate: bool
    start: int
    end: int


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity in the text, in order."""
    plain, spans = _plain(text)
    words = word_spans(plain)
    found: list[Quantity] = []
    last = 0
    for match in _QUANTITY.finditer(plain):
        in_word = any(start <= match.start("figure") < end for start, end in words)
        read = None if in_word else _read(match, glued=0 < last == match.start())
        if read is not None:
            value, unit, start = read
            last = match.end()
            about = ABOUT_BEFORE.search(plain[:start]) or ABOUT_AFTER.match(plain, last)
            found.append(Quantity(_shortest(value), unit, bool(about), spans[start][0], spans[last - 1][1]))
    return tuple(found)


def read_range(text: str) -> bool:
    """Whether the text names a range or a bound, so that no single figure is meant. Dates and telephones are none."""
    plain = unicodedata.normalize("NFKC", text)
    spans_two = any(_is_range(match) for match in _RANGE.finditer(plain))
    return spans_two or bool(_BOUND.search(plain) or TWO_IN_ONE.search(plain))


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text in plain width, and for each of its characters where it stood in the text typed."""
    chars: list[str] = []
    spans: list[tuple[int, int]] = []
    for cluster in re.finditer(r".[ﾞﾟ\u3099\u309a]*", text, re.DOTALL):
        for char in unicodedata.normalize("NFKC", cluster.group()):
            chars.append(char)
            spans.append(cluster.span())
    return "".join(chars), spans


def _read(match: re.Match[str], *, glued: bool) -> tuple[Decimal, str, int] | None:
    """Value, unit, and where it starts."""
    if match["part"]:
        return None
    if match["metres"]:
        return Decimal(match["metres"]) * 100 + Decimal(match["cm"]), "cm", match.start()
    if match["tenths"]:
        tenths, hundredths = read_figure(match["tenths"]), read_figure(match["hundredths"])
        return None if tenths is None or hundredths is None else (tenths * _TEN + hundredths, "%", match.start())
    return _read_plain(match, glued=glued)


def _read_plain(match: re.Match[str], *, glued: bool) -> tuple[Decimal, str, int] | None:
    value, unit = read_figure(match["figure"]), match["unit"] or ""
    around = match.string[: match.start()], match.string[match.end() :]
    if value is None or not counts(value, match["figure"], unit, around, glued=glued):
        return None
    value += _HALF if match["half"] else 0
    value, unit = (value * _TEN, "%") if unit == "割" else (value, spelled(unit))
    return (-value, unit, match.start()) if negative(match["sign"], around[0]) else (value, unit, match.start("figure"))


def _shortest(value: Decimal) -> Decimal:
    """The same value without idle zeros: 1.2万 is 12000, not 12000.0 and not 1.2E+4."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _is_range(match: re.Match[str]) -> bool:
    low, high = read_figure(match["low"]), read_figure(match["high"])
    units = {spelled(match[name]) for name in ("low_unit", "high_unit") if match[name]}
    if low is None or high is None or not low < high or len(units) > 1:
        return False
    if match["by"] in "、,・":
        # 2、3人 and 二、三十人 are ranges; 160、170 are two figures.
        return low < _TEN and Decimal(str(high.normalize()).partition("E")[0]) == low + 1
    return not (match["low"].startswith("0") or match["high"].startswith("0"))
