"""Design §8, promise 1: an answer that the user saw acknowledged survives `kill -9` at any moment."""

import random
import time
from pathlib import Path
from typing import Any

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


def test_killed_in_the_middle_of_a_turn_the_answer_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """Each process first finds what the last one left: the answer is in, and its update known, or neither."""
    waiting = begin(tmp_path / "x.db")["question"]
    for number, delay in enumerate([0, 0.001, 0.003, 0.009], start=1):
        with Talking(tmp_path / "x.db") as talking:
            assert talking.ask(text="")["question"] == waiting
            talking.write(choose="no", update_id=number)
            time.sleep(delay)
            talking.kill()
        following = f"q{number + 1:02}"
        with Talking(tmp_path / "x.db") as talking:
            now = talking.ask(text="")["question"]
            assert now in (waiting, following)
            again = talking.ask(choose="no", update_id=number)
            assert again.get("duplicate", False) is (now == following)
            waiting = talking.ask(text="")["question"]
            assert waiting == following


def test_an_update_from_before_the_kill_is_answered_verbatim(tmp_path: Path) -> None:
    begin(tmp_path / "x.db")
    with Talking(tmp_path / "x.db") as talking:
        first = talking.ask(choose="no", update_id=41)
    with Talking(tmp_path / "x.db") as talking:
        assert talking.ask(choose="no", update_id=41) == first | {"duplicate": True}
        assert talking.ask(text="")["question"] == "q02"
