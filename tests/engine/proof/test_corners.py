"""Where the proof meets what rules rarely hold: nothing at all, lists within lists, figures in lists held back."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations, product
from itertools import repeat as again

import pytest

from bot.engine.bounds import ONE, Truth, every, negate
from bot.engine.expressions.evaluate import Standing, State
from bot.engine.expressions.nodes import Ref
from bot.engine.proof import boxes, exploring, lines
from bot.engine.proof.boxes import Failure, Found, choose
from bot.engine.proof.changes import Only
from bot.engine.proof.making import Residues
from bot.engine.proof.masks import both_could, mask_of, not_could, sure_could
from bot.engine.proof.proving import Fate, prove
from bot.engine.proof.reading import Reader
from bot.engine.proof.residue import OPEN, YES, Variable
from bot.engine.proof.targets import Sort, Target
from bot.engine.proof.weighing import could_be
from bot.engine.proof.witness import Disagreement, confirm
from tests.engine.flows import body, choice, condition, flow, number, repeat, scale, scope_of, yes_no
from tests.engine.proof.test_proving import claim, fate, r

A, B, C = (number(name, 0, 9) for name in "abc")
X = Variable("x", None, Fraction(0), Fraction(9), Fraction(1))


def test_only_the_question_at_hand_can_be_read() -> None:
    only = Only(Standing(yes_no("a"), State.UNKNOWN))
    assert only.standing(Ref("a")).state is State.UNKNOWN
    for read in (only.score, only.result, only.items, only.rule, only.formula):
        with pytest.raises(LookupError):
            read("a")


def test_a_divisor_that_is_0_leaves_nothing_to_compare() -> None:
    assert fate(r("sure(a / (b / c) > 1)", A, B, C)) is Fate.REACHED
    assert fate(r("not sure((a / 0) / b > 1)", A, B)) is Fate.REACHED
    assert fate(r("sure((a / 0) / b > 1)", A, B)) is Fate.NEVER
    assert fate(r("sure(a / b >= 0) and unknown(b)", A, B)) is Fate.NEVER


def test_two_comparisons_may_both_be_open_where_there_is_nothing_to_compare() -> None:
    both_open = "not sure(a / b > 1) and not sure(a / b <= 1) and not unknown(a) and not unknown(b)"
    assert fate(r(both_open, A, B)) is Fate.REACHED
    assert fate(r(both_open, A, number("b", 1, 9))) is Fate.NEVER


def test_a_divisor_may_be_not_known_and_may_turn_from_one_side_of_0_to_the_other() -> None:
    at_least_one = number("b", 1, 9)
    assert fate(r("sure(a / b > 0) and unknown(b)", at_least_one, A)) is Fate.REACHED
    assert fate(r("a / (b - 4) > 1 and a * b > 60", number("b", 0, 8), A)) is Fate.REACHED


def test_a_figure_compared_with_itself_turns_nowhere() -> None:
    assert fate(r("a - a == 0", A)) is Fate.REACHED


def test_0_times_what_may_not_be_there_may_not_be_there() -> None:
    hidden = number("n", 1, 5, "g == yes")
    assert fate(r("sure(0 * n >= 0) and g == no", yes_no("g"), hidden)) is Fate.NEVER
    assert fate(r("sure(0 * n >= 0) and g == yes", yes_no("g"), hidden)) is Fate.REACHED
    assert fate(r("0 * a >= 0", A)) is Fate.REACHED


def test_lists_may_read_other_lists() -> None:
    things, others = repeat("things", 0, 2, yes_no("own")), repeat("others", 0, 2, yes_no("mine"))
    assert fate(r("any(others, mine == yes and count(things) >= 2)", things, others)) is Fate.REACHED
    assert fate(r("any(others, mine == yes and count(things) >= 3)", things, others)) is Fate.NEVER
    assert fate(r("sum(others, points(mine, yes=1, no=0) * count(things)) == 4", things, others)) is Fate.REACHED
    assert fate(r("sum(others, points(mine, yes=1, no=0) * count(things)) == 3", things, others)) is Fate.NEVER


@pytest.mark.parametrize("low", [0, 1])
def test_lists_that_are_held_back_may_be_read_by_other_lists(low: int) -> None:
    held = repeat("things", low, 2, yes_no("own"), when="g == yes")
    others = repeat("others", 1, 1, yes_no("mine"))
    items = (yes_no("g"), held, others)
    both = "any(others, mine == yes and not any(things, own == yes)) and unknown(g)"
    assert fate(r(f"sure({both})", *items)) is Fate.NEVER
    product = "sum(others, points(mine, yes=1, no=0) * count(things))"
    assert fate(r(f"unknown(g) and sure({product} <= 2)", *items)) is Fate.REACHED
    assert fate(r(f"unknown(g) and sure({product} <= 1)", *items)) is Fate.REACHED  # with いいえ it is 0


def test_a_list_that_is_cut_short_may_be_read_by_another() -> None:
    cut = repeat("things", 0, 9, number("users", 0, 9, "g == yes"), yes_no("own"))
    others = repeat("others", 1, 1, yes_no("mine"))
    items = (yes_no("g"), cut, others)
    total = "sum(others, points(mine, yes=1, no=0) * sum(things, users))"
    assert fate(r(f"{total} > 60 and g == yes", *items)) is Fate.UNPROVEN
    inner = "any(others, mine == yes and all(things, users > 1) and sum(things, users) > 60)"
    assert fate(r(f"{inner} and g == yes", *items)) is Fate.UNPROVEN


def test_figures_in_a_list_that_is_held_back_stay_figures() -> None:
    held = repeat("things", 0, 2, yes_no("own"), when="g == yes")
    items = (yes_no("g"), held, A, B, C)
    assert fate(r("unknown(g) and sure(sum(things, a) + b < 5) and not unknown(a)", *items)) is Fate.REACHED
    assert fate(r("unknown(g) and sure(sum(things, a) + b < 0)", *items)) is Fate.NEVER
    assert fate(r("unknown(g) and sure(sum(things, a / b) + c < 5) and a > 0", *items)) is Fate.REACHED
    visible = (repeat("things", 1, 1, yes_no("own")), A, B, C)
    assert fate(r("count(things, a + b > 3 and own == yes) + c > 9", *visible)) is Fate.REACHED
    assert fate(r("count(things, a + b > 3 and own == yes) + c > 10", *visible)) is Fate.NEVER


def test_a_band_that_no_figures_meet_is_not_chosen_with_figures() -> None:
    hollow = body("q")
    impossible = replace(hollow.bands[0], condition=condition("1 > 2", scope_of(())))
    trial = r("q == under and q.height_cm > 180", replace(hollow, bands=(impossible, hollow.bands[1])))
    assert fate(trial) is Fate.NEVER


def test_the_same_goals_from_several_ways_are_looked_into_once() -> None:
    items = (choice("k", "x", "y"), A, B, yes_no("c", "a + b > 15"), yes_no("d", "k == x and a + b > 15"))
    assert fate(r("a * b > 70 and (c == yes or d == yes)", *items)) is Fate.REACHED


def test_a_reaction_may_be_said_at_a_later_item_only() -> None:
    own = choice("own", "x", "y")
    react = yes_no("deep", reacts={"own == y and any_before == yes": "はい"})
    trial = flow(yes_no("any_before"), repeat("things", 2, 2, own, react))
    assert claim(prove(trial), Sort.REACT, "things.deep", "0").fate is Fate.REACHED


def test_a_reaction_that_was_not_said_is_a_disagreement() -> None:
    trial = flow(yes_no("a", reacts={"a == yes": "はい"}))
    target = Target(Sort.REACT, ("a", "0"), Reader(trial).make.true)
    confirm(trial, target, {"a": "yes"})
    with pytest.raises(Disagreement):
        confirm(trial, target, {"a": "no"})


def test_too_many_ways_to_meet_goals_count_as_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "STEPS", 0)
    assert fate(r("a + b > 3 and a + b < 6", A, B)) is Fate.REACHED


def test_a_way_may_be_found_where_halving_alone_finds_none(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = chain([Failure.UNDECIDED], again(Found({X: Fraction(1)})))
    monkeypatch.setattr(boxes, "_halve", lambda *_: next(outcomes))
    make = Residues()
    above, below = (make.compared(op, make.chosen(X), make.point(4)) for op in (">", "<"))
    assert choose([(make.some((above, below)), YES)]) == Found({X: Fraction(1)})


def test_no_more_states_are_visited_than_the_budget_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "STATES", 15)
    items = [scale(f"q{place}", 1, 9) for place in range(3)]
    found = claim(prove(r("q0 + q1 * q2 == 7", *items)), Sort.RESULT, "r")
    assert (found.fate, found.states <= 15 + 10) == (Fate.UNPROVEN, True)


def test_what_a_set_of_truths_could_become_is_neither_too_much_nor_too_little() -> None:
    truths: tuple[Truth, ...] = (True, False, None)
    sets = [chosen for size in (1, 2, 3) for chosen in combinations(truths, size)]

    def mask(held: Iterable[Truth]) -> int:
        return sum({mask_of(one) for one in held})

    for one in sets:
        assert not_could(mask(one)) == mask(negate(truth) for truth in one)
        assert sure_could(mask(one)) == mask(truth is True for truth in one)
        for other in sets:
            assert both_could(mask(one), mask(other)) == mask(every(pair) for pair in product(one, other))


def test_every_op_over_a_moving_span_could_be_what_some_point_makes_it() -> None:
    make = Residues()
    for op in ("<", "<=", ">", ">=", "==", "!="):
        sign = make.compared(
            op, make.total(((Fraction(1), make.chosen(X)), (Fraction(1), make.worth(ONE)))), make.point(5)
        )
        wide = make.product(make.chosen(X), make.worth(ONE.reach(Fraction(3))))
        blurred = make.compared(op, wide, make.point(5))
        for truth in (sign, blurred):
            each = 0
            for place in range(10):
                each |= could_be(truth, {X: (Fraction(place), Fraction(place))})
            assert could_be(truth, {X: (X.low, X.high)}) & each == each
        assert not could_be(sign, {X: (X.low, X.high)}) & OPEN
