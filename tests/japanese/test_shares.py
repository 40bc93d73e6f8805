"""Shares in the words that people use for them, exact."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese.shares import Share, read_share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("100人中65人", "13/20"),
        ("100人のうち65人です", "13/20"),
        ("百人の中の六十五人", "13/20"),
        ("１００人中、６５人", "13/20"),
        ("100中65", "13/20"),
        ("2人に1人", "1/2"),
        ("65/100", "13/20"),
        ("65人／100人", "13/20"),
        ("3分の2", "2/3"),
        ("三分の二", "2/3"),
        ("半分", "1/2"),
        ("半数かな", "1/2"),
        ("20人中0人", "0"),
        ("20人中20人", "1"),
        ("10人中7.5人", "3/4"),
    ],
)
def test_a_share_is_read_exactly(text: str, share: str) -> None:
    assert read_share(text) == Share(Fraction(share), approximate=False)


@pytest.mark.parametrize("text", ["約半分", "半分くらい", "だいたい3分の2です", "100人中65人ほど"])
def test_words_of_about_are_noticed(text: str) -> None:
    share = read_share(text)
    assert share is not None
    assert share.approximate


@pytest.mark.parametrize(
    "text",
    [
        "65%",
        "65",
        "100人中101人",
        "3分の4",
        "0人中0人",
        "65人/100件",
        "10人中7〜8人",
        "半分以上",
        "半年",
        "去年は100人中65人が卒業しました",
        "2人に1人ずつ声をかけます",
        "千千/2",
        "",
    ],
)
def test_what_is_no_one_share_is_left_alone(text: str) -> None:
    assert read_share(text) is None


@given(st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.just(whole), st.integers(0, whole))))
def test_property_every_way_of_writing_a_share_means_the_same(pair: tuple[int, int]) -> None:
    whole, part = pair
    ways = [f"{whole:,}人中{part:,}人", f"{whole}人のうち{part}人", f"{part}/{whole}", f"{whole}分の{part}"]
    assert {read_share(way) for way in ways} == {Share(Fraction(part, whole), approximate=False)}
