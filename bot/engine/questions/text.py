"""`type: text` — the user's own words, kept as they are but for control characters. At most 1,000 characters.

A lone digit or sign is asked back: it is rather the first button that was meant, or a slip. A lone letter is a word.
"""

from __future__ import annotations

from bot.engine.flow import Question
from bot.engine.questions.base import Context, Json, Read, Reading, Unreadable, Unsure, impossible
from bot.engine.values import Value
from bot.japanese.width import fold, tidy

LONGEST = 1000


def read(_question: Question, text: str, _context: Context) -> Reading:
    kept = tidy(text)
    if len(kept) > LONGEST:
        return Unreadable("too_long")
    if not kept:
        return Unreadable()
    said = fold(kept)
    return Unsure((kept,), "slip") if len(said) <= 1 and not said.isalpha() else Read(kept)


def show(_question: Question, value: Value) -> str:
    return str(value)


def accept(question: Question, plain: Json) -> Value:
    if isinstance(plain, str) and 0 < len(tidy(plain)) <= LONGEST:
        return tidy(plain)
    raise impossible(question, plain, f"1-{LONGEST}")


def plain(_question: Question, value: Value) -> Json:
    return str(value)
