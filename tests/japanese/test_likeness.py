"""Typing mistakes: the cut-offs from both sides, and the differences that are never a mistake."""

import pytest

from bot.japanese.likeness import LIKE_LONG, LIKE_SHORT, LONG, likeness


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("ときとき", "ときどき"),  # one slip in 4
        ("とききど", "ときどき"),  # two letters exchanged
        ("たまににに", "たまにに"),
        ("ほとんどと", "ほとんど"),
        ("あいうえかきくけおこ", "あいうえおかきくけこ"[:10]),
        ("共有していう", "共有している"),
        ("共有してる", "共有している"),  # a kanji dropped or added is a slip, a kanji exchanged is not
        ("わからない", "分からない"),
    ],
)
def test_a_slip_is_forgiven(typed: str, word: str) -> None:
    assert likeness(typed, word) >= (LIKE_LONG if len(word) >= LONG else LIKE_SHORT)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("ある", "あるる"),
        ("あるる", "ある"),
        ("いつか", "いつも"),  # one slip in 3
        ("とぎとき", "ときどき"),  # two in 4
        ("あいうえ", "かきくけ"),
        ("あいうえおXY", "あいうえおかき"),  # two in 7
        ("会議の前に配る", "会議の後に配る"),
        ("参加者が増えている", "参加者が減っている"),
        ("月1回以上ある", "月2回以上ある"),
        ("月10回以上", "月1回以上"),
        ("参加していた", "参加している"),
        ("", "ときどき"),
    ],
)
def test_another_word_is_not(typed: str, word: str) -> None:
    assert likeness(typed, word) == 0


@pytest.mark.parametrize(
    ("letters", "slips", "forgiven"),
    [
        (4, 1, True),
        (5, 1, True),
        (5, 2, False),
        (6, 1, True),
        (6, 2, False),
        (10, 2, True),
        (10, 3, False),
        (15, 3, True),
        (15, 4, False),
    ],
)
def test_how_many_slips_are_forgiven_depends_on_the_length(letters: int, slips: int, forgiven: bool) -> None:
    word = "あいうえおかきくけこさしすせそ"[:letters]
    typed = "ん" * slips + word[slips:]
    assert bool(likeness(typed, word)) is forgiven
