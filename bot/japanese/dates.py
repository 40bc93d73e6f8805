"""Dates as people write them: 2026-11-23, 令和8年11月23日, R8.11.23, 11/23, 十一月二十三日, 昨日.

`today` is an argument; nothing here knows the clock. A day of the month without its year is the nearest one, last
week's or next week's; where the other year's is not far further off, both come back, the nearer first. Several dates
also come back when the text holds several, or when one form has readings that are equally good (26.11.23: 2026 and
平成26年). What cannot be read, or cannot be, is ().
"""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from bot.japanese.figures import KANJI, NO_FIGURE_BEFORE, in_digits

_ERAS: Final = {
    "令": (date(2019, 5, 1), date.max),
    "平": (date(1989, 1, 8), date(2019, 4, 30)),
    "昭": (date(1926, 12, 25), date(1989, 1, 7)),
    "大": (date(1912, 7, 30), date(1926, 12, 24)),
}
_LETTERS: Final = {"r": "令", "h": "平", "s": "昭", "t": "大"}
_DAYS: Final = {
    **dict.fromkeys(("一昨日", "おととい", "おとつい"), -2),
    **dict.fromkeys(("昨日", "きのう"), -1),
    **dict.fromkeys(("今日", "本日", "きょう"), 0),
    **dict.fromkeys(("明日", "あした", "あす"), 1),
    **dict.fromkeys(("明後日", "あさって"), 2),
}
_YEARS: Final = {
    **dict.fromkeys(("一昨年", "おととし"), -2),
    **dict.fromkeys(("昨年", "去年"), -1),
    **dict.fromkeys(("今年", "本年"), 0),
    "来年": 1,
    "再来年": 2,
}
_MONTHS: Final = {"先月": -1, "今月": 0, "来月": 1}
_LEAP_GAP: Final = 8
_CLEARLY_NEARER: Final = 3  # within about a quarter of a year one of the two is clearly meant
_KANJI_FIGURE: Final = re.compile(rf"{NO_FIGURE_BEFORE}[{KANJI}]+(?=\s*[年月日])")
_YEAR_WORD: Final = re.compile("再来年|来年|一昨年|昨年|去年|おととし|今年|本年")
_FULL_YEAR: Final = re.compile("[0-9]{4}")
_SHORT_YEAR: Final = re.compile("[0-9]{1,2}")
_DATE: Final = re.compile(
    r"(?<![0-9a-z./-])(?:"
    r"(?P<era>令和?|平成?|昭和?|大正?|[rhst])?\s*(?P<year>元|[0-9]{1,4})\s*(?P<mark>[年./-])\s*"
    r"(?P<month>[0-9]{1,2})\s*[月./-]\s*(?P<day>[0-9]{1,2})"
    r"|(?P<some_month>[0-9]{1,2})\s*[月/]\s*(?P<some_day>[0-9]{1,2})"
    r"|(?P<near_month>先月|今月|来月)の?\s*(?P<near_day>[0-9]{1,2})(?=日)"
    r")(?![0-9]|[./-][0-9])\s*日?"
    r"|(?P<word>一昨日|昨日|今日(?!的)|(?<!日)本日|明日|明後日)"
    # Written in kana these hide in other words (きょうだい, ますあす), so they must begin the text and end there.
    r"|^(?P<kana>おととい|おとつい|きのう|きょう|あした|あす|あさって)(?=です|でした|に|は|の|[、。]|$)",
)


def read_date(text: str, today: date) -> tuple[date, ...]:
    """The date the text names; () when it cannot be read, several when it could be any of them."""
    plain = _KANJI_FIGURE.sub(in_digits, unicodedata.normalize("NFKC", text).strip().lower())
    found: dict[date, None] = {}
    for match in _DATE.finditer(plain):
        dates = _read(match, today)
        if not dates:
            return ()  # one impossible date makes the others doubtful too
        found.update(dict.fromkeys(dates))
    return tuple(found)


def show_date(day: date) -> str:
    """The date as people read it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _read(match: re.Match[str], today: date) -> tuple[date, ...]:
    if word := match["word"] or match["kana"]:
        return _shifted(today, _DAYS[word])
    if match["year"]:
        return _with_year(match, today)
    if match["near_month"]:
        month = today.month - 1 + _MONTHS[match["near_month"]]
        return _possible(today.year + month // 12, month % 12 + 1, int(match["near_day"]))
    month, day = int(match["some_month"]), int(match["some_day"])
    if named := dict.fromkeys(_YEAR_WORD.findall(match.string)):
        return tuple(found for word in named for found in _possible(today.year + _YEARS[word], month, day))
    return _nearest(month, day, today)


def _nearest(month: int, day: int, today: date) -> tuple[date, ...]:
    # 29 February may lie up to eight years away (1896-1904).
    years = range(today.year - _LEAP_GAP, today.year + _LEAP_GAP + 1)
    days = sorted((found for year in years for found in _possible(year, month, day)), key=lambda d: abs(d - today))
    near = [found for found in days if abs(found - today) <= _CLEARLY_NEARER * abs(days[0] - today)]
    return tuple(near[:2])


def _with_year(match: re.Match[str], today: date) -> tuple[date, ...]:
    year, month, day = match["year"], int(match["month"]), int(match["day"])
    if era := match["era"]:
        return _of_era(_LETTERS.get(era, era[0]), year, month, day)
    if _FULL_YEAR.fullmatch(year):
        return _possible(int(year), month, day)
    if match["mark"] == "-" or not _SHORT_YEAR.fullmatch(year):
        return ()
    # 8.11.23 is a year of an era only; 26.11.23 may also be 2026.
    western = () if len(year) == 1 else _possible(2000 + int(year), month, day)
    readings = (*western, *_of_era("令", year, month, day), *_of_era("平", year, month, day))
    return tuple(dict.fromkeys(reading for reading in readings if reading <= today))


def _of_era(era: str, year: str, month: int, day: int) -> tuple[date, ...]:
    first, last = _ERAS[era]
    count = 1 if year == "元" else int(year)
    return tuple(found for found in _possible(first.year + count - 1, month, day) if count and first <= found <= last)


def _possible(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _shifted(day: date, by: int) -> tuple[date, ...]:
    try:
        return (day + timedelta(days=by),)
    except OverflowError:
        return ()
