"""`type: several` — any number of the options, none included. The value is the ids in the options' order."""

from __future__ import annotations

from collections.abc import Iterable

from bot.engine.flow import Question
from bot.engine.questions.base import (
    Context,
    Json,
    Read,
    Reading,
    Unreadable,
    impossible,
    label_of,
    names_of,
    option_ids,
)
from bot.engine.values import Value
from bot.japanese.options import match_several, means_all


def read(question: Question, text: str, _context: Context) -> Reading:
    if means_all(text):
        return Read(settle(question, (option.id for option in question.options if not option.alone)))
    indices = match_several(text, names_of(question))
    if indices is None:
        return Unreadable()
    return Read(settle(question, (question.options[index].id for index in indices)))


def settle(question: Question, chosen: Iterable[str]) -> tuple[str, ...]:
    """The chosen ids in the options' order; an option that stands alone clears the rest."""
    ids = set(chosen)
    alone = [option.id for option in question.options if option.alone and option.id in ids]
    return tuple(alone[:1]) or tuple(option.id for option in question.options if option.id in ids)


def toggle(question: Question, chosen: tuple[str, ...], option_id: str, *, on: bool) -> tuple[str, ...]:
    """The draft after a press. Setting is never flipping: the same press twice leaves the same draft."""
    if not on:
        return tuple(one for one in chosen if one != option_id)
    alone = {option.id for option in question.options if option.alone}
    kept = () if option_id in alone else (one for one in chosen if one not in alone)
    return settle(question, (*kept, option_id))


def show(question: Question, value: Value) -> str:
    return "、".join(label_of(question, one) for one in value) if isinstance(value, tuple) else ""


def accept(question: Question, plain: Json) -> Value:
    if isinstance(plain, list) and all(isinstance(one, str) and one in option_ids(question) for one in plain):
        return settle(question, (str(one) for one in plain))
    raise impossible(question, plain, "[" + ", ".join(option_ids(question)) + "]")


def plain(_question: Question, value: Value) -> Json:
    return list(value) if isinstance(value, tuple) else []
