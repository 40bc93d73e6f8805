"""Figures: what each way of writing is worth, exactly."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese.figures import in_digits, read_figure
from tests.japanese.kanji import in_kanji, in_kanji_digits


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("007", "7"),
        ("1,200", "1200"),
        ("1,234,567.5", "1234567.5"),
        ("1.5", "1.5"),
        ("〇", "0"),
        ("零", "0"),
        ("十二", "12"),
        ("百二十", "120"),
        ("千二百", "1200"),
        ("二〇二三", "2023"),
        ("一億二千万", "120000000"),
        ("1億2,000万", "120000000"),
        ("3千", "3000"),
        ("2千3百", "2300"),
        ("1.2万", "12000"),
        ("百万", "1000000"),
        ("12,000千", "12000000"),
        ("12百万", "12000000"),
        ("1兆", "1000000000000"),
    ],
)
def test_a_figure_has_one_exact_value(text: str, value: str) -> None:
    assert read_figure(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "万", "万一", "億", "千千", "十百", "百万万", "一千二千", "二5", "5二", "二三十", "1,20", "3一万億", "9" * 16],
)
def test_what_is_no_figure_has_no_value(text: str) -> None:
    assert read_figure(text) is None


def test_fifteen_digits_are_read_and_sixteen_are_not() -> None:
    assert read_figure("9" * 15) == Decimal("9" * 15)
    assert read_figure("9" * 15 + "兆") == Decimal("9" * 15) * 10**12
    assert read_figure("9" * 16) is None


@given(st.integers(0, 10**15 - 1))
def test_whole_numbers_come_back_from_every_way_of_writing(number: int) -> None:
    for text in (str(number), f"{number:,}", in_kanji(number), in_kanji_digits(number)):
        assert read_figure(text) == number


@given(st.text(alphabet="0123456789.,〇一二三十百千万億兆", max_size=12))
def test_no_run_of_figures_is_too_odd_to_be_looked_at(text: str) -> None:
    value = read_figure(text)
    assert value is None or value >= 0


def test_a_found_figure_is_written_in_digits_and_anything_else_stays() -> None:
    assert re.sub("[十百千万一二]+", in_digits, "十二人と万一") == "12人と万一"
