"""Every question type over its file of cases: what is typed, what it is read as. A type without a file fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.content.load import read_flow
from bot.engine.flow import Field, Kind, Question
from bot.engine.questions import QUESTION_TYPES
from bot.engine.questions.base import Context, Impossible, Json, Part, Read, Reading, Unreadable, Unsure
from bot.engine.questions.several import toggle
from bot.engine.values import Measures, Value

HERE = Path(__file__).parent
REPO = HERE.parents[2]
TODAY = date(2026, 11, 23)
FILES = {path.stem: path for path in sorted((HERE / "cases").glob("*.yaml"))}
FLOW = """
title: ことばの読み取り
zone: town
about: 試し。
results: [{id: done, when: 1 > 0, says: 終わり。, page: 1}]
"""


@dataclass(frozen=True)
class Case:
    question: str
    given: Mapping[str, Any]


@cache
def table(kind: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(FILES[kind].read_text("utf-8"))
    return read


@cache
def questions(kind: str) -> dict[str, Question]:
    """The questions of a file of cases, read as those of any flow; and those of the checklist, by flow and id."""
    checklist = read_flow(REPO, "kihon-checklist").flows["kihon-checklist"].plain_questions()
    written = yaml.safe_dump({**yaml.safe_load(FLOW), "questions": table(kind)["questions"]}, allow_unicode=True)
    with TemporaryDirectory() as folder:
        (Path(folder) / "flows").mkdir()
        (Path(folder) / "flows/cases.yaml").write_text(written, "utf-8")
        read = read_flow(Path(folder), "cases")
    assert "cases" in read.flows, read.problems
    own = {question.id: question for question in read.flows["cases"].plain_questions()}
    return own | {f"kihon-checklist/{question.id}": question for question in checklist}


def rows(part: str) -> Iterator[Any]:
    for kind in FILES:
        for name, values in table(kind)[part].items():
            for value in values:
                yield pytest.param(kind, name, value, id=f"{name}-{value}")


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_every_question_type_has_a_file_of_cases(kind: Kind) -> None:
    assert kind.value in FILES, f"tests/engine/questions/cases/{kind.value}.yaml is missing"
    assert len(table(kind.value)["cases"]) > 0


def test_every_kind_is_a_type_and_every_file_of_cases_belongs_to_one() -> None:
    assert set(QUESTION_TYPES) == set(Kind)
    assert list(QUESTION_TYPES) == sorted(QUESTION_TYPES)
    assert set(FILES) == {kind.value for kind in Kind}


@pytest.mark.parametrize(("kind", "name", "case"), list(rows("cases")))
def test_a_typed_answer_is_read_as_the_table_says(kind: str, name: str, case: Mapping[str, Any]) -> None:
    question = questions(kind)[name]
    assert question.kind == kind
    draft = _figures(case["draft"]) if "draft" in case else None
    context = Context(TODAY, public=case.get("public", False), draft=draft)
    text = str(case["text"]) * case.get("times", 1)
    reading = QUESTION_TYPES[question.kind].read(question, text, context)
    assert reading == _expected(question, case)


def _figures(given: Mapping[str, float]) -> Measures:
    return Measures(tuple((name, Decimal(str(value))) for name, value in given.items()))


def _expected(question: Question, case: Mapping[str, Any]) -> Reading:
    accept = QUESTION_TYPES[question.kind].accept
    if "value" in case:
        value = case["value"] * case["value_times"] if "value_times" in case else case["value"]
        return Read(accept(question, value), case.get("note", ""))
    if "unsure" in case:
        return Unsure(tuple(accept(question, value) for value in case["unsure"]), case["reason"])
    if "part" in case:
        return Part(_figures(case["part"]))
    return Unreadable(case["reason"])


@pytest.mark.parametrize(("kind", "name", "plain"), list(rows("impossible")))
def test_a_value_that_the_question_cannot_have_is_refused_with_what_is_wanted(
    kind: str, name: str, plain: Json
) -> None:
    question = questions(kind)[name]
    with pytest.raises(Impossible) as refused:
        QUESTION_TYPES[question.kind].accept(question, plain)
    assert refused.value.code == "impossible_value"
    assert refused.value.slots["name"] == question.id
    assert refused.value.slots["value"] == repr(plain)
    assert refused.value.slots["wanted"]


@pytest.mark.parametrize(
    ("kind", "name", "shown"),
    [(kind, name, shown) for kind in FILES for name, shown in table(kind)["shown"].items()],
)
def test_a_value_is_shown_as_people_read_it(kind: str, name: str, shown: Mapping[Json, str]) -> None:
    question = questions(kind)[name]
    of_type = QUESTION_TYPES[question.kind]
    assert {plain: of_type.show(question, of_type.accept(question, plain)) for plain in shown} == shown


def test_several_and_measures_are_shown_with_their_labels_and_units() -> None:
    pain, body = questions("several")["pain"], questions("measures")["kihon-checklist/q12"]
    several, measures = QUESTION_TYPES[Kind.SEVERAL], QUESTION_TYPES[Kind.MEASURES]
    assert several.show(pain, ("knee", "back")) == "ひざ、腰"
    assert several.show(pain, ()) == ""
    assert measures.show(body, _figures({"height_cm": 160, "weight_kg": 47.36})) == "身長160cm、体重47.36kg"
    assert measures.show(body, _figures({"weight_kg": 52})) == "体重52kg"
    assert measures.show(body, Measures(band="under")) == "未満"
    assert measures.show(body, Measures(band="from_an_older_version")) == "from_an_older_version"
    assert measures.show(body, _figures({"age": 80})) == ""


def test_an_option_of_an_older_version_is_shown_by_its_id() -> None:
    choice = questions("choice")["purpose"]
    assert QUESTION_TYPES[Kind.CHOICE].show(choice, "gone") == "gone"


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.SCALE, Kind.MEASURES])
def test_a_value_of_another_type_is_shown_and_printed_as_nothing(kind: Kind) -> None:
    question = next(one for one in questions(kind.value).values() if one.kind is kind)
    assert QUESTION_TYPES[kind].show(question, "x") in ("", "x")
    assert QUESTION_TYPES[kind].plain(question, "x") is None


def test_a_value_of_another_type_is_no_date_and_no_several() -> None:
    assert QUESTION_TYPES[Kind.DATE].show(questions("date")["since"], "x") == ""
    assert QUESTION_TYPES[Kind.SEVERAL].show(questions("several")["pain"], "x") == ""
    assert QUESTION_TYPES[Kind.SEVERAL].plain(questions("several")["pain"], "x") == []


# --- what was accepted is printed as it came, and what is shown is read as what it was ---


def values_of(question: Question) -> st.SearchStrategy[Json]:
    ids = [option.id for option in question.options]
    match question.kind:
        case Kind.CHOICE | Kind.YES_NO:
            return st.sampled_from(ids)
        case Kind.SCALE:
            return st.sampled_from(ids).map(int)
        case Kind.SEVERAL:
            free = [option.id for option in question.options if not option.alone]
            return st.sets(st.sampled_from(free)).map(lambda chosen: [one for one in free if one in chosen])
        case Kind.NUMBER:
            return st.integers(int(question.low or 0), int(question.high or 0))
        case Kind.DATE:
            return st.dates(date(2019, 5, 1), date(2099, 12, 31)).map(str)
        case Kind.TEXT:
            return st.text("あいうえお畑の人", min_size=1, max_size=20)
        case Kind.MEASURES:
            return st.fixed_dictionaries({field.id: _figure(field) for field in question.fields})


def _figure(field: Field) -> st.SearchStrategy[Json]:
    """A figure of the field, with one decimal where its step allows it."""
    if field.step == 1:
        return st.integers(int(field.low), int(field.high))
    return st.integers(int(field.low * 10), int(field.high * 10)).map(lambda tenths: tenths / 10)


@pytest.mark.parametrize("kind", FILES)
@given(data=st.data())
def test_property_accepting_and_printing_are_inverse_and_what_is_shown_reads_as_itself(
    kind: str, data: st.DataObject
) -> None:
    question = data.draw(st.sampled_from([q for q in questions(kind).values() if q.kind == kind]))
    plain = data.draw(values_of(question))
    of_type = QUESTION_TYPES[question.kind]
    value = of_type.accept(question, plain)
    assert of_type.plain(question, value) == plain
    shown = of_type.show(question, value)
    reading = of_type.read(question, shown, Context(TODAY))
    if shown:
        assert _meant(reading, value)


def _meant(reading: Reading, value: Value) -> bool:
    return (
        value in reading.values if isinstance(reading, Unsure) else reading in (Read(value), Read(value, "approximate"))
    )


@pytest.mark.parametrize("kind", FILES)
@given(data=st.data(), text=st.text(max_size=30), public=st.booleans())
def test_property_no_message_makes_a_type_crash(kind: str, data: st.DataObject, text: str, public: bool) -> None:
    question = data.draw(st.sampled_from([q for q in questions(kind).values() if q.kind == kind]))
    reading = QUESTION_TYPES[question.kind].read(question, text, Context(TODAY, public=public))
    assert isinstance(reading, Read | Unsure | Part | Unreadable)


# --- the draft of a several ---


@pytest.mark.parametrize(
    ("chosen", "option", "on", "left"),
    [
        ((), "knee", True, ("knee",)),
        (("knee",), "knee", True, ("knee",)),  # set, never flipped
        (("back",), "knee", True, ("knee", "back")),
        (("knee", "back"), "knee", False, ("back",)),
        (("back",), "knee", False, ("back",)),
        (("knee", "back"), "all_over", True, ("all_over",)),
        (("all_over",), "knee", True, ("knee",)),
        (("all_over",), "all_over", False, ()),
    ],
)
def test_a_press_sets_or_unsets_and_an_option_that_stands_alone_clears_the_rest(
    chosen: tuple[str, ...], option: str, on: bool, left: tuple[str, ...]
) -> None:
    assert toggle(questions("several")["pain"], chosen, option, on=on) == left
