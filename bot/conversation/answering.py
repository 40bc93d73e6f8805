"""Taking an answer: reading a message or a press for a question, and what to do where it is not plain.

The rule: what cannot be read loses nothing and costs a try; two close readings are asked back. A value that is settled
goes to `recording.py`, or to `correcting.py` where the question is being corrected.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.conversation.correcting import propose
from bot.conversation.desk import Desk, number_in
from bot.conversation.messages import Choice
from bot.conversation.putting import chosen_so_far, expected, put_question, why_of
from bot.conversation.recording import record, recorded_line
from bot.conversation.showing import show
from bot.conversation.state import Layer, Shown
from bot.engine.flow import Kind, Question
from bot.engine.questions import QUESTION_TYPES
from bot.engine.questions.base import Context, Part, Read, Reading, Unreadable, Unsure
from bot.engine.questions.figures import spelled_out
from bot.engine.questions.possible import possible
from bot.engine.questions.several import settle
from bot.engine.values import Gap, Measures, Value, to_plain
from bot.japanese.width import fold

ASKING_BACK = ("clarify", "text_or_ask")  # layers about an answer that was not plain
LABELLED = (Kind.CHOICE, Kind.YES_NO)
TRIES = 2  # after so many unreadable answers わからない and the reason for asking are offered
_UNREADABLE = {
    "unreadable": "unreadable",
    "digit": "unreadable_digit",
    "one_figure": "unreadable_one_figure",
    "other_unit": "unreadable_other_unit",
    "out_of_range": "unreadable_out_of_range",
    "step": "unreadable_step",
    "too_long": "unreadable_too_long",
}
_RECORDED = {"": "recorded", "approximate": "recorded_about", "rounded": "recorded_rounded"}
_UNSURE = {
    "close": "unsure_close",
    "empty": "unsure_empty",  # 決定 on nothing chosen
    "meant": "unsure_meant",  # a figure for a time, where the question has said none
    "per_month": "unsure_per_month",
    "per_year": "unsure_per_year",
    "percent": "unsure_percent",
    "scale": "unsure_scale",
    "slip": "unsure_slip",
    "swapped": "unsure_meant",
    "unusual": "unsure_unusual",
}


def read(desk: Desk, question: Question, text: str) -> Reading:
    """The message as an answer to this question; typed choices join what is set already."""
    draft = desk.session.drafts.get(question.id)
    measures = draft if isinstance(draft, Measures) else None
    context = Context(desk.now.date(), desk.library.public, measures)
    reading = QUESTION_TYPES[question.kind].read(question, text, context)
    if question.kind is Kind.SEVERAL and isinstance(reading, Read) and isinstance(reading.value, tuple):
        return Read(settle(question, (*chosen_so_far(desk, question), *reading.value)) if reading.value else ())
    return reading


def take(desk: Desk, question: Question, reading: Reading, text: str) -> bool:
    """Do what the reading asks for; False where the message may still be something else than an answer."""
    match reading:
        case Read(value, note):
            desk.change_session(tries=0)
            settle_on(desk, question, value, _said_back(desk, question, value, note, text))
        case Unsure(values, reason):
            ask_which(desk, question, values, reason)
        case Part(draft):
            stop_asking_back(desk)
            _keep_draft(desk, question, draft)
            put_question(desk, question, [desk.words("kept_part")])
        case Unreadable("unreadable"):
            return False
        case _:
            unreadable(desk, question, reading.reason)
    return True


def settle_on(desk: Desk, question: Question, value: Value, lines: list[str]) -> None:
    """A value for this question: an answer, or the new value where it is being corrected."""
    if question.id in desk.session.answers:
        propose(desk, question, value)
    else:
        record(desk, question, value, lines)


def _said_back(desk: Desk, question: Question, value: Value, note: str, text: str) -> list[str]:
    """「1,200万円として記録しました」: figures always; of options nothing where the user typed the label itself."""
    shown = show(desk, question, value)
    if question.kind is Kind.TEXT:
        return [desk.words("recorded_text")]
    if question.kind in LABELLED and fold(text) == fold(shown):
        return []
    return [desk.words(_RECORDED[note], value=shown)]


def _keep_draft(desk: Desk, question: Question, draft: Value) -> None:
    desk.change_session(drafts={**desk.session.drafts, question.id: draft}, tries=0)
    desk.log("drafted", question=question.id, value=to_plain(draft))


# --- what is not plain ---


def ask_which(desk: Desk, question: Question, values: tuple[Value, ...], reason: str) -> None:
    desk.change(layer=Layer("clarify", question=question.id, values=values, reason=reason, number=desk.state.turn))
    put_clarify(desk, question)


def put_clarify(desk: Desk, question: Question) -> None:
    layer = desk.state.layer
    assert layer is not None
    labels = [_label(desk, question, value) for value in layer.values]
    names = [desk.words("as_answer")] if question.kind is Kind.TEXT else labels
    choices = tuple(desk.choice(f"value:{i}", name, "value", str(i)) for i, name in enumerate(names))
    text = desk.words(_UNSURE[layer.reason], value=labels[0], values="、".join(labels), unit=question.unit)
    desk.change(layer=replace(layer, number=desk.state.turn))
    desk.say(text, (*choices, desk.choice(":back", desk.words("again"), "back")))


def _label(desk: Desk, question: Question, value: Value) -> str:
    """An amount that is asked back has its 億 beside it."""
    if question.kind is Kind.NUMBER and isinstance(value, Decimal):
        return spelled_out(value, question.unit)
    return show(desk, question, value)


def stop_asking_back(desk: Desk) -> None:
    """No value came of asking back: the question itself waits again, and where it is being corrected, that goes on."""
    layer = desk.state.layer
    if layer is not None and layer.kind in ASKING_BACK:
        correcting = layer.question in desk.session.answers
        again = Layer("correct", question=layer.question, number=desk.state.turn)
        desk.change(layer=again if correcting else None)


def unreadable(desk: Desk, question: Question, reason: str = "unreadable") -> None:
    """What would be readable, with an example; after the second try also the way out and why it is asked."""
    stop_asking_back(desk)
    tries = desk.session.tries + 1
    desk.change_session(tries=tries)
    desk.log("unreadable", question=question.id, reason=reason)
    fields = [desk.words("bounds", name=f.name, low=f.low, high=f.high, unit=f.unit) for f in question.fields]
    own = desk.words("bounds", name="", low=question.low, high=question.high, unit=question.unit)
    bounds = "、".join(fields) or own
    each = [desk.words("step_of", name=f.name, step=f.step, unit=f.unit) for f in question.fields]
    steps = "、".join(each) or f"{question.step}{question.unit}"
    lines = [desk.words(_UNREADABLE[reason], range=bounds, unit=question.unit, steps=steps)]
    if reason not in ("digit", "too_long"):  # which say it already
        lines.append(expected(desk, question))
    if reason == "unreadable":
        lines.append(desk.words("ask_with_mark"))
    if tries >= TRIES:
        lines.append(desk.words("may_be_unknown"))
        lines.append(why_of(desk, question))
    put_question(desk, question, lines)


# --- multi choice ---


def toggle(desk: Desk, question: Question, chosen: tuple[str, ...]) -> None:
    """The draft after a press, shown on the same message."""
    if chosen != chosen_so_far(desk, question):
        _keep_draft(desk, question, chosen)
    put_question(desk, question, in_place=True)


def decide(desk: Desk, question: Question) -> None:
    chosen = chosen_so_far(desk, question)
    if chosen:
        settle_on(desk, question, chosen, recorded_line(desk, question, chosen))
    else:
        ask_which(desk, question, ((),), "empty")


def as_value(question: Question, option_id: str) -> Value:
    """The value that a choice of this question stands for."""
    if question.kind is Kind.MEASURES:
        return Measures(band=option_id)
    if question.kind is Kind.SCALE:
        return QUESTION_TYPES[Kind.SCALE].accept(question, int(option_id))
    return option_id


def value_of(desk: Desk, question: Question, shown: Shown, what: str) -> Value | None:
    """The value that the button stands for; None where the question cannot have it (any more)."""
    if what in ("unknown", "skip"):
        return Gap.UNKNOWN if what == "unknown" else Gap.SKIPPED
    if what == "keep":
        previous = desk.session.previous
        return previous[1] if previous is not None and previous[0] == question.id else None
    place = number_in(what)
    if place is None or place >= len(shown.choices):
        return None
    value = as_value(question, shown.choices[place])
    return value if possible(question, value) else None


def text_or_question(desk: Desk, question: Question, text: str) -> None:
    """A text answer that ends in a question mark: which is it?"""
    layer = Layer("text_or_ask", question=question.id, text=text, number=desk.state.turn)
    desk.change(layer=layer)
    put_text_or_question(desk)


def put_text_or_question(desk: Desk) -> None:
    layer = desk.state.layer
    assert layer is not None
    desk.change(layer=replace(layer, number=desk.state.turn))
    choices: tuple[Choice, ...] = (
        desk.choice(":as_answer", desk.words("as_answer"), "as_answer"),
        desk.choice(":as_question", desk.words("as_question"), "as_question"),
    )
    desk.say(desk.words("answer_or_question"), choices)
