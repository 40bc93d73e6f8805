"""What goes in comes out, whatever a user types."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.store.rows import clean, from_json, moment, to_json


@pytest.mark.parametrize("text", ["", "はい", "👩🏽‍⚕️", "\0", '"\\\n', "半分\ud83d", "\ude00", "\\ud83d", "' OR 1=1 --"])
def test_text_comes_back_as_it_was_typed_and_can_be_stored(text: str) -> None:
    written = to_json({"text": text, text: [text]})
    written.encode("utf-8")
    assert from_json(written) == {"text": text, text: [text]}


def test_japanese_can_be_read_in_the_table() -> None:
    assert to_json({"says": "協議体"}) == '{"says": "協議体"}'


def test_half_a_surrogate_pair_in_a_column_is_a_question_mark() -> None:
    assert clean("ケース\ud83d青") == "ケース?青"


@pytest.mark.parametrize(
    ("at", "stored"),
    [
        ("2026-11-23T10:00:00+09:00", "2026-11-23T10:00:00+09:00"),
        ("2026-11-23T01:00:00Z", "2026-11-23T01:00:00+00:00"),
        (datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=9))), "2026-11-23T10:00:00+09:00"),
        (datetime(2026, 11, 23, 1, 0, 0, 5, tzinfo=UTC), "2026-11-23T01:00:00.000005+00:00"),
    ],
)
def test_a_time_keeps_its_zone(at: str | datetime, stored: str) -> None:
    assert moment(at) == stored


@pytest.mark.parametrize("at", ["2026-11-23T10:00:00", "2026-11-23", datetime(2026, 11, 23)])
def test_a_time_without_its_zone_is_refused(at: str | datetime) -> None:
    with pytest.raises(ValueError, match="a time without its zone: 2026-11-23"):
        moment(at)
