"""Talks that programs write: what `check --witness` prints can be played, `talk --record` keeps what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import yaml

from bot.channels.once.talks import talk_of
from bot.channels.recorded import recorded
from bot.conversation.messages import Pressed, Sent
from bot.engine.flow import Flow
from bot.engine.proof.proving import prove
from bot.engine.proof.targets import Sort
from bot.engine.proof.witness import complete
from bot.engine.values import Measures, Value
from tests.flow_coverage import take
from tests.talk import Talk, everything, real_library, small_library
from tests.test_cli import bansou_  # noqa: F401  the command line with its index built once


def play(flow: Flow, text: str) -> Talk:
    script = yaml.safe_load(text)
    library = replace(small_library(), public=script.get("public", False))
    talk = Talk(library=replace(library, flows={**library.flows, flow.id: flow}))
    for line in script["talk"]:
        take(talk, line)
    assert talk.last.result is not None, text
    assert [result["id"] for result in talk.last.result["results"]] == script["talk"][-1]["results"]
    return talk


def test_every_way_to_a_result_of_a_shipped_flow_can_be_played() -> None:
    flow = real_library().flows["kyogitai-keigaika"]
    for claim in prove(flow).claims:
        if claim.target.sort is Sort.RESULT and claim.answers is not None:
            play(flow, talk_of(flow, claim.answers, "会話"))


def test_every_kind_of_answer_is_said_so_that_it_is_taken() -> None:
    said: dict[str, Value] = {
        "purpose": "never",
        "reasons": ("time", "other"),
        "cost": Decimal(9000),  # unusual: asked back
        "rate": Decimal("0.65"),  # said with its sign: taken
        "day": date(2026, 4, 1),
        "body": Measures((("height_cm", Decimal("160.5")), ("weight_kg", Decimal("52.25")))),
        "mood": Decimal(2),
        "plan": "1",  # hardly a text: asked back
        "places.0.more": "yes",
        "places.1.kind": "home",
        "places.1.users": Decimal(12),
        "places.1.more": "no",
    }
    answers = complete(everything(), said)
    assert answers == said
    play(everything(), talk_of(everything(), answers, "会話"))


def test_nothing_chosen_is_confirmed_and_a_band_is_pressed_in_public() -> None:
    said: dict[str, Value] = {"purpose": "never", "reasons": (), "body": Measures(band="under")}
    text = talk_of(everything(), complete(everything(), said), "会話")
    assert text.startswith("about: 会話\npublic: true\ntalk:\n")
    play(everything(), text)


def test_a_talk_is_recorded_as_it_goes() -> None:
    talk, kept = Talk(), StringIO()
    talk.turns = recorded(talk.turns, kept)
    talk.says("/start flow-everything")
    talk.press("begin:everything")
    talk.press("always")
    talk.take(Sent("photo"))
    talk.take(Pressed("x.y.z"))
    for _ in range(6):
        talk.says("わからない")
    talk.says("いいえ")
    talk.press(":confirm")
    script = yaml.safe_load(kept.getvalue())
    assert script["about"] == "話しながら書き残した会話。"
    assert script["talk"][:5] == [
        {"you": "/start flow-everything", "at": "menu"},
        {"press": "begin:everything", "at": "everything/purpose"},
        {"press": "always", "at": "everything/cost"},
        {"send": "photo", "at": "everything/cost"},
        {"press": "x.y.z", "at": "everything/cost"},
    ]
    assert script["talk"][-1] == {"press": ":confirm", "at": "menu", "results": ["few", "fine"]}


def test_what_came_twice_is_recorded_once() -> None:
    talk, kept = Talk(), StringIO()
    talk.turns = recorded(talk.turns, kept)
    for _ in range(2):
        talk.take(Sent("photo"), update_id=7)
    assert len(yaml.safe_load(kept.getvalue())["talk"]) == 1


def test_the_command_writes_the_file(tmp_path: Path, bansou_: object, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    assert callable(bansou_)
    monkeypatch.setattr("sys.stdin", StringIO("協議体の点検\n"))
    kept = tmp_path / "talk.yaml"
    assert bansou_("talk", "--db", str(tmp_path / "x.db"), "--record", str(kept)).code == 0
    assert yaml.safe_load(kept.read_text(encoding="utf-8"))["talk"] == [{"you": "協議体の点検", "at": "menu"}]
