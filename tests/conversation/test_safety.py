"""People in danger, the privacy guard, zones and consent (semantics §6 steps 2 and 5, §8, §9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.danger import is_danger
from bot.conversation.guard import find_kinds
from bot.conversation.library import About
from tests.talk import Talk, real_library, small_library

DANGER = [
    "意識がないみたいです",
    "息をしていない",
    "もう消えたい",
    "利用者さんが死にたいと言っている",
    "いま殴られている",
    "家族に叩かれているようであざがある",
    "イキをしていません",
    "虐待かもしれない",
    "母を殺してしまいそう",
    "首をしめたくなる",
    "介護に疲れて手をかけそう",
    "母を叩いてしまう",
    "包丁を持っている",
    "ろれつが回らない",
    "急に利用者さんが話せなくなった",
    "119番に電話したほうがいいですか",
]
WORK = [
    "当事者意識がない",
    "目的意識がない協議体",
    "虐待対応に追われて手が回らない",
    "自殺対策計画と連動させたい",
    "救急車の適正利用",
    "忙しくて死にそう",
    "会議が死んでいる",
]
FIXED = "急いで人につなぐ必要があるかもしれません。"


@pytest.mark.parametrize("text", DANGER)
def test_danger_gets_the_fixed_words_only(text: str) -> None:
    talk = Talk()
    talk.says(text)
    assert talk.text.startswith(FIXED)
    assert len(talk.last.replies) == 1
    assert talk.cites == []


@pytest.mark.parametrize("text", WORK)
def test_work_is_answered_as_usual_with_one_line_first(text: str) -> None:
    talk = Talk()
    talk.says(text)
    assert talk.last.replies[0].text == "いま危険な方がいるときは「緊急」と送ってください。"
    assert FIXED not in talk.text


@pytest.mark.parametrize(
    "text",
    [
        "続けられるか心配",
        "休息していない",
        "設けられた場",
        "協議体が盛り上がらない",
        "通いの場の担い手がいない",
        "サービスCの卒業",
        "石橋を叩いて渡る町です",
        "手をかけずに続けたい",
        "包丁を使う男性料理教室",
        "急に人が減った",
    ],
)
def test_ordinary_work_gets_neither(text: str) -> None:
    assert not is_danger(text, real_library().danger)


def test_danger_keeps_the_waiting_question_and_no_text() -> None:
    talk = Talk()
    talk.begin()
    talk.says("もう消えたい")
    assert talk.last.question == "purpose"
    talk.says("続きから")
    assert talk.last.question == "purpose"
    stored = str([row.data for row in talk.store.events(_user())])
    assert "消えたい" not in stored


def _user() -> str:
    from bot.store.keys import user_key  # noqa: PLC0415
    from tests.talk import SECRET  # noqa: PLC0415

    return user_key(SECRET, "test", "u1")


def test_danger_comes_before_an_open_layer() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "訂正", "いま殴られている")
    assert talk.text.startswith(FIXED)
    talk.says("緊急")
    assert talk.text.startswith(FIXED)


GUARDED = [
    ("080-1234-5678", "phone"),
    ("電話は03(1234)5678", "phone"),
    ("０９０ー１２３４ー５６７８です", "phone"),
    ("taro@example.jp", "email"),
    ("被保険者番号は0001234567", "digits"),
    ("1234567", "digits"),
    ("昭和12年3月4日", "birth"),
    ("S12.3.4", "birth"),
    ("1940年3月4日生まれ", "birth"),
    ("生年月日は1月2日", "birth"),
    ("〒630-0288", "postal"),
    ("630-0288 の人", "postal"),
    ("佐藤さんが来ない", "name"),
    ("昨日、田中様から電話", "name"),
    ("高橋太郎さん", "name"),
    ("鈴木 花子氏の件", "name"),
    ("林さんがけがをした", "name"),
]
FREE = [
    "お客さんが来ない",
    "みなさんで話したい",
    "夢さんと愛さんの例",
    "係長さんが忙しい",
    "12,000,000円かかる",
    "12000000円かかる",
    "2025年までに8%",
    "令和5年3月のハンドブック",
    "65-67ページ",
    "森さんぽの会",
    "関係の皆さまと話す",
    "山田町の皆さんと話す",
    "東京都の会議",
    "10-20人",
    "参加者は1200人",
]


@pytest.mark.parametrize(("text", "kind"), GUARDED)
def test_the_guard_finds_the_plain_cases(text: str, kind: str) -> None:
    assert kind in find_kinds(text, real_library().family_names)


@pytest.mark.parametrize("text", FREE)
def test_the_guard_leaves_ordinary_text_alone(text: str) -> None:
    assert find_kinds(text, real_library().family_names) == ()


def test_without_a_list_no_name_is_found() -> None:
    assert find_kinds("佐藤さん", ()) == ()


def test_a_guarded_text_is_neither_answer_nor_try_nor_kept() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "1200", "65", "11/30", "160 52", "3")
    talk.says("佐藤さんに頼む")
    assert "人の名前" in talk.text
    assert talk.last.question == "plan"
    assert "plan" not in talk.answers
    session = talk.state.session
    assert session is not None
    assert session.tries == 0
    rows = talk.store.events(_user())
    assert rows[-1].data == {"kinds": ["name"]} or any(row.data == {"kinds": ["name"]} for row in rows)
    assert "佐藤" not in str([row.data for row in rows])


def test_a_number_that_the_question_reads_whole_is_no_matter_for_the_guard() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "0001200")
    assert "cost" in talk.answers


# --- public chats ---


def public_talk() -> Talk:
    return Talk(library=replace(small_library(), public=True))


def test_consent_stands_between_begin_and_the_first_question() -> None:
    talk = public_talk()
    talk.begin("kihon-checklist")
    assert talk.ids == [":consent", ":privacy", ":quit"]
    assert talk.state.session is None
    assert "asked" not in talk.events()
    talk.press(":privacy")
    assert "預かるもの" in talk.text
    talk.press(":consent")
    assert talk.last.question == "q01"
    talk.begin("kyogitai-keigaika")
    assert talk.last.question == "concern"


def test_quitting_at_the_gate_leads_to_the_menu() -> None:
    talk = public_talk()
    talk.begin("kihon-checklist")
    talk.press(":quit")
    assert "今日は、何から始めましょうか。" in talk.text
    assert talk.state.session is None


def test_help_and_other_words_at_the_gate_put_it_again() -> None:
    talk = public_talk()
    talk.begin("kihon-checklist")
    talk.says("ヘルプ")
    assert talk.ids == [":consent", ":privacy", ":quit"]
    old = talk.choice(":consent").token
    talk.press(":quit")
    talk.take_token(old)
    assert "それはもう済んでいます。" in talk.text
    assert talk.state.session is None


def test_a_new_notice_is_shown_and_agreed_to_again() -> None:
    talk = public_talk()
    talk.begin("kihon-checklist")
    talk.press(":consent")
    talk.library = replace(talk.library, about=About(operator="試し県", contact="係", notice="2"))
    talk.restart()
    talk.says("メニュー")
    assert "（設置者: 試し県）" in talk.text
    talk.begin("kihon-checklist")
    assert talk.ids == [":consent", ":privacy", ":quit"]


def test_measures_are_asked_as_bands_in_a_public_chat() -> None:
    talk = public_talk()
    talk.begin("kihon-checklist")
    talk.press(":consent")
    for _ in range(11):
        talk.says("はい")
    assert talk.last.question == "q12"
    assert "BMIは18.5未満ですか" in talk.text
    assert talk.labels[:2] == ["未満", "以上"]
    talk.says("160 52")
    assert "例）「未満」" in talk.text
    talk.press("under")
    assert talk.last.question == "q13"
    talk.says("戻る", "以上")
    assert talk.last.question == "q13"


def test_asking_never_waits_for_consent() -> None:
    talk = public_talk()
    talk.says("協議体が形骸化している")
    assert talk.cites == ["kakuron-139"]
    assert "Telegram社（国外）" in talk.text
