"""The time that a figure is for, told from the figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese.periods import MONTH, YEAR, split_period


@pytest.mark.parametrize(
    ("text", "rest", "period"),
    [
        ("月24,000円", "24,000円", MONTH),
        ("月々2万4千円", "2万4千円", MONTH),
        ("毎月 100万", "100万", MONTH),
        ("ひと月2万円", "2万円", MONTH),
        ("1か月に5人", "5人", MONTH),
        ("１ヶ月あたり５人", "5人", MONTH),
        ("月額平均で24,000円", "24,000円", MONTH),
        ("年間1200万", "1200万", YEAR),
        ("年1200万円", "1200万円", YEAR),
        ("一年で1200万円", "1200万円", YEAR),
        ("年度8,500万円", "8,500万円", YEAR),
        ("年額:1200万円", "1200万円", YEAR),
        ("24,000円/月", "24,000円", MONTH),
        ("24,000円（月額）", "24,000円", MONTH),
        ("80人／年くらい", "80人くらい", YEAR),
        ("約年1200万円", "約1200万円", YEAR),
        ("年約1200万円", "約1200万円", YEAR),
    ],
)
def test_the_time_that_a_figure_is_for_is_told_from_it(text: str, rest: str, period: str) -> None:
    assert split_period(text) == (rest, period)


@pytest.mark.parametrize(
    "text",
    ["24,000円", "4月24日", "12月", "2年", "1年目は80人", "令和8年1200万円", "年齢は80歳", "月末に80人", "5人/月1回"],
)
def test_a_date_a_length_or_a_word_is_no_such_time(text: str) -> None:
    assert split_period(text) == (text, "")


@given(st.text("月年間額毎1一か24,0円万/()（）約 \n", max_size=30))
def test_property_only_the_time_is_taken_out(text: str) -> None:
    rest, period = split_period(text)
    assert period in ("", MONTH, YEAR)
    assert len(rest) < len(text) or not period
