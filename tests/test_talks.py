"""Whole conversations as YAML (`tests/talks/<about>/<case>.yaml`), played on all that ships. How one reads:

about: a sentence
public: true                     # a public chat; false if left out
talk:
  - you: text                    # or press: <choice id or label>, or send: <kind>; restart: true before a line
    says: [part of a message, …] # each must stand in what comes back
    not: [part, …]               # none of these
    choices: [label, …]          # each must be offered
    cites: [entry, …]            # exactly these, in order
    at: flow/question            # or flow/review, or menu
    results: [id, …]             # exactly these, on the turn that ends the flow
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.flow_coverage import coverages, take
from tests.talk import ROOT, Talk, real_library

TALKS = ROOT / "tests" / "talks"
CASES = sorted(TALKS.glob("*/*.yaml"))
KEYS = {"you", "press", "send", "restart", "says", "not", "choices", "cites", "at", "results"}


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_talk_goes_as_written(path: Path) -> None:
    script = yaml.safe_load(path.read_text(encoding="utf8"))
    talk = Talk(library=replace(real_library(), public=script.get("public", False)))
    for number, line in enumerate(script["talk"], start=1):
        assert line.keys() <= KEYS, f"line {number}: {sorted(line.keys() - KEYS)}"
        take(talk, line)
        _compare(talk, line, f"{path.name} line {number}: {line.get('you') or line.get('press') or line.get('send')}")


def _compare(talk: Talk, line: dict[str, Any], where: str) -> None:
    for part in line.get("says", []):
        assert part in talk.text, where
    for part in line.get("not", []):
        assert part not in talk.text, where
    for label in line.get("choices", []):
        assert label in talk.labels, where
    if "cites" in line:
        assert talk.cites == line["cites"], where
    if "at" in line:
        assert _at(talk) == line["at"], where
    if "results" in line:
        assert talk.last.result is not None, where
        assert [result["id"] for result in talk.last.result["results"]] == line["results"], where


def _at(talk: Talk) -> str:
    return "menu" if talk.last.flow is None else f"{talk.last.flow}/{talk.last.question or 'review'}"


@pytest.mark.parametrize("flow", sorted(real_library().flows))
def test_each_flow_that_ships_has_a_talk(flow: str) -> None:
    assert list((TALKS / flow).glob("*.yaml")), f"tests/talks/{flow}/ has no talk"


@pytest.mark.parametrize("flow", sorted(real_library().flows))
def test_the_talks_of_a_flow_meet_all_of_its_results(flow: str) -> None:
    assert coverages()[flow].missed("result") == [], (
        "see `make cover-flows`; `bansou check --witness` writes such talks"
    )


def test_no_message_of_any_talk_is_longer_than_a_telegram_message() -> None:
    for path in CASES:
        script = yaml.safe_load(path.read_text(encoding="utf8"))
        talk = Talk(library=replace(real_library(), public=script.get("public", False)))
        for line in script["talk"]:
            take(talk, line)
            assert all(len(reply.text) <= 4096 for reply in talk.last.replies), path
