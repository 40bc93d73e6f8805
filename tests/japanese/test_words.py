"""Runs of letters for search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese.words import Tokenise, Word, ngrams


def test_short_runs_come_first_each_in_order() -> None:
    assert list(ngrams("通いの場", 2, 3)) == ["通い", "いの", "の場", "通いの", "いの場"]


def test_runs_are_folded_and_hold_no_punctuation() -> None:
    assert list(ngrams("サロン、の「場」", 5, 5)) == ["さろんの場"]


def test_the_long_vowel_mark_is_a_letter() -> None:
    assert list(ngrams("センター", 4, 4)) == ["せんたー"]


@pytest.mark.parametrize("text", ["", "。", "場"])
def test_a_text_shorter_than_a_run_has_none(text: str) -> None:
    assert list(ngrams(text, 2, 3)) == []


@given(st.text(), st.integers(1, 4), st.integers(0, 4))
def test_every_run_has_a_size_that_was_asked_for(text: str, low: int, more: int) -> None:
    assert all(low <= len(run) <= low + more for run in ngrams(text, low, low + more))


def test_a_tokeniser_is_any_function_from_text_to_words() -> None:
    def whole(text: str) -> tuple[Word, ...]:
        return (Word(surface=text, normal=text, reading="", kind="名詞"),)

    tokenise: Tokenise = whole
    assert tokenise("場")[0].surface == "場"
