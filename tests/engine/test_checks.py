"""Conditions that no answers can meet are found; those that some answers meet, or that nobody can settle, are left."""

from decimal import Decimal

import pytest

from bot.engine.checks import names_read, never_holds
from bot.engine.expressions.names import Scope
from bot.engine.expressions.parse import read_condition, read_number
from bot.engine.flow import Condition, Flow, Kind, Option, Question, Repeat, Result, Score, Zone
from bot.engine.view import NO, YES

YES_NO = (Option(YES, "はい"), Option(NO, "いいえ"))
SHOPS = (Option("a", "A"), Option("b", "B"), Option("none", "なし", alone=True))
NUMBER = Question("n", Kind.NUMBER, "n", low=Decimal(0), high=Decimal(10))
TEXT = Question("t", Kind.TEXT, "t")
CHOICE = Question("c", Kind.CHOICE, "c", options=(Option("x", "X"), Option("y", "Y")))
SEVERAL = Question("s", Kind.SEVERAL, "s", options=SHOPS)
DEEP = Question("d", Kind.YES_NO, "d", options=YES_NO)
ITEM = Question("band", Kind.CHOICE, "band", options=(Option("day", "昼"), Option("night", "夜")))
REPEAT = Repeat("r", 0, 3, "more", "any", (ITEM,))


def _condition(text: str, scope: Scope) -> Condition:
    node, faults = read_condition(text, scope)
    assert not faults
    return Condition(node, text)


def _flow() -> tuple[Flow, Scope]:
    plain = {q.id: q for q in (NUMBER, TEXT, CHOICE, SEVERAL, DEEP)}
    scope = Scope(plain, scores={"p": "p"}, results={"low": "low", "rest": "rest"}, repeats={"r": REPEAT})
    deep = Question("d", Kind.YES_NO, "d", options=YES_NO, when=_condition("c == x", scope))
    points, _ = read_number("points(c, x=1, y=2) + points(d, yes=1, no=0)", scope)
    low = Result("low", "low", when=_condition("p <= 1", scope), group="g")
    rest = Result("rest", "rest", otherwise=True, group="g")
    items = (NUMBER, TEXT, CHOICE, SEVERAL, deep, REPEAT)
    return Flow("f", "F", Zone.TOWN, "", items, scores={"p": Score("p", points, "")}, results=(low, rest)), scope


@pytest.mark.parametrize(
    "text",
    [
        "c == x and c == y",
        "c == y and d == yes",
        "p >= 3",
        "low and rest",
        "low and c == y",
        "includes(s, none) and includes(s, a)",
        "count(s) > 2",
        "n > 10",
        "sure(c == x) and unknown(c)",
        "c == y and asked(d)",
        "count(r) > 3",
        "c == x and c == y and n > 3",
    ],
)
def test_a_condition_that_no_answers_meet(text: str) -> None:
    flow, scope = _flow()
    assert never_holds(flow, _condition(text, scope))


@pytest.mark.parametrize(
    "text",
    [
        "c == x and d == yes",
        "p >= 2 and rest",
        "includes(s, a) and includes(s, b)",
        "includes(s, none)",
        "n > 3",
        "not unknown(n)",
        "sure(n > 3)",
        "unknown(t)",
        "not unknown(t) and c == x",
        "unknown(c)",
        "count(r) == 3",
        "any(r, band == day) and c == y",
        "any(r, band == day and p >= 3 and c == x)",
        "n > 3 and n < 2",  # numbers stay unknown: nobody says so
    ],
)
def test_a_condition_that_some_answers_meet_or_nobody_can_settle(text: str) -> None:
    flow, scope = _flow()
    assert not never_holds(flow, _condition(text, scope))


@pytest.mark.parametrize(("text", "never"), [("band == day", False), ("band == day and band == night", True)])
def test_a_condition_inside_an_item_reads_its_own_item(text: str, never: bool) -> None:
    flow, scope = _flow()
    assert never_holds(flow, _condition(text, scope.inside(REPEAT)), "r") is never


def test_what_the_budget_does_not_settle_counts_as_possible() -> None:
    flow, scope = _flow()
    assert not never_holds(flow, _condition("c == y and d == yes", scope), budget=0)


def test_names_read_are_full_and_come_once() -> None:
    _, scope = _flow()
    node = _condition("any(r, band == day and c == x) or p > 1 or c == y or low", scope).node
    assert names_read(node) == ["r", "c", "p", "low"]
    inside = _condition("band == day", scope.inside(REPEAT)).node
    assert names_read(inside, "r") == ["r.band"]
