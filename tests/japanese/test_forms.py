"""One phrase in the forms people give it; what means something else keeps its own form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese.forms import plain_width, readings, spoken_forms, unify


@pytest.mark.parametrize(
    ("phrase", "typed"),
    [
        ("ある", "あります"),
        ("ある", "有る"),
        ("ある", "あり"),
        ("ある", "あるよ"),
        ("ある", "ありますよね"),
        ("ある", "あるかな"),
        ("ない", "ないです"),
        ("ない", "無い"),
        ("ない", "ありません"),
        ("ない", "なし"),
        ("している", "しています"),
        ("している", "してる"),
        ("している", "してます"),
        ("していない", "してません"),
        ("していない", "していないと思います"),
        ("しない", "しません"),
        ("参加する", "参加します"),
        ("行く", "行きます"),
        ("行かない", "行きません"),
        ("食べる", "食べます"),
        ("食べない", "食べません"),
        ("わからない", "分かりません"),
        ("できる", "出来ます"),
        ("できない", "できないですね"),
        ("毎回", "毎回です"),
        ("毎回", "毎回だと思います"),
        ("大丈夫", "大丈夫でしたよ"),
        ("週1回", "週一回です"),
        ("違う", "ちがいます"),
    ],
)
def test_a_phrase_is_known_in_another_form(phrase: str, typed: str) -> None:
    assert not spoken_forms(phrase).isdisjoint(readings(typed))


@pytest.mark.parametrize(
    ("phrase", "typed"),
    [
        ("ある", "ない"),
        ("ある", "ありました"),
        ("ある", "あった"),
        ("ある", "あるかも"),
        ("ある", "あるけど"),
        ("ある", "あるいは"),
        ("ある", "ときどきある"),
        ("している", "していた"),
        ("している", "していない"),
        ("ない", "少ない"),
        ("毎回", "毎回ではない"),
        ("毎回", "毎回ですか"),
    ],
)
def test_a_phrase_that_means_something_else_is_no_form_of_it(phrase: str, typed: str) -> None:
    assert spoken_forms(phrase).isdisjoint(readings(typed))


def test_readings_begin_with_the_whole_and_never_become_empty() -> None:
    assert readings("毎回ですよね。") == ("毎回ですよね", "毎回")
    assert readings("です") == ("です",)
    assert len(readings("毎回" + "ですか" * 9 + "です" * 9)) == 5
    assert readings("") == ("",)


@pytest.mark.parametrize("phrase", ["", "ない", "る", "です"])
def test_the_shortest_phrases_have_forms(phrase: str) -> None:
    assert phrase in spoken_forms(phrase)


def test_figures_before_counters_are_unified_and_others_are_not() -> None:
    assert unify("週一回") == "週1回"
    assert unify("二三十回") == "二三十回"
    assert unify("一緒") == "一緒"


def test_plain_width_keeps_katakana() -> None:
    assert plain_width("ｻｲｽﾞ が Ａ") == "サイズがa"


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    assert readings(text)[0] == unify(text)
    assert unify(text) in spoken_forms(text)
