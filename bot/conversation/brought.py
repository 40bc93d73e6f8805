"""What `turn.py` brought back for a want: lists, a session, word of a deletion; and going on from there."""

from __future__ import annotations

from bot.conversation import handover
from bot.conversation.desk import Desk
from bot.conversation.layers import put_again
from bot.conversation.messages import (
    DeleteSession,
    Export,
    FindByCode,
    GiveCode,
    Got,
    ListSessions,
    OpenSession,
    TakeOver,
)
from bot.conversation.preferences import put_export, put_settings
from bot.conversation.presses import press
from bot.conversation.putting import put_menu, put_next
from bot.conversation.sessions import list_records, list_unfinished, reopen, show_card, show_finished
from bot.conversation.state import State


def take_in(desk: Desk, got: Got) -> None:
    match got.want:
        case ListSessions("resume"):
            list_unfinished(desk, got.cards)
        case ListSessions("settings"):
            put_settings(desk, got.cards)
        case ListSessions():
            list_records(desk, got.cards)
            put_again(desk)
        case OpenSession():
            _opened(desk, got, got.want)
        case DeleteSession():
            _deleted(desk)
        case GiveCode():
            handover.given(desk, got)
        case FindByCode():
            handover.offer(desk, got, got.want)
        case TakeOver():
            handover.taken(desk, got)
        case Export():
            put_export(desk, got)
        case _:  # Forget
            desk.state = State(turn=desk.state.turn, noticed=desk.state.noticed)
            put_menu(desk, [desk.words("forgotten")])


def _deleted(desk: Desk) -> None:
    if desk.in_flow:
        put_again(desk, [desk.words("deleted")])
    else:
        put_menu(desk, [desk.words("deleted")])


def _opened(desk: Desk, got: Got, want: OpenSession) -> None:
    session = got.session
    if session is None:
        desk.say(desk.words("gone"))
    elif session.handed and want.purpose != "card":
        put_again(desk, [desk.words("handed", label=session.label)])
    elif session.flow not in desk.library.flows and want.purpose not in ("card", "show"):
        desk.say(desk.words("flow_gone"))
        put_again(desk)
    elif want.purpose == "card":
        show_card(desk, session)
    elif want.purpose == "show":
        show_finished(desk, session, got.flow)
    else:
        if desk.in_flow and desk.session.id != session.id:
            desk.say(desk.words("paused_other"))
        desk.change(session=session, at="menu", layer=None)
        _go_on(desk, want)


def _go_on(desk: Desk, want: OpenSession) -> None:
    if want.purpose == "press":
        press(desk, want.press)
    else:
        reopen(desk)
        put_next(desk, [desk.words("resumed", title=desk.flow.title)])
