"""What must always hold, whatever is said, pressed, sent or killed (issue 2): a stateful test over whole conversations.

Short and fixed in `make test`, long and random in `make fuzz`. The state is written and re-read between all turns,
because `Turns` does that; a restart makes a new `Turns` on the same store.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.content.load import flow_from_source
from bot.conversation.converse import standing
from bot.conversation.messages import Pressed, Sent, Typed
from bot.engine.flow import Flow
from bot.engine.values import Gap, from_plain
from bot.engine.view import add_item, remove_item
from bot.store.keys import user_key
from tests.talk import SECRET, Talk, everything

LONG = os.environ.get("BANSOU_FUZZ") == "long"
# fmt: off
ANSWERS = [
    "毎回している", "していない", "最初だけした", "1", "2", "1 3", "1200", "9000", "0.65", "65", "11/30",
    "160 52", "160", "52 160", "少し", "席を丸く", "どうする？", "はい", "いいえ", "集会所", "12人", "なし",
    "そうですね", "2〜3", "12000", "12000000", "年間1200万", "3分の2",
]
WORDS = [
    "戻る", "とばす", "わからない", "休む", "やめる", "最初から", "なぜ", "訂正", "ヘルプ", "続きから", "緊急",
    "きろく", "メニュー", "結果を見る", "ほかの答え", "/start", "/start flow-everything", "/records", "/delete",
    "/page 139", "/x",
]
OTHERS = [
    "協議体が形骸化している", "もう消えたい", "佐藤さんの電話は090-1234-5678", "マイナンバーの作り方", "139",
    "p10", "", "🙂", "<b>&", "\u0000", "目的", "試しの質問をひと通り", "協議体の点検をやりたい",
    "あ" * 1200,
]
# fmt: on


class Conversation(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.talk = Talk()
        self.tokens: list[str] = []
        self.updates = 0
        self.older = True
        self._take(Typed("/start flow-everything"))
        self.press_choice("begin:everything")

    def _take(self, message: Typed | Pressed | Sent) -> None:
        self.updates += 1
        out = self.talk.take(message, self.updates)
        assert out.replies, message
        again = self.talk.take(message, self.updates)
        assert again.duplicate
        assert again.replies in (out.replies, ())  # () after a deletion: nothing said is kept
        self.talk.last = out
        self.tokens += [choice.token for reply in out.replies for choice in reply.choices]
        for reply in out.replies:
            for choice in reply.choices:
                assert len(choice.token.encode()) <= 64, choice

    def press_choice(self, name: str) -> None:
        self._take(Pressed(self.talk.choice(name).token))

    @rule(text=st.sampled_from(ANSWERS) | st.sampled_from(WORDS) | st.sampled_from(OTHERS))
    def says(self, text: str) -> None:
        self._take(Typed(text))

    @rule(text=st.text(max_size=40))
    def says_anything(self, text: str) -> None:
        self._take(Typed(text))

    @rule(data=st.data())
    def presses_something_new(self, data: st.DataObject) -> None:
        choices = self.talk.state.offered
        if choices:
            self._take(Pressed(data.draw(st.sampled_from(choices)).token))

    @rule(data=st.data())
    def presses_something_old(self, data: st.DataObject) -> None:
        self._take(Pressed(data.draw(st.sampled_from(self.tokens))))

    @rule(
        data=st.data(),
        text=st.sampled_from(["9000", "52 160", "0.65", "26.4.1", "どうする？", "2〜3", "12000", "1"]),
    )
    def corrects_with_something_to_be_asked_back(self, data: st.DataObject, text: str) -> None:
        self._take(Typed("訂正"))
        fixes = [choice for choice in self.talk.state.offered if choice.id.startswith("fix:")]
        if fixes:
            self._take(Pressed(data.draw(st.sampled_from(fixes)).token))
            self._take(Typed(text))

    @rule(kind=st.sampled_from(["photo", "edited", "poll"]))
    def sends(self, kind: str) -> None:
        self._take(Sent(kind))

    @rule()
    def restarts(self) -> None:
        self.talk.restart()

    @rule()
    def a_new_version_comes(self) -> None:
        """The flow loses an option, or gets it back."""
        self.older = not self.older
        flow = everything() if self.older else newer()
        self.talk.library = replace(self.talk.library, flows={**self.talk.library.flows, "everything": flow})
        self.talk.restart()

    @rule(flow=st.sampled_from(["everything", "kyogitai-keigaika", "kihon-checklist"]))
    def begins_whatever_is_open(self, flow: str) -> None:
        self._take(Typed(f"/start flow-{flow}"))
        self.press_choice(f"begin:{flow}")

    @invariant()
    def no_acknowledged_answer_is_lost(self) -> None:
        session = self.talk.state.session
        if session is not None:
            rows = self.talk.store.events(user_key(SECRET, "test", "u1"), session.id)
            assert fold([(row.kind, row.data) for row in rows]) == dict(session.answers)

    @invariant()
    def a_next_step_is_open(self) -> None:
        state = self.talk.state
        assert state.offered
        _, question, _ = standing(self.talk.library, state)
        replies = self.talk.last.replies
        danger = any(reply.text.startswith("急いで人に") for reply in replies)
        if question is not None and not danger:
            shown = [choice.token for reply in replies for choice in reply.choices]
            assert shown or "もう" in replies[-1].text, [reply.text for reply in replies]

    @invariant()
    def the_question_on_screen_is_the_one_that_waits(self) -> None:
        session = self.talk.state.session
        put_now = [reply for reply in self.talk.last.replies if not reply.in_place]  # not an older message that changed
        tokens = [choice.token for reply in put_now for choice in reply.choices]
        asks = [token.split(".")[1:3] for token in tokens if token.startswith("q.")]
        if session is not None and asks and asks[-1][0] == session.id:
            put = next(one.question for one in session.shown if str(one.number) == asks[-1][1])
            assert put == standing(self.talk.library, self.talk.state)[1]


@cache
def newer() -> Flow:
    """The test flow with an option less, so that an answer may not be possible any more."""
    source = everything().source.replace('{"id":"first","label":"最初だけした"},', "").replace(", first=1", "")
    assert source != everything().source
    return flow_from_source("everything", source)


def fold(events: list[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """The answers that the log tells of."""
    repeat = next(item for item in everything().items if item.__class__.__name__ == "Repeat")
    answers: dict[str, Any] = {}
    for kind, data in events:
        if kind in ("answered", "corrected"):
            answers[data["question"]] = from_plain(data["value"])
        elif kind == "withdrew":
            del answers[data["question"]]
        elif kind == "item_added":
            answers = add_item(repeat, answers)  # type: ignore[arg-type]
        elif kind == "item_removed":
            answers = remove_item(repeat, answers, data["number"])  # type: ignore[arg-type]
        elif kind == "moved":
            answers = {name: value for name, value in answers.items() if name not in data["lost"]}
    assert all(value is not None or isinstance(value, Gap) for value in answers.values())
    return answers


TestConversation = Conversation.TestCase
TestConversation.settings = settings(
    max_examples=1500 if LONG else 60,
    stateful_step_count=60 if LONG else 40,
    phases=tuple(Phase) if LONG else (Phase.explicit, Phase.generate),  # shrinking takes minutes; `make fuzz` does it
    suppress_health_check=(HealthCheck.too_slow,),
)
