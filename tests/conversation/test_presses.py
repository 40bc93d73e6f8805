"""A press counts for the question it names, not for the message it hangs on (semantics §7)."""

from __future__ import annotations

import pytest

from bot.conversation.desk import USED_KEPT
from tests.talk import Talk


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.begin()
    return talk


def test_a_double_tap_records_once_and_says_so(talk: Talk) -> None:
    token = talk.choice("always").token
    talk.take_token(token)
    talk.take_token(token)
    assert talk.text == "その答えは、もう記録してあります。"
    assert talk.events().count("answered") == 1


def test_another_choice_of_an_answered_question_offers_to_correct(talk: Talk) -> None:
    other = talk.choice("never").token
    talk.press("always")
    talk.take_token(other)
    assert "「目的」は「毎回している」と記録してあります。「していない」に直しますか。" in talk.text
    talk.press(":leave")
    assert talk.answers == {"purpose": "always"}
    assert talk.last.question == "cost"


def test_the_offered_correction_can_be_taken(talk: Talk) -> None:
    other = talk.choice("never").token
    talk.press("always")
    talk.take_token(other)
    talk.press(":fix")
    talk.says("はい")
    assert talk.answers["purpose"] == "never"


def test_an_older_message_of_a_question_still_open_counts(talk: Talk) -> None:
    token = talk.choice("always").token
    talk.says("ううむ", "なぜ")
    talk.take_token(token)
    assert talk.answers == {"purpose": "always"}


def test_a_withdrawn_ask_records_nothing_and_puts_what_waits(talk: Talk) -> None:
    token = talk.choice("always").token
    talk.take_token(token)
    talk.says("戻る")
    talk.take_token(token)
    assert talk.answers == {}
    assert "それは取り消した質問のボタンです。" in talk.text
    assert talk.last.question == "purpose"


def test_a_press_on_a_paused_session_opens_it_and_counts(talk: Talk) -> None:
    token = talk.choice("always").token
    talk.says("休む")
    talk.take_token(token)
    assert talk.answers == {"purpose": "always"}
    assert "続きです" in talk.text or talk.last.question == "cost"


def test_a_press_on_another_session_pauses_the_open_one(talk: Talk) -> None:
    token = talk.choice("always").token
    talk.begin("kyogitai-keigaika")
    talk.take_token(token)
    assert talk.last.flow == "everything"
    assert talk.answers == {"purpose": "always"}
    assert "途中だったものは、そのまま残してあります。" in talk.text


def test_a_press_on_a_deleted_session_is_one_sentence(talk: Talk) -> None:
    token = talk.choice("always").token
    talk.says("やめる")
    talk.press(":erase")
    talk.take_token(token)
    assert "もう使えません" in talk.text


def test_a_press_of_another_user_reaches_nothing(talk: Talk) -> None:
    token = talk.choice("always").token
    talk.user = "u2"
    talk.take_token(token)
    assert "もう使えません" in talk.text
    talk.user = "u1"
    assert talk.answers == {}


@pytest.mark.parametrize("token", ["", "x", "q.s1", "q.s1.x.0", "a.1", "a.x.menu.", "a.1.nonsense.", "z.1.2.3"])
def test_a_token_that_nobody_made_is_one_sentence(talk: Talk, token: str) -> None:
    talk.take_token(token)
    assert "もう使えません" in talk.text


@pytest.mark.parametrize("what", ["9", "keep", "x", "+0"])
def test_a_choice_that_was_never_shown_records_nothing(talk: Talk, what: str) -> None:
    head = talk.choice("always").token.rpartition(".")[0]
    talk.take_token(f"{head}.{what}")
    assert talk.answers == {}


def test_an_ask_that_never_was_records_nothing(talk: Talk) -> None:
    head = talk.choice("always").token.split(".")
    talk.take_token(f"q.{head[1]}.99.0")
    assert "もう使えません" in talk.text


def test_a_toggle_that_was_never_shown_changes_nothing(talk: Talk) -> None:
    talk.says("していない")
    head = talk.choice("people").token.rpartition(".")[0]
    talk.take_token(f"{head}.+9")
    assert "もう使えません" in talk.text


def test_a_toggle_after_the_answer_says_it_is_recorded(talk: Talk) -> None:
    talk.says("していない")
    plus, done = talk.choice("people").token, talk.choice(":done").token
    talk.says("1")
    for token in (plus, done):
        talk.take_token(token)
        assert talk.text == "その答えは、もう記録してあります。"


def test_a_press_on_a_hidden_question_records_nothing(talk: Talk) -> None:
    talk.says("していない")
    token = talk.choice("time").token
    talk.says("訂正", "目的", "毎回している", "はい")
    talk.take_token(token)
    assert "reasons" not in talk.answers


def test_buttons_of_a_closed_layer_say_where_one_is(talk: Talk) -> None:
    talk.says("毎回している", "訂正", "目的", "していない")
    apply = talk.choice(":apply").token
    talk.says("いいえ")
    talk.take_token(apply)
    assert "それはもう済んでいます。" in talk.text
    assert talk.answers == {"purpose": "always"}


@pytest.mark.parametrize(
    "action",
    ["apply.", "as_answer.", "as_question.", "value.0", "item.1", "restart_yes.", "forget_yes.", "erase.s1", "fix.9."],
)
def test_a_button_without_its_layer_changes_nothing(talk: Talk, action: str) -> None:
    talk.take_token(f"a.99.{action}")
    assert "それはもう済んでいます。" in talk.text
    assert talk.last.question == "purpose"


@pytest.mark.parametrize("action", ["flow.gone", "begin.gone", "entry.gone", "more.gone", "show.gone", "go.gone"])
def test_a_button_for_what_is_gone_says_so(talk: Talk, action: str) -> None:
    talk.take_token(f"a.98.{action}")
    assert "もう使えません" in talk.text


@pytest.mark.parametrize("action", ["part.0", "leave.", "consent.gone"])
def test_a_button_of_a_flow_in_the_menu_shows_the_menu(action: str) -> None:
    talk = Talk()
    talk.take_token(f"a.1.{action}")
    assert "今日は、何から始めましょうか。" in talk.text


def test_a_part_that_is_not_there_shows_all_answers(talk: Talk) -> None:
    talk.says("毎回している", "訂正")
    talk.take_token("a.97.part.7")
    assert "どの答えを直しますか。" in talk.text


def test_beginning_counts_once_a_button(talk: Talk) -> None:
    talk.says("/start flow-everything")
    token = talk.choice("begin:everything").token
    talk.take_token(token)
    talk.says("毎回している")
    talk.take_token(token)
    assert talk.answers == {"purpose": "always"}
    assert "それはもう済んでいます。" in talk.text


def test_very_old_buttons_that_change_something_are_spent(talk: Talk) -> None:
    for turn in range(1000, 1000 + USED_KEPT + 5):
        talk.take_token(f"a.{turn}.back.")
    assert len(talk.state.used) == USED_KEPT
    talk.take_token("a.1001.begin.everything")
    assert "それはもう済んでいます。" in talk.text


def test_fix_on_a_paused_session_opens_it(talk: Talk) -> None:
    other = talk.choice("never").token
    talk.press("always")
    talk.take_token(other)
    fix = talk.choice(":fix").token
    talk.says("休む")
    talk.take_token(fix)
    assert talk.last.flow == "everything"


def test_pressing_the_same_value_while_correcting_leaves_it(talk: Talk) -> None:
    talk.says("最初だけした", "訂正", "目的")
    talk.press("first")
    assert "「最初だけした」のままにしました。" in talk.text


def test_a_correction_of_several_is_toggled_from_nothing(talk: Talk) -> None:
    talk.says("していない", "1", "訂正", "わけ")
    talk.press("people")
    talk.press(":done")
    assert talk.answers["reasons"] == ("people",)
