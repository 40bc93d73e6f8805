"""Buttons that belong to no question: one table, action -> what it does and when it counts (semantics §7).

`a.<turn>.<action>.<argument>` works anywhere, `s.<session>.<turn>.<action>.<argument>` only on that session. What
changes something counts once for its turn, and a layer's own buttons only while that layer is open; otherwise one is
told where one is. What only shows shows the same again at any age.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.answering import settle_on, stop_asking_back, value_of
from bot.conversation.asked import answer, decline
from bot.conversation.browsing import show_heading
from bot.conversation.commands import COMMANDS, run_command
from bot.conversation.correcting import add, apply, ask_anew, drop, pick, pick_item, propose
from bot.conversation.desk import Desk, number_in
from bot.conversation.finding import show_entry, show_flow, show_others, show_part
from bot.conversation.handover import give, take
from bot.conversation.layers import is_current, put_again, where_one_is
from bot.conversation.messages import Forget, OpenSession
from bot.conversation.preferences import set_word
from bot.conversation.putting import put_menu, put_shelf
from bot.conversation.recording import recorded_line
from bot.conversation.sessions import ask_delete, begin, consent, erase, reopen
from bot.conversation.showing import show
from bot.conversation.state import Shown
from bot.engine.flow import Flow, Question
from bot.engine.values import Value

Do = Callable[[Desk, str], None]


@dataclass(frozen=True)
class Action:
    do: Do
    once: bool = False  # it changes something: counts once for the turn that put it
    layer: str = ""  # only while this layer, put in the same turn, is open


def act(desk: Desk, turn: int, name: str, argument: str) -> None:
    action = _ACTIONS.get(name)
    if action is None:
        gone(desk)
    elif (action.layer and not is_current(desk, action.layer, turn)) or (action.once and not desk.spend(turn)):
        where_one_is(desk)
    else:
        action.do(desk, argument)


def gone(desk: Desk) -> None:
    """A button that can do nothing any more; what waits is put again."""
    desk.say(desk.words("gone"))
    put_again(desk)


# --- flows and sessions ---


def _of_flow(do: Callable[[Desk, Flow], None]) -> Do:
    """With the flow of that id, if there still is one."""

    def with_flow(desk: Desk, flow_id: str) -> None:
        flow = desk.library.flows.get(flow_id)
        if flow is None:
            gone(desk)
        else:
            do(desk, flow)

    return with_flow


def _restart(desk: Desk, _argument: str) -> None:
    desk.change(at="menu")
    begin(desk, desk.flow)


def _session(purpose: str) -> Do:
    return lambda desk, session_id: desk.wants.append(OpenSession(session_id, purpose))


def _shelf(desk: Desk, place: str) -> None:
    number = number_in(place)
    if number is None or number >= len(desk.library.shelves()):
        gone(desk)
    else:
        put_shelf(desk, number)


# --- answers ---


def _value(desk: Desk, place: str) -> None:
    """One of the readings that were asked back."""
    layer, number = desk.state.layer, number_in(place)
    if layer is None or number is None or number >= len(layer.values):
        gone(desk)
        return
    question = desk.view().questions[layer.question]
    value = layer.values[number]
    settle_on(desk, question, value, recorded_line(desk, question, value))


def _as_answer(desk: Desk, _argument: str) -> None:
    layer = desk.state.layer
    assert layer is not None
    settle_on(desk, desk.view().questions[layer.question], layer.text, [desk.words("recorded_text")])


def _as_question(desk: Desk, _argument: str) -> None:
    """The text was a question after all: answered from the handbook, then the flow's question again."""
    layer = desk.state.layer
    assert layer is not None
    stop_asking_back(desk)
    if not answer(desk, layer.text):
        decline(desk, layer.text)
    put_again(desk)


def _apply(desk: Desk, _argument: str) -> None:
    layer = desk.state.layer
    assert layer is not None
    apply(desk, desk.view().questions[layer.question], layer.values[0])


def offer_correct(desk: Desk, question: Question, shown: Shown, value: Value | None, what: str) -> None:
    """Offers to correct: 直す leads to the question, or straight to the value that was pressed."""
    held = desk.session.answers.get(question.id)
    old = desk.words("not_known") if held is None else show(desk, question, held)
    new = desk.words("another") if value is None else show(desk, question, value)
    fix = desk.bound(":fix", desk.words("fix"), "fix", f"{shown.number}.{what}")
    text = desk.words("offer_correct", name=question.label, old=old, new=new)
    desk.say(text, (fix, desk.choice(":leave", desk.words("leave"), "leave")))


def _fix(desk: Desk, argument: str) -> None:
    """Correct the answer to this ask; with a value, propose that one."""
    if not desk.in_flow:
        reopen(desk)  # first: the present version may have no use for the answer
    number, _, what = argument.partition(".")
    shown = next((one for one in desk.session.shown if str(one.number) == number), None)
    question = None if shown is None else desk.view().questions.get(shown.question)
    if shown is None or question is None or question.id not in desk.session.answers:
        where_one_is(desk)
        return
    value = value_of(desk, question, shown, what) if what and what[0] not in "+-" else None
    if value is None:
        ask_anew(desk, question)
    else:
        propose(desk, question, value)


def _in_flow(do: Do) -> Do:
    """Only while the session is worked on."""
    return lambda desk, argument: do(desk, argument) if desk.in_flow else where_one_is(desk)


def _item(desk: Desk, number: str) -> None:
    layer, place = desk.state.layer, number_in(number)
    assert layer is not None
    if place is None:
        gone(desk)
    else:
        drop(desk, layer.question, place)


def _leave(desk: Desk, _argument: str) -> None:
    if desk.in_flow or desk.state.layer is not None:
        put_again(desk)
    else:
        put_menu(desk)


# --- the handbook ---


def _entry(desk: Desk, entry_id: str) -> None:
    entry = desk.library.entries.get(entry_id)
    if entry is None:
        gone(desk)
    else:
        show_entry(desk, entry)
        put_again(desk)


def _part(part: str) -> Do:
    def show_it(desk: Desk, entry_id: str) -> None:
        show_part(desk, part, entry_id)
        if not desk.library.edits:
            put_again(desk)

    return show_it


def _heading(desk: Desk, place: str) -> None:
    show_heading(desk, place)
    put_again(desk)


def _others(desk: Desk, names: str) -> None:
    """The button: its own three, whatever was asked since."""
    show_others(desk, names.split(","))
    put_again(desk)


def _command(name: str) -> Do:
    return lambda desk, _argument: run_command(desk, name)


_ACTIONS: dict[str, Action] = {
    **{name: Action(_command(name), once=name in ("back", "confirm")) for name in COMMANDS},
    "add": Action(_in_flow(add), once=True),
    "apply": Action(_apply, once=True, layer="preview"),
    "as_answer": Action(_as_answer, once=True, layer="text_or_ask"),
    "as_question": Action(_as_question, once=True, layer="text_or_ask"),
    "ask": Action(_part("ask")),
    "ask_delete": Action(ask_delete),
    "begin": Action(_of_flow(begin), once=True),
    "card": Action(_session("card")),
    "consent": Action(_of_flow(consent), once=True, layer="gate"),
    "drop": Action(_in_flow(pick_item)),
    "entry": Action(_entry),
    "erase": Action(erase, once=True, layer="delete"),
    "erase_this": Action(erase, once=True, layer="quit"),
    "fix": Action(_fix),
    "flow": Action(_of_flow(show_flow)),
    "forget_yes": Action(lambda desk, _argument: desk.wants.append(Forget()), once=True, layer="forget"),
    "give": Action(give, once=True),
    "go": Action(_session("resume")),
    "heading": Action(_heading),
    "item": Action(_item, once=True, layer="drop"),
    "leave": Action(_leave),
    "more": Action(_part("more")),
    "next": Action(_part("next")),
    "others": Action(_others),
    "part": Action(_in_flow(pick)),
    "related": Action(_part("related")),
    "restart_yes": Action(_restart, once=True, layer="restart"),
    "shelf": Action(_shelf),
    "short": Action(_part("short")),
    "show": Action(_session("show")),
    "source": Action(_part("source")),
    "take": Action(take, once=True, layer="handover"),
    "value": Action(_value, once=True, layer="clarify"),
    "word": Action(set_word),
}
