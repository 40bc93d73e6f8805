"""What the proof says of small flows, one thing at a time; that it agrees with all answers is `test_against_…`."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.engine.flow import Flow, Item, Result
from bot.engine.proof import exploring, proving
from bot.engine.proof.boxes import Failure, Found, choose
from bot.engine.proof.proving import Claim, Fate, Proof, prove
from bot.engine.proof.reading import Reader
from bot.engine.proof.residue import YES
from bot.engine.proof.targets import Sort
from bot.engine.proof.witness import Disagreement
from bot.engine.values import Gap, Measures
from bot.engine.view import View
from tests.engine.flows import (
    body,
    choice,
    condition,
    day,
    flow,
    number,
    repeat,
    rule,
    say,
    scale,
    scope_of,
    several,
    text,
    yes_no,
)


def claim(proof: Proof, sort: Sort, *names: str) -> Claim:
    return next(one for one in proof.claims if (one.target.sort, one.target.names) == (sort, names))


def fate(trial: Flow, sort: Sort = Sort.RESULT) -> Fate:
    """What becomes of the one rule, or of the one target without a name."""
    return claim(prove(trial), sort, *(["r"] if sort is Sort.RESULT else [])).fate


def r(when: str, *items: Item) -> Flow:
    """A flow with one rule."""
    return flow(*items, results=(rule("r", when),))


# --- reaching ---


def test_a_result_is_reached_by_the_shortest_talk() -> None:
    trial = r("a == yes or b == yes or c == yes", yes_no("a"), yes_no("b", "a == no"), yes_no("c", "b == no"))
    found = claim(prove(trial), Sort.RESULT, "r")
    assert (found.fate, found.answers) == (Fate.REACHED, {"a": "yes"})


def test_a_result_that_no_answers_meet_is_never_reached() -> None:
    assert fate(r("a == yes and b == yes", yes_no("a"), yes_no("b", "a == no"))) is Fate.NEVER


def test_points_that_cannot_come_together_are_seen() -> None:
    items = [yes_no(f"q{place}") for place in range(12)]
    points = " + ".join(f"points(q{place}, yes=1, no=0)" for place in range(12))
    assert fate(r(f"{points} >= 12", *items)) is Fate.REACHED
    assert fate(r(f"{points} >= 13", *items)) is Fate.NEVER


def test_scores_collapse_the_states() -> None:
    items = [yes_no(f"q{place}") for place in range(25)]
    points = " + ".join(f"points(q{place}, yes=1, no=0)" for place in range(25))
    proof = prove(r(f"({points}) == 13", *items))
    assert proof.states < 10_000  # not 3 ** 25


def test_what_is_not_known_is_an_answer_too() -> None:
    assert fate(r("unknown(a) and b == yes", yes_no("a"), yes_no("b", "not sure(a == yes)"))) is Fate.REACHED
    assert fate(r("sure(a == yes) and unknown(a)", yes_no("a"))) is Fate.NEVER


def test_a_hidden_question_makes_no_comparison_true_by_its_range_alone() -> None:
    trial = r("points(b, yes=2, no=1) >= 1", yes_no("a"), yes_no("b", "a == yes"))
    assert claim(prove(trial), Sort.RESULT, "r").answers == {"a": "yes", "b": "yes"}
    nothing = r("or_else(n, 0) < 1", yes_no("a"), number("n", 1, 5, "a == yes"))
    assert claim(prove(nothing), Sort.RESULT, "r").answers == {"a": "no"}


def test_otherwise_holds_where_no_other_of_its_group_does() -> None:
    trial = flow(
        yes_no("a"),
        results=(rule("r", "a == yes", group="g"), rule("rest", "unknown(a)", group="g", otherwise=True)),
    )
    proof = prove(trial)
    assert claim(proof, Sort.RESULT, "rest").answers == {"a": Gap.UNKNOWN}
    assert not [one for one in proof.claims if one.target.sort is Sort.GAP]


def test_a_group_says_where_two_hold_and_where_none_does() -> None:
    trial = flow(
        number("n", 0, 10),
        results=(rule("few", "n <= 5", group="g"), rule("many", "n >= 5 and n < 9", group="g")),
    )
    proof = prove(trial)
    assert claim(proof, Sort.OVERLAP, "few", "many").answers == {"n": Decimal(5)}
    assert claim(proof, Sort.GAP, "g").answers == {"n": Decimal(9)}
    assert claim(proof, Sort.NOTHING).fate is Fate.REACHED


def test_undetermined_is_no_end_without_a_result() -> None:
    trial = flow(yes_no("a"), results=(rule("r", "a == yes"), rule("s", "a == no")))
    assert fate(trial, Sort.NOTHING) is Fate.NEVER
    assert not [one for one in prove(flow(yes_no("a"))).claims if one.target.sort is Sort.NOTHING]


def test_a_reaction_behind_one_that_always_comes_first_is_never_said() -> None:
    trial = flow(yes_no("a", reacts={"a == yes": "はい", "not unknown(a)": "どちらも", "a == no": "いいえ"}), say("s"))
    proof = prove(trial)
    assert [claim(proof, Sort.REACT, "a", str(n)).fate for n in range(3)] == [Fate.REACHED, Fate.REACHED, Fate.NEVER]
    assert claim(proof, Sort.SAY, "s").fate is Fate.REACHED


def test_every_kind_of_question_has_its_ways() -> None:
    items = (
        choice("c", "x", "y"),
        several("s", "x", "y", "z"),
        scale("m", 1, 3),
        day("d"),
        text("t"),
        body("b"),
        number("n", 0, 10),
    )
    when = (
        "c == y and includes(s, x) and count(s) == 2 and points(s, x=1, y=0, z=2) == 3 and m == 2 "
        "and d >= '2026-05-01' and not unknown(t) and b == under and n == 7"
    )
    found = claim(prove(r(when, *items)), Sort.RESULT, "r")
    assert found.answers is not None
    assert View(r(when, *items), found.answers).result("r") is True
    assert (found.answers["s"], found.answers["n"]) == (("x", "z"), Decimal(7))


def test_an_option_that_stands_alone_is_chosen_alone() -> None:
    question = several("s", "x", "none")
    question = replace(question, options=(question.options[0], replace(question.options[1], alone=True)))
    assert fate(r("includes(s, x) and includes(s, none)", question)) is Fate.NEVER
    assert fate(r("includes(s, none)", question)) is Fate.REACHED


# --- figures that are read together ---


def test_figures_read_together_are_chosen_so_that_the_rule_holds() -> None:
    trial = r(
        "a * b - c > 2400 and c * a > 4000 and b + c == 131", number("a", 0, 50), number("b", 0, 50), number("c", 0, 99)
    )
    found = claim(prove(trial), Sort.RESULT, "r")
    assert found.answers is not None
    assert View(trial, found.answers).result("r") is True


def test_comparisons_of_one_figure_that_exclude_each_other_are_seen_without_looking() -> None:
    for first, second in (("a * b / 7 - c > 0", "a * b / 7 - c <= 0"), ("a / b >= 2", "b / b > 0 and a / b < 2")):
        assert fate(r(f"{first} and {second}", *(number(one, 0, 10_000) for one in "abc"))) is Fate.NEVER


def test_a_figure_not_known_counts_as_all_it_could_be() -> None:
    items = (number("a", 1, 10), number("b", 1, 10))
    assert fate(r("sure(a * b > 5) and unknown(a)", *items)) is Fate.REACHED
    assert fate(r("sure(a * b > 10) and unknown(a)", *items)) is Fate.NEVER
    assert fate(r("not sure(a / b > 0) and unknown(b)", *(number(one, 0, 9) for one in "ab"))) is Fate.REACHED


def test_a_when_over_figures_opens_and_closes_what_hangs_on_it() -> None:
    items = (number("a", 0, 10), number("b", 0, 10), yes_no("c", "a + b > 15"), yes_no("d", "a + b < 3"))
    assert fate(r("c == yes and a < b", *items)) is Fate.REACHED
    assert fate(r("asked(c) and asked(d)", *items)) is Fate.NEVER
    assert fate(r("not asked(c) and not asked(d) and c == yes", *items)) is Fate.NEVER


def test_what_neither_is_found_nor_refuted_is_left_unproven() -> None:
    trial = r("a * b == 62615533", number("a", 1, 100_000), number("b", 1, 100_000))  # 7919 times 7907
    assert fate(trial) is Fate.UNPROVEN


def test_figures_of_measures_are_chosen_within_the_band() -> None:
    trial = r("q == under and q.height_cm > 180", body("q"))
    found = claim(prove(trial), Sort.RESULT, "r")
    assert found.answers is not None
    assert isinstance(found.answers["q"], Measures)
    assert View(trial, found.answers).result("r") is True
    assert fate(r("q == under and q.weight_kg > 90", body("q"))) is Fate.NEVER


def test_figures_without_bands_are_given_whole() -> None:
    bare = replace(body("q"), bands=())
    assert fate(r("not unknown(q)", bare)) is Fate.REACHED
    assert fate(r("q.height_cm > 150 and q.weight_kg > 100", bare)) is Fate.REACHED


def test_a_band_that_no_figures_meet_can_still_be_chosen_by_name() -> None:
    hollow = body("q")
    impossible = replace(hollow.bands[0], condition=condition("1 > 2", scope_of(())))
    trial = r("q == under", replace(hollow, bands=(impossible, hollow.bands[1])))
    assert claim(prove(trial), Sort.RESULT, "r").answers == {"q": Measures(band="under")}


def test_halving_ends_at_single_figures() -> None:
    trial = r("a + b == 1 and a - b == 0", number("a", 0, 3), number("b", 0, 3))
    assert fate(trial) is Fate.NEVER
    read = Reader(trial)
    assert choose([(read.make.true, YES)]) == Found({})
    assert choose([(read.make.false, YES)]) is Failure.REFUTED


# --- lists ---


def test_items_are_counted_to_the_least_and_the_most() -> None:
    things = repeat("things", 1, 3, choice("kind", "x", "y"))
    assert fate(r("count(things) == 3 and all(things, kind == x)", things)) is Fate.REACHED
    assert fate(r("count(things) > 3", things)) is Fate.NEVER
    assert fate(r("count(things) < 1", things)) is Fate.NEVER
    found = claim(prove(r("count(things, kind == y) == 2", things)), Sort.RESULT, "r")
    assert list(found.answers or ()) == [
        "things.1.kind",
        "things.1.more",
        "things.2.kind",
        "things.2.more",
    ]


def test_a_list_that_changes_nothing_more_is_not_gone_through_to_its_end() -> None:
    short, long = (repeat("things", 0, high, choice("kind", "x", "y")) for high in (4, 4000))
    states = [prove(r("any(things, kind == x)", one)).states for one in (short, long)]
    assert states[0] == states[1]


def test_figures_of_items_are_summed_and_what_is_cut_short_stands_for_anything() -> None:
    things = repeat("things", 0, 12, number("users", 0, 100))
    assert fate(r("sum(things, users) == 77", things)) is Fate.REACHED
    assert fate(r("sum(things, users) > 250", things)) is Fate.UNPROVEN
    assert fate(r("sum(things, users) > 1200", things)) is Fate.NEVER
    assert fate(r("all(things, users > n) and count(things) > 4", number("n", 0, 9), things)) is Fate.UNPROVEN
    assert fate(r("sum(things, users) > 150", repeat("things", 2, 2, number("users", 0, 100)))) is Fate.REACHED


def test_questions_and_reactions_of_an_item_are_proven_in_some_item() -> None:
    first = yes_no("own")
    deep = yes_no("deep", "own == yes and a == yes", reacts={"deep == yes": "はい", "own == no": "来ない"})
    trial = flow(yes_no("a"), repeat("things", 0, 2, first, replace(deep, optional=True), when="a == yes"))
    proof = prove(trial)
    assert claim(proof, Sort.QUESTION, "things.deep").fate is Fate.REACHED
    assert [claim(proof, Sort.REACT, "things.deep", str(n)).fate for n in (0, 1)] == [Fate.REACHED, Fate.NEVER]


@pytest.mark.parametrize("low", [0, 1, 2])
def test_a_list_that_is_held_back_may_still_turn_out_empty(low: int) -> None:
    things = repeat("things", low, 2, yes_no("own"), number("n", 1, 5), when="a == yes")
    items = (yes_no("a"), things, yes_no("b"))
    assert fate(r("unknown(a) and sure(sum(things, or_else(n, 0)) <= 10) and b == yes", *items)) is Fate.REACHED
    assert fate(r("unknown(a) and sure(count(things) >= 1)", *items)) is Fate.NEVER
    assert fate(r("unknown(a) and sure(any(things, b == yes))", *items)) is Fate.NEVER
    assert fate(r("unknown(a) and sure(count(things, own == yes) <= 2)", *items)) is Fate.REACHED


# --- the longest way ---


def test_the_longest_way_counts_a_list_once() -> None:
    trial = flow(yes_no("a"), yes_no("b", "a == no"), yes_no("c", "a == yes"), yes_no("d", "c == yes"))
    assert (prove(trial).longest.screens, prove(trial).longest.at_most) == (3, 3)
    listed = flow(repeat("things", 0, 5, yes_no("own"), yes_no("deep", "own == yes")))
    assert prove(listed).longest.screens == 4  # whether there is any, two questions, whether there are more


def test_a_list_whose_first_item_is_short_may_be_followed_by_what_a_later_one_opens() -> None:
    things = repeat("things", 1, 3, choice("kind", "x", "y"), yes_no("more_of_x", "kind == x"))
    trial = flow(things, yes_no("both", "any(things, kind == x) and any(things, kind == y)"))
    assert prove(trial).longest.screens == 4


# --- what must never happen to us ---


def test_a_disagreement_with_the_engine_is_ours_and_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    trial = r("a == yes", yes_no("a"))
    monkeypatch.setattr(proving, "complete", lambda _flow, _said: {"a": "no"})
    with pytest.raises(Disagreement):
        prove(trial)


def test_a_longest_way_of_another_length_is_raised_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "length", lambda _flow, _answers: 99)
    with pytest.raises(Disagreement):
        prove(flow(yes_no("a")))


def test_beyond_the_budget_nothing_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "STATES", 5)
    things = repeat("things", 0, 9, scale("m", 1, 9))
    items: list[Item] = [*(scale(f"q{place}", 1, 9) for place in range(4)), things]
    proof = prove(r("q0 + q1 + q2 + q3 + sum(things, m) == 1000", *items))
    assert claim(proof, Sort.RESULT, "r").fate is Fate.NEVER  # no hull reaches that far: nothing is visited
    proof = prove(r("q0 + q1 + q2 + q3 == 20", *items))
    assert claim(proof, Sort.RESULT, "r").fate is Fate.UNPROVEN
    assert proof.longest.at_most is None or proof.longest.at_most >= proof.longest.screens


def test_names_with_a_prefix_are_left_to_the_flow_that_brings_them() -> None:
    trial = flow(yes_no("a"), results=(rule("r", "a == yes"),))
    included = Result("p.r", "p.r", when=trial.results[0].when, group="p.g")
    more = Flow(
        "f", "F", trial.zone, "", (*trial.items, yes_no("p.q"), say("p.s"), repeat("p.l", 0, 1, yes_no("own")))
        , results=(*trial.results, included),
    )  # fmt: skip
    condition_of = trial.results[0].when
    assert condition_of is not None
    proof = prove(more, {"p": condition_of})
    assert {name for one in proof.claims for name in one.target.names} == {"a", "r", "p"}
    assert claim(proof, Sort.INCLUDE, "p").fate is Fate.REACHED
