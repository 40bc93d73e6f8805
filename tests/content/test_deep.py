"""One flow a finding of the proof: its first comment lines are everything that `check --deep` adds about it.

A flow stands in `deep/<code>.yaml` and is read as `flows/<code>.yaml` beside the good ones.
"""

import re
from pathlib import Path

import pytest

from bot.content.load import read_catalogue, read_content, render
from bot.content.proofs import prove_flows
from tests.content.roots import HERE, REPO, make_root

DEEP = HERE / "deep"
CASES = sorted(path.stem for path in DEEP.glob("*.yaml"))
SAID = re.compile(r"^# (flows/.*)$", re.MULTILINE)


def found_in(root: Path, flow: str) -> list[str]:
    catalogue = read_catalogue(REPO)
    proofs = (one for one in prove_flows(root) if one.proof.flow.id == flow)
    return [render(problem, catalogue) for one in proofs for problem in one.problems]


@pytest.mark.parametrize("case", CASES)
def test_the_whole_report_of_a_flow_with_one_thing_wrong(case: str, tmp_path: Path) -> None:
    text = (DEEP / f"{case}.yaml").read_text(encoding="utf-8")
    root = make_root(tmp_path, {f"flows/{case}.yaml": text})
    problems = read_content(root).problems
    assert [render(problem, read_catalogue(REPO)) for problem in problems] == []
    assert found_in(root, case) == SAID.findall(text)


def test_what_an_include_brings_is_proven_with_its_own_flow(tmp_path: Path) -> None:
    said = found_in(make_root(tmp_path), "karada")
    assert len(said) == 1
    assert "結果が一つもないまま終わる" in said[0]
    assert found_in(tmp_path, "nemuri") == []


def test_an_include_that_is_never_asked_for_is_told_where_it_is_written(tmp_path: Path) -> None:
    text = (HERE / "good/flows/karada.yaml").read_text(encoding="utf-8")
    text = text.replace("when: worried == yes", "when: q12.height_cm > 150 and q12.height_cm < 140")
    said = found_in(make_root(tmp_path, {"flows/karada.yaml": text}), "karada")
    assert any("include「nemuri」→ when: どう答えても、ここ（sleep）は尋ねられません。" in line for line in said), said


def test_a_rule_that_check_already_calls_impossible_is_not_told_twice(tmp_path: Path) -> None:
    text = (HERE / "broken/never_holds.yaml").read_text(encoding="utf-8")
    said = found_in(make_root(tmp_path, {"flows/never_holds.yaml": text}), "never_holds")
    assert not any("尋ねられません" in line for line in said), said


def test_a_flow_that_says_it_is_long_may_be_long(tmp_path: Path) -> None:
    text = (DEEP / "too_many_screens.yaml").read_text(encoding="utf-8")
    root = make_root(tmp_path, {"flows/long.yaml": text.replace("zone: town", "zone: town\nlong: true")})
    assert found_in(root, "long") == []


def test_options_of_a_several_that_is_counted_all_count(tmp_path: Path) -> None:
    text = (DEEP / "options_alike.yaml").read_text(encoding="utf-8")
    several = text.replace("type: choice", "type: several")
    several = several.replace("when: a == one,", "when: 'includes(a, one)',")
    several = several.replace("when: not (a == one),", "when: 'not includes(a, one)',")
    assert any("「二つめ」「三つめ」" in line for line in found_in(make_root(tmp_path, {"flows/x.yaml": several}), "x"))
    counted = several.replace("'includes(a, one)'", "count(a) >= 1").replace("'not includes(a, one)'", "count(a) < 1")
    assert found_in(make_root(tmp_path, {"flows/x.yaml": counted}), "x") == []


def test_an_answer_shown_in_a_sentence_is_used_and_its_options_differ(tmp_path: Path) -> None:
    text = (DEEP / "answer_unused.yaml").read_text(encoding="utf-8")
    shown = text.replace("says: 一つめです。", "says: '一つめです（{b}）。'")
    assert found_in(make_root(tmp_path, {"flows/x.yaml": shown}), "x") == []
    alike = (DEEP / "options_alike.yaml").read_text(encoding="utf-8").replace("一つめです。", "{a}です。")
    assert found_in(make_root(tmp_path, {"flows/x.yaml": alike}), "x") == []
