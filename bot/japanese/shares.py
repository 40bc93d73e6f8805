"""A share in whatever words: 100人中65人, 65/100, 3分の2, 2人に1人, 半分. A Fraction, so that it stays exact.

Only where the message says nothing else. Percents and 割 are quantities, see numerals.py; rounding is the caller's.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.japanese.counting import ABOUT_AFTER, ABOUT_BEFORE
from bot.japanese.figures import FIGURE, NO_FIGURE_BEFORE, read_figure
from bot.japanese.only import nothing_else
from bot.japanese.units import UNIT, spelled

_OF: Final = r"(?:の?(?:中|内|うち)[、,]?[のでに]?|に)"
_SHARE: Final = re.compile(
    rf"{NO_FIGURE_BEFORE}(?:(?P<whole>{FIGURE})分の(?P<part>{FIGURE})"
    rf"|(?P<of>{FIGURE})\s?(?P<of_unit>{UNIT})?\s?{_OF}\s?(?P<out>{FIGURE})\s?(?P<out_unit>{UNIT})?"
    rf"|(?P<top>{FIGURE})\s?(?P<top_unit>{UNIT})?\s?[/⁄]\s?(?P<bottom>{FIGURE})\s?(?P<bottom_unit>{UNIT})?)"
    r"|(?P<half>半分|半数)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Share:
    value: Fraction  # of 1
    approximate: bool


def read_share(text: str) -> Share | None:
    """The one share that the message gives, or None."""
    plain = unicodedata.normalize("NFKC", text)
    match = _SHARE.search(plain)
    value = None if match is None else _value(match)
    if match is None or value is None:
        return None
    before, after = plain[: match.start()], plain[match.end() :]
    if not nothing_else(f"{before}、{after}"):
        return None
    return Share(value, bool(ABOUT_BEFORE.search(before) or ABOUT_AFTER.match(after)))


def _value(match: re.Match[str]) -> Fraction | None:
    if match["half"]:
        return Fraction(1, 2)
    units = {spelled(unit) for name in ("of", "out", "top", "bottom") if (unit := match[f"{name}_unit"])}
    whole = read_figure(match["whole"] or match["of"] or match["bottom"])
    part = read_figure(match["part"] or match["out"] or match["top"])
    if whole is None or part is None or len(units) > 1 or not 0 <= part <= whole or not whole:
        return None
    return Fraction(part) / Fraction(whole)
