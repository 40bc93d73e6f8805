"""Results as they are told, versions of a flow, and what is read back from the store (semantics §3, §4)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.conversation.finding import SCREEN
from bot.conversation.messages import Choice, Cite, Reply, reply_from_plain, reply_to_plain
from bot.conversation.state import State, state_from_plain, state_to_plain
from bot.engine.expressions.nodes import Is, Ref
from bot.engine.flow import Condition, Flow, Question, Result
from bot.engine.values import Gap
from tests.talk import Talk, everything, real_library, small_library


def checklist(talk: Talk, **given: str) -> None:
    """Answer the checklist with no points but where said."""
    good_is_yes = {1, 2, 3, 4, 5, 6, 7, 8, 16, 19}
    talk.begin("kihon-checklist")
    for number in range(1, 26):
        default = "160 60" if number == 12 else "はい" if number in good_is_yes else "いいえ"
        talk.says(given.get(f"q{number:02}", default))


def test_a_checklist_without_points_is_good_news() -> None:
    talk = Talk()
    checklist(talk)
    talk.says("はい")
    assert "■よいところ" in talk.text
    assert talk.last.result is not None
    assert [result["id"] for result in talk.last.result["results"]] == ["no_rule"]
    assert "病" not in talk.last.replies[0].text


def test_missing_answers_give_judgement_reserved_with_what_would_settle_it() -> None:
    talk = Talk()
    checklist(talk, q14="わからない", q15="わからない", q13="はい")
    talk.says("はい")
    assert "■判定保留" in talk.text
    assert "むせる" in talk.text
    assert "■確かめること" in talk.text


def test_skipped_answers_are_listed_at_the_end() -> None:
    talk = Talk()
    checklist(talk, q14="とばす")
    talk.says("はい")
    assert "■答えがないままのこと\nむせる" in talk.text


def test_the_deep_dive_is_announced_with_its_number() -> None:
    talk = Talk()
    checklist(talk, q06="いいえ", q07="いいえ", q10="はい")
    assert talk.last.question == "stairs"
    assert "深掘りが8問つづきます。" in talk.text
    assert talk.last.progress == (26, 33)


def test_the_book_speaks_of_two_people_who_need_different_things() -> None:
    talk = Talk()
    checklist(talk, q06="いいえ", q07="いいえ", q10="はい")
    talk.says("習慣", "習慣", "なんとなく", "最近", "500m", "なし", "なし", "はい", "はい")
    assert talk.last.result is not None
    ids = [result["id"] for result in talk.last.result["results"]]
    assert ids == ["jigyo_taishosha", "rule2", "direction_local"]
    assert "〔補足〕" in talk.text
    assert "夢" not in talk.text


def test_the_part_is_picked_first_where_answers_are_many() -> None:
    talk = Talk()
    checklist(talk)
    talk.says("訂正")
    assert "どのあたりを直しますか。" in talk.text
    talk.says("足腰", "階段")
    assert talk.last.question == "q06"


def _flow(**changes: object) -> Flow:
    return replace(everything(), **changes)  # type: ignore[arg-type]


def _only(flow: Flow) -> Talk:
    return Talk(library=replace(small_library(), flows={"everything": flow}))


def test_a_flow_without_results_says_so() -> None:
    talk = _only(_flow(items=everything().items[:2], results=(), scores={}))
    talk.begin()
    talk.says("毎回している", "はい")
    assert "今回の答えから言えることはありませんでした。" in talk.text


def test_a_result_without_pages_or_entries_is_told_alone() -> None:
    bare = Result("bare", "よい会でした。", when=None)
    talk = _only(_flow(items=everything().items[:2], results=(bare,), scores={}))
    talk.begin()
    talk.says("毎回している", "はい")
    assert "・よい会でした。" in talk.text
    assert "ハンドブックの視点" not in talk.text


def _without(flow: Flow, name: str) -> Flow:
    items = tuple(item for item in flow.items if not (isinstance(item, Question) and item.id == name))
    return replace(flow, items=items, version="new")


def test_an_unfinished_session_goes_on_in_the_present_version() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "1200", "わからない")
    newer = _without(everything(), "cost")
    talk.library = replace(small_library(), flows={"everything": newer})
    talk.restart()
    talk.says("続きから")
    assert "1つの答えをもう一度うかがいます。" in talk.text
    assert talk.answers == {"purpose": "always", "rate": Gap.UNKNOWN}
    talk.says("続きから")
    assert "もう一度うかがいます" not in talk.text


def test_an_answer_that_is_not_possible_any_more_waits_again() -> None:
    talk = Talk()
    talk.begin()
    talk.says("最初だけした", "1200")
    purpose = everything().items[1]
    assert isinstance(purpose, Question)
    fewer = replace(purpose, options=purpose.options[:1])
    items = (everything().items[0], fewer, *everything().items[2:])
    talk.library = replace(small_library(), flows={"everything": _flow(items=items, version="new")})
    talk.restart()
    talk.says("続きから")
    assert talk.last.question == "purpose"


def test_a_version_that_changes_no_answer_says_nothing() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している")
    talk.library = replace(small_library(), flows={"everything": _flow(version="new")})
    talk.restart()
    talk.says("続きから")
    assert "もう一度うかがいます" not in talk.text
    assert talk.last.question == "cost"


def test_a_finished_session_is_shown_in_the_words_it_ended_with() -> None:
    talk = Talk()
    talk.begin()
    talk.says("していない", "なし", "1200", "65", "11/30", "160 52", "3", "とばす", "いいえ", "はい")
    reworded = _flow(version="new", results=(Result("other", "ほかのことば"),))
    talk.library = replace(small_library(), flows={"everything": reworded})
    talk.restart()
    talk.says("きろく")
    talk.press(next(one for one in talk.ids if one.startswith("session:")))
    talk.press(":show")
    assert "目的の共有は「していない」、費用は1,200万円です。" in talk.text
    assert "ほかのことば" not in talk.text


def test_a_version_that_nobody_kept_says_so() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "1200", "65", "11/30", "160 52", "3", "とばす", "いいえ", "はい")
    session = talk.state.session
    assert session is not None
    talk.library = replace(small_library(), flows={})
    talk.store._database.execute("DELETE FROM flow_versions")
    talk.restart()
    talk.says("きろく")
    talk.press(f"session:{session.id}")
    talk.press("もう一度見る")
    assert "その質問は、いまの版にはありません。" in talk.text


def test_a_flow_that_is_gone_leaves_the_session_and_says_so() -> None:
    talk = Talk()
    talk.begin()
    talk.library = replace(real_library(), flows={})
    talk.restart()
    talk.says("はい")
    assert "その質問は、いまの版にはありません。" in talk.text
    assert talk.last.flow is None


def test_a_paused_session_of_a_flow_that_is_gone_is_left_quietly() -> None:
    talk = Talk()
    talk.begin()
    talk.says("休む")
    talk.library = replace(real_library(), flows={})
    talk.restart()
    talk.says("メニュー")
    assert "いまの版にはありません" not in talk.text
    assert "続きから" not in talk.labels


def test_records_of_a_flow_that_is_gone_are_shown_and_deleted() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "1200", "65", "11/30", "160 52", "3", "とばす", "いいえ", "はい")
    talk.begin()
    talk.says("毎回している", "休む")
    talk.library = replace(real_library(), flows={})
    talk.restart()
    talk.says("きろく")
    finished = next(label for label in talk.labels if label.endswith("済み"))
    unfinished = next(label for label in talk.labels if label.endswith("途中"))
    talk.press(finished)
    assert "新しくやる" not in talk.labels
    talk.press("もう一度見る")
    assert "「試しの質問をひと通り」の結果" in talk.text
    for label in (finished, unfinished):
        talk.says("きろく")
        talk.press(label)
        assert "続ける" not in talk.labels
        talk.press("消す")
        talk.says("はい")
    talk.says("きろく")
    assert "きろくはまだありません。" in talk.text


def test_going_on_with_a_flow_that_is_gone_says_there_is_nothing() -> None:
    talk = Talk()
    talk.begin()
    talk.says("毎回している", "きろく")
    talk.press(next(one for one in talk.ids if one.startswith("session:")))
    going_on = talk.choice("続ける").token
    talk.begin("kyogitai-keigaika")
    talk.says("やめる", "この回答を消す")
    talk.library = replace(real_library(), flows={})
    talk.restart()
    talk.says("続きから")
    assert "途中のものはありません。" in talk.text
    assert "続きから" not in talk.labels
    talk.take_token(going_on)
    assert "その質問は、いまの版にはありません。" in talk.text


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        state_from_plain({**state_to_plain(State()), "format": 99})


def test_a_reply_can_be_written_and_read_back() -> None:
    reply = Reply("あ", (Choice("a", "い", "t", on=True),), (Cite("kakuron-139", 139),), in_place=True)
    assert reply_from_plain(reply_to_plain(reply)) == reply


def test_what_to_ask_and_to_do_carries_the_pages_of_its_results() -> None:
    talk = Talk()
    talk.begin()
    talk.says("していない", "なし", "1200", "65", "11/30", "160 52", "3", "とばす", "いいえ", "はい")
    for heading in ("聞いてみること", "次の一歩", "次回の次第の案"):
        assert f"■{heading}（139ページ）" in talk.text


def test_results_that_fill_more_than_a_screen_come_in_several_messages() -> None:
    long = [Result(f"r{number}", "あ" * 150, pages=(139,)) for number in range(5)]
    talk = _only(_flow(items=everything().items[:2], results=tuple(long), scores={}))
    talk.begin()
    talk.says("毎回している", "はい")
    told = [reply.text for reply in talk.last.replies if "ああ" in reply.text]
    assert len(told) == 3
    assert all(len(text) <= SCREEN for text in told)
    assert sum(text.count("・あ") for text in told) == 5


def test_sections_of_results_that_fit_a_screen_together_come_in_one_message() -> None:
    talk = Talk()
    talk.begin()
    talk.says("していない", "なし", "1200", "65", "11/30", "160 52", "3", "とばす", "いいえ", "はい")
    told = [reply.text for reply in talk.last.replies]
    assert any(text.count("■") > 1 for text in told)
    for text, following in pairwise(told):
        assert len(text) <= SCREEN < len(text) + len(following.partition("\n\n")[0]) + 2


def test_what_is_undetermined_and_stands_nowhere_below_is_named() -> None:
    first, purpose, *_ = everything().items
    assert isinstance(purpose, Question)
    asked = replace(purpose, optional=True, reacts=())
    wanted = Result("r", "毎回です。", when=Condition(Is(Ref(purpose.id), "always"), "purpose == always"), pages=(139,))
    talk = _only(_flow(items=(first, asked), results=(wanted,), scores={}))
    talk.begin()
    talk.says("とばす", "はい")
    assert f"もう少し言えることがあります: {purpose.label}" in talk.text
