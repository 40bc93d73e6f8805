"""What a button works on: its own session, its own layer, whatever else is open by now; and new versions of a flow."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.content.load import flow_from_source
from bot.engine.expressions.names import Scope
from bot.engine.expressions.parse import read_condition
from bot.engine.flow import Condition, Flow, Question, Repeat, Say
from bot.engine.values import Gap
from bot.store.keys import user_key
from tests.talk import SECRET, Talk, everything, small_library

TO_REPEAT = ("毎回している", "1200", "65", "11/30", "160 52", "3", "とばす")


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.begin()
    return talk


def reworded(**changes: object) -> Flow:
    return replace(everything(), version="new", **changes)  # type: ignore[arg-type]


def with_one_option() -> Flow:
    section, purpose, *rest = everything().items
    assert isinstance(purpose, Question)
    fewer = replace(purpose, options=purpose.options[:1])
    return reworded(items=(section, fewer, *rest), scores={}, results=())


def moved_to(talk: Talk, flow: Flow) -> None:
    """A new version of the flow is there after a restart."""
    talk.library = replace(small_library(), flows={**small_library().flows, "everything": flow})
    talk.restart()


def read(text: str) -> Condition:
    """A condition over the test flow's repeat."""
    repeats = {item.id: item for item in everything().items if isinstance(item, Repeat)}
    node, faults = read_condition(text, Scope(repeats=repeats))
    assert not faults
    return Condition(node, text)


# --- sessions ---


def test_an_offered_correction_of_one_session_never_touches_another(talk: Talk) -> None:
    other = talk.choice("never").token
    talk.press("always")
    talk.take_token(other)
    fix = talk.choice(":fix").token
    talk.begin("kyogitai-keigaika")
    talk.take_token(fix)
    assert talk.last.flow == "everything"
    assert "途中だったものは、そのまま残してあります。" in talk.text
    assert talk.answers == {"purpose": "always"}


def test_an_item_button_of_an_older_run_works_on_that_run(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "いいえ")
    add = talk.choice(":add.places").token
    talk.says("最初から", "はい")
    talk.take_token(add)
    assert talk.last.question == "places.1.kind"
    assert talk.answers["purpose"] == "always"


def test_a_confirmation_of_an_older_run_finishes_no_newer_one(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "いいえ")
    confirm = talk.choice(":confirm").token
    talk.says("最初から", "はい", *TO_REPEAT, "いいえ")
    talk.take_token(confirm)
    assert talk.events().count("finished") == 1
    talk.says("きろく")
    assert sum(label.endswith("途中") for label in talk.labels) == 1


def test_going_on_lists_the_sessions_where_there_are_several(talk: Talk) -> None:
    talk.begin("kyogitai-keigaika")
    talk.says("休む", "続きから")
    assert len([one for one in talk.ids if one.startswith("session:")]) == 2


def test_the_menu_offers_to_go_on_while_anything_is_unfinished(talk: Talk) -> None:
    talk.begin("kyogitai-keigaika")
    talk.says("やめる", "この回答を消す")
    assert talk.labels[0] == "続きから"
    talk.says("続きから", "やめる", "この回答を消す")
    assert "続きから" not in talk.labels


def test_going_on_with_the_open_session_says_nothing_of_another(talk: Talk) -> None:
    talk.says("きろく")
    talk.press(next(one for one in talk.ids if one.startswith("session:")))
    talk.press("続ける")
    assert "途中だったものは" not in talk.text
    assert talk.last.question == "purpose"


def test_deleting_another_session_in_a_flow_puts_the_question_again(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "いいえ", "はい")
    talk.begin()
    talk.says("/delete")
    talk.press(next(label for label in talk.labels if label.endswith("済み")))
    talk.press("消す")
    talk.says("はい")
    assert talk.text.startswith("消しました。")
    assert talk.last.question == "purpose"


def test_looking_at_a_finished_session_for_a_correction_loses_no_result(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "いいえ", "はい", "訂正", "戻る", "休む", "きろく")
    assert any(label.endswith("済み") for label in talk.labels)


# --- layers ---


def test_a_yes_after_going_on_is_an_answer_and_not_an_old_confirmation(talk: Talk) -> None:
    talk.begin("kihon-checklist")
    talk.says("最初から", "続きから", "はい")
    assert talk.answers == {"q01": "yes"}


def test_why_over_an_open_layer_puts_the_layer_again(talk: Talk) -> None:
    talk.says("やめる", "なぜ")
    assert "残して休む" in talk.labels


def test_a_yes_belongs_to_the_open_question_and_not_to_a_page_beside_it(talk: Talk) -> None:
    talk.says("毎回している", "9000", "/page 139", "はい")
    assert talk.answers["cost"] == Decimal(9000)


def test_a_no_in_the_review_corrects_also_after_a_page(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "いいえ", "/page 139", "いいえ")
    assert "どの答えを直しますか。" in talk.text


def test_a_yes_to_forgetting_is_heard_after_another_list(talk: Talk) -> None:
    talk.says("毎回している", "/forget", "/page 139", "はい")
    assert talk.events() == []


@pytest.mark.parametrize("word", ["いいです", "OK", "大丈夫です"])
def test_people_agree_to_the_review_in_many_words(talk: Talk, word: str) -> None:
    talk.says(*TO_REPEAT, "いいえ", word)
    assert talk.last.result is not None


def test_leaving_a_preview_drops_what_was_chosen_for_it(talk: Talk) -> None:
    talk.says("していない", "1", "訂正", "目的", "毎回している", "戻る", "訂正", "わけ")
    assert not any(choice.on for choice in talk.state.offered)


@pytest.mark.parametrize(
    "token", ["q.s0000001.1.", "a.1.part.x", f"q.s0000001.{'9' * 5000}.0", "s.x.1", "s.s0000001.x.y.z"]
)
def test_a_forged_button_does_nothing(talk: Talk, token: str) -> None:
    talk.take_token(token)
    assert talk.answers == {}
    assert talk.last.replies


@pytest.mark.parametrize("action", ["value.x", "item.x", "add.nothing", "drop.nothing", "item.99"])
def test_a_forged_argument_does_nothing(talk: Talk, action: str) -> None:
    talk.says(*TO_REPEAT, "はい", "集会所", "1", "いいえ")
    if action.startswith("item"):
        talk.press(":drop.places")
        turn = talk.state.turn
    else:
        turn = 66
    session = talk.state.session
    assert session is not None
    before = dict(session.answers)
    talk.take_token(f"s.{session.id}.{turn}.{action}")
    assert talk.answers == before


def test_a_forged_reading_of_a_clarification_does_nothing(talk: Talk) -> None:
    talk.says("毎回している", "9000")
    talk.take_token(f"a.{talk.state.turn}.value.7")
    assert "cost" not in talk.answers


# --- versions ---


def test_items_and_removed_ones_survive_a_new_version(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "はい", "集会所", "12", "はい", "自宅", "5", "いいえ")
    talk.press(":drop.places")
    talk.says("場所1")
    before = talk.answers
    moved_to(talk, reworded())
    talk.says("続きから")
    assert "もう一度うかがいます" not in talk.text
    assert talk.answers == before
    assert before["places.1"] is Gap.REMOVED


def test_answers_of_a_repeat_that_is_gone_wait_no_more(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "はい", "集会所", "12", "いいえ")
    items = tuple(item for item in everything().items if item.__class__.__name__ != "Repeat")
    moved_to(talk, reworded(items=items, scores={}, results=()))
    talk.says("続きから")
    assert "4つの答えをもう一度" in talk.text


def test_a_button_of_an_option_that_is_gone_records_nothing(talk: Talk) -> None:
    token = talk.choice("never").token
    section, purpose, *rest = everything().items
    assert isinstance(purpose, Question)
    fewer = replace(purpose, options=purpose.options[:2])
    moved_to(talk, reworded(items=(section, fewer, *rest)))
    talk.take_token(token)
    assert talk.answers == {}
    assert talk.last.question == "purpose"


def test_a_new_version_closes_what_spoke_of_the_old_one(talk: Talk) -> None:
    talk.says("毎回している", "訂正", "目的", "最初だけした")
    apply = talk.choice(":apply").token
    section, purpose, *rest = everything().items
    assert isinstance(purpose, Question)
    moved_to(
        talk, reworded(items=(section, replace(purpose, options=purpose.options[:1]), *rest), scores={}, results=())
    )
    talk.take_token(apply)
    assert "それはもう済んでいます。" in talk.text
    assert talk.answers == {"purpose": "always"}


def test_a_new_version_leaves_a_question_of_deleting_open(talk: Talk) -> None:
    talk.says("/forget")
    moved_to(talk, reworded())
    talk.says("はい")
    assert "すべて消しました。" in talk.text


def test_what_a_new_version_loses_stands_in_the_sessions_own_log(talk: Talk) -> None:
    talk.says("最初だけした", "休む")
    section, purpose, *rest = everything().items
    assert isinstance(purpose, Question)
    moved_to(
        talk, reworded(items=(section, replace(purpose, options=purpose.options[:1]), *rest), scores={}, results=())
    )
    talk.says("メニュー")
    session = talk.state.session
    assert session is not None
    rows = talk.store.events(user_key(SECRET, "test", "u1"), session.id)
    assert [row.kind for row in rows][-1] == "moved"


def test_a_button_of_a_finished_session_in_an_older_version_says_so(talk: Talk) -> None:
    token = talk.choice("never").token
    talk.says(*TO_REPEAT, "いいえ", "はい")
    moved_to(talk, reworded())
    talk.take_token(token)
    assert "そのボタンは、もう使えません。" in talk.text


def test_correcting_a_finished_session_takes_it_into_the_present_version(talk: Talk) -> None:
    talk.says(*TO_REPEAT, "いいえ", "はい")
    moved_to(talk, reworded())
    talk.says("訂正", "目的", "していない", "はい")
    assert talk.last.question == "reasons"


# --- what is said ---


def test_a_reaction_can_take_up_the_answer() -> None:
    source = everything().source.replace("よいですね。", "「{purpose}」、よいですね。")
    flow = flow_from_source("everything", source)
    talk = Talk(library=replace(small_library(), flows={"everything": flow}))
    talk.begin()
    talk.says("毎回している")
    assert "「毎回している」、よいですね。" in talk.text


def test_rounding_never_crosses_what_a_rule_compares_with() -> None:
    """1200 / 80.1 is 14.98: 15 would stand beside a rule that says less than 15."""
    source = everything().source.replace('"is":"cost / 7"', '"is":"cost / 80.1"')
    flow = flow_from_source("everything", source.replace('"when":"gap <= 0"', '"when":"gap <= 0 and share < 15"'))
    talk = Talk(library=replace(small_library(), flows={"everything": flow}))
    talk.begin()
    talk.says(*TO_REPEAT, "いいえ", "はい")
    assert "1人あたり約14.98万円です。" in talk.text


def test_a_sentence_that_falls_due_by_removing_an_item_is_said() -> None:
    items = (*everything().items, Say("one_left", "場所はひとつですね。", read("count(places) == 1")))
    talk = Talk(library=replace(small_library(), flows={"everything": reworded(items=items)}))
    talk.begin()
    talk.says(*TO_REPEAT, "はい", "集会所", "12", "はい", "自宅", "5", "いいえ")
    assert "場所はひとつですね。" not in talk.text
    talk.press(":drop.places")
    talk.says("場所2")
    assert "場所はひとつですね。" in talk.text


@pytest.mark.parametrize("open_again", [False, True])
def test_a_correction_offered_before_a_new_version_asks_what_waits(talk: Talk, *, open_again: bool) -> None:
    old = talk.choice("always").token
    talk.says("最初だけした", "1200", "65", "11/30", "160 52", "3", "とばす", "いいえ", "はい")
    talk.take_token(old)
    fix = talk.choice(":fix").token
    if open_again:
        talk.says("訂正")
    moved_to(talk, with_one_option())
    talk.take_token(fix)
    assert "1つの答えをもう一度うかがいます" in talk.text
    assert talk.last.question == "purpose"
    assert "purpose" not in talk.answers


def test_a_sentence_at_the_very_start_has_its_page_too() -> None:
    talk = Talk()
    hello = Say("hello", "こんにちは。", entries=("kakuron-139",))
    moved_to(talk, reworded(items=(hello, *everything().items)))
    talk.begin()
    assert "こんにちは。（139ページ）" in talk.text
    assert talk.cites == ["kakuron-139"]
