"""`type: choice` — one of the options. The value is the option's id."""

from __future__ import annotations

from bot.engine.flow import Question
from bot.engine.questions.base import (
    Context,
    Json,
    Reading,
    impossible,
    label_of,
    names_of,
    one_of,
    option_ids,
)
from bot.engine.values import Value
from bot.japanese.options import match_options


def read(question: Question, text: str, _context: Context) -> Reading:
    matches = match_options(text, names_of(question))
    values = tuple(question.options[match.index].id for match in matches)
    return one_of(values)


def show(question: Question, value: Value) -> str:
    return label_of(question, str(value))


def accept(question: Question, plain: Json) -> Value:
    if isinstance(plain, str) and plain in option_ids(question):
        return plain
    raise impossible(question, plain, " | ".join(option_ids(question)))


def plain(_question: Question, value: Value) -> Json:
    return str(value)
