"""The longest message that a channel lets through does no harm to anything that looks at messages."""

from datetime import date

import pytest

from bot.japanese.dates import read_date
from bot.japanese.numerals import read_quantities, read_range
from bot.japanese.options import match_options, match_several
from bot.japanese.periods import split_period
from bot.japanese.polarity import opposite, read_yes_no
from bot.japanese.shares import read_share
from bot.japanese.width import fold, is_question, tidy
from bot.japanese.words import letters_of, runs

LONGEST_MESSAGE = 4096  # Telegram's


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "1,",
        "千",
        "万",
        "一",
        "二三",
        "1m60",
        "1割",
        "2人中",
        "月々",
        "2〜",
        "2/",
        "令和",
        "ない",
        "なくは",
        "はい",
        "です",
        "か",
        "「",
        "。",
        " ",
        "\n",
        "毎回と",
    ],
)
def test_no_message_is_too_long(piece: str) -> None:
    text = piece * (LONGEST_MESSAGE // len(piece))
    options = [("毎回", "いつも"), ("最初だけ",)]
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)
    assert match_options(text, options) == ()
    assert match_several(text, options) is None
    assert read_date(text, date(2026, 11, 23)) == ()
    read_quantities(text)
    read_range(text)
    read_share(text)
    split_period(text)
    read_yes_no(text, ["ある"], ["ない"])
    opposite(text, "毎回")
    is_question(text)
    list(runs(letters_of(text), 2, 3))
