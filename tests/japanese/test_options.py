"""Which option a message means: in the order of trust, never the opposite, and all that are close."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese import steps
from bot.japanese.options import LONGEST, Match, match_options, match_several
from tests.japanese.tables import words

SHARED = (("毎回している", "いつも"), ("最初だけ",), ("していない", "やっていない"))
OFTEN = (("毎日",), ("ほぼ毎日", "ほとんど毎日"), ("週1回以上",), ("月1回（自宅）",), ("月1回（会館）",), ("ときどき",))
WORK = (("買い物",), ("掃除", "そうじ"), ("ひとりでの外出",), ("調理・配膳", "料理"), ("こどもの見守り",))


def read(text: str, options: Sequence[Sequence[str]] = SHARED) -> list[tuple[int, str]]:
    return [(match.index, match.how) for match in match_options(text, options)]


@pytest.mark.parametrize("text", ["毎回している", "　毎回している。", "「毎回している」", "毎回シテイル"])
def test_the_label_itself_is_certain(text: str) -> None:
    assert match_options(text, SHARED) == (Match(0, 1.0, "exact"),)


def test_a_label_may_be_given_without_its_parentheses() -> None:
    assert read("月１回(自宅)", OFTEN) == [(3, "exact")]
    assert read("月1回", OFTEN) == [(3, "exact"), (4, "exact")]


@pytest.mark.parametrize(
    "text",
    ["2", "２", "②", "二", "2番", "2番目", "2.", "2です", "その2", "(2)", "2つ目", "No.2", "選択肢2", "二番です"],
)
def test_the_number_of_an_option_is_certain(text: str) -> None:
    assert match_options(text, SHARED) == (Match(1, 1.0, "number"),)


@pytest.mark.parametrize("text", ["0", "4", "1.5", "〇", "-1", "12", "2人", "第2", "2か3"])
def test_other_figures_are_no_number_of_an_option(text: str) -> None:
    assert "number" not in {how for _, how in read(text)}


def test_numbers_are_not_read_where_none_are_shown() -> None:
    assert match_options("2", SHARED, numbers=False) == ()
    assert match_options("最初だけ", SHARED, numbers=False) == (Match(1, 1.0, "exact"),)


def test_a_label_that_is_a_figure_comes_before_the_number() -> None:
    assert read("2", [("2",), ("1",)]) == [(0, "exact")]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("いつも", 0),
        ("いつもです", 0),
        ("毎回しています", 0),
        ("毎回してます", 0),
        ("毎回していると思います", 0),
        ("最初だけだと思います", 1),
        ("うちでは最初だけです", 1),
        ("たぶん最初だけ", 1),
        ("最初だけが多いです", 1),
        ("していません", 2),
        ("してないです", 2),
        ("やってません", 2),
        ("うちではしていない", 2),
    ],
)
def test_synonyms_other_forms_and_short_messages_are_read(text: str, index: int) -> None:
    assert read(text) == [(index, "also")]


@pytest.mark.parametrize(
    ("text", "index"),
    [("ほぼ毎日です", 1), ("ほとんど毎日かな", 1), ("うちはほぼ毎日", 1), ("毎日です", 0), ("週一回以上です", 2)],
)
def test_the_longer_of_two_labels_is_meant(text: str, index: int) -> None:
    assert read(text, OFTEN) == [(index, "also")]


@pytest.mark.parametrize("text", ["毎回しているか最初だけ", "いつもか、最初だけです", "いつもまたは最初だけ"])
def test_two_options_joined_by_or_both_come_back(text: str) -> None:
    assert read(text) == [(0, "also"), (1, "also")]


def test_two_options_named_in_one_sentence_both_come_back() -> None:
    assert read("うちはいつもでなければ最初だけ", [("いつもで",), ("最初だけ",)]) == []
    assert read("前はそうじで今は買い物です", WORK) == [(0, "also"), (1, "also")]


@pytest.mark.parametrize(
    ("text", "index"), [("毎回しいてる", 0), ("毎回してい", 0), ("さ最初だけ", 1), ("やつてない", 2)]
)
def test_a_typing_mistake_is_forgiven(text: str, index: int) -> None:
    assert read(text) == [(index, "typing")]


def test_typing_mistakes_that_are_close_all_come_back_best_first() -> None:
    near = [("あいうえおかきくん",), ("あいうえおかきくけこ",), ("らりるれろらりるれ",)]
    found = match_options("あいうえおかきくけ", near)
    assert [match.index for match in found] == [1, 0]
    assert found[0].score > found[1].score > found[0].score - steps.CLOSE


def test_a_typing_mistake_that_is_clearly_nearer_comes_alone() -> None:
    assert read("あいうえおかきくけ", [("あいうえおかきんん",), ("あいうえおかきくけこ",)]) == [(1, "typing")]


@pytest.mark.parametrize(
    "text",
    words(
        """
        毎回はしていない 毎回していない 毎回していた 最初だけではない やっています いつもではない 最後だけ 毎回
        ないことはない たまにしていない うちでは最初だけしています なぜ 。
        """
    ),
)
def test_a_message_that_means_something_else_is_not_read(text: str) -> None:
    assert read(text) == []


def test_the_opposite_of_a_label_is_vetoed_in_every_step() -> None:
    assert read("共有していません", [("共有している",)]) == []
    assert read("うちでは共有していない", [("共有している", "共有して")]) == []
    assert read("困っていない", [("困っている",), ("困っていない",)]) == [(1, "exact")]
    assert read("不十分", [("十分",)]) == []


def test_a_synonym_of_the_other_polarity_is_the_authors_word() -> None:
    assert read("問題ないです", [("できる", "問題ない"), ("できない",)]) == [(0, "also")]


def test_nothing_is_read_from_nothing() -> None:
    assert match_options("", SHARED) == ()
    assert match_options("はい", []) == ()
    assert match_options("毎回", [("（ ）",), ("",)]) == ()


def test_a_long_message_is_no_choice() -> None:
    assert read("で" * (LONGEST - 4) + "最初だけ") == []
    padded = " " * (LONGEST - 4) + "最初だけ"
    assert read(padded) == [(1, "exact")]
    assert read(" " + padded) == []


@pytest.mark.parametrize(
    ("text", "indices"),
    [
        ("1 3", (0, 2)),
        ("1,3", (0, 2)),
        ("１、３", (0, 2)),
        ("①と③", (0, 2)),
        ("①③", (0, 2)),
        ("一、三", (0, 2)),
        ("1・3", (0, 2)),
        ("1.3", (0, 2)),
        ("3番と1番です", (0, 2)),
        ("1\n3\n", (0, 2)),
        ("買い物", (0,)),
        ("買い物です", (0,)),
        ("買い物と掃除", (0, 1)),
        ("買い物、そうじ。", (0, 1)),
        ("掃除や買い物", (0, 1)),
        ("買い物、それと掃除です", (0, 1)),
        ("1と1", (0,)),
        ("調理・配膳", (3,)),
        ("調理・配膳と買い物", (0, 3)),
        ("こどもの見守りと買い物", (0, 4)),
        ("ひとりでの外出、料理", (2, 3)),
    ],
)
def test_several_options_are_read_in_their_own_order(text: str, indices: tuple[int, ...]) -> None:
    assert match_several(text, WORK) == indices


@pytest.mark.parametrize(
    "text",
    [
        "なし",
        "無し",
        "どれもない",
        "ない",
        "ないです",
        "特になし",
        "特にありません",
        "当てはまらない",
        "当てはまりません",
    ],
)
def test_none_of_them_is_an_answer(text: str) -> None:
    assert match_several(text, WORK) == ()


def test_an_option_that_says_none_comes_first() -> None:
    assert match_several("特になし", [*WORK, ("特になし",)]) == (5,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "、",
        "1と6",
        "13",
        "1〜3",
        "買い物とダンス",
        "買い物はしない",
        "買い物と掃除以外",
        "買い物となし",
        "買い物、と",
        "買い物と" * 30,
    ],
)
def test_one_unread_part_makes_the_whole_unread(text: str) -> None:
    assert match_several(text, WORK) is None


def test_a_part_with_two_readings_is_unread() -> None:
    assert match_several("毎日、月1回", OFTEN) is None


def test_a_number_is_nothing_where_there_are_no_options() -> None:
    assert match_several("1", ()) is None


def test_the_longest_message_is_still_read_at_once() -> None:
    assert match_several("1と" * 49 + "x", WORK) is None
    assert match_several("1と" * 49 + "2", WORK) == (0, 1)


@given(
    st.text() | st.text(alphabet="毎回している最初だけない1２③、とかや・ "),
    st.lists(st.lists(st.text(), min_size=1, max_size=3), max_size=4),
)
def test_no_text_is_too_odd(text: str, options: list[list[str]]) -> None:
    for offered in (options, SHARED):
        assert all(match.index < len(offered) and 0 < match.score <= 1 for match in match_options(text, offered))
        assert all(index < len(offered) for index in match_several(text, offered) or ())


@given(st.text(max_size=40).filter(str.isalpha), st.lists(st.text(), max_size=3))
def test_a_label_given_exactly_is_always_read(label: str, others: list[str]) -> None:
    found = match_options(label, [(label,), *((other,) for other in others)])
    assert found[0] == replace(found[0], how="exact")
