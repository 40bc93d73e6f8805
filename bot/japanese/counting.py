"""When a figure counts something, rather than being part of a word or of a name.

The rule: better no quantity than an invented one. 一般, 第1層, 百歳体操, 十分に, 一人もいない, A4 count nothing.
Values and positions are not made here; the text is in plain width already.
"""

import re
from decimal import Decimal
from typing import Final

from bot.japanese.figures import KANJI, SCALES
from bot.japanese.units import UNIT, after_any_figure

# Words that begin with a figure and a counter and still count nothing. The bare 一つ is mostly "one of", "another".
_WORDS: Final = re.compile(
    r"[0-9一二三]+人(?:暮らし|ぐらし|くらし)|一人(?:で(?!す|し)|ひとり|一人|きり|っきり|前|身|称)|一つ|一円(?=に|で|を|の)"
    r"|十二?分(?!間|くらい|ぐらい|程度|ほど|前後|後|弱)|五分五分|百歳(?:以上)?体操|百円(?:ショップ|均一)|百人一首|百名山"
    r"|[0-9四]点杖|一点張り|[一二三四]回り|一日中|一年中|三日坊主|十人十色|二人三脚|万が一"
)
TWO_IN_ONE: Final = re.compile(rf"(?<![〇一-鿿])(?:一二|二三|三四|四五|五六|六七|七八|八九)[十百千万]?(?:{UNIT})")
"""二三人, 四五十人: a range written as one run of kanji."""
_ORDINAL: Final = re.compile(r"(?:第\s?|\.)$")
_MANY: Final = re.compile(r"[数何幾]$")  # 数十人, 何百人; but 利用者数10人 counts
_SHEET: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]$")  # A4, p139, q12; but BMI22 holds a figure
_NOT_ONE: Final = re.compile(r"も|あたり|当た?り|につき|ごと|おき")  # 一人もいない, 1人あたり
_JOINED: Final = re.compile(r"[一-鿿々ァ-ヺー]$")
_FREE: Final = re.compile(r"\s|[^\w\s]|です|でし|だ(?!け)|くらい|ぐらい|程度|ほど|前後|から|まで|$")

ABOUT: Final = "約|およそ|おおよそ|だいたい|大体|おおむね|概ね|ほぼ|ざっと"
ABOUT_BEFORE: Final = re.compile(rf"(?:{ABOUT})\s*$")
ABOUT_AFTER: Final = re.compile(r"\s*(?:くらい|ぐらい|程度|ほど|前後|弱(?![いくめまっ])|強(?![いくめまっ化]))")


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where words stand that look like quantities."""
    return [match.span() for pattern in (_WORDS, TWO_IN_ONE) for match in pattern.finditer(text)]


def counts(value: Decimal, figure: str, unit: str, around: tuple[str, str], *, glued: bool) -> bool:
    """Whether a figure counts, given the text before and after it. `glued`: a quantity ends where it begins."""
    before, after = around
    vague = figure[0] in SCALES and _MANY.search(before)
    if vague or _ORDINAL.search(before) or after.startswith(("数", "余")):
        return False
    if value == 1 and unit and _NOT_ONE.match(after):
        return False
    if set(figure) <= set(KANJI):
        return _kanji_counts(figure, unit, around)
    return glued or not _SHEET.search(before)


def negative(sign: str | None, before: str) -> bool:
    """A dash is a minus sign only where nothing it could join stands before it: 参加者-5人 has none."""
    if sign is None or sign == "マイナス":
        return sign is not None
    return not re.search(r"[^\Wぁ-ん]$", ABOUT_BEFORE.sub("", before))


def _kanji_counts(figure: str, unit: str, around: tuple[str, str]) -> bool:
    if unit:
        return len(figure) > 1 or after_any_figure(unit)
    before, after = around
    return not _JOINED.search(ABOUT_BEFORE.sub("", before)) and bool(_FREE.match(after))
