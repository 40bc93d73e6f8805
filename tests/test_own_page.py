"""The page of an export: sessions in their own words, whatever became of them; and what keeps it from being drawn."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.messages import Typed
from bot.report.kept import TABLES
from bot.report.page import Page, Part, to_html
from bot.store.database import open_database
from tests.conversation.test_handover import beside, code_of
from tests.talk import NOON, Talk, small_library
from tests.test_properties import newer


def page_of(talk: Talk) -> str:
    talk.says("/export")
    return file_of(talk, 0).read_text(encoding="utf8")


def file_of(talk: Talk, number: int) -> Path:
    return Path(next(reply.files[number].path for reply in talk.last.replies if reply.files))


@pytest.fixture
def talk() -> Talk:
    made = Talk()
    made.begin()
    made.says("最初だけした")
    return made


def finish(talk: Talk, **said: str) -> None:
    """`said`: answers by the last part of a question's id; the others are わからない."""
    while talk.last.question is not None:
        talk.says(said.get(talk.last.question.rpartition(".")[2], "わからない"))
    talk.press(":confirm")


def test_a_finished_session_has_its_results(talk: Talk) -> None:
    finish(talk)
    page = page_of(talk)
    assert "<li>終えた日: 2026/11/23</li>" in page
    assert "<h3>結果</h3>\n<ul>\n<li>参加する人は10人より少ないようです。</li>" in page
    talk.store.close()


def test_one_of_which_nothing_can_be_said_says_so(talk: Talk) -> None:
    while talk.last.question != "places.0.more":
        talk.says("わからない")
    talk.says("はい")
    finish(talk, kind="集会所", users="12人", more="いいえ")
    assert "<h3>結果</h3>\n<ul>\n<li>今回の答えから言えることはありませんでした" in page_of(talk)
    talk.store.close()


def test_a_finished_session_stays_in_the_words_of_its_version(talk: Talk) -> None:
    finish(talk)
    talk.library = replace(talk.library, flows={**talk.library.flows, "everything": newer()})
    talk.restart()
    assert "<dd>最初だけした</dd>" in page_of(talk)
    talk.store.close()


def test_a_session_that_was_given_away_says_so(talk: Talk) -> None:
    code = code_of(talk)
    taker = beside(talk)
    taker.says(f"/start {code}")
    taker.press(":take")
    assert "ほかの人が引き継いで進めています" in page_of(talk)
    assert "ほかの人が" not in page_of(taker)
    talk.store.close()


def test_a_person_s_session_has_its_label() -> None:
    talk = Talk()
    talk.begin("kihon-checklist")
    assert "<h2>基本チェックリストから、聞き取りを深める（ケース青-01）</h2>" in page_of(talk)
    talk.store.close()


def test_a_session_whose_flow_nobody_knows_is_listed_and_stands_in_the_data(talk: Talk) -> None:
    talk.store._database.execute("DELETE FROM flow_versions")
    flows = {name: flow for name, flow in talk.library.flows.items() if name != "everything"}
    talk.library = replace(talk.library, flows=flows)
    talk.restart()
    assert "その質問は、いまの版にはありません" in page_of(talk)
    data = json.loads(file_of(talk, 1).read_text(encoding="utf8"))
    assert data["tables"]["sessions"][0]["data"]["answers"] == [["purpose", "first"]]
    talk.store.close()


def test_who_has_nothing_gets_a_page_that_says_so() -> None:
    talk = Talk()
    assert "きろくはまだありません" in page_of(talk)
    talk.store.close()


def test_every_table_with_users_has_a_name_for_people() -> None:
    talk = Talk()
    assert set(TABLES) == set(talk.store._tables.having("user"))


def test_a_page_is_text_whatever_is_in_it() -> None:
    part = Part("<h>", lines=("<l>",), pairs=(("<q>", "<a>"),))
    html = to_html(Page("<t>", ("<p>",), (part, replace(part, rank=3, lines=(), pairs=()))))
    body = html.partition("<body>")[2]
    assert [sign for sign in ("<t>", "<h>", "<l>", "<q>", "<a>", "<script") if sign in html] == []
    assert "<p>&lt;p&gt;</p>" in body
    assert "&lt;q&gt;" in body


def test_where_the_disk_is_full_it_is_said_instead(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(talk.store.files, "write", full)
    talk.says("/export")
    assert talk.last.replies[0].files == ()
    assert talk.text.startswith("「きろく-2026-11-23.html」は、もう手元に残っていません")
    assert talk.last.question == "cost"


def test_an_update_that_comes_twice_brings_the_same_files(talk: Talk) -> None:
    first = talk.take(Typed("/export"), 7)
    second = talk.take(Typed("/export"), 7)
    assert (second.duplicate, second.replies[0].files) == (True, first.replies[0].files)
    talk.store.close()


def test_an_export_at_home_is_gone_after_a_week_and_when_a_session_is_deleted(tmp_path: Path) -> None:
    talk = Talk(small_library(), open_database(tmp_path / "b.db"))
    talk.begin()
    talk.says("最初だけした", "/export")
    kept = file_of(talk, 0)
    assert kept.exists()
    talk.says("やめる")
    talk.press(":erase")
    assert not kept.exists()
    talk.says("/export")
    kept = file_of(talk, 0)
    talk.now = NOON + timedelta(days=3000)
    talk.turns.tidy()
    assert not kept.exists()
    talk.store.close()
