"""Reading and taking answers (semantics §7), over a flow with every type."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.engine.values import Gap, Measures
from tests.talk import Talk


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.begin()
    return talk


def at(talk: Talk, question: str, *answers: str) -> Talk:
    """Go on to this question."""
    talk.says(*answers)
    assert talk.last.question == question
    return talk


def test_a_label_is_taken_without_saying_it_back(talk: Talk) -> None:
    talk.says("最初だけした")
    assert talk.answers == {"purpose": "first"}
    assert "として記録しました" not in talk.text


def test_a_number_or_synonym_is_said_back(talk: Talk) -> None:
    talk.says("1")
    assert "「毎回している」として記録しました。" in talk.text


def test_a_word_comes_back_with_its_page_and_cite(talk: Talk) -> None:
    talk.says("毎回している")
    assert "よいですね。（139ページ）" in talk.text
    assert talk.cites == ["kakuron-139"]


def test_a_negated_reading_never_matches_its_opposite(talk: Talk) -> None:
    talk.says("毎回はしていない")
    assert "purpose" not in talk.answers or talk.answers["purpose"] == "never"


def test_what_falls_due_is_said_before_the_next_question(talk: Talk) -> None:
    talk.says("していない")
    assert "あと8問です。" in talk.text


def test_two_close_readings_are_asked_back_with_buttons(talk: Talk) -> None:
    talk.says("毎回しているか最初だけしたかな")
    assert "どちらに近いですか。" in talk.text
    assert "毎回している" in talk.labels
    talk.press("最初だけした")
    assert talk.answers == {"purpose": "first"}


def test_a_clarification_takes_a_fresh_answer_too(talk: Talk) -> None:
    talk.says("毎回しているか最初だけしたかな", "していない")
    assert talk.answers == {"purpose": "never"}


def test_an_unreadable_answer_says_what_would_be_readable(talk: Talk) -> None:
    talk.says("ううむ")
    assert "うまく読み取れませんでした。" in talk.text
    assert "「毎回している」" in talk.text
    assert talk.last.question == "purpose"


def test_after_the_second_try_the_way_out_and_the_reason_are_given(talk: Talk) -> None:
    talk.says("ううむ", "ううむ")
    assert "「わからない」で先へ進めます" in talk.text
    assert "目的がそろうと話が進むからです。" in talk.text


def test_a_typed_choice_of_several_decides_and_is_said_back_whole(talk: Talk) -> None:
    at(talk, "reasons", "していない").says("1 3")
    assert talk.answers["reasons"] == ("time", "other")
    assert "「時間がない、ほかのわけ」として記録しました。" in talk.text


def test_typed_choices_join_what_is_pressed(talk: Talk) -> None:
    at(talk, "reasons", "していない").press("people")
    assert talk.last.replies[0].in_place
    talk.says("1")
    assert talk.answers["reasons"] == ("time", "people")


def test_pressing_sets_and_unsets_and_the_same_press_changes_nothing(talk: Talk) -> None:
    at(talk, "reasons", "していない")
    first = talk.choice("people")
    talk.take_token(first.token)
    talk.take_token(first.token)
    assert talk.choice("-people").on
    talk.press("-people")
    assert not talk.choice("people").on


def test_an_option_that_stands_alone_clears_the_rest(talk: Talk) -> None:
    at(talk, "reasons", "していない").press("people")
    talk.press("nothing")
    talk.press(":done")
    assert talk.answers["reasons"] == ("nothing",)


def test_the_decision_can_be_typed(talk: Talk) -> None:
    at(talk, "reasons", "していない").press("people")
    talk.says("決定")
    assert talk.answers["reasons"] == ("people",)


def test_deciding_on_nothing_asks_whether_none_applies(talk: Talk) -> None:
    at(talk, "reasons", "していない").press(":done")
    assert "どれも当てはまらない、でよいですか。" in talk.text
    talk.says("はい")
    assert talk.answers["reasons"] == ()


def test_none_applies_can_be_taken_back(talk: Talk) -> None:
    at(talk, "reasons", "していない").press(":done")
    talk.press(":back")
    assert talk.last.question == "reasons"


def test_nashi_is_an_answer_of_several(talk: Talk) -> None:
    at(talk, "reasons", "していない").says("なし")
    assert talk.answers["reasons"] == ()


@pytest.mark.parametrize(
    ("typed", "value", "said"),
    [
        ("1200", "1200", "「1,200万円」として記録しました。"),
        ("1,200万円", "1200", "「1,200万円」として記録しました。"),
        ("12,000千円です", "1200", "「1,200万円」として記録しました。"),
        ("約1200万円くらい", "1200", "およその言い方は外して、「1,200万円」として記録しました。"),
        ("千二百", "1200", "「1,200万円」として記録しました。"),
    ],
)
def test_every_number_is_said_back_with_its_unit(talk: Talk, typed: str, value: str, said: str) -> None:
    at(talk, "cost", "毎回している").says(typed)
    assert talk.answers["cost"] == Decimal(value)
    assert said in talk.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2〜3", "ひとつに決めて"),
        ("100001", "0〜100000万円の間で"),
        ("10人", "単位が違うようです。万円で"),
        ("0.5", "1万円の刻みで"),
    ],
)
def test_a_figure_that_cannot_be_says_why(talk: Talk, typed: str, said: str) -> None:
    at(talk, "cost", "毎回している").says(typed)
    assert said in talk.text
    assert "cost" not in talk.answers
    assert talk.last.question == "cost"


def test_an_unusual_figure_is_asked_back_once(talk: Talk) -> None:
    at(talk, "cost", "毎回している").says("9000")
    assert "「9,000万円」ですね。" in talk.text
    talk.says("はい")
    assert talk.answers["cost"] == Decimal(9000)


def test_an_unusual_figure_may_be_put_right(talk: Talk) -> None:
    at(talk, "cost", "毎回している").says("9000", "いいえ", "900")
    assert talk.answers["cost"] == Decimal(900)


def test_a_share_below_one_percent_is_asked_back(talk: Talk) -> None:
    at(talk, "rate", "毎回している", "1200").says("0.65")
    assert "0.65%、65%、どちらですか。" in talk.text
    talk.says("2")
    assert talk.answers["rate"] == Decimal(65)


def test_a_date_is_read_and_said_back(talk: Talk) -> None:
    at(talk, "day", "毎回している", "1200", "65").says("令和8年11月30日")
    assert talk.answers["day"] == datetime.date(2026, 11, 30)
    assert "2026年11月30日" in talk.text


@pytest.mark.parametrize("typed", ["160 52", "身長160cm、体重52キロ", "1m60 52kg", "体重52kg 身長160cm"])
def test_two_figures_in_one_message_in_any_order(talk: Talk, typed: str) -> None:
    at(talk, "body", "毎回している", "1200", "65", "11/30").says(typed)
    assert talk.answers["body"] == Measures((("height_cm", Decimal(160)), ("weight_kg", Decimal(52))))


def test_one_figure_is_kept_and_the_other_asked_for(talk: Talk) -> None:
    at(talk, "body", "毎回している", "1200", "65", "11/30").says("160")
    assert talk.last.question == "body"
    assert "いまのところ: 身長160cm" in talk.text
    talk.says("なぜ", "52")
    assert talk.answers["body"] == Measures((("height_cm", Decimal(160)), ("weight_kg", Decimal(52))))


def test_figures_that_fit_only_when_swapped_are_asked_back(talk: Talk) -> None:
    at(talk, "body", "毎回している", "1200", "65", "11/30").says("52 160")
    assert "「身長160cm、体重52kg」ということでよいですか。" in talk.text
    talk.says("はい")
    assert talk.answers["body"] == Measures((("height_cm", Decimal(160)), ("weight_kg", Decimal(52))))


def test_a_scale_takes_figure_and_label(talk: Talk) -> None:
    at(talk, "mood", "毎回している", "1200", "65", "11/30", "160 52").says("少し")
    assert talk.answers["mood"] == Decimal(2)


def test_a_scale_takes_a_press(talk: Talk) -> None:
    at(talk, "mood", "毎回している", "1200", "65", "11/30", "160 52").press("3")
    assert talk.answers["mood"] == Decimal(3)


TO_TEXT = ("毎回している", "1200", "65", "11/30", "160 52", "3")


def test_a_text_takes_the_words_as_they_are(talk: Talk) -> None:
    at(talk, "plan", *TO_TEXT).says("<b>席&丸く</b>")
    assert talk.answers["plan"] == "<b>席&丸く</b>"


def test_a_lone_digit_is_no_text_until_confirmed(talk: Talk) -> None:
    at(talk, "plan", *TO_TEXT)
    talk.says("1")
    assert "「1」を、そのまま答えとして記録しますか。" in talk.text
    assert talk.labels == ["答えとして記録", "答え直す"]
    assert "plan" not in talk.answers
    talk.press("答えとして記録")
    assert talk.answers["plan"] == "1"


@pytest.mark.parametrize("no", ["いいえ", "答え直す", "戻る"])
def test_a_lone_digit_can_be_taken_back(talk: Talk, no: str) -> None:
    at(talk, "plan", *TO_TEXT)
    talk.says("1", no)
    assert talk.last.question == "plan"
    talk.says("席を丸く")
    assert talk.answers["plan"] == "席を丸く"


def test_after_a_lone_digit_the_text_itself_can_follow(talk: Talk) -> None:
    at(talk, "plan", *TO_TEXT)
    talk.says("1", "席を丸く")
    assert talk.answers["plan"] == "席を丸く"


def test_a_text_that_asks_gets_two_buttons(talk: Talk) -> None:
    at(talk, "plan", *TO_TEXT).says("協議体が形骸化したらどうする？")
    assert talk.labels == ["答えとして記録", "質問として調べる"]
    talk.press(":as_answer")
    assert talk.answers["plan"] == "協議体が形骸化したらどうする？"


def test_a_text_that_asks_can_be_looked_up(talk: Talk) -> None:
    at(talk, "plan", *TO_TEXT).says("協議体が形骸化したらどうする？")
    talk.press(":as_question")
    assert talk.cites == ["kakuron-139"]
    assert talk.last.question == "plan"


def test_a_text_that_asks_what_the_book_does_not_know(talk: Talk) -> None:
    at(talk, "plan", *TO_TEXT).says("ぽぬけらめそ？")
    talk.press(":as_question")
    assert "ハンドブックには見当たりませんでした。" in talk.text
    assert talk.last.question == "plan"


def test_a_text_that_asks_is_put_again_by_other_words(talk: Talk) -> None:
    at(talk, "plan", *TO_TEXT).says("どうする？", "ヘルプ")
    assert talk.labels == ["答えとして記録", "質問として調べる"]
    talk.says("戻る")
    assert talk.last.question == "plan"


def test_a_text_too_long_says_so(talk: Talk) -> None:
    at(talk, "plan", *TO_TEXT).says("あ" * 1001)
    assert "長すぎる" in talk.text


@pytest.mark.parametrize(("word", "gap"), [("わからない", Gap.UNKNOWN), ("とばす", Gap.SKIPPED)])
def test_unknown_and_skip_are_answers(talk: Talk, word: str, gap: Gap) -> None:
    talk.says(word)
    assert talk.answers == {"purpose": gap}


def test_unknown_and_skip_are_buttons_of_their_question(talk: Talk) -> None:
    at(talk, "rate", "毎回している", "1200").press(":skip")
    assert talk.answers["rate"] is Gap.SKIPPED
    talk.press(":unknown")
    assert talk.answers["day"] is Gap.UNKNOWN


def test_yes_to_which_of_two_is_neither_the_answer_nor_the_question(talk: Talk) -> None:
    at(talk, "plan", *TO_TEXT).says("円卓にして話し合いたい？", "はい")
    assert talk.labels[:2] == ["答えとして記録", "質問として調べる"]
    talk.says("1")
    assert talk.answers["plan"] == "円卓にして話し合いたい？"


@pytest.mark.parametrize("edits", [False, True])
def test_where_one_types_several_are_asked_for_in_one_message(talk: Talk, *, edits: bool) -> None:
    talk.library = replace(talk.library, edits=edits)
    talk.restart()
    talk.says("していない")
    assert talk.last.question == "reasons"
    assert ("「1 3」のように、まとめて送れます。" in talk.text) is not edits
