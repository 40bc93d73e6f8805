"""Buttons of questions. A press counts for the question it names, not for the message it hangs on (semantics §7).

`q.<session>.<ask>.<what>`: what = choice number, +n, -n, done, unknown, skip, keep. Buttons of no question are next
door, in `actions.py`; `press` is the door to both.
"""

from __future__ import annotations

from bot.conversation.actions import act, gone, offer_correct
from bot.conversation.answering import decide, settle_on, toggle, value_of
from bot.conversation.desk import Desk, number_in
from bot.conversation.layers import put_again
from bot.conversation.messages import OpenSession
from bot.conversation.putting import chosen_so_far
from bot.conversation.sessions import reopen
from bot.conversation.state import Shown
from bot.engine.expressions.evaluate import OPEN, State
from bot.engine.flow import Kind, Question
from bot.engine.questions import several


def press(desk: Desk, token: str) -> None:
    """Do what the button says; one that nobody here can have made says so in a sentence."""
    kind, _, rest = token.partition(".")
    match kind, rest.split(".", 3 if kind == "s" else 2):
        case "q", [session_id, ask, what] if what and number_in(ask) is not None:
            _press_question(desk, token, session_id, int(ask), what)
        case "a", [turn, action, argument] if number_in(turn) is not None:
            act(desk, int(turn), action, argument)
        case "s", [session_id, turn, action, argument] if number_in(turn) is not None:
            if _at_hand(desk, token, session_id):
                _press_bound(desk, int(turn), action, argument)
        case _:
            desk.say(desk.words("gone"))


def _at_hand(desk: Desk, token: str, session_id: str) -> bool:
    """Whether this session is the one at hand; otherwise it is sent for, and the press counts then."""
    session = desk.state.session
    if session is not None and session.id == session_id:
        return True
    desk.wants.append(OpenSession(session_id, "press", token))
    return False


def _press_bound(desk: Desk, turn: int, action: str, argument: str) -> None:
    """A button that works on this session and no other."""
    if not desk.in_flow and not desk.session.finished:
        reopen(desk)
    act(desk, turn, action, argument)


def _press_question(desk: Desk, token: str, session_id: str, number: int, what: str) -> None:
    if not _at_hand(desk, token, session_id):
        return
    session = desk.session
    shown = next((one for one in session.shown if one.number == number), None)
    question = None if shown is None else desk.view().questions.get(shown.question)
    changed = bool(session.finished) and session.version != desk.flow.version  # a finished one keeps its own words
    if shown is None or question is None or changed:
        gone(desk)
    elif desk.in_flow:
        _count(desk, question, shown, what, [])
    elif session.finished:
        _offer(desk, question, shown, what)
    else:
        reopen(desk)
        _count(desk, question, shown, what, [desk.words("resumed", title=desk.flow.title)])


def _count(desk: Desk, question: Question, shown: Shown, what: str, lines: list[str]) -> None:
    if shown.fate == "withdrawn" or desk.view().state(question) not in (State.ANSWERED, *OPEN):
        put_again(desk, [*lines, desk.words("withdrawn_ask")])
    elif shown.fate == "answered":
        _again(desk, question, shown, what)
    elif question.kind is Kind.SEVERAL and what[0] in "+-":
        _toggle(desk, question, shown, what)
    elif question.kind is Kind.SEVERAL and what == "done":
        decide(desk, question)
    else:
        _take(desk, question, shown, what, lines)


def _take(desk: Desk, question: Question, shown: Shown, what: str, lines: list[str]) -> None:
    value = value_of(desk, question, shown, what)
    if value is None:
        gone(desk)
    else:
        settle_on(desk, question, value, lines)


def _toggle(desk: Desk, question: Question, shown: Shown, what: str) -> None:
    place = number_in(what[1:])
    known = {option.id for option in question.options}
    if place is None or place >= len(shown.choices) or shown.choices[place] not in known:
        gone(desk)
        return
    chosen = several.toggle(question, chosen_so_far(desk, question), shown.choices[place], on=what[0] == "+")
    toggle(desk, question, chosen)


def _again(desk: Desk, question: Question, shown: Shown, what: str) -> None:
    """A press on an ask that was answered: the same answer is noted already, another may be meant as a correction."""
    held = desk.session.answers.get(question.id)
    if what == "done" or what[0] in "+-" or value_of(desk, question, shown, what) in (None, held):
        desk.say(desk.words("recorded_already"))
    else:
        _offer(desk, question, shown, what)


def _offer(desk: Desk, question: Question, shown: Shown, what: str) -> None:
    value = value_of(desk, question, shown, what) if what[0] not in "+-" else None
    offer_correct(desk, question, shown, value, what)
