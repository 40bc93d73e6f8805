"""`type: date` — a day, Western or Japanese era. The value is a `date`."""

from __future__ import annotations

import datetime

from bot.engine.flow import Question
from bot.engine.questions.base import Context, Json, Reading, Unreadable, impossible, one_of
from bot.engine.values import Value
from bot.japanese.dates import read_date, show_date
from bot.japanese.width import fold, is_question

LONGEST = 30  # a date in a longer message is not the answer, it is about something


def read(_question: Question, text: str, context: Context) -> Reading:
    days = read_date(text, context.today)
    if is_question(text) or len(fold(text)) > LONGEST:
        return Unreadable()
    return one_of(days)


def show(_question: Question, value: Value) -> str:
    return show_date(value) if isinstance(value, datetime.date) else ""


def accept(question: Question, plain: Json) -> Value:
    try:
        day = datetime.date.fromisoformat(str(plain))
    except ValueError:
        raise impossible(question, plain, "YYYY-MM-DD") from None
    if day.isoformat() != plain:  # 20260401 and 2026-W14-3 are ISO dates too, but not of the contract
        raise impossible(question, plain, "YYYY-MM-DD")
    return day


def plain(_question: Question, value: Value) -> Json:
    return str(value)
