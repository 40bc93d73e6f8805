"""Design §8, promise 1: an answer that the user saw acknowledged survives `kill -9` at any moment."""

import random
import time
from pathlib import Path
from typing import Any

import pytest

from tests.channels.processes import Talking

ANSWERS = [f"q{number:02}" for number in range(1, 26)]


def answer(question: str) -> dict[str, str]:
    """愛さん of p.93, as far as it matters here; whatever the deep dive asks, わからない."""
    if question == "q12":
        return {"text": "160 52"}
    if question in ANSWERS:
        return {"choose": "no" if question in ("q01", "q02", "q03", *ANSWERS[5:8], "q16") else "yes"}
    return {"text": "わからない"}


def begin(database: Path) -> dict[str, Any]:
    with Talking(database) as talking:
        talking.ask(text="/start flow-kihon-checklist")
        return talking.ask(choose="begin:kihon-checklist")


def test_killed_after_acknowledged_answers_it_goes_on_from_exactly_there(tmp_path: Path) -> None:
    chance = random.Random(119)  # any seed will do; the same one each time
    line, acknowledged = begin(tmp_path / "x.db"), 0
    while line["question"] is not None:
        with Talking(tmp_path / "x.db") as talking:
            assert talking.ask(text="")["question"] == line["question"]
            for _ in range(chance.randint(1, 9)):
                if line["question"] is not None:
                    line, acknowledged = talking.ask(**answer(line["question"])), acknowledged + 1
    with Talking(tmp_path / "x.db") as talking:
        assert talking.ask(text="")["flow"] == "kihon-checklist"
        result = talking.ask(choose=":confirm")["result"]
    assert len(result["answers"]) == acknowledged
    assert result["scores"]["motor"] == 5


@pytest.mark.parametrize("delay", [0, 0.0005, 0.001, 0.002, 0.004, 0.008])
def test_killed_in_the_middle_of_a_turn_the_answer_is_there_whole_or_not_at_all(tmp_path: Path, delay: float) -> None:
    waiting = begin(tmp_path / "x.db")["question"]
    with Talking(tmp_path / "x.db") as talking:
        assert talking.ask(text="")["question"] == waiting
        talking.write(choose="no", update_id=1)
        time.sleep(delay)
    with Talking(tmp_path / "x.db") as talking:
        now = talking.ask(text="")["question"]
        assert now in ("q01", "q02")
        again = talking.ask(choose="no", update_id=1)
        assert again.get("duplicate", False) is (now == "q02")
        assert again["question"] == "q02"
        assert talking.ask(text="")["question"] == "q02"


def test_an_update_from_before_the_kill_is_answered_verbatim(tmp_path: Path) -> None:
    begin(tmp_path / "x.db")
    with Talking(tmp_path / "x.db") as talking:
        first = talking.ask(choose="no", update_id=41)
    with Talking(tmp_path / "x.db") as talking:
        assert talking.ask(choose="no", update_id=41) == first | {"duplicate": True}
        assert talking.ask(text="")["question"] == "q02"
