"""Figures as people write them on a phone, in whole turns: taken and said back, or asked back, never silently wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.talk import Talk

TO_COST = ("80", "85", "わからない", "55", "わからない")
TO_MONTHLY = (*TO_COST, "950万円", "月の額と年数")


def at(question: str, *answers: str) -> Talk:
    """短期集中の費用と効果, up to this question."""
    talk = Talk()
    talk.begin("cost-effectiveness")
    talk.says(*answers)
    assert talk.last.question == question
    return talk


# --- the time that a figure is for ---


@pytest.mark.parametrize("typed", ["年間950万", "年950万円", "950万円/年"])
def test_a_figure_for_the_time_that_is_asked_for_is_taken(typed: str) -> None:
    talk = at("cost", *TO_COST)
    talk.says(typed)
    assert "「950万円」として記録しました。" in talk.text


def test_a_months_figure_where_a_years_is_asked_for_is_asked_back_reckoned_over() -> None:
    talk = at("cost", *TO_COST)
    talk.says("月80万円")
    assert "1年の分で尋ねています。12か月分で「960万円」でよいですか。" in talk.text
    assert "cost" not in talk.answers
    talk.says("はい")
    assert talk.answers["cost"] == Decimal(960)


def test_a_years_figure_where_a_months_is_asked_for_is_asked_back_reckoned_over() -> None:
    talk = at("monthly", *TO_MONTHLY)
    talk.says("年間28万円")
    assert "1か月の分で尋ねています。12で割って「23,333円」でよいですか。" in talk.text
    talk.says("いいえ", "月24,000円")
    assert "「24,000円」として記録しました。" in talk.text


def test_a_figure_for_a_time_where_none_is_asked_for_is_asked_back_as_it_is() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "年間1200万")
    assert "「1,200万円」ということでよいですか。" in talk.text


# --- amounts without their unit ---


def test_a_long_amount_that_is_likelier_in_thousands_is_asked_back_with_its_hundred_millions() -> None:
    talk = at("cost", *TO_COST)
    talk.says("12000")
    assert "単位がなかったので、確かめさせてください。12,000万円（1.2億円）、1,200万円のうち、どれですか。" in talk.text
    talk.press("1,200万円")
    assert talk.answers["cost"] == Decimal(1200)


def test_who_types_the_unit_is_not_asked() -> None:
    talk = at("cost", *TO_COST)
    talk.says("12000万円")
    assert talk.answers["cost"] == Decimal(12000)


@pytest.mark.parametrize(("typed", "shown"), [("12000000", "1,200万円"), ("9500000", "950万円")])
def test_an_amount_in_yen_is_no_number_of_a_card(typed: str, shown: str) -> None:
    talk = at("cost", *TO_COST)
    talk.says(typed)
    assert f"「{shown}」として記録しました。" in talk.text


@pytest.mark.parametrize("typed", ["123456789012", "0001234567"])
def test_a_long_number_that_can_be_no_amount_is_still_guarded(typed: str) -> None:
    talk = at("cost", *TO_COST)
    talk.says(typed)
    assert talk.events()[-1] == "guarded"
    assert talk.last.question == "cost"
    assert typed not in talk.text


def test_a_long_number_where_people_are_counted_is_still_guarded() -> None:
    talk = at("users")
    talk.says("12000000")
    assert talk.events()[-1] == "guarded"


def test_what_had_to_be_rounded_is_said() -> None:
    talk = at("cost", *TO_COST)
    talk.says("9,512,345円")
    assert "端数をまるめて、「951.2万円」として記録しました。" in talk.text


# --- shares ---


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("100人中65人", "「65%」として記録しました。"),
        ("65/100", "「65%」として記録しました。"),
        ("0.65", "「65%」として記録しました。"),
        ("半分くらい", "およその言い方は外して、「50%」として記録しました。"),
        ("3分の2", "端数をまるめて、「66.7%」として記録しました。"),
    ],
)
def test_a_share_is_taken_as_a_percentage(typed: str, said: str) -> None:
    talk = at("finish", "80")
    talk.says(typed)
    assert said in talk.text


def test_a_percentage_below_one_stays_what_it_is() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "1200", "0.5%")
    assert talk.answers["rate"] == Decimal("0.5")
