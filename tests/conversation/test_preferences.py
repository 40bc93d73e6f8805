"""/settings and /export: what one has here, what can be set, and all of it in one's own hands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from bot.conversation.messages import Typed
from bot.turn import Incoming
from tests.talk import Talk, small_library


def test_settings_tell_what_is_kept_and_lead_everywhere() -> None:
    talk = Talk()
    talk.begin()
    talk.says("していない")
    talk.says("設定")
    assert talk.last.replies[0].text == "■預かっている記録: 1件（途中 1件）\n■質問のあいだのひとこと: あり"
    assert [choice.id for choice in talk.last.replies[0].choices] == [
        ":word",
        ":records",
        ":export",
        ":delete",
        ":forget",
        ":privacy",
    ]
    assert talk.last.question == "reasons"


def test_in_a_public_chat_settings_tell_whether_one_has_agreed() -> None:
    talk = Talk(replace(small_library(), public=True))
    talk.says("/settings")
    assert "同意: まだです" in talk.text
    talk.begin()
    talk.press(":consent")
    talk.says("/settings")
    assert "同意: 済んでいます" in talk.text


def test_the_word_between_questions_can_be_turned_off_and_on() -> None:
    talk = Talk()
    talk.says("/settings")
    off = talk.choice(":word").token
    talk.press("ひとことを出さない")
    talk.take_token(off)  # sets, never flips
    assert "ひとこと: なし" in talk.text
    talk.restart()
    talk.begin()
    talk.says("毎回している")
    assert "よいですね" not in talk.text
    talk.says("/settings")
    talk.press("ひとことを出す")
    talk.says("戻る", "毎回している")
    assert "よいですね" in talk.text


def test_an_export_brings_a_page_and_data_and_puts_again_what_waits() -> None:
    talk = Talk()
    talk.begin()
    talk.says("していない")
    talk.says("/export")
    (reply, question) = talk.last.replies
    page, data = (Path(file.path) for file in reply.files)
    assert [file.name for file in reply.files] == ["きろく-2026-11-23.html", "きろく-2026-11-23.json"]
    assert "<dt>目的は共有していますか</dt><dd>していない</dd>" in page.read_text(encoding="utf8")
    tables = json.loads(data.read_text(encoding="utf8"))["tables"]
    assert tables["sessions"][0]["data"]["answers"] == [["purpose", "never"]]
    assert "わけを" in question.text
    talk.store.close()
    assert not page.exists()  # a database without a file leaves none


def test_where_others_read_along_nothing_is_written_out() -> None:
    talk = Talk()
    talk.begin()
    out = talk.turns.take(Incoming("test", "u1", Typed("/export"), shared=True))
    assert out.replies[0].text.startswith("ここはほかの人も見るところ")
    assert all(not reply.files for reply in out.replies)


def test_in_a_public_chat_the_files_pass_other_people_s_servers_and_it_says_so() -> None:
    talk = Talk(replace(small_library(), public=True))
    talk.says("/export")
    assert "Telegram のサーバーを通ります" in talk.text
