"""A session given to somebody else by a code: one use, after consent, one editor."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.handover import closed, without
from bot.conversation.library import About, Library
from bot.conversation.state import Session, State
from tests.talk import Talk, small_library


def public() -> Library:
    return replace(small_library(), public=True)


def beside(talk: Talk, user: str = "u2", library: Library | None = None) -> Talk:
    """Another person on the same store."""
    other = Talk(library or talk.library, talk.store, user)
    other._fresh = talk._fresh
    other.restart()
    return other


def code_of(talk: Talk) -> str:
    """A code for the only session of きろく."""
    talk.says("きろく")
    talk.press(next(one.id for one in talk.state.offered if one.id.startswith("session:")))
    talk.press(":give")
    found = re.search(r"/start (resume-\w+)", talk.text)
    assert found is not None
    return found[1]


@pytest.fixture
def giver() -> Talk:
    """One answer in, the next question waiting."""
    talk = Talk()
    talk.begin()
    talk.says("していない")
    return talk


def test_who_brings_the_code_goes_on_where_the_giver_was(giver: Talk) -> None:
    taker = beside(giver)
    taker.says(f"/start {code_of(giver)}")
    assert "「試しの質問をひと通り」の途中を引き継げます" in taker.text
    assert taker.state.session is None
    taker.press(":take")
    assert "わけをすべて選んでください" in taker.text
    assert taker.answers == {"purpose": "never"}
    assert taker.state.unfinished
    taker.press("時間がない")
    taker.press("決定")
    assert taker.answers == {"purpose": "never", "reasons": ("time",)}


def test_both_own_their_rows(giver: Talk) -> None:
    session = giver.state.session
    taker = beside(giver)
    taker.says(f"/start {code_of(giver)}")
    taker.press(":take")
    assert session is not None
    assert taker.state.session is not None
    assert taker.state.session.id != session.id
    assert "took_over" in taker.events()
    assert giver.events()[-1] == "handed_over"
    assert giver.store._database.table("codes").count == 0
    giver.says("/forget")
    giver.press(":forget_yes")
    assert taker.says("続きから").question == "reasons"


def test_the_giver_s_own_is_closed_and_says_so(giver: Talk) -> None:
    code = code_of(giver)
    giver.says("続きから")
    question = giver.choice("時間がない").token
    taker = beside(giver)
    taker.says(f"/start {code}")
    taker.press(":take")
    told = "「試しの質問をひと通り」は、ほかの人が引き継いで進めています。"
    giver.says("時間がない")
    assert giver.text.startswith(told + "\n今日は、何から")
    assert giver.last.flow is None
    giver.take_token(question)
    assert giver.text == told
    giver.says("続きから")
    assert "途中のものはありません" in giver.text
    giver.says("きろく")
    assert any(label.endswith("引き継ぎ済み") for label in giver.labels)
    giver.press(next(one.id for one in giver.state.offered if one.id.startswith("session:")))
    assert giver.text.startswith(told)
    assert not {":go", ":give", ":show"} & set(giver.ids)
    giver.press(":delete")
    giver.press(":erase")
    assert "消しました" in giver.text


def test_a_press_on_the_closed_one_is_told_once(giver: Talk) -> None:
    code = code_of(giver)
    giver.says("続きから")
    question = giver.choice("時間がない").token
    taker = beside(giver)
    taker.says(f"/start {code}")
    taker.press(":take")
    giver.take_token(question)
    assert giver.text.count("ほかの人が引き継いで") == 1
    giver.says("メニュー")
    assert "ほかの人が" not in giver.text
    assert ":resume" not in giver.ids


def test_a_giver_who_was_at_the_menu_is_not_disturbed(giver: Talk) -> None:
    giver.says("休む")
    taker = beside(giver)
    taker.says(f"/start {code_of(giver)}")
    taker.press(":take")
    giver.says("メニュー")
    assert "ほかの人が" not in giver.text
    assert ":resume" not in giver.ids


def test_a_giver_who_is_at_something_else_goes_on_with_that(giver: Talk) -> None:
    code = code_of(giver)
    giver.begin("kyogitai-keigaika")
    taker = beside(giver)
    taker.says(f"/start {code}")
    taker.press(":take")
    assert giver.says("メニュー").replies[0].text.startswith("ここまで残しました")
    assert len(giver.state.unfinished) == 1


def test_a_code_is_used_up_by_taking_not_by_looking(giver: Talk) -> None:
    code = code_of(giver)
    first, second = beside(giver), beside(giver, "u3")
    first.says(f"/start {code}")
    first.says("戻る")
    second.says(f"/start {code}")
    first.says(f"/start {code}")
    second.press(":take")
    first.press(":take")
    assert "もう使えません" in first.text
    assert first.state.session is None
    first.says(f"/start {code}")
    assert "もう使えません" in first.text


def test_a_code_that_nobody_made_says_so_and_puts_again_what_waits(giver: Talk) -> None:
    giver.says("/start resume-guessed")
    assert giver.text.startswith("この引き継ぎのリンクは、もう使えません")
    assert giver.last.question == "reasons"
    assert "こんにちは" in giver.says("/start resume-").replies[0].text


def test_a_code_expires(giver: Talk) -> None:
    code = code_of(giver)
    assert "2026年11月30日まで" in giver.text
    taker = beside(giver)
    taker.now += timedelta(days=7)
    taker.says(f"/start {code}")
    assert ":take" in taker.ids
    taker.now += timedelta(days=1)
    taker.press(":take")
    assert "もう使えません" in taker.text


def test_a_new_code_takes_the_older_one_back(giver: Talk) -> None:
    old, new = code_of(giver), code_of(giver)
    taker = beside(giver)
    taker.says(f"/start {old}")
    assert "もう使えません" in taker.text
    taker.says(f"/start {new}")
    assert ":take" in taker.ids


def test_a_code_of_a_deleted_or_finished_session_does_not_hold(giver: Talk) -> None:
    code = code_of(giver)
    give = giver.state.offered
    giver.says("やめる")
    giver.press(":erase")
    taker = beside(giver)
    taker.says(f"/start {code}")
    assert "もう使えません" in taker.text
    assert give


def test_what_is_finished_cannot_be_given_any_more() -> None:
    giver = Talk()
    giver.begin("kyogitai-keigaika")
    code = code_of(giver)
    giver.press(":records")
    giver.press(next(one.id for one in giver.state.offered if one.id.startswith("session:")))
    give = giver.choice(":give").token
    giver.says("続きから")
    while giver.last.question is not None:
        giver.says("わからない")
    giver.says("結果を見る")
    giver.take_token(give)
    assert "そのボタンは、もう使えません" in giver.text
    taker = beside(giver)
    taker.says(f"/start {code}")
    assert "もう使えません" in taker.text


def test_one_s_own_code_only_opens_the_session(giver: Talk) -> None:
    code = code_of(giver)
    giver.says("休む")
    giver.says(f"/start {code}")
    assert giver.last.question == "reasons"
    taker = beside(giver)
    taker.says(f"/start {code}")
    assert ":take" in taker.ids


def test_in_a_public_chat_consent_comes_first_and_uses_it_up(giver: Talk) -> None:
    code = code_of(giver)
    taker = beside(giver, library=public())
    taker.says(f"/start {code}")
    assert "途中を引き継げます" in taker.text
    assert ":consent" in taker.ids
    taker.press(":privacy")
    assert taker.state.session is None
    other = beside(giver, "u3", public())
    other.says(f"/start {code}")
    taker.press(":consent")
    assert taker.last.question == "reasons"
    other.press(":consent")
    assert "もう使えません" in other.text
    assert other.state.consented


def test_a_notice_that_is_younger_than_the_offer_is_agreed_to_first(giver: Talk) -> None:
    code = code_of(giver)
    taker = beside(giver, library=public())
    taker.begin("kyogitai-keigaika")
    taker.press(":consent")
    taker.says(f"/start {code}")
    taker.library = replace(public(), about=About(notice="2"))
    taker.restart()
    taker.press(":take")
    assert ":consent" in taker.ids
    taker.press(":consent")
    assert taker.last.question == "reasons"


def test_what_waits_is_kept_when_another_is_taken(giver: Talk) -> None:
    taker = beside(giver)
    taker.begin("kyogitai-keigaika")
    taker.says(f"/start {code_of(giver)}")
    taker.says("はい")
    assert taker.last.replies[0].text == "途中だったものは、そのまま残してあります。"
    assert taker.last.flow == "everything"
    assert len(taker.state.unfinished) == 2


def test_an_offer_is_put_again_and_closed_by_going_back(giver: Talk) -> None:
    taker = beside(giver)
    taker.says(f"/start {code_of(giver)}")
    taker.says("ヘルプ")
    assert ":take" in taker.ids
    taker.says("いいえ")
    assert taker.state.layer is None


def test_figures_about_a_person_do_not_come_into_a_public_chat() -> None:
    giver = Talk()
    giver.begin("kihon-checklist")
    while giver.last.question != "q12":
        giver.says("いいえ")
    giver.says("160 52")
    assert "height" in str(giver.answers["q12"])
    code = code_of(giver)
    taker = beside(giver, library=public())
    taker.says(f"/start {code}")
    taker.press(":consent")
    assert "q12" not in taker.answers
    assert taker.last.question == "q12"
    assert "ここでの聞き方でうかがいます" in taker.text
    assert taker.state.session is not None
    assert taker.state.session.label == "ケース青-01（引き継ぎ）"
    third = beside(giver, "u3", public())
    third.says(f"/start {code_of(taker)}")
    third.press(":consent")
    assert third.state.session is not None
    assert third.state.session.label == "ケース青-01（引き継ぎ）"


def test_on_one_s_own_machine_figures_come_along() -> None:
    giver = Talk()
    giver.begin("kihon-checklist")
    while giver.last.question != "q12":
        giver.says("いいえ")
    giver.says("160 52")
    taker = beside(giver)
    taker.says(f"/start {code_of(giver)}")
    taker.press(":take")
    assert "height" in str(taker.answers["q12"])
    assert "ここでの聞き方" not in taker.text


def test_a_flow_that_is_gone_cannot_be_taken(giver: Talk) -> None:
    code = code_of(giver)
    taker = beside(giver)
    taker.says(f"/start {code}")
    flows = {name: flow for name, flow in giver.library.flows.items() if name != "everything"}
    taker.library = replace(giver.library, flows=flows)
    taker.restart()
    taker.press(":take")
    assert "もう済んでいます" in taker.text
    taker.says(f"/start {code}")
    assert "いまの版にはありません" in taker.text


def test_a_new_version_asks_anew_what_it_does_not_know(giver: Talk) -> None:
    code = code_of(giver)
    taker = beside(giver)
    taker.says(f"/start {code}")
    taker.press(":take")
    assert "版" not in taker.text


def test_what_was_begun_is_not_left_in_the_closed_one() -> None:
    session = Session("s", "f", "v", "l", "2026-11-23", drafts={"q": ("a",)}, previous=("q", "a"))
    assert closed(session, "now") == replace(session, drafts={}, previous=None, handed="now")
    state = State(session=session, unfinished=("s", "t"))
    assert without(state, "s", "now") == State(session=closed(session, "now"), unfinished=("t",))
    assert without(state, "t", "now") == replace(state, unfinished=("s",))
