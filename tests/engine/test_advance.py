"""What comes next: the next question, progress, the sentences between, the word back, and the order of results."""

from decimal import Decimal

import pytest

from bot.engine.advance import Ask, Finished, Progress, advance, due_says, new_says, outcome, progress, reaction
from bot.engine.flow import Flow, Level
from bot.engine.values import Answers, Gap, Value
from bot.engine.view import View
from tests.engine.flows import Rule, flow, number, repeat, rule, say, yes_no

TRIAL = flow(yes_no("a"), yes_no("b", "a == yes"), yes_no("c"), results=(rule("r", "a == yes"),))


def asked(trial: Flow, answers: Answers) -> str | None:
    step = advance(trial, answers)
    return step.question.id if isinstance(step, Ask) else None


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        ({}, "a"),
        ({"a": "yes"}, "b"),
        ({"a": "no"}, "c"),
        ({"a": Gap.UNKNOWN}, "c"),
        ({"a": Gap.SKIPPED}, "c"),
        ({"b": "yes", "c": "yes"}, "a"),
        ({"a": "yes", "c": "yes"}, "b"),
        ({"a": "yes", "b": Gap.SKIPPED, "c": Gap.UNKNOWN}, None),
        ({"a": "no", "c": "yes"}, None),
    ],
)
def test_the_next_question_is_the_first_visible_one_without_an_answer(answers: Answers, name: str | None) -> None:
    assert asked(TRIAL, answers) == name


def test_when_no_question_is_open_the_results_are_read() -> None:
    step = advance(TRIAL, {"a": "no", "c": "yes"})
    assert isinstance(step, Finished)
    assert [result.id for result in step.not_met] == ["r"]


@pytest.mark.parametrize(
    ("answers", "at", "of"),
    [
        ({}, 1, 2),
        ({"a": "yes"}, 2, 3),
        ({"a": "no"}, 2, 2),
        ({"a": "no", "b": "yes"}, 2, 2),
        ({"a": "yes", "c": Gap.UNKNOWN}, 3, 3),
        ({"a": "yes", "b": Gap.SKIPPED, "c": "yes"}, 3, 3),
    ],
)
def test_progress_counts_the_visible_questions_answered_plus_one_of_those_visible_now(
    answers: Answers, at: int, of: int
) -> None:
    assert progress(View(TRIAL, answers)) == Progress(at, of)


def test_asking_carries_the_progress() -> None:
    step = advance(TRIAL, {"a": "yes"})
    assert isinstance(step, Ask)
    assert step.progress == Progress(2, 3)


# --- the sentences between questions ---

TALK = flow(
    say("hello"),
    yes_no("a"),
    say("deepen", "a == yes"),
    say("listen"),
    yes_no("b", "a == yes"),
    say("maybe", "b == yes"),
    yes_no("c"),
    say("goodbye", "not (a == yes)"),
)


def due(answers: Answers) -> list[str]:
    return [one.id for one in due_says(View(TALK, answers))]


def new(before: Answers, after: Answers) -> list[str]:
    return [one.id for one in new_says(View(TALK, before), View(TALK, after))]


@pytest.mark.parametrize(
    ("answers", "ids"),
    [
        ({}, ["hello"]),
        ({"a": "yes"}, ["deepen", "listen"]),
        ({"a": "no"}, ["listen"]),
        ({"a": Gap.UNKNOWN}, ["listen"]),
        ({"a": "yes", "b": "yes"}, ["maybe"]),
        ({"a": "yes", "b": "no"}, []),
        ({"a": "no", "b": "yes"}, ["listen"]),
        ({"a": "yes", "b": "yes", "c": "yes"}, []),
        ({"a": "no", "c": "yes"}, ["goodbye"]),
        ({"a": "yes", "c": "yes"}, ["deepen", "listen"]),
        ({"b": "yes", "c": "yes"}, ["hello"]),
    ],
)
def test_a_say_is_due_when_every_visible_question_before_it_is_answered_and_the_next_is_not(
    answers: Answers, ids: list[str]
) -> None:
    assert due(answers) == ids


def test_a_say_is_shown_on_the_turn_after_which_it_is_due_and_before_which_it_was_not() -> None:
    assert new({}, {"a": "yes"}) == ["deepen", "listen"]
    assert new({"a": "yes"}, {"a": "yes", "b": "yes"}) == ["maybe"]


@pytest.mark.parametrize("answers", [{}, {"a": "yes"}, {"a": "yes", "b": "yes"}, {"a": "no", "c": "yes"}])
def test_putting_a_question_again_repeats_no_say(answers: Answers) -> None:
    assert new(answers, answers) == []


def test_a_deep_dive_that_a_correction_opens_gets_its_say() -> None:
    done: dict[str, Value] = {"a": "no", "c": "yes"}
    assert new(done, {**done, "a": "yes"}) == ["deepen", "listen"]


def test_a_say_that_a_correction_leaves_due_is_not_said_again() -> None:
    assert new({"a": "no"}, {"a": "yes"}) == ["deepen"]


def test_when_no_question_follows_a_say_heads_the_review() -> None:
    assert new({"a": "no"}, {"a": "no", "c": "yes"}) == ["goodbye"]


# --- the word back ---

REACTS = flow(
    yes_no("a", reacts={"a == yes and sure(a == no)": "never", "a == yes": "first", "asked(a)": "second"}),
    yes_no("b", reacts={"b == no": "no"}),
    repeat("people", 1, 2, yes_no("open", reacts={"open == yes": "opened"})),
)


@pytest.mark.parametrize(
    ("answers", "name", "says"),
    [
        ({"a": "yes"}, "a", "first"),
        ({"a": "no"}, "a", "second"),
        ({"a": Gap.UNKNOWN}, "a", "second"),
        ({"b": "no"}, "b", "no"),
        ({"b": "yes"}, "b", None),
        ({"b": Gap.UNKNOWN}, "b", None),
        ({"people.1.open": "no", "people.1.more": "yes", "people.2.open": "yes"}, "people.2.open", "opened"),
        ({"people.1.open": "no", "people.1.more": "yes", "people.2.open": "yes"}, "people.1.open", None),
    ],
)
def test_the_first_reaction_whose_when_holds_is_said_and_it_may_read_its_own_question(
    answers: Answers, name: str, says: str | None
) -> None:
    view = View(REACTS, answers)
    found = reaction(view, view.questions[name])
    assert (found and found.says) == says


# --- results ---


def shown(*rules: Rule, answers: Answers) -> list[str]:
    trial = flow(yes_no("a"), number("n"), scores={"s": "n", "free": "1 / n"}, results=rules)
    return [result.id for result in outcome(View(trial, answers)).holding]


HELD: dict[str, Value] = {"a": "yes", "n": Decimal(3)}


def test_results_are_shown_by_level_then_rank_falling_then_place_in_the_file() -> None:
    rules = (
        rule("ok", "a == yes", level=Level.OK, rank="9"),
        rule("note_plain", "a == yes"),
        rule("warning_low", "a == yes", level=Level.WARNING, rank="s - 1"),
        rule("note_negative", "a == yes", rank="-1"),
        rule("warning_high", "a == yes", level=Level.WARNING, rank="s"),
        rule("warning_same", "a == yes", level=Level.WARNING, rank="s"),
        rule("note_ranked", "a == yes", rank="1"),
    )
    assert shown(*rules, answers=HELD) == [
        "warning_high", "warning_same", "warning_low", "note_ranked", "note_plain", "note_negative", "ok",
    ]  # fmt: skip


def test_a_rank_that_is_not_known_counts_by_its_lower_bound_and_one_without_bounds_as_0() -> None:
    rules = (
        rule("five", "a == yes", rank="5"),
        rule("spread", "a == yes", rank="s"),
        rule("free", "a == yes", rank="free + 9"),
    )
    assert shown(*rules, answers={"a": "yes"}) == ["five", "spread", "free"]
    assert shown(*rules, answers={"a": "yes", "n": Decimal(6)}) == ["free", "spread", "five"]


GROUP = (
    rule("one", "a == yes", group="g"),
    rule("two", "n > 5", group="g"),
    rule("rest", group="g", otherwise=True),
    rule("apart", "a == yes or a == no"),
)


@pytest.mark.parametrize(
    ("answers", "holding", "undetermined", "not_met"),
    [
        ({"a": "yes", "n": Decimal(1)}, ["one", "apart"], [], ["two", "rest"]),
        ({"a": "no", "n": Decimal(6)}, ["two", "apart"], [], ["one", "rest"]),
        ({"a": "no", "n": Decimal(1)}, ["rest", "apart"], [], ["one", "two"]),
        ({"a": "no"}, ["rest", "apart"], ["two"], ["one"]),
        ({"a": "yes"}, ["one", "apart"], ["two"], ["rest"]),
        ({}, ["rest"], ["one", "two", "apart"], []),
    ],
)
def test_otherwise_holds_when_no_other_member_is_true_false_and_undetermined_alike(
    answers: Answers, holding: list[str], undetermined: list[str], not_met: list[str]
) -> None:
    trial = flow(yes_no("a"), number("n"), results=GROUP)
    found = outcome(View(trial, answers))
    assert [result.id for result in found.holding] == holding
    assert [result.id for result in found.undetermined] == undetermined
    assert [result.id for result in found.not_met] == not_met


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({"gate": "yes", "a": "no"}, True),
        ({"gate": "yes", "a": "yes"}, False),
        ({"gate": "no", "a": "no"}, False),
        ({"a": "no"}, None),
        ({"a": "yes"}, False),
    ],
)
def test_an_optional_when_of_otherwise_says_whether_the_group_applies_at_all(
    answers: Answers, holds: bool | None
) -> None:
    trial = flow(
        yes_no("gate"),
        yes_no("a"),
        results=(rule("one", "a == yes", group="g"), rule("rest", "gate == yes", group="g", otherwise=True)),
    )
    assert View(trial, answers).result("rest") is holds


def test_otherwise_looks_at_its_own_group_only() -> None:
    trial = flow(
        yes_no("a"),
        results=(rule("one", "a == yes", group="g"), rule("rest", group="h", otherwise=True)),
    )
    assert View(trial, {"a": "yes"}).result("rest") is True
