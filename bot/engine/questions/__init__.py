"""The question types by name, in alphabetical order. A type without a file of cases under `tests/` fails by name."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.flow import Kind
from bot.engine.questions import choice, date, measures, number, scale, several, text, yes_no
from bot.engine.questions.base import QuestionType

QUESTION_TYPES: Mapping[Kind, QuestionType] = {
    Kind.CHOICE: choice,
    Kind.DATE: date,
    Kind.MEASURES: measures,
    Kind.NUMBER: number,
    Kind.SCALE: scale,
    Kind.SEVERAL: several,
    Kind.TEXT: text,
    Kind.YES_NO: yes_no,
}
