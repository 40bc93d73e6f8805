"""Asking the handbook: entries, their parts, pages, flows by name, and saying no (semantics §6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.desk import page_list
from bot.retrieval.found import Found, Why
from tests.talk import Talk, real_library, small_library


class Nothing:
    """A search that never finds anything."""

    def __call__(self, text: str, shown: str = "") -> Found:
        return Found(answered=False)

    def why(self, text: str, entry: str) -> Why:
        raise LookupError(text, entry)


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.says("メニュー")
    return talk


def test_a_trouble_is_answered_with_viewpoints_and_page(talk: Talk) -> None:
    talk.says("協議体が形骸化しがちで困っています")
    assert talk.cites == ["kakuron-139"]
    assert talk.text.startswith("【協議体を生かすには】")
    assert "ハンドブック 139ページ" in talk.text


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("くわしく", "アイデアが出ない回"),
        ("問いかけ", "市町村の担当者に「"),
        ("次の一歩", "圏域ごとに"),
        ("出典", "令和5年3月"),
    ],
)
def test_the_parts_of_an_entry_take_the_place_of_the_message(talk: Talk, label: str, said: str) -> None:
    talk.says("139ページ")
    talk.says(label)
    assert said in talk.text
    assert talk.last.replies[0].in_place
    assert talk.cites == ["kakuron-139"]
    talk.says("要点に戻る")
    assert talk.text.startswith("【協議体を生かすには】")
    assert "要点に戻る" not in talk.labels


def test_more_is_offered_only_where_there_is_more() -> None:
    library = real_library()
    talk = Talk(library=library)
    offers = {True: 0, False: 0}
    for entry in library.entries.values():
        talk.take_token(f"a.1.entry.{entry.id}")
        untold = [point for point in entry.viewpoints if point not in talk.text]
        assert ("くわしく" in talk.labels) == bool(untold), entry.id
        offers[bool(untold)] += 1
    assert min(offers.values()) > 0


def test_related_pages_say_why_and_lead_there(talk: Talk) -> None:
    talk.says("139ページ", "関連")
    assert "・137ページ … " in talk.text
    talk.says("コーディネーターの支え方")
    assert talk.cites == ["kakuron-137"]


def test_a_source_with_a_doubtful_address_says_so(talk: Talk) -> None:
    talk.says("p30", "出典")
    assert "この住所は一字違うかもしれません" in talk.text


def test_a_part_is_shown_by_its_name_long_after_its_button(talk: Talk) -> None:
    talk.says("139ページ", "メニュー", "出典")
    assert "令和5年3月" in talk.text
    assert talk.cites == ["kakuron-139"]


def test_a_part_that_an_entry_does_not_have_is_not_looked_for_elsewhere(talk: Talk) -> None:
    bare = replace(talk.library.entries["kakuron-139"], related=())
    talk.library = replace(talk.library, entries={**talk.library.entries, bare.id: bare})
    talk.restart()
    talk.says("139ページ", "関連")
    assert "この項目に「関連」はありません。" in talk.text
    assert talk.cites == ["kakuron-139"]
    assert "出典" in talk.labels


def test_a_part_of_nothing_asks_what_is_meant(talk: Talk) -> None:
    talk.says("くわしく")
    assert "どの項目のことか、まだわかりません。" in talk.text
    assert talk.cites == []


@pytest.mark.parametrize("typed", ["はじめる", "始めます", "開始", "はい", "お願いします", "1"])
def test_a_flow_that_stands_ready_starts_by_what_people_say(talk: Talk, typed: str) -> None:
    talk.says("試しの質問をひと通り", typed)
    assert talk.last.flow == "everything"


@pytest.mark.parametrize("typed", ["いいえ", "はじめまして", "はじめることの難しさ"])
def test_a_flow_that_stands_ready_starts_by_nothing_else(talk: Talk, typed: str) -> None:
    talk.says("試しの質問をひと通り", typed)
    assert talk.last.flow is None


def test_yes_starts_nothing_where_no_flow_stands_ready(talk: Talk) -> None:
    talk.says("はい")
    assert talk.last.flow is None


@pytest.mark.parametrize("typed", ["119", "１１０"])
def test_an_emergency_number_is_a_page_and_says_where_help_is(talk: Talk, typed: str) -> None:
    talk.says(typed)
    assert talk.last.replies[0].text == "いま危険な方がいるときは「緊急」と送ってください。"


def test_other_answers_are_the_next_three(talk: Talk) -> None:
    talk.says("協議体が形骸化しがちで困っています")
    talk.says("ほかの答え")
    assert len(talk.cites) == 3
    assert "kakuron-139" not in talk.cites


def test_other_answers_asked_for_again_are_others(talk: Talk) -> None:
    talk.says("協議体が形骸化しがちで困っています", "ほかの答え")
    first = talk.cites
    talk.says("他には？")
    assert talk.cites
    assert not {*first, "kakuron-139"} & {*talk.cites}


def test_the_button_for_other_answers_shows_its_own_at_any_age(talk: Talk) -> None:
    talk.says("協議体が形骸化しがちで困っています")
    button = talk.choice(":others").token
    talk.press(":others")
    own = talk.cites
    talk.says("移動の足がなくて買い物に行けない")
    talk.take_token(button)
    assert talk.cites == own


def test_a_page_has_its_related_pages_as_other_answers(talk: Talk) -> None:
    talk.says("139ページ", "ほかの答え")
    assert talk.cites == ["kakuron-137", "soron-010", "soron-012"]


def test_other_answers_of_nothing(talk: Talk) -> None:
    talk.says("ほかの答え")
    assert "ほかに近いものは見つかりませんでした。" in talk.text


def test_the_book_has_no_answer_and_says_so(talk: Talk) -> None:
    talk.says("ぽぬけらめそ")
    assert "ハンドブックには見当たりませんでした。" in talk.text
    assert talk.cites == []
    assert len(talk.labels) <= 3


def test_a_message_of_idle_words_is_no_question(talk: Talk) -> None:
    talk.says("えーと")
    assert talk.cites == []


@pytest.mark.parametrize("typed", ["139ページ", "p139", "P.139", "139頁", "139", "１３９ページ", "139p"])
def test_a_page_is_shown_by_its_number(talk: Talk, typed: str) -> None:
    talk.says(typed)
    assert talk.cites == ["kakuron-139"]


def test_a_page_that_is_not_there_says_so(talk: Talk) -> None:
    talk.says("999ページ")
    assert "999ページにあたる項目はありません。" in talk.text


def test_a_bare_number_is_no_page_while_a_question_waits() -> None:
    talk = Talk()
    talk.begin()
    talk.says("139")
    assert talk.cites == []
    talk.says("p139")
    assert talk.cites == ["kakuron-139"]
    assert talk.last.question == "purpose"


@pytest.mark.parametrize(
    "typed",
    ["協議体の時間を、もっと生かす", "協議体の時間", "協議体の点検をやりたい", "協議体の時間を、もっと生かすをしたい"],
)
def test_a_flow_is_found_by_its_name(talk: Talk, typed: str) -> None:
    talk.says(typed)
    assert talk.ids == ["begin:kyogitai-keigaika"]
    assert "5分" in talk.text


def test_a_word_for_a_flow_that_the_book_answers_gives_both(talk: Talk) -> None:
    talk.says("協議体の形骸化")
    assert talk.cites == ["kakuron-139"]
    assert talk.ids[-1] == "begin:kyogitai-keigaika"


def test_a_word_for_a_flow_that_the_book_does_not_answer_shows_the_flow() -> None:
    talk = Talk(library=replace(small_library(), search=Nothing()))
    talk.says("ぐるぐる")
    assert talk.ids == ["begin:everything"]


def test_a_part_that_two_titles_share_names_no_flow(talk: Talk) -> None:
    talk.says("の")
    assert "begin:" not in "".join(talk.ids)


def test_a_question_in_the_middle_is_answered_and_the_question_put_again() -> None:
    talk = Talk()
    talk.begin()
    talk.says("協議体が形骸化しがちです。どうすればいい？")
    assert talk.cites == ["kakuron-139"]
    assert talk.last.question == "purpose"
    assert talk.ids[-6:][0] in ("first", "never", ":unknown")
    assert "digressed" in talk.events()


def test_a_flow_named_in_the_middle_shows_it_and_the_question_again() -> None:
    talk = Talk()
    talk.begin()
    talk.says("協議体の点検をやりたい")
    assert "begin:kyogitai-keigaika" in talk.ids
    assert talk.last.question == "purpose"
    talk.take_token(next(c.token for r in talk.last.replies for c in r.choices if c.id.startswith("begin:")))
    assert "途中だったものは、そのまま残してあります。" in talk.text
    assert talk.last.flow == "kyogitai-keigaika"


def test_digressing_while_correcting_comes_back_to_the_correction() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "訂正", "目的", "p139")
    assert talk.last.question == "purpose"
    assert "いまの答え: 毎回している" in talk.text


def test_a_word_for_a_flow_may_itself_end_in_wanting() -> None:
    talk = Talk()
    talk.says("協議体をよくしたい")
    assert "begin:kyogitai-keigaika" in talk.ids


def test_pages_in_a_row_are_told_as_a_run() -> None:
    assert page_list((38, 40, 41)) == "38・40・41"
    assert page_list((144, 145, 146, 152)) == "144-146・152"
