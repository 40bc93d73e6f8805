"""Reading the book by tapping, its terms, and what has changed since it was printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.finding import ANSWER
from bot.retrieval.book import Book, Dated, Term
from tests.talk import Talk, real_library

TAPS = 3
BOOK = Book(
    real_library().book.headings,
    (
        Term("協議体", "地域の人が集まって話し合う場です。", (138,), ("きょうぎたい",), "kakuron-138"),
        Term("SC", "つなぐ役の人です。", (), ("コーディネーター",), supplement=True),
    ),
    (Dated((118,), "参加率8%", "目標の年は過ぎています。現在の要綱で確認を", "ある資料", "2026-11-23"),),
)


@pytest.fixture
def talk() -> Talk:
    talk = Talk(library=replace(real_library(), book=BOOK))
    talk.says("メニュー")
    return talk


def test_the_book_is_read_by_three_taps(talk: Talk) -> None:
    talk.press("ハンドブックを読む")
    assert len(talk.labels) == 10
    talk.press("生活支援体制整備事業")
    assert "■よくある質問: " in talk.text
    talk.press("協議体を生かすには")
    assert talk.cites == ["kakuron-139"]


def test_every_entry_is_reached_by_tapping_and_fits_a_screen() -> None:
    library = real_library()
    talk = Talk(library=library)
    reached = set()
    for place in range(len(library.book.headings)):
        talk.says("目次")
        talk.press(f"heading:{place}")
        assert len(talk.text) <= 4096
        for choice in talk.last.replies[0].choices:
            talk.take_token(choice.token)
            reached.add(talk.cites[0])
            entry = library.entries[talk.cites[0]]
            assert len(talk.last.replies[0].text) <= max(ANSWER, len(entry.short) + 200), entry.id
    assert reached == set(library.entries)


def test_a_heading_that_is_not_there_says_so(talk: Talk) -> None:
    for place in ("99", "x"):
        talk.take_token(f"a.50.heading.{place}")
        assert "もう使えません" in talk.text


@pytest.mark.parametrize("asked", ["協議体とは", "協議体って何？", "きょうぎたいとは何ですか", "キョウギタイって"])
def test_a_term_is_explained_in_one_sentence_with_its_page(talk: Talk, asked: str) -> None:
    talk.says(asked)
    assert talk.text == "「協議体」… 地域の人が集まって話し合う場です。（138ページ）"
    assert talk.cites == ["kakuron-138"]


def test_other_answers_after_a_term_are_not_those_of_an_older_question(talk: Talk) -> None:
    talk.says("139ページ", "協議体とは", "ほかの答え")
    assert talk.cites == ["kakuron-138"]


def test_a_term_of_ours_is_marked_so(talk: Talk) -> None:
    talk.says("SCってなに")
    assert talk.text.endswith("つなぐ役の人です。〔補足〕")


def test_a_word_that_is_no_term_is_looked_up(talk: Talk) -> None:
    talk.says("協議体の形骸化とは")
    assert talk.cites[0].startswith("kakuron-13")


def test_a_channel_that_edits_in_place_does_not_put_the_question_twice() -> None:
    for edits in (True, False):
        talk = Talk(library=replace(real_library(), edits=edits))
        talk.begin("kyogitai-keigaika")
        talk.says("p139", "くわしく")
        assert len(talk.last.replies) == (1 if edits else 2)


def test_a_term_in_the_middle_of_a_flow_comes_back_to_the_question(talk: Talk) -> None:
    talk.begin("kyogitai-keigaika")
    talk.says("協議体とは")
    assert talk.cites == ["kakuron-138"]
    assert talk.last.question == "concern"


def test_what_has_changed_since_is_shown_with_the_answer_and_its_source(talk: Talk) -> None:
    talk.says("118ページ")
    assert "⏳ 目標の年は過ぎています。" in talk.text
    talk.says("出典")
    assert "ある資料、2026-11-23に確認" in talk.text


def test_a_page_that_a_flow_looks_into_offers_it(talk: Talk) -> None:
    talk.says("139ページ")
    talk.press("この点を自己診断する")
    assert talk.ids == ["begin:kyogitai-keigaika"]


def test_where_several_flows_look_into_a_page_each_is_named(talk: Talk) -> None:
    library = talk.library
    flow = replace(library.flows["kyogitai-keigaika"], id="other", title="ほかの流れ")
    talk = Talk(library=replace(library, flows={**library.flows, "other": flow}))
    talk.says("139ページ")
    assert "ほかの流れ で自己診断する" in talk.labels


def test_while_a_flow_is_open_no_other_is_offered(talk: Talk) -> None:
    talk.begin("kyogitai-keigaika")
    talk.says("p139")
    assert "この点を自己診断する" not in talk.labels


def test_a_doubtful_reading_is_said_so(talk: Talk) -> None:
    entries = dict(talk.library.entries)
    entries["kakuron-139"] = replace(entries["kakuron-139"], doubtful="一つ目の点")
    talk = Talk(library=replace(talk.library, entries=entries))
    talk.says("139ページ")
    assert "読みの確かでないところ: 一つ目の点" in talk.text


def test_the_menu_has_few_headings_and_each_its_flows() -> None:
    talk = Talk(library=real_library())
    talk.says("メニュー")
    assert [label for label in talk.labels if "を生かす" in label] == ["会議を生かす"]
    talk.says("会議を生かす")
    assert "flow:kyogitai-keigaika" in talk.ids
    assert "（およそ5分）" in talk.text
    talk.press("flow:kyogitai-keigaika")
    assert talk.ids == ["begin:kyogitai-keigaika"]


def test_every_flow_that_ships_stands_under_a_heading() -> None:
    library = real_library()
    names = [name for name, _ in library.shelves()]
    assert names == library.words.listed("shelves")
    assert sorted(flow.id for _, flows in library.shelves() for flow in flows) == sorted(library.flows)


@pytest.mark.parametrize("place", ["99", "x"])
def test_a_heading_that_is_no_more_is_one_sentence(place: str) -> None:
    talk = Talk()
    talk.take_token(f"a.0.shelf.{place}")
    assert "もう使えません" in talk.text


def test_a_flow_without_a_heading_stands_in_the_menu_itself() -> None:
    talk = Talk()
    talk.says("メニュー")
    assert "flow:everything" in talk.ids
