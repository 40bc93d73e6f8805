"""What expressions are worth in every state of what they read (semantics §1, §2)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from bot.engine.bounds import Interval, Truth
from bot.engine.expressions.evaluate import Standing, State, _Figures, band_of
from bot.engine.expressions.nodes import Ref
from bot.engine.flow import Band
from bot.engine.values import Answers, Gap, Measures, Value
from bot.engine.view import View
from tests.engine.flows import (
    between,
    body,
    choice,
    condition,
    day,
    figures,
    flow,
    number,
    number_of,
    repeat,
    rule,
    scale,
    scope_of,
    several,
    text,
    truth_of,
    yes_no,
)

GATED = "gate == yes"
DEEP = flow(
    yes_no("gate"),
    yes_no("fell", GATED),
    choice("walk", "home", "near", "far", when=GATED),
    several("pain", "knee", "hip", "back", when=GATED),
    number("age", 60, 110, GATED),
    scale("mood", 1, 5, GATED),
    body("q12", GATED),
    day("since", GATED),
    text("note", GATED),
    repeat("services", 1, 3, yes_no("open"), number("users", 0, 40), when=GATED),
)
OLD: dict[str, Value] = {
    "fell": "yes",
    "walk": "near",
    "pain": ("knee", "back"),
    "age": Decimal(80),
    "mood": Decimal(4),
    "q12": figures("160", "47.35"),
    "since": date(2026, 4, 1),
    "note": "畑",
    "services.1.open": "yes",
    "services.1.users": Decimal(12),
    "services.1.more": "no",
}
STATES: dict[str, dict[str, Value]] = {
    "answered": {"gate": "yes", **OLD},
    "unknown": {"gate": "yes", **dict.fromkeys(OLD, Gap.UNKNOWN)},
    "skipped": {"gate": "yes", **dict.fromkeys(OLD, Gap.SKIPPED)},
    "waiting": {"gate": "yes"},
    "held back": OLD,
    "held back by わからない": {"gate": Gap.UNKNOWN, **OLD},
    "not applicable": {"gate": "no", **OLD},
}
ANSWERED, OPEN, HELD, OFF = (
    "answered",
    ("unknown", "skipped", "waiting"),
    ("held back", "held back by わからない"),
    "not applicable",
)


def in_each_state(answered: object, open_: object, held: object, off: object) -> dict[str, object]:
    return {ANSWERED: answered, **dict.fromkeys(OPEN, open_), **dict.fromkeys(HELD, held), OFF: off}


def check(worth: Callable[[Answers], object], expected: dict[str, object]) -> None:
    assert {state: worth(answers) for state, answers in STATES.items()} == expected


@pytest.mark.parametrize(
    ("written", "answered"),
    [
        ("fell == yes", True),
        ("fell == no", False),
        ("fell != no", True),
        ("fell != yes", False),
        ("walk in (home, near)", True),
        ("walk in (home, far)", False),
        ("includes(pain, knee)", True),
        ("includes(pain, hip)", False),
        ("q12 == under", True),
        ("q12 == at_least", False),
    ],
)
def test_a_comparison_is_unknown_while_open_or_held_back_and_false_when_not_applicable(
    written: str, answered: Truth
) -> None:
    check(lambda given: truth_of(DEEP, written, given), in_each_state(answered, None, None, off=False))


def test_of_a_question_that_can_be_hidden_not_equal_is_false_and_not_of_equal_is_true_when_not_applicable() -> None:
    off = STATES[OFF]
    assert truth_of(DEEP, "fell != yes", off) is False
    assert truth_of(DEEP, "not (fell == yes)", off) is True


@pytest.mark.parametrize(
    ("written", "answered", "open_", "held"),
    [
        ("points(fell, yes=1, no=0)", (1, 1), (0, 1), (0, 1)),
        ("points(fell, yes=3, no=2)", (3, 3), (2, 3), (0, 3)),
        ("points(fell, yes=-3, no=-2)", (-3, -3), (-3, -2), (-3, 0)),
        ("points(walk, home=1, near=2, far=4)", (2, 2), (1, 4), (0, 4)),
        ("points(pain, knee=1, hip=2, back=4)", (5, 5), (0, 7), (0, 7)),
        ("points(pain, knee=-1, hip=2, back=4)", (3, 3), (-1, 6), (-1, 6)),
        ("points(q12, under=1, at_least=0)", (1, 1), (0, 1), (0, 1)),
        ("count(pain)", (2, 2), (0, 3), (0, 3)),
    ],
)
def test_points_lie_between_the_smallest_and_the_largest_and_reach_down_to_0_while_held_back(
    written: str, answered: tuple[int, int], open_: tuple[int, int], held: tuple[int, int]
) -> None:
    expected = in_each_state(between(*answered), between(*open_), between(*held), between(0, 0))
    check(lambda given: number_of(DEEP, written, given), expected)


@pytest.mark.parametrize(
    ("written", "answered", "open_"),
    [
        ("age", (80, 80), (60, 110)),
        ("mood", (4, 4), (1, 5)),
        ("q12.height_cm", (160, 160), (100, 220)),
        ("since", (date(2026, 4, 1).toordinal(),) * 2, None),
    ],
)
def test_a_number_lies_in_its_range_and_is_any_number_where_it_may_not_be_asked(
    written: str, answered: tuple[int, int], open_: tuple[int, int] | None
) -> None:
    expected = in_each_state(between(*answered), None if open_ is None else between(*open_), None, None)
    check(lambda given: number_of(DEEP, written, given), expected)


@pytest.mark.parametrize(
    ("written", "answered", "open_", "held", "off"),
    [
        ("or_else(age, 0)", (80, 80), (60, 110), (0, 110), (0, 0)),
        ("or_else(age, 200)", (80, 80), (60, 110), (60, 200), (200, 200)),
        ("or_else(age, 70)", (80, 80), (60, 110), (60, 110), (70, 70)),
        ("or_else(q12.weight_kg, 0)", ("47.35", "47.35"), (20, 200), (0, 200), (0, 0)),
        ("or_else(since, 0)", (739707, 739707), None, None, (0, 0)),
    ],
)
def test_or_else_gives_the_number_or_what_stands_for_not_applicable(
    written: str,
    answered: tuple[int | str, int | str],
    open_: tuple[int, int] | None,
    held: tuple[int, int] | None,
    off: tuple[int, int],
) -> None:
    expected = in_each_state(between(*answered), open_ and between(*open_), held and between(*held), between(*off))
    check(lambda given: number_of(DEEP, written, given), expected)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("unknown(age)", in_each_state(False, True, False, off=False)),
        ("asked(age)", in_each_state(True, True, False, off=False)),
        ("unknown(note)", in_each_state(False, True, False, off=False)),
        ("sure(fell == yes)", in_each_state(True, False, False, off=False)),
        ("sure(not (fell == yes))", in_each_state(False, False, False, off=True)),
    ],
)
def test_the_three_functions_that_look_at_knowledge_itself_are_never_undetermined(
    written: str, known: dict[str, object]
) -> None:
    check(lambda given: truth_of(DEEP, written, given), known)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("count(services)", {ANSWERED: (1, 1), "unknown": (1, 1), "skipped": (1, 1), "waiting": (1, 3), OFF: (0, 0)}),
        (
            "count(services, open == yes)",
            {ANSWERED: (1, 1), "unknown": (0, 1), "skipped": (0, 1), "waiting": (0, 3), OFF: (0, 0)},
        ),
        (
            "sum(services, users)",
            {ANSWERED: (12, 12), "unknown": (0, 40), "skipped": (0, 40), "waiting": (0, 120), OFF: (0, 0)},
        ),
    ],
)
def test_counts_and_sums_over_items_run_over_all_that_could_still_come(
    written: str, known: dict[str, tuple[int, int]]
) -> None:
    for state, worth in known.items():
        assert number_of(DEEP, written, STATES[state]) == between(*worth), state


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("any(services, open == yes)", in_each_state(True, None, None, off=False)),
        ("any(services, open == no)", in_each_state(False, None, None, off=False)),
        ("all(services, open == yes)", in_each_state(True, None, None, off=False)),
    ],
)
def test_any_and_all_over_items_are_comparisons(written: str, known: dict[str, object]) -> None:
    check(lambda given: truth_of(DEEP, written, given), known)


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("fell == yes and gate == no", False),
        ("fell == yes and gate == yes", None),
        ("fell == yes or gate == yes", True),
        ("fell == yes or gate == no", None),
        ("not (fell == yes)", None),
    ],
)
def test_and_or_not_over_an_open_answer_are_kleenes(written: str, holds: Truth) -> None:
    assert truth_of(DEEP, written, {"gate": "yes"}) is holds


@pytest.mark.parametrize(
    ("written", "worth"),
    [
        ("age + 1", (61, 111)),
        ("1 - age", (-109, -59)),
        ("age * -2", (-220, -120)),
        ("110 / age", ("1", "11/6")),
        ("age / (mood - 1)", None),
        ("-age", (-110, -60)),
    ],
)
def test_arithmetic_runs_over_intervals_and_a_quotient_whose_divisor_may_be_0_is_unknown(
    written: str, worth: tuple[int | str, int | str] | None
) -> None:
    assert number_of(DEEP, written, {"gate": "yes"}) == (worth and between(*worth))


# --- the examples of semantics §2 ---

ITEMS = tuple(yes_no(f"q{n}") for n in range(1, 14))
POINTS = " + ".join(f"points({item.id}, yes=1, no=0)" for item in ITEMS)
THREE = flow(
    *ITEMS,
    scores={"life": POINTS, "oral": "points(q1, yes=1, no=0) + points(q2, yes=1, no=0) + points(q3, yes=1, no=0)"},
    results=(rule("many", "life >= 10"), rule("mouth", "oral >= 2")),
)


def test_12_points_and_one_unknown_already_meet_life_10() -> None:
    answers: dict[str, Value] = {**{f"q{n}": "yes" for n in range(1, 13)}, "q13": Gap.UNKNOWN}
    view = View(THREE, answers)
    assert view.score("life") == between(12, 13)
    assert view.result("many") is True


def test_one_of_three_with_two_missing_is_undetermined() -> None:
    assert View(THREE, {"q1": "yes"}).result("mouth") is None


def test_none_of_three_with_one_missing_is_a_plain_no() -> None:
    assert View(THREE, {"q1": "no", "q2": "no", "q3": Gap.UNKNOWN}).result("mouth") is False


@pytest.mark.parametrize(
    ("height", "weight", "band"),
    [
        ("160", "47.36", "at_least"),  # BMI 18.50; floats say 18.499…
        ("160", "47.35", "under"),
        ("145", "38.90", "at_least"),
        ("145", "38.89", "under"),
        ("165.5", "50.68", "at_least"),
        ("165.5", "50.67", "under"),
        ("200", "74", "at_least"),  # 18.5 exactly is not below it
        ("200", "73.99", "under"),
    ],
)
def test_the_band_of_two_figures_is_exact_at_its_edge(height: str, weight: str, band: str) -> None:
    assert band_of(body("q12"), figures(height, weight)) == band
    assert truth_of(flow(body("q12")), f"q12 == {band}", {"q12": figures(height, weight)}) is True


def test_a_band_given_instead_of_the_figures_is_the_band_and_leaves_the_figures_to_their_range() -> None:
    given: Answers = {"q12": Measures(band="under")}
    assert truth_of(flow(body("q12")), "q12 == under", given) is True
    assert number_of(flow(body("q12")), "q12.height_cm", given) == between(100, 220)


def test_figures_that_fall_into_no_band_have_none() -> None:
    never = Band("tall", "高い", condition("height_cm > 219", scope_of((number("height_cm"),))))
    question = body("q12")
    assert band_of(replace(question, bands=(never,)), figures("160", "52")) == ""


def test_a_band_reads_the_figures_of_its_own_answer_and_nothing_else() -> None:
    env = _Figures(body("q12"), figures("160", "52"))
    assert env.standing(Ref("weight_kg", local=True)) == Standing(body("q12"), State.ANSWERED, Decimal(52))
    for read in (env.score, env.result, env.items, env.rule, env.formula):
        with pytest.raises(LookupError):
            read("x")


def test_a_number_without_a_range_could_be_any_number() -> None:
    free = flow(replace(number("n"), low=None, high=None))
    assert number_of(free, "n", {}) is None
    assert number_of(free, "n", {"n": Decimal("0.1")}) == Interval(Fraction(1, 10), Fraction(1, 10))


def test_a_result_may_read_other_results_and_scores_other_scores() -> None:
    trial = flow(
        yes_no("a"),
        yes_no("b"),
        scores={"one": "points(a, yes=1, no=0)", "both": "one + points(b, yes=1, no=0)"},
        results=(rule("r", "both >= 1"), rule("s", "not r")),
    )
    assert View(trial, {"b": "yes"}).result("r") is True
    assert View(trial, {"b": "yes"}).result("s") is False
    assert View(trial, {"b": "no"}).result("s") is None
