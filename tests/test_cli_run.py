"""`bansou run`: the two fictional seniors of p.93, and input that cannot be."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from tests.channels.processes import broken_copy

ITEMS = [f"q{number:02}" for number in range(1, 26)]
POINT_ON_NO = {*ITEMS[:8], "q16", "q19"}


def answers(*fired: int, **deep: object) -> dict[str, object]:
    """All 25 items answered so that exactly these give their point, and what is said in the deep dive."""
    given: dict[str, object] = {}
    for number, item in enumerate(ITEMS, start=1):
        given[item] = "no" if (item in POINT_ON_NO) is (number in fired) else "yes"
    return given | {"q12": {"height_cm": 160, "weight_kg": 47 if 12 in fired else 52}} | deep


DREAM = answers(6, 7, 10)  # 夢さん
LOVE = answers(1, 2, 3, 6, 7, 8, 9, 10, 16, 17)  # 愛さん


@pytest.fixture
def run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Any:
    def run_(given: object, flow: str = "kihon-checklist") -> tuple[int, str, str]:
        file = tmp_path / "answers.json"
        file.write_bytes(given if isinstance(given, bytes) else json.dumps(given).encode())
        code = main(["run", flow, "--answers", str(file)])
        return code, *capfd.readouterr()

    return run_


@pytest.fixture
def outcome(run: Any) -> Any:
    def outcome_(given: dict[str, object]) -> dict[str, Any]:
        code, out, err = run(given)
        assert (code, err) == (0, "")
        result: dict[str, Any] = json.loads(out)
        return result

    return outcome_


def rules(result: dict[str, Any]) -> set[str]:
    return {one["id"] for one in result["results"] if one["id"].startswith("rule")}


def directions(result: dict[str, Any]) -> set[str]:
    return {one["id"] for one in result["results"] if one["group"] == "direction"}


def test_it_prints_exactly_the_keys_of_the_contract(outcome: Any) -> None:
    result = outcome(DREAM)
    assert list(result) == [
        *["flow", "version", "answers", "scores", "results", "not_met", "undetermined", "unanswered", "hidden"]
    ]
    assert list(result["results"][0]) == ["id", "level", "group", "pages", "entries", "rule", "because"]
    assert result["answers"] == DREAM
    assert len(result["version"]) == 12


def test_yume_has_rule_2_only_and_with_habit_and_a_place_lost_goes_on_locally(outcome: Any) -> None:
    result = outcome(DREAM | {"stairs": "habit", "standing": "habit", "hard_tasks": [], "places_lost": "yes"})
    assert (result["scores"]["motor"], result["scores"]["total"]) == (3, 3)
    assert rules(result) == {"rule2"}
    assert directions(result) == {"direction_local"}
    rule = next(one for one in result["results"] if one["id"] == "rule2")
    assert (rule["rule"], rule["because"]) == ("motor >= 3", ["q06", "q07", "q10"])


def test_ai_has_exactly_ten_and_rules_1_2_5_and_with_hard_tasks_and_pain_needs_more_at_first(outcome: Any) -> None:
    result = outcome(LOVE | {"hard_tasks": ["shopping", "cleaning"], "pain": ["back"]})
    scores = result["scores"]
    assert (scores["life"], scores["motor"], scores["homebound"]) == (10, 5, 2)
    assert rules(result) == {"rule1", "rule2", "rule5"}
    assert directions(result) == {"direction_intensive"}


@pytest.mark.parametrize("given", [DREAM, LOVE])
def test_either_without_the_deep_dive_needs_a_closer_look(outcome: Any, given: dict[str, object]) -> None:
    assert directions(outcome(given)) == {"direction_more"}


def test_every_result_of_the_flow_stands_in_exactly_one_list(outcome: Any, capfd: pytest.CaptureFixture[str]) -> None:
    main(["flows", "--json"])
    every = next(one for one in json.loads(capfd.readouterr().out) if one["id"] == "kihon-checklist")["results"]
    for given in ({}, DREAM, LOVE):
        result = outcome(given)
        told = [one["id"] for one in (*result["results"], *result["undetermined"])] + result["not_met"]
        assert sorted(told) == sorted(every)


def test_missing_answers_are_fine_and_null_is_not_known(outcome: Any) -> None:
    result = outcome({"q14": None})
    assert result["answers"] == {"q14": None}
    assert result["scores"]["oral"] == {"low": 0, "high": 3}
    assert "q14" not in result["unanswered"]
    needs = {one["id"]: one["needs"] for one in result["undetermined"]}
    assert set(needs["rule4"]) == {"q13", "q14", "q15"}


def test_an_answer_that_does_not_count_is_listed_as_hidden(outcome: Any) -> None:
    assert outcome(answers(stairs="habit"))["hidden"] == ["stairs"]


def test_unknown_ids_and_impossible_values_are_all_told_and_nothing_is_printed(run: Any) -> None:
    code, out, err = run({"q01": "maybe", "q99": "yes", "q12": {"height_cm": 900}, "pain": ["nose"], "q02": "yes"})
    assert (code, out, err.count("\n")) == (1, "", 4)
    for name in ("q01", "q99", "q12", "pain"):
        assert f"「{name}」" in err


@pytest.mark.parametrize(
    "given",
    [b"", b"{", b"[]", b'"x"', b'{"q01":"yes","q01":"no"}', b'{"q12":NaN}', b"\xff", b"[" * 100_000, b'{"q01":' * 9999],
)
def test_input_that_is_no_object_of_answers_is_one_sentence(run: Any, given: bytes) -> None:
    code, out, err = run(given)
    assert (code, out, err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize("given", [{"q01": 1e999}, {"q01": [[]]}, {"q12": {"height_cm": 1e300, "weight_kg": True}}])
def test_any_json_value_is_refused_in_a_sentence(run: Any, given: object) -> None:
    code, out, err = run(json.dumps(given).replace("Infinity", "1e999").encode())
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_a_flow_that_is_not_there_is_told_with_those_that_are(run: Any) -> None:
    code, out, err = run({}, flow="kihon-checklst")
    assert (code, out) == (1, "")
    assert "「kihon-checklst」という流れはありません。" in err
    assert "kyogitai-keigaika" in err


def test_a_flow_with_faults_is_not_run_and_they_are_told(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_copy(tmp_path / "copy", monkeypatch, "flows/kihon-checklist.yaml", "title: x\nzone: nowhere\n")
    code, out, err = run({})
    assert (code, out) == (1, "")
    assert "flows/kihon-checklist.yaml:2" in err


@pytest.mark.parametrize("flow", ["../flows/kihon-checklist", "/etc/passwd", "", "x" * 5000, "\udcff"])
def test_the_name_of_a_flow_is_no_path(run: Any, flow: str) -> None:
    code, out, _ = run({}, flow=flow)
    assert (code, out) == (1, "")
