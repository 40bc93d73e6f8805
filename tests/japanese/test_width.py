"""Folding loses only what does not tell two answers apart; tidying changes no letter a person wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese.width import fold, is_question, tidy


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("　はい ", "はい"),
        ("ハイ", "はい"),
        ("ﾊｲ！", "はい"),
        ("ＹＥＳ", "yes"),
        ("毎回\nです", "毎回です"),
        ("毎回です。", "毎回です"),
        ("毎回です．", "毎回です"),
        ("そう〜", "そう"),
        ("そう～", "そう"),
        ("そう……", "そう"),
        ("はい？！", "はい"),
        ("「はい」", "はい"),
        ("『はい。』", "はい"),
        ("「はい」。", "はい"),
        ('"はい"', "はい"),
        ("'はい'", "はい"),
        ("①", "1"),
        ("3ヶ月", "3か月"),
        ("3カ月", "3か月"),
        ("ヴァイオリン", "ゔぁいおりん"),
        ("は\u200bい", "はい"),
        ("⭕\ufe0f", "⭕"),
        ("は\ud800い", "はい"),
        ("？", ""),
        ("", ""),
    ],
)
def test_texts_that_differ_only_in_how_they_are_typed_fold_to_the_same(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize("word", ["こーひー", "へるぱー", "せんたー"])
def test_the_long_vowel_mark_at_the_end_of_a_word_stays(word: str) -> None:
    assert fold(word) == word
    assert fold(word + "〜。") == word


@pytest.mark.parametrize("text", ["「はい」と「いいえ」", "「困った」とき", "利用者の「困った」", "「」」"])
def test_quotes_inside_a_text_stay(text: str) -> None:
    assert fold(text) == text


def test_unknown_letters_and_lone_quotes_stay() -> None:
    assert fold("「") == "「"
    assert fold("Σ神") == "σ神"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  神谷さん（①）ｶﾌｪ  ", "神谷さん（①）ｶﾌｪ"),
        ("一行目\r\n二行目", "一行目\n二行目"),
        ("一\n\n\n\n二", "一\n\n二"),
        ("一\n　\n \n二", "一\n\n二"),
        ("一\t二", "一 二"),
        ("一\x00二\x1b", "一二"),
        ("あ\u202eい", "あい"),
        ("あ\ud800い", "あい"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("一\u2028二", "一\n二"),
        ("\x00", ""),
        ("", ""),
    ],
)
def test_tidying_drops_only_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@given(st.text())
def test_a_tidy_text_is_tidy_and_can_be_written(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "\n\n\n" not in once
    once.encode("utf-8")


@pytest.mark.parametrize("text", ["なぜ？", "なぜ?", "なぜ？ ", "「なぜ？」", "（なぜ？）\n"])
def test_a_question_mark_at_the_end_makes_a_question(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["なぜ", "なぜ？です", "", "」", "そうですか"])
def test_nothing_else_makes_a_question(text: str) -> None:
    assert not is_question(text)
