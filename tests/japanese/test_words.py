"""Runs of letters for search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assemble import make_tokenise
from bot.japanese.words import Tokenise, Word, letters_of, read_aloud, runs


def test_short_runs_come_first_each_in_order() -> None:
    assert list(runs("通いの場", 2, 3)) == ["通い", "いの", "の場", "通いの", "いの場"]


def test_letters_are_folded_and_hold_no_punctuation() -> None:
    assert letters_of("サロン、の「場」") == "さろんの場"


def test_the_long_vowel_mark_is_a_letter() -> None:
    assert letters_of("センター") == "せんたー"


def test_what_was_converted_wrongly_still_sounds_right() -> None:
    tokenise = make_tokenise()
    assert read_aloud(tokenise("協議帯")) == read_aloud(tokenise("協議体")) == "きょうぎたい"


def test_a_word_without_a_reading_sounds_as_it_is_written() -> None:
    assert read_aloud((Word("ＫＰＩ", "KPI", "", "名詞"),)) == "kpi"


@pytest.mark.parametrize("text", ["", "。", "場"])
def test_a_text_shorter_than_a_run_has_none(text: str) -> None:
    assert list(runs(letters_of(text), 2, 3)) == []


@given(st.text(), st.integers(1, 4), st.integers(0, 4))
def test_every_run_has_a_size_that_was_asked_for(text: str, low: int, more: int) -> None:
    assert all(low <= len(run) <= low + more for run in runs(letters_of(text), low, low + more))


def test_a_tokeniser_is_any_function_from_text_to_words() -> None:
    def whole(text: str) -> tuple[Word, ...]:
        return (Word(surface=text, normal=text, reading="", kind="名詞"),)

    tokenise: Tokenise = whole
    assert tokenise("場")[0].surface == "場"
