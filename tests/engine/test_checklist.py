"""The shipped checklist against its table of vectors, and what holds for all of its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.content.load import read_flow
from bot.engine.advance import Ask, Finished, advance
from bot.engine.expressions.evaluate import OPEN
from bot.engine.flow import Flow, Kind, Question
from bot.engine.questions import QUESTION_TYPES
from bot.engine.questions.base import Json
from bot.engine.run import accept_answers, plain_answers, report
from bot.engine.values import Gap, Value
from bot.engine.view import View

HERE = Path(__file__).parent
ITEMS = range(1, 26)
ON_NO = {*range(1, 9), 16, 19}  # いいえ scores; on the others はい does, and on 12 a BMI below 18.5
RULES = tuple(f"rule{number}" for number in range(1, 8))
DIRECTIONS = ("direction_local", "direction_intensive", "direction_more")
VECTORS: Mapping[str, Mapping[str, Any]] = yaml.safe_load((HERE / "checklist.yaml").read_text("utf-8"))


@cache
def checklist() -> Flow:
    return read_flow(HERE.parents[1], "kihon-checklist").flows["kihon-checklist"]


def answer(item: int, *, scores: bool) -> Json:
    if item == 12:
        return {"height_cm": 160, "weight_kg": 45 if scores else 52}
    return "no" if scores is (item in ON_NO) else "yes"


def given_by(vector: Mapping[str, Any]) -> dict[str, Json]:
    points = vector.get("points", [])
    items = {f"q{item:02}": answer(item, scores=item in points) for item in ITEMS}
    return {
        name: value for name, value in (items | vector.get("also", {})).items() if name not in vector.get("without", [])
    }


@dataclass(frozen=True)
class Found:
    holding: list[str]
    undetermined: dict[str, list[str]]
    report: dict[str, Any]


def run(given: dict[str, Json]) -> Found:
    printed: dict[str, Any] = report(checklist(), accept_answers(checklist(), given))
    undetermined = {one["id"]: one["needs"] for one in printed["undetermined"]}
    return Found([one["id"] for one in printed["results"]], undetermined, printed)


@pytest.mark.parametrize("name", VECTORS)
def test_the_checklist_comes_out_as_the_table_says(name: str) -> None:
    vector = VECTORS[name]
    found = run(given_by(vector))
    for score, worth in vector.get("scores", {}).items():
        assert found.report["scores"][score] == worth, score
    if "rules" in vector:
        assert [one for one in RULES if one in found.holding] == vector["rules"]
    if "direction" in vector:
        assert [one for one in DIRECTIONS if one in found.holding] == [vector["direction"]]
    assert set(vector.get("holds", [])) <= set(found.holding)
    assert not set(vector.get("not", [])) & {*found.holding, *found.undetermined}
    rules_open = {rule: needs for rule, needs in found.undetermined.items() if not rule.startswith("direction")}
    if "undetermined" in vector:
        assert vector["undetermined"].items() <= rules_open.items()
        assert vector["undetermined"] or not rules_open
    if "unanswered" in vector:
        assert found.report["unanswered"] == vector["unanswered"]


def test_every_item_scores_on_the_answer_that_the_notice_says() -> None:
    for item in ITEMS:
        assert run(given_by({"points": [item]})).report["scores"]["total"] == 1, item
        assert run(given_by({})).report["scores"]["total"] == 0


@pytest.mark.parametrize(
    ("points", "rule", "because"),
    [
        ([6, 7, 10], "rule2", ["q06", "q07", "q10"]),
        ([11, 12], "rule3", ["q11", "q12"]),
        ([16], "rule5", ["q16"]),
        ([21, 24], "rule7", ["q21", "q24"]),
        ([6, 7, 10], "jigyo_taishosha", ["q06", "q07", "q10"]),
        ([13, 14, 18], "consult", ["q13", "q14", "q18"]),
    ],
)
def test_because_names_the_items_that_gave_the_points(points: list[int], rule: str, because: list[str]) -> None:
    found = run(given_by({"points": points}))
    assert {one["id"]: one["because"] for one in found.report["results"]}[rule] == because


@pytest.mark.parametrize(
    ("points", "also", "asked"),
    [
        ([], {}, []),
        ([17], {}, []),
        ([6, 7], {}, []),
        ([16], {}, ["hard_tasks", "places_lost"]),
        ([6, 7, 10], {}, ["stairs", "standing", "fear", "since", "walk", "pain", "hard_tasks", "places_lost"]),
        ([8, 9, 10], {}, ["fear", "since", "walk", "pain", "falls", "hard_tasks", "places_lost"]),
        ([8, 9, 10, 16], {}, ["fear", "since", "walk", "pain", "falls", "first", "hard_tasks", "places_lost"]),
        ([6, 18], {}, ["stairs", "hard_tasks", "places_lost"]),
    ],
)
def test_the_deep_dive_goes_only_into_what_fired(points: list[int], also: dict[str, Json], asked: list[str]) -> None:
    assert run(given_by({"points": points, "also": also})).report["unanswered"] == asked


def test_nothing_answered_leaves_every_rule_undetermined_and_only_the_25_to_ask() -> None:
    found = run({})
    assert [one for one in RULES if one in found.undetermined] == list(RULES)
    assert found.report["unanswered"] == [f"q{item:02}" for item in ITEMS]
    assert found.holding == ["direction_more"]


def test_the_flow_offers_no_free_text_on_any_channel() -> None:
    assert not [question.id for question in checklist().plain_questions() if question.kind is Kind.TEXT]


def test_progress_starts_at_1_of_25() -> None:
    step = advance(checklist(), {})
    assert isinstance(step, Ask)
    assert (step.question.id, step.progress.at, step.progress.of) == ("q01", 1, 25)


# --- for all answers ---


def one_answer(question: Question) -> st.SearchStrategy[Value]:
    if question.kind is Kind.MEASURES:
        heights, weights = st.integers(1400, 1800), st.integers(3000, 7000)
        figures = st.builds(lambda h, w: {"height_cm": h / 10, "weight_kg": w / 100}, heights, weights)
        return (figures | st.sampled_from([{"band": "under"}])).map(lambda given: accept(question, given))
    ids = [option.id for option in question.options]
    if question.kind is Kind.SEVERAL:
        return st.lists(st.sampled_from(ids), unique=True).map(lambda given: accept(question, given))
    return st.sampled_from(ids)


def accept(question: Question, given: Any) -> Value:
    return QUESTION_TYPES[question.kind].accept(question, given)


@st.composite
def complete(draw: st.DrawFn) -> dict[str, Value]:
    """An answer to every question, also to those that then are not asked; few items score, or any number."""
    questions = {question.id: question for question in checklist().plain_questions()}
    answers = draw(st.fixed_dictionaries({name: one_answer(question) for name, question in questions.items()}))
    if draw(st.booleans()):
        scoring = draw(st.sets(st.sampled_from(ITEMS), max_size=8))
        items = {f"q{item:02}": answer(item, scores=item in scoring) for item in ITEMS}
        answers |= {name: accept(questions[name], given) for name, given in items.items()}
    return answers


@given(complete())
def test_property_of_the_direction_exactly_one_holds_wherever_any_rule_holds(answers: dict[str, Value]) -> None:
    step = advance(checklist(), answers)
    assert isinstance(step, Finished)
    assert step.undetermined == ()
    holding = {result.id for result in step.holding}
    directions = holding & set(DIRECTIONS)
    assert len(directions) == (1 if "jigyo_taishosha" in holding else 0)
    assert ("no_rule" in holding) is not ("jigyo_taishosha" in holding)
    assert ("jigyo_taishosha" in holding) is bool(holding & set(RULES))


@given(complete())
def test_property_answers_are_printed_as_they_would_be_given(answers: dict[str, Value]) -> None:
    assert accept_answers(checklist(), plain_answers(checklist(), answers)) == answers


@given(complete(), st.data())
def test_property_a_rule_settled_early_stays_as_it_is_and_needs_can_be_asked(
    answers: dict[str, Value], data: st.DataObject
) -> None:
    some = data.draw(st.sets(st.sampled_from(sorted(answers))))
    gap = data.draw(st.sampled_from([None, Gap.UNKNOWN, Gap.SKIPPED]))
    partial = {name: value for name, value in answers.items() if name not in some}
    if gap is not None:
        partial |= dict.fromkeys(some, gap)
    early, late = View(checklist(), partial), View(checklist(), answers)
    printed: dict[str, Any] = report(checklist(), partial)
    for name in (*RULES, "jigyo_taishosha", "no_rule", "consult", "direction_local", "direction_intensive"):
        assert early.result(name) in (None, late.result(name)), name
    for one in printed["undetermined"]:
        assert one["needs"], one
        assert all(early.state(early.questions[name]) in OPEN for name in one["needs"])
    told = [*(one["id"] for key in ("results", "undetermined") for one in printed[key]), *printed["not_met"]]
    assert sorted(told) == sorted(result.id for result in checklist().results)
