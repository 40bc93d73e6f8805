"""Text to expressions: what is read, and every fault with what its sentence needs. Nothing is ever run."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from bot.engine.expressions.names import Scope, did_you_mean
from bot.engine.expressions.nodes import (
    AmongItems,
    And,
    Arith,
    Asked,
    BoolNode,
    Compare,
    Const,
    CountChosen,
    CountItems,
    Figure,
    Holds,
    Includes,
    Is,
    Node,
    Not,
    NumberNode,
    Or,
    OrElse,
    Points,
    Ref,
    ScoreOf,
    SumItems,
    Sure,
    Unknown,
    children,
    walk,
)
from bot.engine.expressions.parse import read_condition, read_number
from tests.engine.flows import body, choice, day, number, repeat, scale, scope_of, several, text, yes_no

SERVICES = repeat("services", 0, 3, choice("kind", "home", "day"), number("users", 0, 40), text("note"))
SCOPE = scope_of(
    (
        yes_no("fell"),
        choice("walk", "home", "far"),
        several("pain", "knee", "back"),
        number("age", 60, 110),
        scale("mood", 0, 4),
        body("q12"),
        day("since"),
        text("note"),
        SERVICES,
    ),
    scores=("motor",),
    results=("rule1", "rule2"),
)
FELL, WALK, PAIN, AGE, Q12 = Ref("fell"), Ref("walk"), Ref("pain"), Ref("age"), Ref("q12")
KIND, USERS = Ref("kind", local=True), Ref("users", local=True)
NONE = Const(Fraction(0))


def const(value: str | int) -> Const:
    return Const(Fraction(value))


@pytest.mark.parametrize(
    ("written", "node"),
    [
        ("fell == yes", Is(FELL, "yes")),
        ("fell != yes", Is(FELL, "yes", differs=True)),
        ("q12 == under", Is(Q12, "under")),
        ("walk in (home, far)", Or((Is(WALK, "home"), Is(WALK, "far")))),
        ("rule1", Holds("rule1")),
        ("rule1 and fell == no", And((Holds("rule1"), Is(FELL, "no")))),
        ("rule1 or rule2", Or((Holds("rule1"), Holds("rule2")))),
        ("not rule1", Not(Holds("rule1"))),
        ("motor >= 3", Compare(">=", ScoreOf("motor"), const(3))),
        ("3 <= motor < 5", And((Compare("<=", const(3), ScoreOf("motor")), Compare("<", ScoreOf("motor"), const(5))))),
        ("age == 65", Compare("==", Figure(AGE), const(65))),
        ("mood > 2", Compare(">", Figure(Ref("mood")), const(2))),
        ('since < "1970-01-02"', Compare("<", Figure(Ref("since")), const(719164))),
        ("q12.height_cm < 150", Compare("<", Figure(Ref("q12", field="height_cm")), const(150))),
        ("age in (65, 66)", Or((Compare("==", Figure(AGE), const(65)), Compare("==", Figure(AGE), const(66))))),
        ("includes(pain, knee)", Includes(PAIN, "knee")),
        ("sure(rule1)", Sure(Holds("rule1"))),
        ("unknown(age)", Unknown(AGE)),
        ("asked(pain)", Asked(PAIN)),
        ("any(services, kind == home)", AmongItems("services", Is(KIND, "home"), every=False)),
        ("all(services, users > age)", AmongItems("services", Compare(">", Figure(USERS), Figure(AGE)), every=True)),
        ("  rule1\n  and rule2 ", And((Holds("rule1"), Holds("rule2")))),
    ],
)
def test_a_condition_is_read_as_written(written: str, node: BoolNode) -> None:
    assert read_condition(written.replace("\n  ", " "), SCOPE) == (node, ())


@pytest.mark.parametrize(
    ("written", "node"),
    [
        ("3", const(3)),
        ("18.5", const("18.5")),
        ("0.1", const("0.1")),
        ("-3", Arith("-", NONE, const(3))),
        ("motor", ScoreOf("motor")),
        ("age + 1", Arith("+", Figure(AGE), const(1))),
        ("age - 1", Arith("-", Figure(AGE), const(1))),
        ("age * 2", Arith("*", Figure(AGE), const(2))),
        ("age / 2", Arith("/", Figure(AGE), const(2))),
        ("or_else(age, 0)", OrElse(AGE, Fraction(0))),
        ("or_else(since, '1970-01-01')", OrElse(Ref("since"), Fraction(719163))),
        ("points(fell, yes=1, no=0)", Points(FELL, (("yes", Fraction(1)), ("no", Fraction(0))))),
        ("points(walk, home=-2, far=0.5)", Points(WALK, (("home", Fraction(-2)), ("far", Fraction("0.5"))))),
        ("points(q12, under=1, at_least=0)", Points(Q12, (("under", Fraction(1)), ("at_least", Fraction(0))))),
        ("points(pain, knee=1, back=2)", Points(PAIN, (("knee", Fraction(1)), ("back", Fraction(2))))),
        ("count(pain)", CountChosen(PAIN)),
        ("count(services)", CountItems("services", None)),
        ("count(services, kind == day)", CountItems("services", Is(KIND, "day"))),
        ("sum(services, users)", SumItems("services", Figure(USERS))),
    ],
)
def test_a_number_is_read_as_written(written: str, node: NumberNode) -> None:
    assert read_number(written, SCOPE) == (node, ())


UNKNOWN_FUNCTION = {"known": "all, any, asked, includes, sure, unknown"}
UNKNOWN_NUMBER_FUNCTION = {"known": "count, or_else, points, sum"}


@pytest.mark.parametrize(
    ("written", "code", "slots"),
    [
        ("rule1 and", "expression_unreadable", {"text": "rule1 and"}),
        ("", "expression_unreadable", {"text": ""}),
        ("x = 1", "expression_unreadable", {"text": "x = 1"}),
        ("rule1\0", "expression_unreadable", {"text": "rule1\0"}),
        ("(" * 300 + "rule1" + ")" * 300, "expression_unreadable", {"text": "(" * 300 + "rule1" + ")" * 300}),
        ("1", "not_in_language", {"text": "1"}),
        ("True", "not_in_language", {"text": "True"}),
        ("[rule1]", "not_in_language", {"text": "[rule1]"}),
        ("lambda: 1", "not_in_language", {"text": "lambda: 1"}),
        ("rule1 if rule2 else rule1", "not_in_language", {"text": "rule1 if rule2 else rule1"}),
        ("motor[0].real", "not_in_language", {"text": "motor[0].real"}),
        ("motor is 3", "not_in_language", {"text": "motor … 3"}),
        ("walk not in (home, far)", "not_in_language", {"text": "walk … (home, far)"}),
        ("walk in [home]", "not_in_language", {"text": "walk … [home]"}),
        ("rule", "unknown_name", {"name": "rule", "hint": "rule1"}),
        ("xyzzy", "unknown_name", {"name": "xyzzy", "hint": ""}),
        ("os.system", "unknown_name", {"name": "os.system", "hint": ""}),
        ("wolk == nowhere", "unknown_name", {"name": "wolk", "hint": "walk"}),
        ("services == 3", "unknown_name", {"name": "services", "hint": "services"}),
        ("q12.height == 3", "unknown_name", {"name": "q12.height", "hint": ""}),
        ("unknown(agee)", "unknown_name", {"name": "agee", "hint": "age"}),
        ("asked(agee)", "unknown_name", {"name": "agee", "hint": "age"}),
        ("includes(pan, knee)", "unknown_name", {"name": "pan", "hint": "pain"}),
        ("any(service, kind == home)", "unknown_name", {"name": "service", "hint": "services"}),
        ("any(services, size == home)", "unknown_name", {"name": "size", "hint": "since"}),
        ("exec(rule1)", "unknown_function", {"name": "exec", "hint": "", **UNKNOWN_FUNCTION}),
        ("surely(rule1)", "unknown_function", {"name": "surely", "hint": "sure", **UNKNOWN_FUNCTION}),
        ("(lambda: 1)()", "unknown_function", {"name": "lambda: 1", "hint": "", **UNKNOWN_FUNCTION}),
        ("count(pain)", "unknown_function", {"name": "count", "hint": "", **UNKNOWN_FUNCTION}),
        ("sure()", "wrong_arguments", {"text": "sure()", "name": "sure"}),
        ("sure(rule1, rule2)", "wrong_arguments", {"text": "sure(rule1, rule2)", "name": "sure"}),
        ("includes(pain, option=knee)", "wrong_arguments", {"text": "includes(pain, option=knee)", "name": "includes"}),
        ("unknown(age, of=3)", "wrong_arguments", {"text": "unknown(age, of=3)", "name": "unknown"}),
        ("includes(walk, home)", "wrong_kind", {"text": "includes(walk, home)", "name": "walk", "kind": "choice"}),
        ("fell == maybe", "no_such_option", {"name": "fell", "option": "maybe", "known": "yes, no", "hint": ""}),
        ("walk == hom", "no_such_option", {"name": "walk", "option": "hom", "known": "home, far", "hint": "home"}),
        ("walk == 3", "no_such_option", {"name": "walk", "option": "3", "known": "home, far", "hint": ""}),
        ("q12 == over", "no_such_option", {"name": "q12", "option": "over", "known": "under, at_least", "hint": ""}),
        ("includes(pain, hip)", "no_such_option", {"name": "pain", "option": "hip", "known": "knee, back", "hint": ""}),
        ("fell", "not_a_truth", {"text": "fell"}),
        ("motor", "not_a_truth", {"text": "motor"}),
        ("rule1 and q12.height_cm", "not_a_truth", {"text": "q12.height_cm"}),
        ("walk > home", "not_comparable", {"name": "walk", "kind": "choice"}),
        ("pain == knee", "not_comparable", {"name": "pain", "kind": "several"}),
        ("note == walk", "not_comparable", {"name": "note", "kind": "text"}),
        ("motor > walk", "not_a_number", {"name": "walk", "kind": "choice"}),
        ("age > q12", "not_a_number", {"name": "q12", "kind": "measures"}),
        ("age > rule1", "unknown_name", {"name": "rule1", "hint": "rule1"}),
        ("since > 'yesterday'", "not_a_date", {"text": "yesterday"}),
    ],
)
def test_a_fault_of_a_condition_says_what_its_sentence_needs(written: str, code: str, slots: dict[str, str]) -> None:
    _, faults = read_condition(written, SCOPE)
    assert [(fault.code, dict(fault.slots)) for fault in faults] == [(code, slots)]


@pytest.mark.parametrize(
    ("written", "code", "slots"),
    [
        ("1 +", "expression_unreadable", {"text": "1 +"}),
        ("2 ** 3", "not_in_language", {"text": "2 ** 3"}),
        ("age % 2", "not_in_language", {"text": "age % 2"}),
        ("+3", "not_in_language", {"text": "+3"}),
        ("3j", "not_in_language", {"text": "3j"}),
        ("True", "not_in_language", {"text": "True"}),
        ("1e400", "not_in_language", {"text": "1e309"}),  # in Python's spelling of what is too large
        ("max(age, 1)", "unknown_function", {"name": "max", "hint": "", **UNKNOWN_NUMBER_FUNCTION}),
        ("sum(pain, knee)", "unknown_name", {"name": "pain", "hint": "pain"}),
        ("count(walk)", "wrong_kind", {"text": "count(walk)", "name": "walk", "kind": "choice"}),
        ("count(nothing)", "unknown_name", {"name": "nothing", "hint": ""}),
        ("count()", "wrong_arguments", {"text": "count()", "name": "count"}),
        ("sum(services)", "wrong_arguments", {"text": "sum(services)", "name": "sum"}),
        ("sum(services, kind)", "not_a_number", {"name": "kind", "kind": "choice"}),
        ("or_else(motor, 0)", "wrong_arguments", {"text": "or_else(motor, 0)", "name": "or_else"}),
        ("or_else(age, motor)", "wrong_arguments", {"text": "or_else(age, motor)", "name": "or_else"}),
        ("points(age, x=1)", "wrong_kind", {"text": "points(age, x=1)", "name": "age", "kind": "number"}),
        ("points(walc, home=1)", "unknown_name", {"name": "walc", "hint": "walk"}),
        ("points(walk, home=1)", "points_missing", {"name": "walk", "missing": "far"}),
        ("points(q12)", "points_missing", {"name": "q12", "missing": "under, at_least"}),
        (
            "points(walk, home=1, far=1, home=2)",
            "wrong_arguments",
            {"text": "points(walk, home=1, far=1, home=2)", "name": "points"},
        ),
        (
            "points(walk, home=1, far=2, away=3)",
            "no_such_option",
            {"name": "walk", "option": "away", "known": "home, far", "hint": ""},
        ),
    ],
)
def test_a_fault_of_a_number_says_what_its_sentence_needs(written: str, code: str, slots: dict[str, str]) -> None:
    _, faults = read_number(written, SCOPE)
    assert [(fault.code, dict(fault.slots)) for fault in faults] == [(code, slots)]


@pytest.mark.parametrize("worth", ["1 + 1", "2 * 3", "5 - 2", "-age", "age", "--1", "-(1 + 1)"])
def test_the_points_of_an_option_are_a_figure_or_minus_a_figure_and_nothing_reckoned(worth: str) -> None:
    _, faults = read_number(f"points(fell, yes={worth}, no=0)", SCOPE)
    assert "wrong_arguments" in [fault.code for fault in faults]


def test_points_may_not_be_unpacked() -> None:
    _, faults = read_number("points(fell, **{})", SCOPE)
    assert [fault.code for fault in faults] == ["not_in_language", "no_such_option", "points_missing"]


def test_all_faults_of_one_expression_are_gathered_each_once() -> None:
    _, faults = read_condition("foo == 1 and walk == hom and foo == 2 and any(services, kind == nite)", SCOPE)
    assert [(fault.code, fault.slots["name"]) for fault in faults] == [
        ("unknown_name", "foo"),
        ("no_such_option", "walk"),
        ("no_such_option", "kind"),
    ]


def test_what_stands_where_a_fault_was_found_never_holds() -> None:
    assert read_condition("foo", SCOPE)[0] == Or(())
    assert read_condition("foo bar", SCOPE)[0] == Or(())
    assert read_number("foo", SCOPE)[0] == NONE
    assert read_number("foo bar", SCOPE)[0] == NONE


@pytest.mark.parametrize("written", ["not " * n + "rule1" for n in (200, 1200, 9000)])
def test_an_expression_too_deep_to_read_is_a_fault_and_no_crash(written: str) -> None:
    _, faults = read_condition(written, SCOPE)
    assert [fault.code for fault in faults] == ["expression_unreadable"]


@pytest.mark.parametrize("terms", [200, 1200, 9000])
def test_a_sum_too_deep_to_read_is_a_fault_and_no_crash(terms: int) -> None:
    _, faults = read_number(" + ".join(["age"] * terms), SCOPE)
    assert [fault.code for fault in faults] == ["expression_unreadable"]


def test_names_of_the_item_at_hand_come_first_and_its_figures_too() -> None:
    measured = repeat("people", 1, 3, body("size"), text("note"))
    outside = scope_of((body("size"), measured))
    inside = outside.inside(measured)
    assert read_condition("size.weight_kg > 50", outside)[0] == Compare(
        ">", Figure(Ref("size", field="weight_kg")), const(50)
    )
    assert read_condition("size.weight_kg > 50", inside)[0] == Compare(
        ">", Figure(Ref("size", local=True, field="weight_kg")), const(50)
    )
    assert inside.names() == ["size", "note", "size", "people"]


def test_a_name_inside_an_include_stands_for_the_full_id() -> None:
    scope = Scope(questions={"fell": yes_no("who.fell")}, scores={"motor": "who.motor"}, results={"rule1": "who.rule1"})
    assert read_condition("fell == yes", scope)[0] == Is(Ref("who.fell"), "yes")
    assert read_condition("rule1", scope)[0] == Holds("who.rule1")
    assert read_number("motor", scope)[0] == ScoreOf("who.motor")


def test_the_nearest_known_name_is_offered_or_none() -> None:
    assert did_you_mean("stand", ["stairs", "standing"]) == "standing"
    assert did_you_mean("q", ["stairs"]) == ""
    assert did_you_mean("q", []) == ""


@pytest.mark.parametrize(
    ("node", "below"),
    [
        (Const(Fraction(1)), ()),
        (Is(FELL, "yes"), ()),
        (CountItems("services", None), ()),
        (CountItems("services", Holds("a")), (Holds("a"),)),
        (SumItems("services", NONE), (NONE,)),
        (AmongItems("services", Holds("a"), every=True), (Holds("a"),)),
        (Not(Holds("a")), (Holds("a"),)),
        (Sure(Holds("a")), (Holds("a"),)),
        (And((Holds("a"), Holds("b"))), (Holds("a"), Holds("b"))),
        (Or((Holds("a"), Holds("b"))), (Holds("a"), Holds("b"))),
        (Compare("<", NONE, const(1)), (NONE, const(1))),
        (Arith("+", NONE, const(1)), (NONE, const(1))),
    ],
)
def test_the_nodes_directly_below_a_node(node: Node, below: tuple[Node, ...]) -> None:
    assert children(node) == below


def test_walking_gives_the_node_and_all_below() -> None:
    node = Not(And((Holds("a"), Compare("<", NONE, const(1)))))
    assert walk(node) == (node, node.part, Holds("a"), Compare("<", NONE, const(1)), NONE, const(1))


def test_every_fault_code_has_its_sentence_and_the_sentence_needs_only_the_slots_given() -> None:
    sentences = yaml.safe_load(Path("knowledge/words/faults.yaml").read_text("utf-8"))
    for written in ("rule1 and", "1", "rule", "exec(rule1)", "sure()", "includes(walk, home)", "fell == maybe", "fell",
                    "walk > home", "motor > walk", "since > 'x'", "points(walk) > 1"):  # fmt: skip
        for fault in read_condition(written, SCOPE)[1]:
            assert sentences[fault.code].format(**fault.slots)
