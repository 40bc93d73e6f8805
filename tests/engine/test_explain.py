"""Because: the answers behind a verdict. Needs: the questions that could settle one."""

from decimal import Decimal

import pytest

from bot.engine.explain import because, needs
from bot.engine.flow import Flow
from bot.engine.values import Answers, Gap, Value
from bot.engine.view import View
from tests.engine.flows import choice, day, flow, number, repeat, rule, several, text, yes_no

YES_ALL: dict[str, Value] = {"a": "yes", "b": "yes", "c": "yes"}


def why(written: str, answers: Answers) -> tuple[str, ...]:
    trial = _trial(written)
    view = View(trial, answers)
    assert view.result("r") is True
    return because(view, trial.results[0])


def missing(written: str, answers: Answers) -> tuple[str, ...]:
    trial = _trial(written)
    view = View(trial, answers)
    assert view.result("r") is None
    return needs(view, trial.results[0])


def _trial(written: str) -> Flow:
    return flow(
        yes_no("a"),
        yes_no("b"),
        yes_no("c"),
        choice("walk", "home", "far"),
        several("pain", "knee", "back"),
        number("n"),
        day("since"),
        text("note"),
        yes_no("deep", "a == yes"),
        number("deeper", when="deep == yes"),
        repeat("items", 0, 3, yes_no("open"), yes_no("big", "open == yes"), number("users")),
        repeat("late", 1, 2, yes_no("open"), number("users"), when="a == yes"),
        scores={"s": "points(a, yes=1, no=0) + points(b, yes=1, no=0) + points(c, yes=1, no=0)", "t": "s + n"},
        results=(
            rule("r", written),
            rule("other", "b == yes or c == yes"),
            rule("rest", otherwise=True, group="g"),
            rule("rest_if", "not sure(other)", otherwise=True, group="h"),
        ),
    )


ITEMS: dict[str, Value] = {
    "items.0.more": "yes",
    "items.1.open": "yes",
    "items.1.big": "no",
    "items.1.users": Decimal(5),
    "items.1.more": "yes",
    "items.2.open": "no",
    "items.2.users": Decimal(0),
    "items.2.more": "no",
}


@pytest.mark.parametrize(
    ("written", "answers", "ids"),
    [
        ("a == yes", {"a": "yes"}, ["a"]),
        ("a == yes and b == yes", YES_ALL, ["a", "b"]),
        ("a == yes or b == yes", {"a": "yes", "b": "no"}, ["a"]),
        ("a == yes or b == yes", YES_ALL, ["a", "b"]),
        ("a == yes and (b == yes or a == yes)", YES_ALL, ["a", "b"]),
        ("not (a == yes)", {"a": "no"}, ["a"]),
        ("not (a == yes or b == yes)", {"a": "no", "b": "no"}, ["a", "b"]),
        ("not (a == yes and b == yes)", {"a": "no", "b": "yes"}, ["a"]),
        ("not (deep == yes)", {"a": "no", "deep": "yes"}, []),
        ("sure(a == yes)", {"a": "yes"}, ["a"]),
        ("not sure(a == yes)", {"a": "no"}, ["a"]),
        ("not sure(a == yes)", {}, []),
        ("unknown(a)", {}, []),
        ("asked(a)", {}, []),
        ("s >= 2", {"a": "yes", "b": "no", "c": "yes"}, ["a", "c"]),
        ("s >= 2", {"a": "yes", "c": "yes"}, ["a", "c"]),
        ("s < 2", {"a": "no", "b": "yes", "c": "no"}, ["b"]),
        ("t > 4", {**YES_ALL, "n": Decimal(3)}, ["a", "b", "c", "n"]),
        ("n > 4", {"n": Decimal(5)}, ["n"]),
        ("5 > n", {"n": Decimal(0)}, ["n"]),
        ("or_else(deeper, 0) < 3", {"a": "no"}, []),
        ("or_else(n, 0) < 3", {"n": Decimal(1)}, ["n"]),
        ("points(pain, knee=1, back=-1) == 0", {"pain": ("knee", "back")}, []),
        ("points(walk, home=-1, far=1) < 0", {"walk": "home"}, ["walk"]),
        ("count(pain) >= 1", {"pain": ("knee",)}, ["pain"]),
        ("count(pain) == 0", {"pain": ()}, ["pain"]),
        ("includes(pain, knee)", {"pain": ("knee",)}, ["pain"]),
        ("not includes(pain, knee)", {"pain": ()}, ["pain"]),
        ("1 > 0", {}, []),
        ("other", {"b": "yes", "c": "no"}, ["b"]),
        ("not other", {"b": "no", "c": "no"}, ["b", "c"]),
        ("rest", {}, []),
        ("rest_if", {"b": "no", "c": "no"}, ["b", "c"]),
        ("any(items, open == yes)", ITEMS, ["items.1.open"]),
        ("not all(items, open == yes)", ITEMS, ["items.2.open"]),
        ("all(items, users < 6)", ITEMS, ["items.1.users", "items.2.users"]),
        ("all(items, users < 6)", {"items.0.more": "no"}, []),
        ("count(items) == 2", ITEMS, []),
        ("count(items, open == yes) == 1", ITEMS, ["items.1.open"]),
        ("sum(items, users) == 5", ITEMS, ["items.1.users", "items.2.users"]),
        ("sum(items, points(open, yes=1, no=0)) == 1", ITEMS, ["items.1.open"]),
        ("any(items, users > n)", {**ITEMS, "n": Decimal(4)}, ["items.1.users", "n"]),
    ],
)
def test_because_names_the_answers_that_gave_the_points_or_made_the_comparison_true(
    written: str, answers: Answers, ids: list[str]
) -> None:
    assert list(why(written, answers)) == ids


OPENED: dict[str, Value] = {"items.0.more": "yes"}


@pytest.mark.parametrize(
    ("written", "answers", "ids"),
    [
        ("a == yes", {}, ["a"]),
        ("a == yes", {"a": Gap.UNKNOWN}, ["a"]),
        ("a == yes", {"a": Gap.SKIPPED}, ["a"]),
        ("a == yes and b == yes", {"a": "yes"}, ["b"]),
        ("a == yes or b == yes", {"a": "no"}, ["b"]),
        ("(a == yes or b == yes) and c == yes", {"a": "yes"}, ["c"]),
        ("not (a == yes)", {}, ["a"]),
        ("not (a == yes) and a == no", {}, ["a"]),
        ("s >= 2", {"a": "yes"}, ["b", "c"]),
        ("t > 4", {"a": "yes", "b": "yes"}, ["c", "n"]),
        ("n > 4", {}, ["n"]),
        ('since > "2026-01-01"', {}, ["since"]),
        ("or_else(n, 0) > 4", {}, ["n"]),
        ("count(pain) > 1", {}, ["pain"]),
        ("includes(pain, knee)", {}, ["pain"]),
        ("points(walk, home=0, far=1) + n > 4", {}, ["walk", "n"]),
        ("1 > n", {}, ["n"]),
        ("deep == yes", {}, ["a"]),
        ("deep == yes", {"a": "yes"}, ["deep"]),
        ("or_else(deeper, 0) > 3", {}, ["a"]),
        ("or_else(deeper, 0) > 3", {"a": "yes"}, ["deep"]),
        ("or_else(deeper, 0) > 3", {"a": "yes", "deep": "yes"}, ["deeper"]),
        ("deeper > 3", {"a": "no"}, []),
        ("other", {"b": "no"}, ["c"]),
        ("rest_if and other", {}, ["b", "c"]),
        ("any(items, open == yes)", {}, ["items.0.more"]),
        ("any(items, open == yes)", OPENED, ["items.1.open", "items.1.more"]),
        ("any(items, open == yes)", {**OPENED, "items.1.open": "no"}, ["items.1.more"]),
        ("any(items, big == yes)", OPENED, ["items.1.open", "items.1.more"]),
        ("any(items, big == yes)", {**OPENED, "items.1.open": "yes", "items.1.more": "no"}, ["items.1.big"]),
        ("all(items, open == yes)", {**ITEMS, "items.2.open": Gap.UNKNOWN}, ["items.2.open"]),
        ("count(items) > 2", {}, ["items.0.more"]),
        ("count(items) > 2", OPENED, ["items.1.more"]),
        ("count(items, open == yes) > 1", OPENED, ["items.1.open", "items.1.more"]),
        (
            "count(items, open == yes) > 1",
            {**OPENED, "items.1.open": "yes", "items.1.more": "yes"},
            ["items.2.open", "items.2.more"],
        ),
        (
            "count(items, users + n > 3) > 1",
            {**ITEMS, "n": Gap.UNKNOWN},
            ["n"],
        ),
        ("sum(items, users) > 5", {**ITEMS, "items.2.users": Gap.UNKNOWN}, ["items.2.users"]),
        ("sum(items, users) > 5", OPENED, ["items.1.users", "items.1.more"]),
        ("count(late) > 1", {}, ["a"]),
        ("count(late) > 1", {"a": "yes"}, ["late.1.more"]),
        ("any(late, open == yes)", {}, ["a"]),
        ("sum(late, users) > 5", {}, ["a"]),
    ],
)
def test_needs_names_the_askable_questions_that_could_settle_it(written: str, answers: Answers, ids: list[str]) -> None:
    assert list(missing(written, answers)) == ids


def test_an_item_that_is_settled_needs_nothing_though_something_in_it_is_open() -> None:
    answers: Answers = {**ITEMS, "n": Decimal(10), "items.1.users": Gap.UNKNOWN, "items.2.open": Gap.UNKNOWN}
    assert missing("count(items, users + n > 3 and open == yes) > 1", answers) == ("items.2.open",)
    assert missing("count(items, users + n > 9) + b_points > 2".replace("b_points", "s"), answers) == ("a", "b", "c")


def test_a_verdict_about_knowledge_itself_needs_nothing() -> None:
    trial = _trial("unknown(a)")
    assert needs(View(trial, {}), trial.results[0]) == ()


def test_a_result_without_a_condition_has_neither() -> None:
    trial = _trial("a == yes")
    view = View(trial, {})
    rest = trial.result("rest")
    assert rest is not None
    assert because(view, rest) == ()
    assert needs(view, rest) == ()
    assert trial.result("nothing") is None
