"""A whole set of answers at once, in the form of the contract (`bansou run`)."""

from datetime import date
from decimal import Decimal

import pytest

from bot.engine.flow import Level
from bot.engine.questions.base import Json
from bot.engine.run import Refused, accept_answers, plain_answers, report
from bot.engine.values import Gap, Measures, Value
from bot.engine.view import View, remove_item
from tests.engine.flows import (
    body,
    choice,
    day,
    figures,
    flow,
    number,
    repeat,
    rule,
    scale,
    several,
    text,
    yes_no,
)

SERVICES = repeat("services", 0, 3, choice("kind", "home", "day"), number("users", 0, 40, "kind == home"))
STAFF = repeat("staff", 1, 2, text("role"))
EVERY = flow(
    yes_no("fell"),
    choice("walk", "home", "far"),
    several("pain", "knee", "back"),
    number("age", 60, 110),
    scale("mood", 1, 5),
    body("q12"),
    day("since"),
    text("note"),
    SERVICES,
    STAFF,
)
GIVEN: dict[str, Json] = {
    "fell": "yes",
    "walk": "far",
    "pain": ["knee"],
    "age": 80,
    "mood": 3,
    "q12": {"height_cm": 160, "weight_kg": 47.36},
    "since": "2026-04-01",
    "note": "畑",
    "services": [{"kind": "home", "users": 3}, {"kind": "day"}],
    "staff": [{"role": "SC"}],
}
READ: dict[str, Value] = {
    "fell": "yes",
    "walk": "far",
    "pain": ("knee",),
    "age": Decimal(80),
    "mood": Decimal(3),
    "q12": figures("160", "47.36"),
    "since": date(2026, 4, 1),
    "note": "畑",
    "services.0.more": "yes",
    "services.1.kind": "home",
    "services.1.users": Decimal(3),
    "services.1.more": "yes",
    "services.2.kind": "day",
    "services.2.more": "no",
    "staff.1.role": "SC",
    "staff.1.more": "no",
}


def test_answers_of_every_type_are_read_and_printed_as_they_came() -> None:
    assert accept_answers(EVERY, GIVEN) == READ
    assert plain_answers(EVERY, READ) == GIVEN


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({}, {}),
        ({"fell": None}, {"fell": Gap.UNKNOWN}),
        ({"pain": []}, {"pain": ()}),
        ({"q12": {"band": "under"}}, {"q12": Measures(band="under")}),
        ({"q12": {"weight_kg": 52, "height_cm": 160}}, {"q12": figures("160", "52")}),
        ({"services": []}, {"services.0.more": "no"}),
        ({"services": [{}]}, {"services.0.more": "yes", "services.1.more": "no"}),
        (
            {"services": [{"kind": None}]},
            {"services.0.more": "yes", "services.1.kind": Gap.UNKNOWN, "services.1.more": "no"},
        ),
        ({"staff": [{"role": "a"}, {}]}, {"staff.1.role": "a", "staff.1.more": "yes", "staff.2.more": "no"}),
    ],
)
def test_an_answer_may_be_left_out_null_a_band_or_a_list_taken_as_finished(
    given: dict[str, Json], read: dict[str, Value]
) -> None:
    assert accept_answers(EVERY, given) == read
    printed = plain_answers(EVERY, accept_answers(EVERY, given))
    assert printed == given


def test_a_list_left_out_is_unanswered_and_an_empty_one_is_none() -> None:
    trial = flow(SERVICES, results=(rule("r", "count(services) == 0"),))
    assert report(trial, accept_answers(trial, {}))["undetermined"] == [{"id": "r", "needs": ["services.0.more"]}]
    assert report(trial, {})["unanswered"] == ["services.0.more"]
    none = report(trial, accept_answers(trial, {"services": []}))
    assert none["unanswered"] == []
    assert none["undetermined"] == []


def test_a_full_list_is_finished_without_more() -> None:
    three: list[Json] = [{"kind": "day"}] * 3
    answers = accept_answers(EVERY, {"services": three})
    assert "services.3.more" not in View(EVERY, answers).questions
    assert plain_answers(EVERY, answers) == {"services": three}


def test_a_removed_item_is_not_printed() -> None:
    answers = remove_item(SERVICES, READ, 1)
    assert plain_answers(EVERY, answers)["services"] == [{"kind": "day"}]


def test_a_skipped_question_counts_as_left_out_and_hidden_answers_are_printed() -> None:
    trial = flow(yes_no("a"), yes_no("b", "a == yes"), yes_no("c"))
    assert plain_answers(trial, {"a": "no", "b": "yes", "c": Gap.SKIPPED}) == {"a": "no", "b": "yes"}
    inside: dict[str, Value] = {
        "services.0.more": "yes",
        "services.1.kind": Gap.SKIPPED,
        "services.1.users": Decimal(3),
    }
    assert plain_answers(flow(SERVICES), inside) == {"services": [{"users": 3}]}


def reasons(given: dict[str, Json]) -> list[tuple[str, dict[str, str]]]:
    with pytest.raises(Refused) as refused:
        accept_answers(EVERY, given)
    return [(reason.code, dict(reason.slots)) for reason in refused.value.reasons]


def test_every_unknown_id_and_impossible_value_is_told_at_once() -> None:
    found = reasons(
        {
            "fel": "yes",
            "walk": "away",
            "age": 59,
            "note": "ok",
            "services": [{"kind": "night", "user": 3}, {"users": 41}, "day"],
            "staff": [],
        }
    )
    assert found == [
        ("unknown_answer", {"name": "fel", "hint": "fell"}),
        ("impossible_value", {"name": "walk", "value": "'away'", "wanted": "home | far"}),
        ("impossible_value", {"name": "age", "value": "59", "wanted": "60-110"}),
        ("impossible_value", {"name": "services.1.kind", "value": "'night'", "wanted": "home | day"}),
        ("unknown_answer", {"name": "services.1.user", "hint": "users"}),
        ("impossible_value", {"name": "services.2.users", "value": "41", "wanted": "0-40"}),
        ("impossible_value", {"name": "services.3", "value": "'day'", "wanted": "{…}"}),
        ("impossible_value", {"name": "staff", "value": "[]", "wanted": "[{…}, …] (1-2)"}),
    ]


@pytest.mark.parametrize("value", [None, {}, "x", 3, [{}] * 4])
def test_a_list_must_be_a_list_of_no_more_than_max_items(value: Json) -> None:
    assert [code for code, _ in reasons({"services": value})] == ["impossible_value"]


def test_a_name_that_is_near_none_gets_no_hint() -> None:
    assert reasons({"xyzzy": "yes"}) == [("unknown_answer", {"name": "xyzzy", "hint": ""})]


REPORTED = flow(
    yes_no("a"),
    yes_no("b"),
    yes_no("deep", "a == yes"),
    number("n"),
    scores={
        "known": "points(a, yes=1, no=0)",
        "open": "points(b, yes=1, no=0) + points(a, yes=0.5, no=0)",
        "free": "1 / n",
    },
    results=(
        rule("note", "a == yes"),
        rule("warned", "known >= 1", level=Level.WARNING, group="g"),
        rule("rest", group="g", otherwise=True),
        rule("unsure", "open >= 1"),
        rule("never", "a == no"),
    ),
)


def test_the_report_is_exactly_as_the_contract_says() -> None:
    assert report(REPORTED, {"a": "yes"}) == {
        "flow": "trial",
        "version": "0123456789ab",
        "answers": {"a": "yes"},
        "scores": {"known": 1, "open": {"low": 0.5, "high": 1.5}, "free": None},
        "results": [
            {
                "id": "warned", "level": "warning", "group": "g", "pages": [], "entries": [],
                "rule": "known >= 1", "because": ["a"],
            },
            {
                "id": "note", "level": "note", "group": None, "pages": [], "entries": [],
                "rule": "a == yes", "because": ["a"],
            },
        ],
        "not_met": ["rest", "never"],
        "undetermined": [{"id": "unsure", "needs": ["b"]}],
        "unanswered": ["b", "deep", "n"],
        "hidden": [],
    }  # fmt: skip


def test_a_known_score_is_a_plain_number_and_otherwise_says_so_as_its_rule() -> None:
    found = report(REPORTED, {"a": "no", "b": Gap.SKIPPED, "deep": "yes", "n": Decimal(4)})
    assert found["scores"] == {"known": 0, "open": {"low": 0, "high": 1}, "free": 0.25}
    results = found["results"]
    assert isinstance(results, list)
    assert [one["rule"] for one in results if isinstance(one, dict)] == ["otherwise", "a == no"]
    assert found["unanswered"] == ["b"]
    assert found["hidden"] == ["deep"]
