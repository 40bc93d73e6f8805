"""A session given to somebody else: a code from きろく, an offer to whoever brings it, and then one editor only.

The rules: a code is used up when it is taken, never by looking, and in a public chat after consent; what is taken is a
copy under a new id, so that both own their rows; the giver's own is closed for good and says so. What a channel would
not ask (figures about a person in a public chat) does not come along, and is asked there in its own way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.conversation.desk import Desk
from bot.conversation.layers import put_again
from bot.conversation.messages import FindByCode, GiveCode, Got, OpenSession, TakeOver
from bot.conversation.putting import put_menu, put_next
from bot.conversation.sessions import adopt, must_agree, put_gate, put_offer
from bot.conversation.state import Layer, Session, State
from bot.engine.flow import Zone
from bot.engine.values import Measures, Value, to_plain
from bot.japanese.dates import show_date

PREFIX = "resume"  # of a deep link's payload, before the hyphen

# --- the giver ---


def give(desk: Desk, session_id: str) -> None:
    desk.wants.append(GiveCode(session_id))


def given(desk: Desk, got: Got) -> None:
    """The link, with what it does; a session that cannot be given (any more) says so."""
    if not got.link:
        put_again(desk, [desk.words("gone")])
        return
    desk.log("gave_code")
    until = show_date(date.fromisoformat(got.until))
    desk.say(desk.words("code_given", link=got.link, until=until), (desk.command("records", "back_to_records"),))
    put_again(desk)


def closed(session: Session, at: str) -> Session:
    """The giver's own, from now on. What was begun in it and not answered is dropped."""
    return replace(session, handed=at, drafts={}, previous=None)


def without(state: State, session_id: str, at: str) -> State:
    """The giver's state when the session was taken. It says so in their next turn (`tell_handed`)."""
    unfinished = tuple(one for one in state.unfinished if one != session_id)
    if state.session is None or state.session.id != session_id:
        return replace(state, unfinished=unfinished)
    return replace(state, unfinished=unfinished, session=closed(state.session, at))


def tell_handed(desk: Desk, token: str) -> bool:
    """The session at hand is somebody else's now: put away, and said if it was open. A press on it says so itself."""
    session, was_open = desk.session, desk.in_flow
    desk.change(session=None, at="menu", layer=None)
    telling = was_open and session.id not in token.split(".")
    if telling:
        desk.say(desk.words("handed", label=session.label))
    return telling


# --- who takes it ---


def bring(desk: Desk, code: str) -> None:
    """The deep link: nothing happens yet but an offer."""
    desk.wants.append(FindByCode(code))


def offer(desk: Desk, got: Got, want: FindByCode) -> None:
    session = got.session
    if session is None:
        _gone(desk)
    elif session.flow not in desk.library.flows:
        desk.say(desk.words("flow_gone"))
        put_again(desk)
    elif got.own:
        desk.wants.append(OpenSession(session.id, "resume"))
    else:
        kind = "gate" if must_agree(desk) else "handover"
        desk.change(layer=Layer(kind, flow=session.flow, text=want.code))
        (put_gate if kind == "gate" else put_offer)(desk)


def take(desk: Desk, _argument: str) -> None:
    layer = desk.state.layer
    assert layer is not None
    if must_agree(desk):  # to a notice that is younger than the offer
        desk.change(layer=replace(layer, kind="gate"))
        put_gate(desk)
    else:
        desk.wants.append(TakeOver(layer.text))


def taken(desk: Desk, got: Got) -> None:
    """Goes on as this user's own."""
    session = got.session
    desk.change(layer=None)
    if session is None:
        _gone(desk)
        return
    if desk.in_flow:
        desk.say(desk.words("paused_other"))
    answers, left_out = _that_may_come(desk, session)
    copy = Session(
        id=desk.fresh,
        flow=session.flow,
        version=session.version,
        label=_label(desk, session),
        started=session.started,
        answers=answers,
    )
    desk.change(session=copy, at="flow", unfinished=(*desk.state.unfinished, copy.id))
    plain = [[name, to_plain(value)] for name, value in answers.items()]
    desk.log("took_over", flow=copy.flow, version=copy.version, answers=[*plain])
    adopt(desk)
    said = [desk.words("taken", title=desk.flow.title), desk.words("taken_without") if left_out else ""]
    put_next(desk, said)


def _that_may_come(desk: Desk, session: Session) -> tuple[dict[str, Value], bool]:
    """The answers without those that a public chat takes in bands only, and whether there were any."""
    held = {
        name
        for name, value in session.answers.items()
        if desk.library.public and isinstance(value, Measures) and value.band is None
    }
    return {name: value for name, value in session.answers.items() if name not in held}, bool(held)


def _label(desk: Desk, session: Session) -> str:
    """A person's label says that another gave it: it may be one of this user's own as well."""
    mark = desk.words("taken_mark")
    person = desk.library.flows[session.flow].zone is Zone.PERSON
    return session.label + mark if person and not session.label.endswith(mark) else session.label


def _gone(desk: Desk) -> None:
    if desk.in_flow or desk.state.layer is not None:
        put_again(desk, [desk.words("code_gone")])
    else:
        put_menu(desk, [desk.words("code_gone")])
