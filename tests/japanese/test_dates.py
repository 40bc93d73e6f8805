"""Dates as people write them, seen from 23 November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese.dates import read_date, show_date
from tests.japanese.kanji import in_kanji, in_kanji_digits
from tests.japanese.tables import words

TODAY = date(2026, 11, 23)
AFTER_OUR_ERAS_BEGAN = st.dates(date(2019, 5, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-23", "2026-11-23"),
        ("２０２６／１１／２３", "2026-11-23"),
        ("2026.1.5", "2026-01-05"),
        ("2027年4月1日です", "2027-04-01"),
        ("2026年 11月 3日", "2026-11-03"),
        ("令和8年11月23日", "2026-11-23"),
        ("㋿8年11月23日", "2026-11-23"),
        ("R8.11.23", "2026-11-23"),
        ("r08/11/23", "2026-11-23"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月1日", "2019-04-01"),
        ("H31.4.30", "2019-04-30"),
        ("昭和64年1月7日", "1989-01-07"),
        ("S35.4.1", "1960-04-01"),
        ("大正10年3月3日", "1921-03-03"),
        ("今日", "2026-11-23"),
        ("本日です", "2026-11-23"),
        ("昨日", "2026-11-22"),
        ("きのうです", "2026-11-22"),
        ("一昨日", "2026-11-21"),
        ("おととい", "2026-11-21"),
        ("明日", "2026-11-24"),
        ("明後日の午後", "2026-11-25"),
        ("11月23日", "2026-11-23"),
        ("11/23", "2026-11-23"),
        ("11/24", "2026-11-24"),
        ("11/30", "2026-11-30"),
        ("11/15", "2026-11-15"),
        ("2月20日の会議", "2027-02-20"),
        ("２月２１日の会議", "2027-02-21"),
        ("来年の3/4", "2027-03-04"),
        ("去年は12月1日でした", "2025-12-01"),
        ("今年12月1日", "2026-12-01"),
        ("一昨年4月1日", "2024-04-01"),
        ("来月5日", "2026-12-05"),
        ("先月の30日", "2026-10-30"),
        ("十一月二十三日", "2026-11-23"),
        ("令和八年十一月二十三日", "2026-11-23"),
        ("二〇二六年四月一日", "2026-04-01"),
        ("11/23 10:30", "2026-11-23"),
        ("今日は11月23日", "2026-11-23"),
    ],
)
def test_a_date_is_read(text: str, iso: str) -> None:
    assert read_date(text, TODAY) == (date.fromisoformat(iso),)


@pytest.mark.parametrize(
    "text",
    words(
        """
        2026-02-30 2026/13/1 2/30 13月1日 令和元年4月30日 平成31年5月1日 平成元年1月7日 昭和64年1月8日
        昭和元年12月24日 大正元年7月29日 令和0年1月1日 元年5月1日 126/11/23 1-2-3 35.4.1 0000-01-01
        令和9999年1月1日 23日 2026年11月 11.23 11-23 11/23-24 160.5 きょうだい ますあす 今日的 日本日 来月40日
        2026-11-23と2026-02-30 十百月一日 なし
        """
    ),
)
def test_what_is_no_date_or_cannot_be_one_is_not_read(text: str) -> None:
    assert read_date(text, TODAY) == ()


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("26.11.23", ["2026-11-23", "2014-11-23"]),
        ("8/11/23", ["2026-11-23", "1996-11-23"]),
        ("8年11月23日", ["2026-11-23", "1996-11-23"]),
        ("11/20か11/21", ["2026-11-20", "2026-11-21"]),
        ("４月１日から", ["2027-04-01", "2026-04-01"]),
        ("8/1", ["2026-08-01", "2027-08-01"]),
        ("2/29", ["2028-02-29", "2024-02-29"]),
        ("昨日か今日", ["2026-11-22", "2026-11-23"]),
        ("去年か今年の4月1日", ["2025-04-01", "2026-04-01"]),
    ],
)
def test_readings_that_are_equally_good_all_come_back(text: str, isos: list[str]) -> None:
    assert [day.isoformat() for day in read_date(text, TODAY)] == isos


def test_the_month_before_january_is_december_of_last_year() -> None:
    assert read_date("先月5日", date(2027, 1, 10)) == (date(2026, 12, 5),)


def test_29_february_may_lie_eight_years_away_and_no_further() -> None:
    assert read_date("2/29", date(1903, 2, 28)) == (date(1904, 2, 29),)
    assert read_date("2/29", date(1897, 2, 28)) == (date(1896, 2, 29),)
    assert read_date("2/29", date(1900, 3, 1)) == (date(1904, 2, 29), date(1896, 2, 29))
    assert read_date("2/30", date(1900, 3, 1)) == ()


def test_a_quarter_of_a_year_is_where_the_other_year_becomes_possible() -> None:
    today = date(2026, 1, 1)
    assert read_date("4/2", today) == (date(2026, 4, 2),)
    assert read_date("4/3", today) == (date(2026, 4, 3), date(2025, 4, 3))


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    assert read_date("明日", date.max) == ()
    assert read_date("昨日", date.min) == ()
    assert read_date("来年3/4", date.max) == ()


def test_a_date_is_shown_as_people_read_it() -> None:
    assert show_date(date(2026, 1, 5)) == "2026年1月5日"


@given(AFTER_OUR_ERAS_BEGAN)
def test_every_full_way_of_writing_comes_back(day: date) -> None:
    era = day.year - 2018
    kanji = f"{in_kanji_digits(day.year)}年{in_kanji(day.month)}月{in_kanji(day.day)}日"
    for text in (day.isoformat(), show_date(day), f"R{era}.{day.month}.{day.day}", f"令和{era}年{day:%m月%d日}", kanji):
        assert read_date(text, TODAY) == (day,)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_without_its_year_is_the_nearest_such_day(day: date, today: date) -> None:
    found, *other = read_date(f"{day.month}月{day.day}日", today)
    assert (found.month, found.day) == (day.month, day.day)
    assert all(abs(found - today) <= abs(another - today) for another in other)
    assert abs(found - today).days <= 183 or (day.month, day.day) == (2, 29)


@given(st.text() | st.text(alphabet="0123456789年月日/.-令和元RH昨今来の "), st.dates())
def test_no_text_is_too_odd(text: str, today: date) -> None:
    read_date(text, today)
