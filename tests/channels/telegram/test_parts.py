"""The small parts on their own: texts, keyboards, addresses, lines, logs."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.channels.telegram.address import Address, owner_tag
from bot.channels.telegram.keyboard import chosen_label, read_data, to_keyboard
from bot.channels.telegram.lines import Lines
from bot.channels.telegram.logs import Redacted
from bot.channels.telegram.patience import wait
from bot.channels.telegram.text import LONGEST, split, to_html, utf16_length, with_choice
from bot.channels.telegram.unreadable import readable
from bot.conversation.messages import Choice
from tests.channels.telegram.markup import read_html

if TYPE_CHECKING:
    from tests.channels.telegram.bot_api import Json

# --- text ---


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \n ", []),
        ("短い。", ["短い。"]),
        ("一行目です。\n二行目です。", ["一行目です。", "二行目です。"]),
        ("一つ。二つ。三つ。", ["一つ。二つ。", "三つ。"]),
        ("あいうえおかきくけこ", ["あいうえおかきく", "けこ"]),
        ("😀😀😀😀😀", ["😀😀😀😀", "😀"]),
        ("a\n\nbcd\nef", ["a\n\nbcd", "ef"]),
    ],
)
def test_texts_are_cut_where_something_ends(text: str, parts: list[str]) -> None:
    assert split(text, 8) == parts


@pytest.mark.parametrize("sign", ["あ", "😀", "あ。", "<&>", "語。\n", "x y "])
def test_no_part_is_too_long_and_nothing_is_lost(sign: str) -> None:
    text = sign * 5000
    parts = split(text)
    assert all(1 <= utf16_length(part) <= LONGEST for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(read_html(to_html(part)) == part for part in parts)


def test_half_a_surrogate_pair_does_not_reach_the_wire() -> None:
    assert split("a\ud83db") == ["a?b"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>&\"'", "&lt;b&gt;&amp;\"'"),
        ("【協議体を<生かす>】問いかけ\n本文", "<b>【協議体を&lt;生かす&gt;】</b>問いかけ\n本文"),
        ("前\n■次の一歩\n・一つ", "前\n<b>■次の一歩</b>\n・一つ"),
        ("■預かるもの: 答え", "<b>■預かるもの</b>: 答え"),
        ("文中の【これ】は太くない", "文中の【これ】は太くない"),
    ],
)
def test_headings_are_bold_and_everything_is_escaped(text: str, html: str) -> None:
    assert to_html(text) == html
    assert read_html(html) == text


def test_what_was_chosen_is_added_if_there_is_room() -> None:
    assert with_choice("問い", "はい") == "問い\n→ はい"
    assert with_choice("あ" * 4095, "はい") is None


# --- keyboards ---


def choices(*labels: str) -> list[Choice]:
    """A label that begins with a colon is a command's."""
    return [
        Choice(label if label[0] == ":" else f"c{i}", label.lstrip(":"), f"t.{i}") for i, label in enumerate(labels)
    ]


def rows(*labels: str) -> list[list[str]]:
    keyboard = to_keyboard(choices(*labels))
    return [[button.text for button in row] for row in keyboard.inline_keyboard] if keyboard else []


LONG = "とても長い選択肢の文です"


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (["はい", "いいえ"], [["はい", "いいえ"]]),
        (["一", "二", "三"], [["一", "二"], ["三"]]),
        (["一", LONG, "三"], [["一"], [LONG], ["三"]]),
        (
            ["はい", "いいえ", ":わからない", ":なぜ聞くの", ":戻る", ":休む"],
            [["はい", "いいえ"], ["わからない", "なぜ聞くの", "戻る", "休む"]],
        ),
        (
            ["はい", ":わからない", ":とばす", ":なぜ", ":戻る", ":休む"],
            [["はい"], ["わからない", "とばす", "なぜ"], ["戻る", "休む"]],
        ),
        ([":続きから", LONG, ":きろく", ":ヘルプ"], [["続きから"], [LONG], ["きろく", "ヘルプ"]]),
        ([":" + LONG, ":訂正", ":戻る"], [[LONG], ["訂正", "戻る"]]),
        ([], []),
    ],
)
def test_rows(labels: list[str], shown: list[list[str]]) -> None:
    assert rows(*labels) == shown


def test_the_previous_answer_and_done_stand_alone() -> None:
    kept = Choice(":keep", "前の答え: 時間がない（そのまま）", "k")
    done = Choice(":done", "決定", "d")
    keyboard = to_keyboard([kept, *choices("一", "二", "三", "四"), done, *choices(":戻る")])
    assert keyboard is not None
    assert [len(row) for row in keyboard.inline_keyboard] == [1, 2, 2, 1, 1]


def test_a_very_long_list_keeps_its_way_out() -> None:
    shown = rows(*[f"きろく{i}" for i in range(150)], ":メニューへ")
    assert sum(map(len, shown)) == 100
    assert shown[-1] == ["メニューへ"]


def test_a_button_has_at_most_64_bytes() -> None:
    keyboard = to_keyboard([Choice("a", "x", "t" * 64)], owner="abcdef")
    assert keyboard is not None
    assert keyboard.inline_keyboard[0][0].callback_data == "t" * 64
    with pytest.raises(AssertionError, match="65 bytes"):
        to_keyboard([Choice("a", "x", "t" * 65)])


def test_buttons_in_groups_name_their_owner() -> None:
    keyboard = to_keyboard(choices("はい"), owner=owner_tag(42))
    assert keyboard is not None
    data = keyboard.inline_keyboard[0][0].callback_data
    assert isinstance(data, str)
    assert read_data(data, tagged=True) == ("t.0", owner_tag(42))
    assert read_data(data, tagged=False) == (data, "")
    assert owner_tag(42) != owner_tag(43)


def test_the_label_of_what_was_pressed() -> None:
    several = [
        Choice("a", "一", "q.s.1.-0", on=True),
        Choice("b", "二", "q.s.1.+1"),
        Choice("c", "三", "q.s.1.-2", on=True),
    ]
    keyboard = to_keyboard([*several, Choice(":done", "決定", "q.s.1.done")])
    assert chosen_label(keyboard, "q.s.1.done") == "一、三"
    assert chosen_label(keyboard, "q.s.1.-0") == "一"
    assert chosen_label(keyboard, "q.s.1.9") == ""
    assert chosen_label(None, "q.s.1.9") == ""
    none_set = to_keyboard([several[1], Choice(":done", "決定", "q.s.1.done")])
    assert chosen_label(none_set, "q.s.1.done") == "決定"


# --- waiting ---


def test_after_a_429_the_server_says_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert wait(RetryAfter(7), 1) == 7
    assert wait(NetworkError("x"), 1) == 1


# --- addresses ---


@pytest.mark.parametrize("address", [Address(42), Address(-100, 9, 7, 8, "abcdef")])
def test_an_address_is_written_and_read(address: Address) -> None:
    assert Address.from_text(address.to_text()) == address


# --- lines ---


async def test_a_job_that_fails_does_not_hold_up_its_line(caplog: pytest.LogCaptureFixture) -> None:
    lines, done = Lines(), []
    said = f"{'山' + '田'}さん"  # not as it stands in this line, which is in the traceback

    async def fail() -> None:
        raise RuntimeError(said)

    async def work() -> None:
        done.append(1)

    lines.add(1, fail)
    lines.add(1, work)
    await lines.finish(1)
    assert done == [1]
    assert "RuntimeError" in caplog.text
    assert said not in caplog.text


async def test_what_takes_too_long_at_the_end_is_dropped() -> None:
    lines = Lines()
    lines.add(1, lambda: asyncio.sleep(60))
    await lines.finish(0.01)
    await Lines().finish(0.01)


# --- logs ---


def record(text: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("x", logging.INFO, "f", 1, text, args, None)


def test_the_token_is_taken_out_of_messages_and_tracebacks() -> None:
    redacted = Redacted("123:SECRET")
    found = record("POST %s", "https://api/bot123%3ASECRET/getMe")
    assert redacted.filter(found)
    assert found.getMessage() == "POST https://api/bot123%3A…/getMe"
    found = record("failed")
    found.exc_info = (ValueError, ValueError("The token `123:SECRET` was rejected"), None)
    redacted.filter(found)
    assert "SECRET" not in logging.Formatter().format(found)
    assert "rejected" in logging.Formatter().format(found)


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("Error while parsing updates! Received data was %r", "Error while parsing updates! Received data: …"),
        ("Was *not* processed! Received data was: %r", "Was *not* processed! Received data: …"),
        ("Webhook received data: %s", "Webhook received data: …"),
        ('Can not load invalid JSON data: "%s"', "Can not load invalid JSON data: …"),
        ("No data but %s", "No data but hello"),
    ],
)
def test_what_people_wrote_is_taken_out_where_the_library_quotes_an_update(template: str, shown: str) -> None:
    found = record(template, "hello")
    assert Redacted("123:SECRET").filter(found)
    assert found.getMessage() == shown


# --- what the library cannot read ---


@pytest.mark.parametrize(
    ("updates", "left"),
    [
        ([], []),
        ([{"update_id": 6}], [{"update_id": 6}]),
        ([{"update_id": 6, "message": {"date": 1}}, {"update_id": 7}], [{"update_id": 6}, {"update_id": 7}]),
        ([{"message": {"date": 1}}, {"update_id": 7}], [{"update_id": 7}]),  # without its number it is nothing
    ],
)
def test_of_an_update_that_cannot_be_read_the_number_is_left(updates: list[Json], left: list[Json]) -> None:
    answer = json.dumps({"ok": True, "result": updates}).encode()
    assert json.loads(readable(answer)) == {"ok": True, "result": left}


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b'{"ok": false}', b'{"ok": true, "result": true}'])
def test_what_is_no_list_of_updates_is_the_library_s_to_judge(answer: bytes) -> None:
    assert readable(answer) == answer
