"""One turn: `converse(library, state, message, now, fresh) -> (state, events, replies, wants)`. Pure.

Which reading wins is settled here and nowhere else, in the order of semantics §6: danger, the open layer's choices, a
command word, the privacy guard, the waiting question's type, a page, a flow by name, the search. (The same update
again is `turn.py`'s.) `fresh` is an unguessable string for a new session's id. Wants are done by `turn.py`, which calls
again with `Got`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.conversation.answering import read, take, text_or_question, unreadable
from bot.conversation.asked import answer, decline, means_the_entry
from bot.conversation.brought import take_in
from bot.conversation.browsing import show_term, term_asked
from bot.conversation.commands import command_of, run_command, slash, urgent
from bot.conversation.danger import is_danger, sounds_like_it
from bot.conversation.desk import Desk
from bot.conversation.finding import (
    begin_choice,
    flow_called,
    page_of,
    part_called,
    show_called_part,
    show_flow,
    show_page,
)
from bot.conversation.guard import find_kinds
from bot.conversation.handover import tell_handed
from bot.conversation.layers import ASKING, YES_IS_FIRST, put_again, put_layer
from bot.conversation.library import Library
from bot.conversation.messages import (
    Choice,
    Got,
    Message,
    Out,
    Pressed,
    Sent,
    Typed,
)
from bot.conversation.presses import press
from bot.conversation.putting import put_menu, waiting
from bot.conversation.sessions import adopt, who
from bot.conversation.state import Layer, State
from bot.engine.advance import Progress, progress
from bot.engine.flow import Kind, Question
from bot.engine.questions.base import Unreadable
from bot.engine.view import View
from bot.japanese.options import match_options
from bot.japanese.polarity import read_yes_no
from bot.japanese.width import fold, is_question

LONGEST = 4096  # characters of a message, as many as Telegram lets one send; no more is read of a longer one
_SENT = {
    "contact": "sent_contact",
    "edited": "sent_edited",
    "file": "sent_file",
    "location": "sent_location",
    "photo": "sent_photo",
    "sticker": "sent_sticker",
    "voice": "sent_voice",
}
_KINDS = {
    "birth": "guard_birth",
    "digits": "guard_digits",
    "email": "guard_email",
    "name": "guard_name",
    "phone": "guard_phone",
    "postal": "guard_postal",
}


def converse(library: Library, state: State, message: Message, now: datetime, fresh: str) -> Out:
    turn = state.turn + (0 if isinstance(message, Got) else 1)
    desk = Desk(library, replace(state, turn=turn), now, fresh)
    told = _settle_in(desk, message.token if isinstance(message, Pressed) else "")
    match message:
        case Typed(text):
            _typed(desk, text, _after_telling if told else _free)
        case Pressed(token):
            press(desk, token)
        case Sent(kind):
            desk.say(desk.words(_SENT.get(kind, "sent_other")))
            put_again(desk)
        case _:
            take_in(desk, message)
    _notice(desk)
    return desk.out()


def _settle_in(desk: Desk, token: str) -> bool:
    """What is at hand must be one's own still, and have its flow, in the present version. Whether it was told that the
    session which was open is somebody else's now.
    """
    session, layer = desk.state.session, desk.state.layer
    if layer is not None and layer.flow and layer.flow not in desk.library.flows:
        desk.change(layer=None)  # the gate to it, or the offer
    if session is None:
        return False
    if session.handed:
        return tell_handed(desk, token)
    if session.flow not in desk.library.flows:
        if desk.in_flow:
            desk.say(desk.words("flow_gone"))
        unfinished = tuple(one for one in desk.state.unfinished if one != session.id)
        desk.change(session=None, at="menu", layer=None, unfinished=unfinished)
    elif not session.finished or desk.in_flow:  # a finished one keeps the version it ended with until it is reopened
        adopt(desk)
    return False


def _notice(desk: Desk) -> None:
    """The notice follows a new user's first reply, once a version of it."""
    version = desk.library.about.notice
    urgent_now = any(event.kind == "danger" for event in desk.events)  # then nothing else is said
    if desk.state.noticed != version and desk.replies and not desk.wants and not urgent_now:
        desk.change(noticed=version)
        desk.say(desk.words("notice_public" if desk.library.public else "notice_local", **who(desk)))


# --- text ---


def _typed(desk: Desk, text: str, otherwise: Callable[[Desk, str], None]) -> None:
    if not fold(text[:LONGEST]):
        _repeat(desk)
    elif is_danger(text[:LONGEST], desk.library.danger):
        urgent(desk)
    elif len(text) > LONGEST:
        desk.say(desk.words("too_long"))
        put_again(desk)
    elif text.lstrip().startswith("/"):
        slash(desk, text)
    elif (offered := _offered(desk, text)) is not None:
        press(desk, offered.token)
    elif means_the_entry(desk, text):
        show_called_part(desk, "more")
    elif (command := command_of(desk, text)) is not None:
        run_command(desk, command)
    else:
        if sounds_like_it(text, desk.library.danger):
            desk.say(desk.words("danger_hint"))
        otherwise(desk, text)


def _after_telling(desk: Desk, _text: str) -> None:
    """What was typed was an answer to the session that is not open any more."""
    put_menu(desk)


def _repeat(desk: Desk) -> None:
    """An empty line puts again what waits."""
    if desk.in_flow or desk.state.layer is not None:
        put_again(desk)
    else:
        put_menu(desk)


def _offered(desk: Desk, text: str) -> Choice | None:
    """The button that was meant by its label or number, where no question waits for an answer of its own."""
    layer = desk.state.layer
    buttons = [choice for choice in desk.state.offered if not choice.token.startswith("q.")]
    if waiting(desk) is not None and (layer is None or layer.kind == "correct"):
        beside = [choice for choice in buttons if not choice.id.startswith(":")]  # of an answer from the handbook
        beside += [choice for choice in desk.state.offered if choice.id == ":done"]  # 決定 of a choice of several
        if fold(text) in map(fold, desk.library.words.listed("keep_words")):
            return next((choice for choice in desk.state.offered if choice.id == ":keep"), None)
        return next((choice for choice in beside if fold(choice.label) == fold(text)), None)
    said = _agrees(desk, text) if _asks_yes_no(desk, layer) else None
    if said is not None:
        return _confirmation(buttons, layer, said)
    picking = layer is not None and layer.kind == "pick"  # there the name is enough, and near enough
    names = [(choice.label, *([choice.label.partition(":")[0]] if picking else [])) for choice in buttons]
    matches = [match for match in match_options(text, names) if picking or match.how in ("exact", "number")]
    return buttons[matches[0].index] if len(matches) == 1 else _begin(desk, buttons, text)


def _begin(desk: Desk, buttons: list[Choice], text: str) -> Choice | None:
    """The one flow that stands ready to start, when the whole message says はじめる or はい."""
    ready = [choice for choice in buttons if choice.id.startswith("begin:")]
    if desk.state.layer is not None or desk.in_flow or len(ready) != 1:
        return None
    starts = fold(text) in map(fold, desk.words("begin_words").split("、")) or _agrees(desk, text) == "yes"
    return ready[0] if starts else None


def _confirmation(buttons: list[Choice], layer: Layer | None, said: str) -> Choice | None:
    """The open layer's own はい or いいえ, or the review's; never a button of something shown beside it."""
    if layer is None:
        wanted = ":confirm" if said == "yes" else ":correct"
        return next((choice for choice in buttons if choice.id == wanted), None)
    own = [choice for choice in buttons if choice.token.split(".")[1] == str(layer.number)]
    backs = [choice for choice in own if choice.id == ":back"]
    others = [choice for choice in own if choice.id != ":back"]
    return next(iter(others if said == "yes" else backs), None)


def _agrees(desk: Desk, text: str) -> str | None:
    """はい or いいえ, and what else people say for はい to 「この内容でよいですか」."""
    agreeing = map(fold, desk.words("agree_words").split("、"))
    return "yes" if fold(text) in agreeing else read_yes_no(text)


def _asks_yes_no(desk: Desk, layer: Layer | None) -> bool:
    """Whether what is open is a plain confirmation; with nothing on top, that is the review."""
    if layer is None:
        return desk.in_flow
    return layer.kind in YES_IS_FIRST or (layer.kind == "clarify" and len(layer.values) == 1)


def _free(desk: Desk, text: str) -> None:
    """Neither button nor command: an answer, or something for the handbook."""
    layer = desk.state.layer
    if layer is not None and layer.kind == "text_or_ask" and read_yes_no(text) is not None:
        put_layer(desk)  # はい to 「どちらにしますか」 is neither the answer nor the question
        return
    question = waiting(desk) if layer is None or layer.kind in ASKING else None
    reading = None if question is None or question.kind is Kind.TEXT else read(desk, question, text)
    if question is not None and reading is not None and not isinstance(reading, Unreadable):
        take(desk, question, reading, text)
        return
    kinds = find_kinds(text, desk.library.family_names)
    if kinds:
        _guarded(desk, kinds)
    elif question is not None and question.kind is Kind.TEXT:
        _free_text(desk, question, text)
    elif question is None or reading is None or not take(desk, question, reading, text):
        _look_up(desk, question, text)


def _guarded(desk: Desk, kinds: tuple[str, ...]) -> None:
    """Says what kind was found, keeps the kind and never the text, and puts again what waits."""
    desk.log("guarded", kinds=list(kinds))
    desk.say(desk.words("guarded", kinds="、".join(desk.words(_KINDS[kind]) for kind in kinds)))
    put_again(desk)


def _free_text(desk: Desk, question: Question, text: str) -> None:
    if is_question(text):
        text_or_question(desk, question, text)
    else:
        take(desk, question, read(desk, question, text), text)


def _look_up(desk: Desk, question: Question | None, text: str) -> None:
    """A page, a flow by name, or the search; then what waits again."""
    page = page_of(text, bare=question is None and desk.state.layer is None)
    called = flow_called(desk, text)
    term = term_asked(desk, text)
    part = part_called(desk, text)
    if page is not None:
        show_page(desk, page)
    elif part is not None:
        show_called_part(desk, part)
    elif term is not None:
        show_term(desk, term)
    elif called is not None and not (called[1] and answer(desk, text)):
        show_flow(desk, called[0])
    elif called is not None:
        last = desk.replies[-1]
        desk.replies[-1] = replace(last, choices=(*last.choices, begin_choice(desk, called[0])))
    elif not answer(desk, text, may_be_answer=question is not None):
        _nothing_found(desk, question, text)
        return
    if desk.in_flow:
        desk.log("digressed")
    put_again(desk)


def _nothing_found(desk: Desk, question: Question | None, text: str) -> None:
    """Not in the book either: where a question waits, it was an answer that could not be read."""
    if question is not None:
        unreadable(desk, question)
        return
    decline(desk, text)
    if desk.state.layer is not None:
        put_layer(desk)
    else:
        put_again(desk)


# --- where one is, for channels ---


def standing(library: Library, state: State) -> tuple[str | None, str | None, Progress | None]:
    """The open flow, the question that waits, and how far along; all None outside a flow."""
    session = state.session
    if state.at != "flow" or session is None or session.flow not in library.flows:
        return None, None, None
    view = View(library.flows[session.flow], session.answers)
    desk = Desk(library, state, datetime.min, "")
    question = waiting(desk)
    return session.flow, None if question is None else question.id, None if question is None else progress(view)
