"""Intervals and three-valued truth: exact, and never surer than the answers allow (semantics §2)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.bounds import (
    ONE,
    ZERO,
    Interval,
    Span,
    Truth,
    at_times,
    combine,
    compare,
    every,
    exactly,
    negate,
    some,
    total,
)
from tests.engine.flows import between

WHOLE = st.integers(-6, 6).map(Fraction)
INTERVALS = st.tuples(WHOLE, WHOLE).map(lambda ends: Interval(min(ends), max(ends)))
TRUTHS: tuple[Truth, ...] = (True, False, None)
OPERATIONS = {"+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__, "/": Fraction.__truediv__}
COMPARISONS = {
    "<": Fraction.__lt__,
    "<=": Fraction.__le__,
    ">": Fraction.__gt__,
    ">=": Fraction.__ge__,
    "==": Fraction.__eq__,
    "!=": Fraction.__ne__,
}


def inside(interval: Interval) -> st.SearchStrategy[Fraction]:
    return st.fractions(interval.low, interval.high, max_denominator=4)


@given(st.data(), INTERVALS, INTERVALS, st.sampled_from(sorted(OPERATIONS)))
def test_property_an_operation_over_intervals_holds_every_value_it_could_be(
    data: st.DataObject, left: Interval, right: Interval, op: str
) -> None:
    a, b = data.draw(inside(left)), data.draw(inside(right))
    whole = combine(op, left, right)
    if whole is None:
        assert op == "/"
        assert right.low <= 0 <= right.high
    else:
        assert whole.low <= OPERATIONS[op](a, b) <= whole.high


@given(st.data(), INTERVALS, INTERVALS, st.sampled_from(sorted(COMPARISONS)))
def test_property_a_settled_comparison_agrees_with_every_value_inside(
    data: st.DataObject, left: Interval, right: Interval, op: str
) -> None:
    a, b = data.draw(inside(left)), data.draw(inside(right))
    assert compare(op, left, right) in (None, COMPARISONS[op](a, b))


@given(WHOLE, WHOLE, st.sampled_from(sorted(COMPARISONS)))
def test_property_known_numbers_always_compare(left: Fraction, right: Fraction, op: str) -> None:
    assert compare(op, exactly(left), exactly(right)) is COMPARISONS[op](left, right)


@pytest.mark.parametrize(
    ("op", "left", "right", "holds"),
    [
        (">=", (10, 12), (10, 10), True),
        (">=", (9, 12), (10, 10), None),
        (">=", (8, 9), (10, 10), False),
        (">", (11, 12), (10, 10), True),
        (">", (10, 12), (10, 10), None),
        (">", (8, 10), (10, 10), False),
        ("<", (8, 9), (10, 10), True),
        ("<", (9, 10), (10, 10), None),
        ("<", (10, 12), (10, 10), False),
        ("<=", (8, 10), (10, 10), True),
        ("<=", (9, 11), (10, 10), None),
        ("<=", (11, 12), (10, 10), False),
        ("==", (10, 10), (10, 10), True),
        ("==", (9, 10), (10, 10), None),
        ("==", (9, 10), (9, 10), None),
        ("==", (8, 9), (10, 10), False),
        ("==", (11, 12), (10, 10), False),
        ("!=", (8, 9), (10, 10), True),
        ("!=", (9, 10), (10, 10), None),
        ("!=", (10, 10), (10, 10), False),
    ],
)
def test_a_comparison_is_true_when_it_holds_for_the_whole_interval_and_false_when_nowhere(
    op: str, left: tuple[int, int], right: tuple[int, int], holds: Truth
) -> None:
    assert compare(op, between(*left), between(*right)) is holds


@pytest.mark.parametrize("op", sorted(COMPARISONS))
@pytest.mark.parametrize(("left", "right"), [(None, ONE), (ONE, None), (None, None)])
def test_a_comparison_with_what_could_be_any_number_is_undetermined(op: str, left: Span, right: Span) -> None:
    assert compare(op, left, right) is None


@pytest.mark.parametrize("divisor", [(0, 0), (0, 3), (-3, 0), (-1, 1)])
def test_a_quotient_whose_divisor_may_be_0_is_unknown(divisor: tuple[int, int]) -> None:
    assert combine("/", ONE, between(*divisor)) is None


@pytest.mark.parametrize(
    ("divisor", "quotient"),
    [((1, 2), ("3", "6")), ((-2, -1), ("-6", "-3")), ((3, 3), ("2", "2")), ((4, 4), ("3/2", "3/2"))],
)
def test_a_quotient_by_what_is_never_0_is_exact(divisor: tuple[int, int], quotient: tuple[str, str]) -> None:
    assert combine("/", exactly(6), between(*divisor)) == between(*quotient)


@pytest.mark.parametrize("op", sorted(OPERATIONS))
def test_reckoning_with_what_could_be_any_number_gives_any_number(op: str) -> None:
    assert combine(op, None, ONE) is None
    assert combine(op, ONE, None) is None


def test_numbers_are_exact_and_never_floats() -> None:
    tenth, fifth = exactly(Fraction("0.1")), exactly(Fraction("0.2"))
    assert compare("==", combine("+", tenth, fifth), exactly(Fraction("0.3"))) is True


def test_a_total_adds_up_and_is_unknown_with_one_unknown_part() -> None:
    assert total([]) == ZERO
    assert total([ONE, between(0, 2)]) == between(1, 3)
    assert total([ONE, None]) is None


def test_an_interval_is_known_when_its_ends_meet_and_can_be_stretched_to_a_value() -> None:
    assert exactly(3).known
    assert not between(3, 4).known
    assert between(3, 4).reach(Fraction(0)) == between(0, 4)
    assert between(3, 4).reach(Fraction(9)) == between(3, 9)
    assert between(3, 5).reach(Fraction(4)) == between(3, 5)


@pytest.mark.parametrize("left", TRUTHS)
@pytest.mark.parametrize("right", TRUTHS)
def test_and_or_and_not_are_kleenes(left: Truth, right: Truth) -> None:
    both = False if False in (left, right) else None if None in (left, right) else True
    either = True if True in (left, right) else None if None in (left, right) else False
    assert every([left, right]) is both
    assert some([left, right]) is either
    assert negate(every([left, right])) is some([negate(left), negate(right)])


def test_every_of_nothing_holds_and_some_of_nothing_does_not() -> None:
    assert every([]) is True
    assert some([]) is False


def test_a_truth_counts_once_or_not_at_all_or_something_between() -> None:
    assert at_times(True) == ONE
    assert at_times(False) == ZERO
    assert at_times(None) == between(0, 1)
