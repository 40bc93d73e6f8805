"""Repeats (semantics §4): numbers given once, `more`, removal, min and max, and what rules see of unfinished lists."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.advance import Ask, advance
from bot.engine.explain import because, needs
from bot.engine.expressions.evaluate import State
from bot.engine.flow import Repeat
from bot.engine.run import hidden
from bot.engine.values import Answers, Gap, Value
from bot.engine.view import View, add_item, finished, living, more_id, remove_item
from tests.engine.flows import between, flow, number, number_of, repeat, rule, truth_of, yes_no

PEOPLE = repeat("people", 1, 3, yes_no("open"), number("users", 0, 40, "open == yes"))
ANY_PEOPLE = repeat("people", 0, 3, yes_no("open"), number("users", 0, 40, "open == yes"))
TWO = repeat("people", 2, 3, yes_no("open"))


def asked(items: Repeat, answers: Answers) -> list[str]:
    """What would be asked from here on if every question were answered わからない but `more` not at all."""
    return list(View(flow(items), answers).questions)


def next_asked(items: Repeat, answers: Answers) -> str | None:
    step = advance(flow(items), answers)
    return step.question.id if isinstance(step, Ask) else None


def item(number: int, more: str | None = None, users: int | None = None) -> dict[str, Value]:
    answers: dict[str, Value] = {f"people.{number}.open": "no" if users is None else "yes"}
    if users is not None:
        answers[f"people.{number}.users"] = Decimal(users)
    if more is not None:
        answers[f"people.{number}.more"] = more
    return answers


# --- how a list opens and ends ---


def test_each_item_is_followed_by_its_more() -> None:
    answers: dict[str, Value] = {}
    order: list[str] = []
    for value in ("yes", Decimal(3), "yes", "no", "yes", "no"):
        step = next_asked(PEOPLE, answers)
        assert step is not None
        order.append(step)
        answers[step] = value
    assert order == [
        "people.1.open", "people.1.users", "people.1.more", "people.2.open", "people.2.more", "people.3.open",
    ]  # fmt: skip
    assert next_asked(PEOPLE, answers) is None


def test_at_max_no_more_is_asked_and_the_list_is_finished() -> None:
    full: Answers = {**item(1, "yes"), **item(2, "yes"), **item(3)}
    assert "people.3.more" not in asked(PEOPLE, full)
    assert finished(PEOPLE, full)
    assert living(PEOPLE, {**full, "people.3.more": "yes"}) == (1, 2, 3)


def test_with_min_0_the_question_any_stands_before_the_first_item() -> None:
    assert asked(ANY_PEOPLE, {}) == ["people.0.more"]
    step = advance(flow(ANY_PEOPLE), {})
    assert isinstance(step, Ask)
    assert step.question.text == "ありますか？"
    assert not finished(ANY_PEOPLE, {})
    none: Answers = {"people.0.more": "no"}
    assert living(ANY_PEOPLE, none) == ()
    assert finished(ANY_PEOPLE, none)
    assert next_asked(ANY_PEOPLE, {"people.0.more": "yes"}) == "people.1.open"


def test_with_min_1_the_first_item_is_open_from_the_start_and_any_is_never_asked() -> None:
    assert living(PEOPLE, {}) == (1,)
    assert "people.0.more" not in asked(PEOPLE, {})


def test_below_min_the_next_number_is_opened_at_once_without_asking_more() -> None:
    assert living(TWO, {}) == (1, 2)
    assert asked(TWO, {}) == ["people.1.open", "people.2.open", "people.2.more"]
    assert not finished(TWO, {})
    assert finished(TWO, {"people.2.more": "no"})


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 2)])
def test_where_min_is_max_more_is_never_asked(low: int, high: int) -> None:
    fixed = repeat("people", low, high, yes_no("open"))
    assert asked(fixed, {}) == [f"people.{n}.open" for n in range(1, high + 1)]
    assert finished(fixed, {})


@pytest.mark.parametrize("gap", [Gap.UNKNOWN, Gap.SKIPPED])
@pytest.mark.parametrize(("items", "last"), [(PEOPLE, 1), (ANY_PEOPLE, 0), (TWO, 2)])
def test_unknown_and_skipped_to_more_count_as_no(items: Repeat, last: int, gap: Gap) -> None:
    answers: Answers = {more_id(items, last): gap}
    assert living(items, answers) == living(items, {more_id(items, last): "no"})
    assert finished(items, answers)


def test_questions_of_an_item_carry_its_number_and_read_their_own_item() -> None:
    answers: Answers = {**item(1, "yes"), **item(2, users=3)}
    view = View(flow(PEOPLE), answers)
    assert view.questions["people.2.users"].item == ("people", 2)
    assert view.state(view.questions["people.1.users"]) is State.NOT_APPLICABLE
    assert view.state(view.questions["people.2.users"]) is State.ANSWERED


def test_a_when_inside_sees_what_stands_before_the_repeat_too() -> None:
    trial = flow(yes_no("gate"), repeat("people", 1, 2, yes_no("open", "gate == yes")))
    states = []
    for answers in ({"gate": "yes"}, {"gate": "no"}, {}):
        view = View(trial, answers)
        states.append(view.state(view.questions["people.1.open"]))
    assert states == [State.WAITING, State.NOT_APPLICABLE, State.HELD]


def test_the_when_of_a_repeat_hides_all_its_questions_and_more() -> None:
    trial = flow(yes_no("gate"), repeat("people", 0, 2, yes_no("open"), when="gate == yes"))
    off = View(trial, {"gate": "no", "people.0.more": "yes", "people.1.open": "yes", "people.1.more": "no"})
    assert [question.id for question in off.visible()] == ["gate"]
    assert [question.id for question in hidden(off)] == ["people.0.more", "people.1.open", "people.1.more"]


# --- removing and adding ---

THREE: dict[str, Value] = {**item(1, "yes", 1), **item(2, "yes", 2), **item(3, users=4)}


def test_a_removed_item_leaves_every_sum_and_moves_no_other() -> None:
    assert number_of(flow(PEOPLE), "sum(people, or_else(users, 0))", THREE) == between(7, 7)
    without = remove_item(PEOPLE, THREE, 2)
    assert living(PEOPLE, without) == (1, 3)
    assert without["people.2"] is Gap.REMOVED
    assert without["people.3.users"] == Decimal(4)
    assert not [name for name in asked(PEOPLE, without) if name.startswith("people.2.")]
    with_end = {**without, "people.3.more": "no"}
    assert number_of(flow(PEOPLE), "sum(people, or_else(users, 0))", with_end) == between(5, 5)
    assert number_of(flow(PEOPLE), "count(people)", with_end) == between(2, 2)


def test_a_number_once_given_is_never_used_again() -> None:
    two: Answers = {**item(1, "yes"), **item(2, "no")}
    one = remove_item(PEOPLE, two, 2)
    assert living(PEOPLE, one) == (1,)
    assert living(PEOPLE, add_item(PEOPLE, one)) == (1, 3)
    assert next_asked(PEOPLE, add_item(PEOPLE, one)) == "people.3.open"


def test_min_and_max_count_living_items() -> None:
    without = remove_item(PEOPLE, THREE, 1)
    assert not finished(PEOPLE, without)
    assert next_asked(PEOPLE, without) == "people.3.more"
    again: dict[str, Value] = {**without, "people.3.more": "yes", **item(4)}
    assert living(PEOPLE, again) == (2, 3, 4)
    assert finished(PEOPLE, again)


def test_only_the_last_living_items_more_is_read() -> None:
    answers: Answers = {**item(1, "yes"), **item(2, "no"), "people.7.more": "yes"}
    assert living(PEOPLE, answers) == (1, 2)
    assert living(PEOPLE, remove_item(PEOPLE, answers, 1)) == (2,)
    assert finished(PEOPLE, remove_item(PEOPLE, answers, 1))


@pytest.mark.parametrize(("more", "taken"), [("no", "no"), (Gap.UNKNOWN, Gap.UNKNOWN), (None, "no")])
def test_when_the_last_item_is_removed_the_one_before_takes_over_its_more_or_no(
    more: Value | None, taken: Value
) -> None:
    answers: dict[str, Value] = {**item(1, "yes"), **item(2)}
    if more is not None:
        answers["people.2.more"] = more
    left = remove_item(PEOPLE, answers, 2)
    assert left["people.1.more"] == taken
    assert living(PEOPLE, left) == (1,)
    assert finished(PEOPLE, left)


def test_removing_an_item_that_is_not_the_last_leaves_every_more_as_it_is() -> None:
    left = remove_item(PEOPLE, THREE, 1)
    assert {name: value for name, value in left.items() if name != "people.1"} == THREE


def test_removing_the_only_item_of_a_list_that_may_be_empty_empties_it() -> None:
    left = remove_item(ANY_PEOPLE, {"people.0.more": "yes", **item(1, "no")}, 1)
    assert left["people.0.more"] == "no"
    assert living(ANY_PEOPLE, left) == ()
    assert finished(ANY_PEOPLE, left)
    assert living(ANY_PEOPLE, add_item(ANY_PEOPLE, left)) == (2,)


def test_removing_below_min_opens_the_next_number_at_once() -> None:
    left = remove_item(PEOPLE, item(1, "no"), 1)
    assert living(PEOPLE, left) == (2,)
    assert next_asked(PEOPLE, left) == "people.2.open"
    assert not finished(PEOPLE, left)


def test_adding_an_item_sets_the_last_living_items_more_to_yes() -> None:
    answers: Answers = {**item(1, "yes"), **item(2, "no")}
    assert add_item(PEOPLE, answers) == {**answers, "people.2.more": "yes"}
    assert add_item(ANY_PEOPLE, {"people.0.more": "no"}) == {"people.0.more": "yes"}


@given(st.sampled_from([0, 1, 2]), st.lists(st.tuples(st.sampled_from(["answer", "add", "remove"]), st.integers(0, 9))))
def test_property_numbers_only_grow_and_living_items_stay_between_min_and_max(
    low: int, moves: list[tuple[str, int]]
) -> None:
    items = repeat("people", low, 3, yes_no("open"))
    trial = flow(items)
    answers: dict[str, Value] = {}
    seen: set[int] = set()
    removed: set[int] = set()
    for move, pick in moves:
        numbers = living(items, answers)
        if move == "answer":
            step = advance(trial, answers)
            if isinstance(step, Ask):
                answers[step.question.id] = ("yes", "no")[pick % 2]
        elif move == "add" and len(numbers) < 3 and finished(items, answers):
            answers = add_item(items, answers)
        elif move == "remove" and numbers:
            gone = numbers[pick % len(numbers)]
            removed.add(gone)
            answers = remove_item(items, answers, gone)
        now = living(items, answers)
        assert low <= len(now) <= 3
        assert list(now) == sorted(now)
        assert not removed & set(now)
        assert all(number > max(seen, default=0) for number in set(now) - seen)
        seen |= set(now)


# --- what rules see ---


def test_until_a_list_is_finished_its_count_runs_from_the_living_items_to_max() -> None:
    counts: list[tuple[Repeat, dict[str, Value], tuple[int, int]]] = [
        (ANY_PEOPLE, {}, (0, 3)),
        (ANY_PEOPLE, {"people.0.more": "yes"}, (1, 3)),
        (ANY_PEOPLE, {"people.0.more": "no"}, (0, 0)),
        (PEOPLE, {}, (1, 3)),
        (PEOPLE, item(1, "no"), (1, 1)),
        (PEOPLE, item(1, "yes"), (2, 3)),
        (PEOPLE, THREE, (3, 3)),
        (TWO, {}, (2, 3)),
    ]
    for items, answers, worth in counts:
        assert number_of(flow(items), "count(people)", answers) == between(*worth)


@pytest.mark.parametrize(
    ("answers", "worth"),
    [
        ({}, (0, 120)),
        (item(1, None, 5), (5, 85)),
        (item(1, "no", 5), (5, 5)),
        (item(1, "yes", 5), (5, 85)),
        ({**item(1, "yes", 5), **item(2, "no")}, (5, 5)),
        ({**item(1, "no"), "people.1.open": Gap.UNKNOWN}, (0, 40)),
        ({"people.1.open": "yes", "people.1.more": "no"}, (0, 40)),
    ],
)
def test_an_unfinished_item_is_unknown_in_a_sum(answers: Answers, worth: tuple[int, int]) -> None:
    assert number_of(flow(PEOPLE), "sum(people, or_else(users, 0))", answers) == between(*worth)


def test_a_sum_over_what_could_be_any_number_is_unknown_until_the_list_is_finished() -> None:
    trial = flow(PEOPLE)
    assert number_of(trial, "sum(people, 1 / users)", item(1, None, 5)) is None
    assert number_of(trial, "sum(people, 1 / users)", item(1, "no", 5)) == between("1/5", "1/5")


@pytest.mark.parametrize(
    ("written", "answers", "holds"),
    [
        ("any(people, open == yes)", {}, None),
        ("any(people, open == yes)", item(1, "no"), False),
        ("any(people, open == yes)", item(1), None),
        ("any(people, open == yes)", item(1, None, 3), True),
        ("all(people, open == yes)", item(1, None, 3), None),
        ("all(people, open == yes)", item(1, "no", 3), True),
        ("all(people, open == yes)", item(1), False),
        ("count(people, open == yes) >= 1", item(1, None, 3), True),
        ("count(people, open == yes) >= 2", item(1, "no", 3), False),
        ("count(people, open == yes) >= 2", item(1, "yes", 3), None),
    ],
)
def test_any_all_and_count_are_settled_as_soon_as_no_further_item_can_change_them(
    written: str, answers: Answers, holds: bool | None
) -> None:
    assert truth_of(flow(PEOPLE), written, answers) is holds


def test_of_no_items_all_holds_and_any_does_not() -> None:
    none: Answers = {"people.0.more": "no"}
    assert truth_of(flow(ANY_PEOPLE), "all(people, open == yes)", none) is True
    assert truth_of(flow(ANY_PEOPLE), "any(people, open == yes)", none) is False


@pytest.mark.parametrize(
    ("written", "held", "on", "off"),
    [
        ("all(people, open == yes)", None, True, False),  # of the empty list that was once given
        ("any(people, open == yes)", False, False, False),
        ("any(staff, 1 > 0)", None, True, False),
        ("all(staff, 1 > 0)", None, True, False),
    ],
)
def test_a_list_that_is_held_back_could_still_be_not_applicable(
    written: str, held: bool | None, on: bool, off: bool
) -> None:
    trial = flow(
        yes_no("gate"),
        repeat("people", 0, 2, yes_no("open"), when="gate == yes"),
        repeat("staff", 1, 1, yes_no("open"), when="gate == yes"),
        scores={"count": "count(staff)"},
    )
    old: Answers = {"people.0.more": "no"}
    assert truth_of(trial, written, old) is held
    assert truth_of(trial, written, {**old, "gate": "yes"}) is on
    assert truth_of(trial, written, {**old, "gate": "no"}) is off
    assert View(trial, old).score("count") == between(0, 1)


def test_an_item_not_yet_begun_stands_for_all_it_could_be() -> None:
    trial = flow(
        yes_no("gate"), repeat("people", 0, 2, number("users", 1, 5), number("more_users", 1, 5, "gate == yes"))
    )
    assert number_of(trial, "sum(people, users)", {}) == between(0, 10)
    assert number_of(trial, "sum(people, or_else(more_users, 0))", {"gate": "no"}) == between(0, 0)
    assert number_of(trial, "sum(people, -users)", {}) == between(-10, 0)


def test_a_rule_inside_an_item_reads_scores_results_and_other_lists() -> None:
    trial = flow(
        repeat("first", 1, 2, yes_no("open")),
        repeat("second", 1, 1, number("users", 0, 9)),
        scores={"s": "count(first)"},
        results=(rule("r", "s == 1"), rule("t", "any(second, users == s and r)")),
    )
    answers: Answers = {"first.1.open": "yes", "first.1.more": "no", "second.1.users": Decimal(1)}
    assert truth_of(trial, "any(second, users == s)", answers) is True
    assert truth_of(trial, "any(second, r and users > 0)", answers) is True
    assert truth_of(trial, "any(second, any(first, open == yes))", answers) is True
    view = View(trial, answers)
    assert because(view, trial.results[1]) == ("second.1.users",)
    assert needs(View(trial, {}), trial.results[1]) == ("second.1.users", "first.1.more")
