"""The state of every question: the `when` decides first, the answer second (semantics §1)."""

from decimal import Decimal

import pytest

from bot.engine.expressions.evaluate import State
from bot.engine.flow import Condition, Question, Section
from bot.engine.run import hidden, report, unanswered, unknowns
from bot.engine.values import Answers, Gap, Value
from bot.engine.view import View, both
from tests.engine.flows import flow, number, repeat, rule, say, text, yes_no

TRIAL = flow(
    Section("はじめ"),
    yes_no("gate"),
    yes_no("deep", "gate == yes"),
    yes_no("free", "gate == yes", optional=True),
    say("hello"),
    yes_no("deeper", "deep == yes"),
    results=(rule("r", "deeper == yes"),),
)


def state(answers: Answers, name: str) -> State:
    view = View(TRIAL, answers)
    return view.state(view.questions[name])


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]


@pytest.mark.parametrize(
    ("answers", "name", "expected"),
    [
        ({}, "gate", State.WAITING),
        ({"gate": "yes"}, "gate", State.ANSWERED),
        ({"gate": Gap.UNKNOWN}, "gate", State.UNKNOWN),
        ({"gate": Gap.SKIPPED}, "gate", State.SKIPPED),
        ({"gate": "yes"}, "deep", State.WAITING),
        ({"gate": "yes", "deep": "no"}, "deep", State.ANSWERED),
        ({"gate": "yes", "deep": Gap.UNKNOWN}, "deep", State.UNKNOWN),
        ({"gate": "yes", "deep": Gap.SKIPPED}, "deep", State.SKIPPED),
        ({}, "deep", State.HELD),
        ({"deep": "yes"}, "deep", State.HELD),
        ({"gate": Gap.UNKNOWN, "deep": "yes"}, "deep", State.HELD),
        ({"gate": Gap.SKIPPED, "deep": Gap.UNKNOWN}, "deep", State.HELD),
        ({"gate": "no"}, "deep", State.NOT_APPLICABLE),
        ({"gate": "no", "deep": "yes"}, "deep", State.NOT_APPLICABLE),
        ({"gate": "no", "deep": Gap.SKIPPED}, "deep", State.NOT_APPLICABLE),
        ({"gate": "no", "deep": "yes", "deeper": "yes"}, "deeper", State.NOT_APPLICABLE),
        ({"deep": "yes", "deeper": "yes"}, "deeper", State.HELD),
    ],
)
def test_the_when_decides_first_and_the_answer_second(answers: Answers, name: str, expected: State) -> None:
    assert state(answers, name) is expected


@pytest.mark.parametrize("name", ["gate", "deep"])
def test_only_an_answered_question_has_a_value_that_counts(name: str) -> None:
    answers_and_values: list[tuple[Answers, Value | None]] = [
        ({"gate": "yes", "deep": "yes"}, "yes"),
        ({"gate": Gap.UNKNOWN, "deep": Gap.UNKNOWN}, None),
        ({}, None),
    ]
    for answers, value in answers_and_values:
        view = View(TRIAL, answers)
        assert view.value(view.questions[name]) == value
    off = View(TRIAL, {"gate": "no", "deep": "yes"})
    assert off.value(off.questions["deep"]) is None


def test_a_question_is_asked_only_when_its_when_is_true() -> None:
    assert ids(View(TRIAL, {}).visible()) == ["gate"]
    assert ids(View(TRIAL, {"gate": Gap.UNKNOWN}).visible()) == ["gate"]
    assert ids(View(TRIAL, {"gate": "no"}).visible()) == ["gate"]
    assert ids(View(TRIAL, {"gate": "yes", "deep": "yes"}).visible()) == ["gate", "deep", "free", "deeper"]


def test_unknown_is_listed_to_be_made_sure_of_and_skipped_as_unanswered_unless_optional() -> None:
    view = View(TRIAL, {"gate": "yes", "deep": Gap.UNKNOWN, "free": Gap.SKIPPED})
    assert ids(unknowns(view)) == ["deep"]
    assert ids(unanswered(view)) == []
    view = View(TRIAL, {"gate": "yes", "deep": Gap.SKIPPED, "free": Gap.UNKNOWN})
    assert ids(unknowns(view)) == ["free"]
    assert ids(unanswered(view)) == ["deep"]


def test_a_waiting_question_is_listed_as_unanswered_even_if_optional() -> None:
    assert ids(unanswered(View(TRIAL, {"gate": "yes"}))) == ["deep", "free"]


def test_held_back_and_not_applicable_questions_are_hidden_only_if_they_hold_an_old_answer() -> None:
    for gate in ({}, {"gate": Gap.UNKNOWN}, {"gate": "no"}):
        assert ids(hidden(View(TRIAL, gate))) == []
        assert ids(hidden(View(TRIAL, {**gate, "deep": "yes", "free": Gap.UNKNOWN}))) == ["deep", "free"]
    assert ids(hidden(View(TRIAL, {"gate": "yes", "deep": "yes"}))) == []


def test_needs_names_the_question_that_the_when_of_a_held_back_one_waits_for() -> None:
    assert report(TRIAL, {"deep": "yes", "deeper": "yes"})["undetermined"] == [{"id": "r", "needs": ["gate"]}]


def test_unknown_and_skipped_differ_in_no_rule() -> None:
    trial = flow(
        yes_no("a"),
        number("n"),
        results=(rule("r", "a == yes or n > 3"), rule("s", "unknown(a)"), rule("t", "a == yes and n > 20")),
    )
    for rest in ({}, {"n": Decimal(4)}, {"n": Decimal(1)}):
        outcomes = [
            [View(trial, {"a": gap, **rest}).result(name) for name in "rst"] for gap in (Gap.UNKNOWN, Gap.SKIPPED)
        ]
        assert outcomes[0] == outcomes[1]


def test_a_hidden_answer_that_becomes_visible_again_counts_again() -> None:
    old: Answers = {"gate": "no", "deep": "yes", "deeper": "yes"}
    assert View(TRIAL, old).result("r") is False
    assert View(TRIAL, {**old, "gate": "yes"}).result("r") is True


def test_steps_keep_the_order_of_the_file() -> None:
    steps = View(TRIAL, {}).steps
    assert [step.title if isinstance(step, Section) else step.id for step in steps] == [
        "はじめ", "gate", "deep", "free", "hello", "deeper",
    ]  # fmt: skip


def test_plain_questions_are_those_written_and_those_of_repeats_once() -> None:
    trial = flow(yes_no("a"), say("s"), repeat("r", 1, 3, text("note")))
    assert ids(trial.plain_questions()) == ["a", "note"]


def test_a_question_goes_by_its_name_or_its_text() -> None:
    named = Question("a", yes_no("a").kind, "転びましたか", name="転倒")
    assert named.label == "転倒"
    assert yes_no("a").label == "a？"


def test_two_conditions_hold_together_where_both_do() -> None:
    trial = flow(yes_no("a"), yes_no("b", "a == yes"), yes_no("c", "b == yes"))
    one, two = (item.when for item in trial.items[1:] if not isinstance(item, Section))
    assert isinstance(one, Condition)
    assert both(None, None) is None
    assert both(one, None) is one
    assert both(None, two) is two
    together = both(one, two)
    assert together is not None
    assert together.text == "a == yes and b == yes"
    assert View(trial, {"a": "yes", "b": "yes"}).condition(together) is True
    assert View(trial, {"a": "yes", "b": "no"}).condition(together) is False


def test_without_a_when_a_condition_holds() -> None:
    assert View(TRIAL, {}).condition(None) is True


def test_what_a_view_worked_out_is_remembered() -> None:
    trial = flow(yes_no("a"), scores={"s": "points(a, yes=1, no=0)"}, results=(rule("r", "s == 1"),))
    view = View(trial, {"a": "yes"})
    assert view.score("s") is view.score("s")
    assert view.result("r") is view.result("r") is True
