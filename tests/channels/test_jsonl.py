"""Talk for programs: the contract's lines, key by key (contracts.md)."""

import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from bot.channels.base import Channel
from bot.channels.jsonl import Jsonl
from tests.talk import Talk, locked_once


class Interrupted(StringIO):
    def readline(self, size: int | None = -1, /) -> Any:  # typeshed disagrees with itself here
        raise KeyboardInterrupt


class Program:
    """A program on the other end of the pipe."""

    def __init__(self) -> None:
        self.talk = Talk()

    def writes(self, *lines: str) -> list[dict[str, Any]]:
        out = StringIO()
        assert Jsonl(self.talk.turns, StringIO("".join(line + "\n" for line in lines)), out).serve() == 0
        return [json.loads(line) for line in out.getvalue().splitlines()]

    def says(self, text: str, user: str = "u1", **more: object) -> dict[str, Any]:
        return self.writes(json.dumps({"user": user, "text": text, **more}, ensure_ascii=False))[0]

    def chooses(self, name: str, user: str = "u1", **more: object) -> dict[str, Any]:
        return self.writes(json.dumps({"user": user, "choose": name, **more}, ensure_ascii=False))[0]

    def begins(self) -> dict[str, Any]:
        self.says("/start flow-everything")
        return self.chooses("begin:everything")


@pytest.fixture
def program() -> Program:
    return Program()


def texts(line: dict[str, Any]) -> str:
    return "\n".join(message["text"] for message in line["messages"])


def ids(line: dict[str, Any]) -> list[str]:
    return [choice["id"] for message in line["messages"] for choice in message["choices"]]


def test_it_is_a_channel() -> None:
    channel: Channel = Jsonl(Talk().turns, StringIO(), StringIO())
    assert (channel.name, channel.public) == ("jsonl", False)


def test_a_line_out_has_exactly_the_keys_of_the_contract(program: Program) -> None:
    line = program.begins()
    assert list(line) == ["user", "messages", "flow", "question", "progress", "result"]
    assert (line["user"], line["flow"], line["question"]) == ("u1", "everything", "purpose")
    assert (line["progress"]["at"], line["result"]) == (1, None)
    message = line["messages"][-1]
    assert list(message) == ["text", "choices", "cites", "files"]
    assert message["choices"][0] == {"id": "always", "label": "毎回している"}
    assert message["files"] == []


def test_in_the_menu_flow_question_and_progress_are_null(program: Program) -> None:
    line = program.says("メニュー")
    assert (line["flow"], line["question"], line["progress"], line["result"]) == (None, None, None, None)


def test_an_answer_from_the_handbook_cites_entry_and_page(program: Program) -> None:
    assert {"entry": "kakuron-139", "page": 139} in program.says("139ページ")["messages"][0]["cites"]


def test_one_chooses_by_id_or_by_exact_label(program: Program) -> None:
    program.begins()
    assert program.chooses("never")["question"] == "reasons"
    assert program.chooses("人がいない")["question"] == "reasons"
    assert program.chooses(":done")["question"] == "cost"
    assert program.chooses(":unknown")["question"] == "rate"


def test_ids_come_before_labels_and_choices_are_looked_for_in_the_newest_reply_that_had_any(program: Program) -> None:
    program.begins()
    line = program.says("139ページ")
    assert "more:kakuron-139" in ids(line)
    assert program.chooses("always")["question"] == "cost"


def test_of_several_an_option_sets_and_its_id_with_a_dash_unsets(program: Program) -> None:
    program.begins()
    program.chooses("never")
    assert "-people" in ids(program.chooses("people"))
    line = program.chooses("-people")
    assert {"people", ":done"} <= set(ids(line))
    assert {choice["label"] for choice in line["messages"][-1]["choices"]} >= {"時間がない", "人がいない"}


def test_a_choice_that_is_not_there_gets_one_sentence_and_moves_nothing(program: Program) -> None:
    program.begins()
    line = program.chooses("nowhere")
    assert (line["flow"], line["question"]) == ("everything", "purpose")
    assert len(line["messages"]) == 1
    assert program.chooses("always")["question"] == "cost"


def test_choosing_before_anything_was_offered_gets_a_sentence_too(program: Program) -> None:
    assert program.chooses("always")["messages"][0]["text"]


def test_each_user_has_a_place_of_their_own(program: Program) -> None:
    program.begins()
    assert program.says("メニュー", user="u2")["flow"] is None
    assert program.says("")["question"] == "purpose"


def test_the_same_update_twice_gives_the_first_reply_verbatim_and_counts_once(program: Program) -> None:
    program.begins()
    first = program.chooses("always", update_id=7)
    assert program.says("1200", update_id=8)["question"] == "rate"
    again = program.chooses("always", update_id=7)
    assert again == first | {"duplicate": True}
    assert program.says("")["question"] == "rate"
    assert "duplicate" not in first


def test_an_update_of_another_user_is_another_update(program: Program) -> None:
    program.says("メニュー", update_id=1)
    assert "duplicate" not in program.says("メニュー", user="u2", update_id=1)


def test_a_choice_that_was_not_there_is_known_again_as_well(program: Program) -> None:
    program.begins()
    first = program.chooses("nowhere", update_id="x")
    assert program.chooses("nowhere", update_id="x") == first | {"duplicate": True}


def test_the_turn_that_confirms_the_review_carries_the_result(program: Program) -> None:
    program.begins()
    for text in ("毎回している", "1200", "65", "11/30", "160 52", "3", "とばす"):
        program.says(text)
    review = program.says("いいえ")
    assert (review["flow"], review["question"], review["result"]) == ("everything", None, None)
    end = program.chooses(":confirm")
    assert end["result"]["flow"] == "everything"
    assert end["result"]["answers"]["body"] == {"height_cm": 160, "weight_kg": 52}
    assert (end["flow"], end["question"]) == (None, None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "JSON"),
        ("こんにちは", "JSON"),
        ("[1]", "JSON"),
        ('"text"', "JSON"),
        ("[" * 100_000, "JSON"),
        ('{"text":"はい"}', "user"),
        ('{"user":"","text":"はい"}', "user"),
        ('{"user":7,"text":"はい"}', "user"),
        ('{"user":"u1"}', "text"),
        ('{"user":"u1","text":"はい","choose":"yes"}', "text"),
        ('{"user":"u1","text":["はい"]}', "text"),
        ('{"user":"u1","text":"はい","choose":1}', "text"),
        ('{"user":"u1","text":"はい","update_id":true}', "update_id"),
        ('{"user":"u1","text":"はい","update_id":1.5}', "update_id"),
        ('{"user":"u1","text":"はい","update_id":NaN}', "update_id"),
    ],
)
def test_a_line_that_cannot_be_used_gets_an_error_and_the_next_one_is_read(
    program: Program, line: str, said: str
) -> None:
    bad, good = program.writes(line, '{"user":"u1","text":"メニュー"}')
    assert list(bad) == ["error"]
    assert said in bad["error"]
    assert good["user"] == "u1"


def test_keys_that_nobody_knows_are_let_pass_and_null_is_not_given(program: Program) -> None:
    line = '{"user":"u1","text":"メニュー","choose":null,"update_id":null,"chat":5}'
    assert "error" not in program.writes(line)[0]


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\u202e", "a" * 20_000, "\ud83d\ude00", "{title}", "%s", "\u2028"])
def test_no_text_breaks_a_turn_or_a_line(program: Program, text: str) -> None:
    program.begins()
    line = json.dumps({"user": "u1\ud800", "text": text})
    assert len(program.writes(line, line)) == 2


def test_each_answer_is_flushed_before_the_next_line_is_read() -> None:
    talk = Talk()
    out = Flushed()
    assert Jsonl(talk.turns, Watching(out), out).serve() == 0
    assert out.flushes == 2


class Flushed(StringIO):
    flushes = 0
    pending = False

    def write(self, text: str, /) -> int:
        self.pending = True
        return super().write(text)

    def flush(self) -> None:
        self.flushes += 1
        self.pending = False


class Watching(StringIO):
    """Two lines; before each, all that was written must have been flushed."""

    def __init__(self, out: Flushed) -> None:
        super().__init__('{"user":"u1","text":"メニュー"}\n' * 2)
        self.out = out

    def readline(self, size: int | None = -1, /) -> Any:  # typeshed disagrees with itself here
        assert not self.out.pending
        return super().readline(-1 if size is None else size)


def test_an_interrupt_ends_it_like_the_end_of_input() -> None:
    assert Jsonl(Talk().turns, Interrupted(), StringIO()).serve() == 0


def test_what_cannot_be_kept_is_an_error_and_the_next_line_is_taken(program: Program) -> None:
    program.begins()
    program.talk.turns = replace(program.talk.turns, clock=locked_once(program.talk.turns.clock))
    line = json.dumps({"user": "u1", "text": "毎回している"})
    failed, taken = program.writes(line, line)
    assert failed == {"error": "うまく保存できませんでした。お手数ですが、もう一度送ってください。"}
    assert taken["question"] == "cost"
