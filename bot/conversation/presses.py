"""Buttons. A press counts for the question it names, not for the message it hangs on (semantics §7).

`q.<session>.<ask>.<what>` is a question's: what = choice number, +n, -n, done, unknown, skip, keep. `a.<turn>.<action>.
<argument>` belongs to no question: what changes something counts once for its turn, what only shows shows again.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.answering import as_value, decide, settle_on, toggle
from bot.conversation.commands import COMMANDS, run_command
from bot.conversation.correcting import add, apply, ask_anew, drop, pick, pick_item, propose
from bot.conversation.desk import Desk
from bot.conversation.finding import answer, decline, show_entry, show_flow, show_part
from bot.conversation.layers import is_current, put_again
from bot.conversation.messages import Forget, OpenSession
from bot.conversation.putting import chosen_so_far, put_menu, put_next
from bot.conversation.recording import recorded_line
from bot.conversation.sessions import ask_delete, begin, consent, erase, reopen, where_one_is
from bot.conversation.showing import show
from bot.conversation.state import Shown
from bot.engine.expressions.evaluate import OPEN, State
from bot.engine.flow import Kind, Question
from bot.engine.questions import several
from bot.engine.values import Gap, Value

_ONCE = (
    "add",
    "apply",
    "as_answer",
    "as_question",
    "back",
    "begin",
    "confirm",
    "consent",
    "erase",
    "forget_yes",
    "item",
    "restart_yes",
    "value",
)


def press(desk: Desk, token: str) -> None:
    """Do what the button says; one that nobody here can have made says so in a sentence."""
    kind, _, rest = token.partition(".")
    parts = rest.split(".", 2)
    if kind == "q" and len(parts) == 3 and parts[1].isdecimal():  # noqa: PLR2004  session, ask, what
        press_question(desk, token, parts[0], int(parts[1]), parts[2])
    elif kind == "a" and len(parts) == 3 and parts[0].isdecimal():  # noqa: PLR2004  turn, action, argument
        _press_action(desk, int(parts[0]), parts[1], parts[2])
    else:
        desk.say(desk.words("gone"))


# --- of a question ---


def press_question(desk: Desk, token: str, session_id: str, number: int, what: str) -> None:
    session = desk.state.session
    if session is None or session.id != session_id:
        desk.wants.append(OpenSession(session_id, "press", token))
        return
    shown = next((one for one in session.shown if one.number == number), None)
    question = None if shown is None else desk.view().questions.get(shown.question)
    if shown is None or question is None:
        desk.say(desk.words("gone"))
        return
    if desk.in_flow:
        _count(desk, question, shown, what, [])
    elif session.finished:
        _offer(desk, question, shown, what)
    else:
        reopen(desk)
        _count(desk, question, shown, what, [desk.words("resumed", title=desk.flow.title)])


def _count(desk: Desk, question: Question, shown: Shown, what: str, lines: list[str]) -> None:
    if shown.fate == "withdrawn" or desk.view().state(question) not in (State.ANSWERED, *OPEN):
        put_next(desk, [*lines, desk.words("withdrawn_ask")])
    elif shown.fate == "answered":
        _again(desk, question, shown, what)
    elif question.kind is Kind.SEVERAL and what[0] in "+-":
        _toggle(desk, question, shown, what)
    elif question.kind is Kind.SEVERAL and what == "done":
        decide(desk, question)
    else:
        _take(desk, question, shown, what, lines)


def _take(desk: Desk, question: Question, shown: Shown, what: str, lines: list[str]) -> None:
    value = _value(desk, question, shown, what)
    if value is None:
        desk.say(desk.words("gone"))
    else:
        settle_on(desk, question, value, lines)


def _value(desk: Desk, question: Question, shown: Shown, what: str) -> Value | None:
    """The value that the button stands for."""
    if what in ("unknown", "skip"):
        return Gap.UNKNOWN if what == "unknown" else Gap.SKIPPED
    if what == "keep":
        previous = desk.session.previous
        return previous[1] if previous is not None and previous[0] == question.id else None
    if not what.isdecimal() or int(what) >= len(shown.choices):
        return None
    return as_value(question, shown.choices[int(what)])


def _toggle(desk: Desk, question: Question, shown: Shown, what: str) -> None:
    index = what[1:]
    if not index.isdecimal() or int(index) >= len(shown.choices):
        desk.say(desk.words("gone"))
        return
    chosen = several.toggle(question, chosen_so_far(desk, question), shown.choices[int(index)], on=what[0] == "+")
    toggle(desk, question, chosen)


def _again(desk: Desk, question: Question, shown: Shown, what: str) -> None:
    """A press on an ask that was answered: the same answer is noted already, another may be meant as a correction."""
    if (
        what == "done"
        or what[0] in "+-"
        or _value(desk, question, shown, what) in (None, desk.session.answers[question.id])
    ):
        desk.say(desk.words("recorded_already"))
    else:
        _offer(desk, question, shown, what)


def _offer(desk: Desk, question: Question, shown: Shown, what: str) -> None:
    """Offers to correct: 直す leads to the question, or straight to the value that was pressed."""
    held = desk.session.answers.get(question.id)
    value = _value(desk, question, shown, what) if what[0] not in "+-" else None
    old = desk.words("not_known") if held is None else show(desk, question, held)
    new = desk.words("another") if value is None else show(desk, question, value)
    fix = desk.choice(":fix", desk.words("fix"), "fix", f"{shown.number}.{what}")
    text = desk.words("offer_correct", name=question.label, old=old, new=new)
    desk.say(text, (fix, desk.choice(":leave", desk.words("leave"), "leave")))


# --- of no question ---


def _press_action(desk: Desk, turn: int, action: str, argument: str) -> None:
    if action in _ONCE and not desk.spend(turn):
        where_one_is(desk)
    elif action in COMMANDS:
        run_command(desk, action)
    elif action in _ACTIONS:
        _ACTIONS[action](desk, turn, argument)
    else:
        desk.say(desk.words("gone"))


def _flow(desk: Desk, _turn: int, flow_id: str) -> None:
    flow = desk.library.flows.get(flow_id)
    if flow is None:
        desk.say(desk.words("gone"))
    else:
        show_flow(desk, flow)


def _begin(desk: Desk, _turn: int, flow_id: str) -> None:
    flow = desk.library.flows.get(flow_id)
    if flow is None:
        desk.say(desk.words("gone"))
    else:
        begin(desk, flow)


def _consent(desk: Desk, turn: int, flow_id: str) -> None:
    flow = desk.library.flows.get(flow_id)
    if flow is None or not is_current(desk, "gate", turn):
        where_one_is(desk)
    else:
        consent(desk, flow)


def _value_of_layer(desk: Desk, turn: int, index: str) -> None:
    """One of the readings that were asked back."""
    layer = desk.state.layer
    if layer is None or not is_current(desk, "clarify", turn) or int(index) >= len(layer.values):
        where_one_is(desk)
        return
    question = desk.view().questions[layer.question]
    value = layer.values[int(index)]
    settle_on(desk, question, value, recorded_line(desk, question, value))


def _apply(desk: Desk, turn: int, _argument: str) -> None:
    layer = desk.state.layer
    if layer is None or not is_current(desk, "preview", turn):
        where_one_is(desk)
    else:
        apply(desk, desk.view().questions[layer.question], layer.values[0])


def _as_answer(desk: Desk, turn: int, _argument: str) -> None:
    layer = desk.state.layer
    if layer is None or not is_current(desk, "text_or_ask", turn):
        where_one_is(desk)
    else:
        settle_on(desk, desk.view().questions[layer.question], layer.text, [])


def _as_question(desk: Desk, turn: int, _argument: str) -> None:
    """The text was a question after all: answered from the handbook, then the flow's question again."""
    layer = desk.state.layer
    if layer is None or not is_current(desk, "text_or_ask", turn):
        where_one_is(desk)
        return
    desk.change(layer=None)
    if not answer(desk, layer.text):
        decline(desk)
    put_again(desk)


def _part(desk: Desk, _turn: int, index: str) -> None:
    if desk.in_flow:
        pick(desk, index)
    else:
        where_one_is(desk)


def _fix(desk: Desk, _turn: int, argument: str) -> None:
    """Correct the answer to this ask; with a value, propose that one."""
    number, _, what = argument.partition(".")
    session = desk.state.session
    shown = next((one for one in session.shown if str(one.number) == number), None) if session else None
    question = None if shown is None else desk.view().questions.get(shown.question)
    if shown is None or question is None or question.id not in desk.session.answers:
        where_one_is(desk)
        return
    if not desk.in_flow:
        reopen(desk)
    value = _value(desk, question, shown, what) if what and what[0] not in "+-" else None
    if value is None:
        ask_anew(desk, question)
    else:
        propose(desk, question, value)


def _leave(desk: Desk, _turn: int, _argument: str) -> None:
    if desk.in_flow:
        put_next(desk)
    else:
        put_menu(desk)


def _add(desk: Desk, _turn: int, repeat_id: str) -> None:
    if desk.in_flow:
        add(desk, repeat_id)
    else:
        where_one_is(desk)


def _drop(desk: Desk, _turn: int, repeat_id: str) -> None:
    if desk.in_flow:
        pick_item(desk, repeat_id)
    else:
        where_one_is(desk)


def _item(desk: Desk, turn: int, number: str) -> None:
    layer = desk.state.layer
    if layer is None or not is_current(desk, "drop", turn):
        where_one_is(desk)
    else:
        drop(desk, layer.question, int(number))


def _restart(desk: Desk, turn: int, _argument: str) -> None:
    if is_current(desk, "restart", turn):
        desk.change(at="menu")
        begin(desk, desk.flow)
    else:
        where_one_is(desk)


def _forget(desk: Desk, turn: int, _argument: str) -> None:
    if is_current(desk, "forget", turn):
        desk.wants.append(Forget())
    else:
        where_one_is(desk)


def _erase(desk: Desk, _turn: int, session_id: str) -> None:
    if desk.state.layer is not None and desk.state.layer.kind in ("quit", "delete"):
        erase(desk, session_id)
    else:
        where_one_is(desk)


def _entry(desk: Desk, _turn: int, entry_id: str) -> None:
    entry = desk.library.entries.get(entry_id)
    if entry is None:
        desk.say(desk.words("gone"))
    else:
        show_entry(desk, entry)


def _session(purpose: str) -> Callable[[Desk, int, str], None]:
    def want(desk: Desk, _turn: int, session_id: str) -> None:
        desk.wants.append(OpenSession(session_id, purpose))

    return want


def _entry_part(part: str) -> Callable[[Desk, int, str], None]:
    return lambda desk, _turn, entry_id: show_part(desk, part, entry_id)


_ACTIONS: dict[str, Callable[[Desk, int, str], None]] = {
    "add": _add,
    "apply": _apply,
    "as_answer": _as_answer,
    "as_question": _as_question,
    "ask": _entry_part("ask"),
    "ask_delete": lambda desk, _turn, session_id: ask_delete(desk, session_id),
    "begin": _begin,
    "card": _session("card"),
    "consent": _consent,
    "drop": _drop,
    "entry": _entry,
    "erase": _erase,
    "fix": _fix,
    "flow": _flow,
    "forget_yes": _forget,
    "go": _session("resume"),
    "item": _item,
    "leave": _leave,
    "more": _entry_part("more"),
    "next": _entry_part("next"),
    "part": _part,
    "related": _entry_part("related"),
    "restart_yes": _restart,
    "short": _entry_part("short"),
    "show": _session("show"),
    "source": _entry_part("source"),
    "value": _value_of_layer,
}
