"""Answers as JSON and back: what was written is read as it was, and nothing else is read."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.values import Gap, Measures, Plain, Value, from_plain, to_plain

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.text(),
    DECIMALS,
    st.dates(),
    st.lists(st.text()).map(tuple),
    st.sampled_from(Gap),
    st.builds(
        Measures,
        st.dictionaries(st.text(), DECIMALS).map(lambda figures: tuple(figures.items())),
        st.none() | st.text(),
    ),
)
PLAIN: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["gap", "number", "date", "figures", "band", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(VALUES)
def test_property_every_value_comes_back_as_it_went(value: Value) -> None:
    assert from_plain(to_plain(value)) == value


@given(PLAIN)
def test_property_what_was_not_written_by_us_is_refused_with_a_value_error(plain: Plain) -> None:
    try:
        value = from_plain(plain)
    except ValueError:
        return
    assert to_plain(value) == plain


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("yes", "yes"),
        (Decimal("52.50"), {"number": "52.50"}),
        (date(2026, 11, 23), {"date": "2026-11-23"}),
        ((), []),
        (("knee", "back"), ["knee", "back"]),
        (Gap.UNKNOWN, {"gap": "unknown"}),
        (Gap.SKIPPED, {"gap": "skipped"}),
        (Gap.REMOVED, {"gap": "removed"}),
        (Measures((("a", Decimal("1.5")),)), {"figures": {"a": "1.5"}, "band": None}),
        (Measures(band="under"), {"figures": {}, "band": "under"}),
    ],
)
def test_a_value_says_of_itself_what_it_is(value: Value, plain: Plain) -> None:
    assert to_plain(value) == plain
    assert from_plain(plain) == value


@pytest.mark.parametrize(
    "plain",
    [
        None,
        3,
        True,
        {},
        {"gap": "lost"},
        {"gap": "unknown", "more": "x"},
        {"number": "many"},
        {"number": 3},
        {"date": "tomorrow"},
        {"date": "20261123"},
        {"figures": []},
        {"figures": {"a": "x"}, "band": None},
        {"figures": {"a": "1"}},
        {"figures": {}, "band": 3},
        {"other": 1},
        [1],
    ],
)
def test_what_is_no_answer_is_a_value_error(plain: Plain) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  which words it uses is no matter
        from_plain(plain)


def test_a_figure_is_found_by_its_field() -> None:
    given_figures = Measures((("height_cm", Decimal(160)),))
    assert given_figures.figure("height_cm") == Decimal(160)
    assert given_figures.figure("weight_kg") is None
