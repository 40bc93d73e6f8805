"""Corners that no other test reaches: each is one thing a user can do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.talk import Talk, everything, small_library


def test_a_digit_is_never_a_yes_or_a_no() -> None:
    talk = Talk()
    talk.begin("kihon-checklist")
    talk.says("1")
    assert talk.text.startswith("数字は用紙によって意味が変わります。はい か いいえ で教えてください。")
    assert talk.last.question == "q01"


def test_hiding_without_overturning_is_shown_too() -> None:
    flow = replace(everything(), results=())
    talk = Talk(library=replace(small_library(), flows={"everything": flow}))
    talk.begin()
    talk.says("していない", "1", "訂正", "目的", "毎回している")
    assert "使わなくなる答え: わけ" in talk.text
    assert "出なくなる結果" not in talk.text


def test_pages_that_follow_each_other_are_said_as_a_range() -> None:
    talk = Talk()
    talk.says("p38")
    assert "ハンドブック 38-41ページ" in talk.text


def test_a_work_without_an_address_is_cited_by_title() -> None:
    talk = Talk()
    talk.says("84ページ", "出典")
    assert "全国研修資料 介護予防ケアマネジメント" in talk.text


def test_help_over_a_clarification_puts_it_again() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "9000", "ヘルプ")
    assert "「9,000万円」ですね。" in talk.text


def test_leaving_a_deletion_in_the_menu_shows_the_menu() -> None:
    talk = Talk()
    talk.begin()
    talk.says("休む", "/forget", "戻る")
    assert "今日は、何から始めましょうか。" in talk.text


@pytest.mark.parametrize("action", ["add.places", "drop.places"])
def test_item_buttons_in_the_menu_say_where_one_is(action: str) -> None:
    talk = Talk()
    talk.begin()
    talk.says("休む")
    talk.take_token(f"a.70.{action}")
    assert "それはもう済んでいます。" in talk.text


def test_a_figure_that_is_not_whole_is_rounded_for_display_only() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "1200", "65", "11/30", "160 52", "3", "とばす", "いいえ", "はい")
    assert "参加は0人、1人あたり約171.4万円です。" in talk.text


def test_of_a_figure_that_is_exact_no_about_is_said() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "700", "65", "11/30", "160 52", "3", "とばす", "いいえ", "はい")
    assert "1人あたり100万円です。" in talk.text


def test_what_is_not_known_is_said_so() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "わからない", "65", "11/30", "160 52", "3", "とばす", "いいえ", "はい")
    assert "1人あたり（未確認）です。" in talk.text


def test_a_message_longer_than_any_channel_sends_is_not_read() -> None:
    talk = Talk()
    talk.begin()
    talk.says("協議体" * 200_000)
    assert "長すぎて読みきれませんでした。" in talk.text
    assert talk.last.question == "purpose"


@pytest.mark.parametrize(("said", "back"), [("こんにちは", "伴走役"), ("ありがとうございます", "どういたしまして")])
def test_a_greeting_is_answered_and_what_waits_is_put_again(said: str, back: str) -> None:
    talk = Talk()
    talk.says(said)
    assert back in talk.text
    assert "今日は、何から始めましょうか。" in talk.text
    talk.begin()
    talk.says(said)
    assert back in talk.text
    assert talk.last.question == "purpose"


def test_the_parts_of_an_answer_can_be_asked_for_by_name_in_a_flow() -> None:
    talk = Talk()
    talk.begin()
    talk.says("p139", "くわしく")
    assert "アイデアが出ない回" in talk.text
    assert "purpose" not in talk.answers
