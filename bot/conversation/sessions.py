"""Sessions as a user handles them: begin, pause, go on, finish, the list きろく, show again, delete.

Only one session is at hand; another is brought by a want, and the store keeps each as it was last.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.conversation.desk import Desk
from bot.conversation.ending import show_results
from bot.conversation.messages import Card, Choice, DeleteSession, ListSessions, OpenSession, TakeOver
from bot.conversation.putting import put_menu, put_next
from bot.conversation.recording import said_of, unfinish
from bot.conversation.state import Layer, Session
from bot.engine.advance import due_says
from bot.engine.flow import Flow, Zone
from bot.engine.questions.possible import possible_in
from bot.engine.run import report
from bot.japanese.dates import show_date

KEPT_LAYERS = ("gate", "delete", "forget", "handover")  # they speak of no question

# --- begin ---


def begin(desk: Desk, flow: Flow) -> None:
    """Start the flow; in a public chat the notice is agreed to first."""
    if must_agree(desk):
        desk.change(layer=Layer("gate", flow=flow.id, number=desk.state.turn))
        put_gate(desk)
        return
    lines = [desk.words("paused_other")] if desk.in_flow else []
    cases = desk.state.cases + (flow.zone is Zone.PERSON)
    session = Session(
        id=desk.fresh,
        flow=flow.id,
        version=flow.version,
        label=_label(desk, flow, cases),
        started=desk.now.isoformat(timespec="seconds"),
    )
    unfinished = (*desk.state.unfinished, session.id)
    desk.change(session=session, at="flow", layer=None, cases=cases, unfinished=unfinished)
    desk.log("began", flow=flow.id, version=flow.version)
    if flow.zone is Zone.PERSON:
        lines.append(desk.words("labelled", label=session.label))
    said, cites = said_of(desk, due_says(desk.view()))
    put_next(desk, [*lines, *said], cites)


def must_agree(desk: Desk) -> bool:
    """In a public chat, once a version of the notice."""
    return desk.library.public and desk.state.consented != desk.library.about.notice


def _label(desk: Desk, flow: Flow, cases: int) -> str:
    """ケース青-07 for a person, the flow's title for a town. Never a name that anybody typed."""
    if flow.zone is Zone.TOWN:
        return flow.title
    colours = desk.words("case_colours").split("、")
    return desk.words("case", colour=colours[(cases - 1) % len(colours)], number=f"{cases:02}")


def put_gate(desk: Desk) -> None:
    layer = desk.state.layer
    assert layer is not None
    desk.change(layer=replace(layer, number=desk.state.turn))
    choices = (
        desk.choice(":consent", desk.words("consent"), "consent", layer.flow),
        desk.choice(":privacy", desk.words("read_privacy"), "privacy"),
        desk.choice(":quit", desk.words("quit"), "quit"),
    )
    offer = [desk.words("code_offer", title=desk.library.flows[layer.flow].title)] if layer.text else []
    desk.say("\n".join([*offer, desk.words("gate", **who(desk))]), choices)


def put_offer(desk: Desk) -> None:
    """A session that somebody gave away; closed by 戻る, and nothing is used up."""
    layer = desk.state.layer
    assert layer is not None
    desk.change(layer=replace(layer, number=desk.state.turn))
    choices = (
        desk.choice(":take", desk.words("code_take"), "take"),
        desk.choice(":back", desk.words("leave"), "back"),
    )
    desk.say(desk.words("code_offer", title=desk.library.flows[layer.flow].title), choices)


def who(desk: Desk) -> dict[str, str]:
    about = desk.library.about
    operator = desk.words("operator_named", name=about.operator) if about.operator else desk.words("operator_unset")
    return {"operator": operator, "contact": about.contact or desk.words("contact_unset")}


def consent(desk: Desk, flow: Flow) -> None:
    """Leads on to what stood behind the gate: the flow's beginning, or the session that a code brings."""
    code = desk.state.layer.text if desk.state.layer is not None else ""
    desk.change(consented=desk.library.about.notice, layer=None)
    desk.log("consented", notice=desk.library.about.notice)
    if code:
        desk.wants.append(TakeOver(code))
    else:
        begin(desk, flow)


# --- pause, go on ---


def pause(desk: Desk) -> None:
    said = []
    if desk.in_flow:
        said.append(desk.words("paused"))
        desk.log("paused")
    desk.change(at="menu", layer=None)
    put_menu(desk, said)


def resume(desk: Desk) -> None:
    """続きから: the open session; else the one unfinished, or a list."""
    desk.change(layer=None)
    if desk.in_flow:
        put_next(desk)
    else:
        desk.wants.append(ListSessions("resume"))


def reopen(desk: Desk) -> None:
    """The session at hand is worked on again, in the present version of its flow.

    A finished one stays finished until something is changed (`recording.unfinish`): looking loses no result.
    """
    desk.change(at="flow", layer=None)
    if not desk.session.finished:
        desk.log("resumed")
    adopt(desk)


def adopt(desk: Desk) -> None:
    """Take the session into the present version: an answer is kept where its question still allows it."""
    flow = desk.flow
    if desk.session.version == flow.version:
        return
    kept = {name: value for name, value in desk.session.answers.items() if possible_in(flow, name, value)}
    lost = [name for name in desk.session.answers if name not in kept]
    unfinish(desk)
    if desk.state.layer is not None and desk.state.layer.kind not in KEPT_LAYERS:
        desk.change(layer=None)  # it speaks of the flow as it was
    shown = tuple(one if one.question in kept else replace(one, fate="withdrawn") for one in desk.session.shown)
    desk.change_session(answers=kept, version=flow.version, shown=shown, drafts={}, previous=None)
    desk.log("moved", version=flow.version, lost=[*lost])
    if lost:
        desk.say(desk.words("version_changed", count=len(lost)))


# --- finish ---


def finish(desk: Desk) -> None:
    """The review is confirmed: the results, and the session is finished."""
    outcome = report(desk.flow, desk.session.answers)
    desk.change(unfinished=tuple(one for one in desk.state.unfinished if one != desk.session.id))
    desk.change_session(finished=desk.session.finished or desk.now.isoformat(timespec="seconds"))
    desk.log("finished", report=outcome)  # type: ignore[arg-type]
    desk.change(at="menu", layer=None)
    show_results(desk, desk.flow, desk.session.answers)


# --- きろく ---


def list_records(desk: Desk, cards: tuple[Card, ...]) -> None:
    if not cards:
        put_menu(desk, [desk.words("no_records")])
        return
    choices = [desk.choice(f"session:{card.id}", _card_label(desk, card), "card", card.id) for card in cards]
    desk.say(desk.words("records_list"), (*choices, desk.command("menu", "to_menu")))


def _card_label(desk: Desk, card: Card) -> str:
    key = "record_handed" if card.handed else "record_finished" if card.finished else "record_open"
    state = desk.words(key)
    when = card.changed[5:16].replace("-", "/").replace("T", " ")
    return desk.words("record", label=card.label, date=when, state=state)


def list_unfinished(desk: Desk, cards: tuple[Card, ...]) -> None:
    """続きから with no session open: the only one, a list, or one sentence."""
    unfinished = tuple(card for card in cards if is_open(desk, card))
    desk.change(unfinished=tuple(card.id for card in unfinished))
    if len(unfinished) == 1:
        desk.wants.append(OpenSession(unfinished[0].id, "resume"))
    elif unfinished:
        list_records(desk, unfinished)
    else:
        put_menu(desk, [desk.words("nothing_to_resume")])


def is_open(desk: Desk, card: Card) -> bool:
    return not card.finished and not card.handed and card.flow in desk.library.flows


def show_card(desk: Desk, session: Session) -> None:
    """What can be done with one session of the list."""
    there = session.flow in desk.library.flows
    choices: list[Choice] = []
    if session.finished:
        choices.append(desk.choice(":show", desk.words("show_again"), "show", session.id))
    elif there and not session.handed:
        choices.append(desk.choice(":go", desk.words("go_on"), "go", session.id))
        choices.append(desk.choice(":give", desk.words("give_code"), "give", session.id))
    if there:
        choices.append(desk.choice(":again", desk.words("do_again"), "flow", session.flow))
    choices.append(desk.choice(":delete", desk.words("delete"), "ask_delete", session.id))
    choices.append(desk.command("records", "back_to_records"))
    began = show_date(date.fromisoformat(session.started[:10]))
    handed = [desk.words("handed", label=session.label)] if session.handed else []
    desk.say("\n".join([*handed, desk.words("record_card", label=session.label, date=began)]), tuple(choices))


def show_finished(desk: Desk, session: Session, flow: Flow | None) -> None:
    """A finished session in the words and rules it ended with."""
    if flow is None:
        desk.say(desk.words("flow_gone"))
        return
    if desk.in_flow:
        desk.say(desk.words("paused_other"))
    desk.change(session=session, at="menu", layer=None)
    show_results(desk, flow, session.answers)


def ask_delete(desk: Desk, session_id: str) -> None:
    desk.change(layer=Layer("delete", session=session_id, number=desk.state.turn))
    put_delete(desk)


def put_delete(desk: Desk) -> None:
    layer = desk.state.layer
    assert layer is not None
    desk.change(layer=replace(layer, number=desk.state.turn))
    yes = desk.choice(":erase", desk.words("delete_yes"), "erase", layer.session)
    desk.say(desk.words("delete_ask"), (yes, desk.choice(":back", desk.words("leave"), "back")))


def erase(desk: Desk, session_id: str) -> None:
    """The session is gone, with its log."""
    desk.change(unfinished=tuple(one for one in desk.state.unfinished if one != session_id))
    if desk.state.session is not None and desk.state.session.id == session_id:
        desk.change(session=None, at="menu")
    desk.change(layer=None)
    desk.wants.append(DeleteSession(session_id))
