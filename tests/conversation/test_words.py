"""The words that work everywhere, slash commands, きろく, and every kind of message (semantics §6, §9)."""

from __future__ import annotations

import pytest

from tests.talk import Talk


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.begin()
    return talk


def finish(talk: Talk) -> None:
    talk.says("毎回している", "1200", "65", "11/30", "160 52", "3", "とばす", "いいえ", "はい")
    assert talk.last.result is not None


def test_why_gives_the_reason_with_its_page_and_the_question_again(talk: Talk) -> None:
    talk.says("なぜ")
    assert "目的がそろうと話が進むからです。（139ページ）" in talk.text
    assert talk.last.question == "purpose"


def test_why_of_a_question_without_one_says_what_it_is_for(talk: Talk) -> None:
    talk.says("毎回している", "1200", "65", "11/30", "160 52", "3", "とばす")
    assert ":why" not in talk.ids
    talk.says("なぜ")
    assert "結果を出すのに使います。" in talk.text


@pytest.mark.parametrize("word", ["なぜ", "わからない", "とばす", "訂正", "やめる", "最初から", "戻る", "メニュー"])
def test_in_the_menu_a_word_gives_one_sentence_and_the_menu(word: str) -> None:
    talk = Talk()
    talk.says(word)
    assert "今日は、何から始めましょうか。" in talk.text


def test_pausing_keeps_all_and_going_on_puts_the_question_again(talk: Talk) -> None:
    talk.says("毎回している", "休む")
    assert talk.last.flow is None
    assert "続きから" in talk.labels
    talk.says("続きから")
    assert talk.last.question == "cost"
    talk.says("続きから")
    assert talk.last.question == "cost"


def test_pausing_twice_shows_the_menu(talk: Talk) -> None:
    talk.says("休む", "休む")
    assert "ここまで残しました。" not in talk.text
    assert "今日は、何から始めましょうか。" in talk.text


def test_a_draft_outlives_a_pause_and_a_question(talk: Talk) -> None:
    talk.says("していない")
    talk.press("people")
    talk.says("休む", "続きから")
    assert "いまのところ: 人がいない" in talk.text


def test_quitting_asks_whether_to_keep(talk: Talk) -> None:
    talk.says("毎回している", "やめる")
    assert talk.labels == ["続ける", "残して休む", "この回答を消す"]
    talk.says("ううん", "ヘルプ")
    assert talk.labels == ["続ける", "残して休む", "この回答を消す"]
    talk.says("残して休む", "続きから")
    assert talk.last.question == "cost"


def test_quitting_can_erase(talk: Talk) -> None:
    talk.says("毎回している", "やめる", "この回答を消す")
    assert "消しました。" in talk.text
    assert talk.state.session is None
    talk.says("続きから")
    assert "途中のものはありません。" in talk.text


def test_starting_over_keeps_the_old_session(talk: Talk) -> None:
    talk.says("毎回している", "最初から", "はい")
    assert talk.last.question == "purpose"
    assert talk.answers == {}
    talk.says("きろく")
    assert len([one for one in talk.ids if one.startswith("session:")]) == 2


def test_starting_over_can_be_left(talk: Talk) -> None:
    talk.says("毎回している", "最初から", "いいえ")
    assert talk.answers == {"purpose": "always"}


@pytest.mark.parametrize("place", ["question", "review", "menu", "layer"])
def test_help_speaks_of_the_place(place: str) -> None:
    talk = Talk()
    if place != "menu":
        talk.begin()
    if place == "review":
        talk.says("毎回している", "1200", "65", "11/30", "160 52", "3", "とばす", "いいえ")
    if place == "layer":
        talk.says("毎回している", "訂正")
    talk.says("ヘルプ")
    said = {"question": "なぜ", "review": "結果を見る", "menu": "困りごとを書く", "layer": "どれかを選んで"}[place]
    assert said in talk.text


def test_why_and_unknown_in_the_review_say_that_nothing_waits(talk: Talk) -> None:
    talk.says("毎回している", "1200", "65", "11/30", "160 52", "3", "とばす", "いいえ")
    talk.says("わからない")
    assert "いま待っている質問はありません。" in talk.text
    talk.says("なぜ")
    assert "内容を確かめるところです。" in talk.text


def test_unknown_in_a_pick_is_no_answer(talk: Talk) -> None:
    talk.says("毎回している", "訂正", "わからない")
    assert "どの答えを直しますか。" in talk.text
    assert talk.answers == {"purpose": "always"}


# --- sessions ---


def test_records_list_go_on_show_again_and_delete(talk: Talk) -> None:
    finish(talk)
    talk.says("きろく")
    assert "試しの質問をひと通り 11/23 12:00 済み" in talk.labels
    talk.press("試しの質問をひと通り 11/23 12:00 済み")
    talk.press("もう一度見る")
    assert "「試しの質問をひと通り」の結果" in talk.text
    talk.says("きろく")
    talk.press("試しの質問をひと通り 11/23 12:00 済み")
    talk.press("消す")
    assert "元には戻せません" in talk.text
    talk.says("はい", "きろく")
    assert "きろくはまだありません。" in talk.text


def test_deleting_another_session_leaves_the_open_one(talk: Talk) -> None:
    finish(talk)
    talk.begin()
    talk.says("毎回している", "/delete")
    talk.press("試しの質問をひと通り 11/23 12:00 済み")
    talk.press("消す")
    talk.says("消す")
    talk.says("続きから")
    assert talk.answers == {"purpose": "always"}


def test_showing_a_finished_session_pauses_the_open_one(talk: Talk) -> None:
    finish(talk)
    show = f"a.90.show.{talk.state.session.id}" if talk.state.session else ""
    talk.begin("kyogitai-keigaika")
    talk.take_token(show)
    assert "途中だったものは、そのまま残してあります。" in talk.text
    assert talk.last.flow is None


def test_an_unfinished_session_of_the_list_goes_on(talk: Talk) -> None:
    talk.says("毎回している", "休む", "きろく")
    talk.press("試しの質問をひと通り 11/23 12:00 途中")
    talk.press("続ける")
    assert talk.last.question == "cost"


def test_going_on_finds_the_only_unfinished_one(talk: Talk) -> None:
    talk.says("毎回している")
    talk.begin("kyogitai-keigaika")
    talk.says("やめる", "この回答を消す", "続きから")
    assert talk.last.flow == "everything"
    assert talk.last.question == "cost"


def test_going_on_lists_several_unfinished_ones(talk: Talk) -> None:
    talk.begin("kihon-checklist")
    talk.begin("kyogitai-keigaika")
    talk.says("やめる", "この回答を消す", "続きから")
    assert len([one for one in talk.ids if one.startswith("session:")]) == 2


def test_a_case_gets_a_label_of_its_own() -> None:
    talk = Talk()
    talk.begin("kihon-checklist")
    assert "「ケース青-01」" in talk.text
    talk.begin("kihon-checklist")
    assert "「ケース緑-02」" in talk.text


# --- slash commands ---


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/start", "伴走役"),
        ("/start nonsense", "伴走役"),
        ("/help", "困りごとを書く"),
        ("/privacy", "預かるもの"),
        ("/flows", "何から始めましょうか"),
        ("/records", "きろくはまだありません。"),
        ("/delete", "きろくはまだありません。"),
        ("/about", "地域づくり支援ハンドブック"),
        ("/page 139", "ハンドブック 139ページ"),
        ("/page", "何ページを見ますか。"),
        ("/start page-139", "ハンドブック 139ページ"),
        ("/nonsense", "そのことばは使えません。"),
        ("/help@bansou_bot", "困りごとを書く"),
    ],
)
def test_every_slash_command_works_on_every_channel(command: str, said: str) -> None:
    talk = Talk()
    talk.says(command)
    assert said in talk.text


def test_start_in_a_flow_drops_nothing(talk: Talk) -> None:
    talk.says("毎回している", "/start")
    assert "続きから" in talk.labels
    talk.says("続きから")
    assert talk.last.question == "cost"


def test_flows_in_a_flow_pauses_it(talk: Talk) -> None:
    talk.says("/flows")
    assert "ここまで残しました。" in talk.text


def test_privacy_over_an_open_layer_puts_it_again(talk: Talk) -> None:
    talk.says("毎回している", "訂正", "個人情報")
    assert "どの答えを直しますか。" in talk.text


def test_forgetting_empties_everything(talk: Talk) -> None:
    talk.says("毎回している", "/forget")
    assert "元には戻せません" in talk.text
    talk.says("はい")
    assert "すべて消しました。" in talk.text
    assert talk.state.session is None
    assert talk.events() == []


def test_forgetting_can_be_left(talk: Talk) -> None:
    talk.says("毎回している", "全部消す", "戻る")
    assert talk.answers == {"purpose": "always"}


# --- other messages ---


@pytest.mark.parametrize(
    ("kind", "said"),
    [("photo", "写真"), ("voice", "声"), ("file", "ファイル"), ("sticker", "スタンプ"), ("contact", "連絡先"),
     ("location", "位置"), ("edited", "書き直し"), ("poll", "読み取れません")],
)  # fmt: skip
def test_every_kind_of_message_gets_a_sentence_and_the_question_again(talk: Talk, kind: str, said: str) -> None:
    talk.sends(kind)
    assert said in talk.text
    assert talk.last.question == "purpose"
    assert talk.ids[0] == "always"


def test_an_empty_line_repeats_what_waits(talk: Talk) -> None:
    talk.says("  ")
    assert "目的は共有していますか" in talk.text
    menu = Talk()
    menu.says("")
    assert "今日は、何から始めましょうか。" in menu.text


def test_the_notice_follows_the_first_reply_once() -> None:
    talk = Talk()
    talk.says("協議体が形骸化している")
    assert talk.last.replies[0].text.startswith("【協議体を生かすには】")
    assert "診断や決定ではありません" in talk.last.replies[-1].text
    talk.says("メニュー")
    assert "診断や決定ではありません" not in talk.text


def test_the_records_leave_open_what_is_open_on_top() -> None:
    talk = Talk()
    talk.begin("kyogitai-keigaika")
    talk.says("意見が出にくい", "訂正", "きろく")
    assert talk.last.replies[-1].text.startswith("どの答えを直しますか。")
    talk.says("1")
    assert talk.text.startswith("いまの答え: 意見が出にくい")
