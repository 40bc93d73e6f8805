"""What must hold of every figure at a number question, however it is written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.engine.flow import Question
from bot.engine.questions import QUESTION_TYPES
from bot.engine.questions.base import Context, Read, Reading, Unsure
from tests.engine.questions.test_types import TODAY, questions

YEN = {"万円": 10_000, "千円": 1000, "円": 1}


def read(question: Question, text: str) -> Reading:
    return QUESTION_TYPES[question.kind].read(question, text, Context(TODAY))


def taken(reading: Reading) -> list[Fraction]:
    values = reading.values if isinstance(reading, Unsure) else [reading.value] if isinstance(reading, Read) else []
    return [Fraction(value) for value in values if isinstance(value, Decimal)]


@given(st.integers(10_000, 10**10), st.sampled_from(["円", "千円", "万円"]))
def test_property_who_types_the_unit_is_never_asked_which_and_never_misread(figure: int, unit: str) -> None:
    reading = read(questions("number")["yearly"], f"{figure:,}{unit}")
    exact = Fraction(figure * YEN[unit], YEN["万円"])
    assert not isinstance(reading, Unsure) or reading.reason == "unusual"
    for value in taken(reading):
        assert abs(value - exact) * 20 <= exact
    if isinstance(reading, Read):
        assert reading.note == ("" if taken(reading) == [exact] else "rounded")


@given(st.integers(1, 10**10))
def test_property_a_bare_amount_is_taken_for_one_of_the_three_units_or_asked_back(figure: int) -> None:
    reading = read(questions("number")["yearly"], str(figure))
    meant = [Fraction(figure * yen, YEN["万円"]) for yen in YEN.values()]
    for value in taken(reading):
        assert any(abs(value - one) * 20 <= one for one in meant)
    if isinstance(reading, Unsure):
        assert reading.reason == ("unusual" if len(reading.values) == 1 else "scale")
        assert len(set(reading.values)) == len(reading.values)


@given(st.integers(1, 5000))
def test_property_an_amount_of_up_to_four_digits_is_never_asked_which(figure: int) -> None:
    reading = read(questions("number")["yearly"], str(figure))
    assert taken(reading) == [figure]


@given(st.integers(1, 10**4).flatmap(lambda whole: st.tuples(st.just(whole), st.integers(0, whole))))
def test_property_a_share_is_exact_or_said_to_be_rounded_or_refused(pair: tuple[int, int]) -> None:
    whole, part = pair
    reading = read(questions("number")["rate"], f"{whole}人中{part}人")
    exact = Fraction(part * 100, whole)
    for value in taken(reading):
        assert abs(value - exact) <= Fraction(1, 200)
        assert reading == Read(Decimal(value.numerator) / value.denominator, "" if value == exact else "rounded")


@given(st.integers(1, 10**6))
def test_property_a_figure_for_another_time_is_never_taken_unasked(figure: int) -> None:
    for name, text in (("yearly", f"月{figure}万円"), ("monthly", f"年{figure}円"), ("plain", f"年{figure}万円")):
        assert not isinstance(read(questions("number")[name], text), Read)
