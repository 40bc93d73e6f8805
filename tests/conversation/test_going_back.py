"""戻る, 訂正, review, repeats (semantics §4-§5)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.correcting import LINE, in_a_line
from bot.engine.values import Gap
from bot.japanese.numerals import read_quantities
from tests.talk import Talk

TO_REPEAT = ("毎回している", "1200", "65", "11/30", "160 52", "3", "席を丸く")


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.begin()
    return talk


@pytest.fixture
def in_review(talk: Talk) -> Talk:
    talk.says(*TO_REPEAT, "いいえ")
    assert talk.last.flow == "everything"
    assert talk.last.question is None
    return talk


# --- 戻る ---


def test_back_withdraws_the_last_answer_and_offers_it_again(talk: Talk) -> None:
    talk.says("毎回している", "戻る")
    assert talk.answers == {}
    assert talk.last.question == "purpose"
    assert "前の答え: 毎回している（そのまま）" in talk.labels
    talk.press(":keep")
    assert talk.answers == {"purpose": "always"}


def test_back_before_the_first_answer_says_so(talk: Talk) -> None:
    talk.says("戻る")
    assert "これより前の答えはありません。" in talk.text
    assert talk.last.question == "purpose"


def test_back_passes_over_a_hidden_answer(talk: Talk) -> None:
    talk.says("していない", "1")
    talk.says("訂正", "1", "毎回している", "はい")
    talk.says("戻る")
    assert talk.last.question == "purpose"
    assert talk.answers == {"reasons": ("time",)}


def test_back_drops_the_draft(talk: Talk) -> None:
    talk.says("していない")
    talk.press("people")
    talk.says("戻る", "していない")
    assert not any(choice.on for choice in talk.state.offered)


def test_back_pressed_twice_on_one_message_goes_back_once(talk: Talk) -> None:
    talk.says("毎回している", "1200")
    token = talk.choice(":back").token
    talk.take_token(token)
    talk.take_token(token)
    assert list(talk.answers) == ["purpose"]
    assert "それはもう済んでいます。" in talk.text


def test_keep_of_an_older_withdrawal_does_nothing(talk: Talk) -> None:
    talk.says("毎回している", "戻る")
    keep = talk.choice(":keep").token
    talk.says("最初だけした")
    talk.take_token(keep)
    assert talk.answers == {"purpose": "first"}


# --- 訂正 ---


def test_a_correction_without_consequences_is_taken_at_once(talk: Talk) -> None:
    talk.says("最初だけした", "1200", "訂正", "費用", "1500")
    assert talk.answers["cost"] == Decimal(1500)
    assert "「費用」を「1,500万円」に直しました。" in talk.text
    assert talk.last.question == "rate"


def test_a_correction_shows_what_it_opens_and_overturns(talk: Talk) -> None:
    talk.says("毎回している", "1200", "訂正", "目的")
    assert talk.last.question == "purpose"
    assert "いまの答え: 毎回している" in talk.text
    talk.says("していない")
    assert "新しく聞くこと: わけ" in talk.text
    assert "出なくなる結果:" in talk.text
    assert talk.last.question == "rate"
    talk.says("はい")
    assert talk.answers["purpose"] == "never"
    assert talk.last.question == "reasons"


def test_a_correction_that_hides_an_answer_says_so_and_keeps_it(talk: Talk) -> None:
    talk.says("していない", "1", "1200", "訂正", "目的", "毎回している")
    assert "使わなくなる答え: わけ" in talk.text
    talk.press(":apply")
    assert talk.answers["reasons"] == ("time",)


def test_an_answer_that_comes_back_counts_again_and_is_marked(talk: Talk) -> None:
    talk.says("していない", "1", *TO_REPEAT[1:], "いいえ")
    talk.says("訂正", "目的", "毎回している", "はい")
    assert "・わけ" not in talk.text
    talk.says("訂正", "目的", "していない")
    assert "前の答えを使います: わけ（時間がない）" in talk.text
    talk.says("はい")
    assert "・わけ: 時間がない（前の答えを使います）" in talk.text


def test_a_correction_can_be_left(talk: Talk) -> None:
    talk.says("毎回している", "訂正", "目的", "していない", "いいえ")
    assert talk.answers == {"purpose": "always"}
    assert talk.last.question == "cost"


@pytest.mark.parametrize("steps", [("訂正",), ("訂正", "目的")])
def test_back_closes_pick_and_new_value_and_the_old_answer_stands(talk: Talk, steps: tuple[str, ...]) -> None:
    talk.says("毎回している", *steps, "戻る")
    assert talk.answers == {"purpose": "always"}
    assert talk.last.question == "cost"


def test_the_same_value_again_changes_nothing(talk: Talk) -> None:
    talk.says("毎回している", "訂正", "目的", "毎回している")
    assert "「毎回している」のままにしました。" in talk.text
    assert "corrected" not in talk.events()


def test_a_correction_may_be_unknown(talk: Talk) -> None:
    talk.says("最初だけした", "1200", "訂正", "費用", "わからない")
    assert talk.answers["cost"] is Gap.UNKNOWN


def test_an_unsure_reading_while_correcting_leads_to_the_correction(talk: Talk) -> None:
    talk.says("最初だけした", "1200", "訂正", "費用", "9000", "はい")
    assert talk.answers["cost"] == Decimal(9000)
    assert talk.last.question == "rate"


def test_an_unsure_reading_while_correcting_can_be_left(talk: Talk) -> None:
    talk.says("最初だけした", "1200", "訂正", "費用", "9000", "戻る")
    assert talk.last.question == "cost"
    assert "いまの答え: 1,200万円" in talk.text
    talk.says("戻る")
    assert talk.answers["cost"] == Decimal(1200)
    assert talk.last.question == "rate"


@pytest.mark.parametrize("other", ["くわしくは知らない話", "1〜2"])
def test_what_follows_an_unsure_reading_is_still_about_the_answer_being_corrected(talk: Talk, other: str) -> None:
    talk.says("最初だけした", "1200", "訂正", "費用", "9000", other)
    assert talk.last.question == "cost"
    talk.says("70")
    assert talk.answers["cost"] == Decimal(70)
    assert "rate" not in talk.answers


def test_half_a_measure_after_a_swapped_one_is_still_the_correction() -> None:
    talk = Talk()
    talk.begin()
    talk.says("最初だけした", "1200", "65", "11/30", "160 52", "訂正", "からだ", "52 160", "165")
    assert talk.last.question == "body"
    talk.says("60")
    assert "「身長165cm、体重60kg」に直しました" in talk.text


def test_a_text_that_was_a_question_after_all_leaves_the_correction_open(in_review: Talk) -> None:
    in_review.says("訂正", "次の案", "席を丸く", "訂正", "次の案", "協議体が形骸化したらどうする？", "質問として調べる")
    assert in_review.cites[0] == "kakuron-139"
    assert in_review.last.question == "plan"
    in_review.says("机を出す")
    assert in_review.answers["plan"] == "机を出す"


def test_an_answer_that_comes_back_by_going_back_is_said_and_marked(talk: Talk) -> None:
    talk.says("していない", "時間がない", "1200", "訂正", "目的", "毎回している")
    talk.press(":apply")
    talk.says("戻る", "していない")
    assert "前の答えを使います: わけ（時間がない）" in talk.text
    assert talk.last.question == "rate"
    talk.says("65", "11/30", "160 52", "3", "とばす", "いいえ")
    assert "わけ: 時間がない（前の答えを使います）" in talk.text


def test_there_is_nothing_to_correct_at_first(talk: Talk) -> None:
    talk.says("訂正")
    assert "直せる答えはまだありません。" in talk.text


def test_where_answers_are_many_the_part_is_picked_first(in_review: Talk) -> None:
    in_review.press(":correct")
    assert "どの答えを直しますか。" in in_review.text
    in_review.says("戻る", "訂正", "2", "1300")
    assert in_review.answers["cost"] == Decimal(1300)


def test_an_unreadable_pick_puts_the_pick_again(talk: Talk) -> None:
    talk.says("毎回している", "訂正", "16")
    assert "どの答えを直しますか。" in talk.text
    assert talk.last.question == "cost"


# --- review ---


def test_the_review_has_a_message_a_section(in_review: Talk) -> None:
    texts = [reply.text for reply in in_review.last.replies]
    assert texts[1].startswith("【はじめ】\n・目的: 毎回している")
    assert texts[2].startswith("【おわり】")


def test_the_review_is_confirmed_by_yes(in_review: Talk) -> None:
    in_review.says("はい")
    assert in_review.last.flow is None
    assert in_review.last.result is not None
    assert [r["id"] for r in in_review.last.result["results"]] == ["few", "fine"]


def test_a_question_in_the_review_is_answered_and_the_review_goes_on(in_review: Talk) -> None:
    in_review.says("協議体が形骸化している？")
    assert in_review.cites == ["kakuron-139"]
    assert "見直しの途中です" in in_review.text
    in_review.says("何かおいしいものは？")
    assert "お店や観光" in in_review.text
    assert "見直しの途中です" in in_review.text


def test_back_in_the_review_withdraws_the_last_answer(in_review: Talk) -> None:
    in_review.says("戻る")
    assert in_review.last.question == "places.0.more"


def test_confirming_twice_finishes_once(in_review: Talk) -> None:
    token = in_review.choice(":confirm").token
    in_review.take_token(token)
    in_review.take_token(token)
    assert in_review.events().count("finished") == 1
    in_review.says("結果を見る")
    assert "これまでの記録です。" in in_review.text


def test_result_words_before_the_end_put_the_question_again(talk: Talk) -> None:
    talk.says("結果を見る")
    assert talk.last.question == "purpose"


def test_a_finished_session_can_be_corrected_and_finishes_anew(in_review: Talk) -> None:
    in_review.says("はい", "訂正", "目的", "していない", "はい", "1", "はい")
    assert in_review.last.result is not None
    assert in_review.last.result["results"][0]["id"] == "cause"
    assert in_review.events().count("finished") == 2
    assert "次回の次第の案" in in_review.text


def test_a_press_on_a_finished_sessions_question_offers_to_correct(talk: Talk) -> None:
    token = talk.choice("first").token
    talk.says(*TO_REPEAT, "いいえ", "はい")
    talk.take_token(token)
    assert "「最初だけした」に直しますか。" in talk.text
    talk.press(":fix")
    assert "出なくなる結果:" in talk.text
    talk.says("はい", "はい")
    assert talk.last.result is not None
    assert [r["id"] for r in talk.last.result["results"]] == ["few"]


# --- repeats ---


def test_items_are_asked_one_after_the_other(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "はい", "集会所", "12", "はい", "自宅", "5", "いいえ")
    assert "【場所1】\n・種類: 集会所\n・人数: 12人" in talk.text
    talk.says("はい")
    assert talk.last.result is not None
    assert talk.last.result["answers"]["places"] == [{"kind": "hall", "users": 12}, {"kind": "home", "users": 5}]


def test_an_item_can_be_added_in_the_review(in_review: Talk) -> None:
    in_review.press("もう1件足す（場所）")
    assert in_review.last.question == "places.1.kind"
    assert "1件足しました。" in in_review.text


def test_an_item_can_be_removed_in_the_review(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "はい", "集会所", "12", "はい", "自宅", "5", "いいえ")
    talk.press("この1件を消す（場所）")
    talk.says("場所1")
    assert "【場所1】" not in talk.text
    assert "【場所2】" in talk.text
    assert talk.answers["places.1"] is Gap.REMOVED


def test_removing_can_be_left(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "はい", "集会所", "12", "いいえ")
    talk.press("この1件を消す（場所）")
    talk.says("ヘルプ")
    assert "どの場所を消しますか。" in talk.text
    talk.says("戻る")
    assert "【場所1】" in talk.text


def test_the_most_items_are_told(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "はい", "集会所", "1", "はい", "自宅", "2", "はい", "自宅", "3")
    assert talk.last.question is None
    talk.press("もう1件足す（場所）")
    assert "3件まで入れられます。" in talk.text


def test_buttons_of_the_review_do_nothing_outside_it(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "はい", "集会所", "1", "いいえ")
    add, drop = talk.choice(":add.places").token, talk.choice(":drop.places").token
    talk.press(":confirm")
    for token in (add, drop):
        talk.take_token(token)
        assert "それはもう済んでいます。" in talk.text


# --- a figure in the preview ---


def test_a_line_of_the_preview_ends_before_a_figure_that_it_would_cut() -> None:
    start = "使わずに済むお金277万円（7.2万円×卒業38人）−費用"
    assert in_a_line(start + "1,200,000万円＝-922.8万円。") == start + "…"
    assert in_a_line(start + "1,200万円＝-923万円。") == start + "1,200万円＝…"


@given(st.text("あい約+（、", max_size=60), st.integers(1, 10**9), st.text("あい。）", max_size=60))
def test_property_a_line_of_the_preview_holds_each_figure_whole_or_not_at_all(
    before: str, figure: int, after: str
) -> None:
    text = f"{before}{figure:,}万円{after}"
    line = in_a_line(text)
    assert len(line) <= LINE
    digits = [quantity.value for quantity in read_quantities(line)]
    assert digits in ([], [quantity.value for quantity in read_quantities(text)])
