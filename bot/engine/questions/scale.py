"""`type: scale` — a whole figure from low to high, each with a label. The value is a Decimal.

The figures are the options' ids, so buttons and digits mean the same.
"""

from __future__ import annotations

from decimal import Decimal

from bot.engine.flow import Question
from bot.engine.questions.base import (
    Context,
    Json,
    Read,
    Reading,
    impossible,
    label_of,
    names_of,
    one_of,
    option_ids,
)
from bot.engine.questions.figures import as_decimal, as_json
from bot.engine.values import Value
from bot.japanese.only import only_quantities
from bot.japanese.options import match_options


def read(question: Question, text: str, _context: Context) -> Reading:
    found = only_quantities(text)
    if len(found) == 1 and str(found[0].value) in option_ids(question):
        return Read(found[0].value)
    matches = match_options(text, names_of(question), numbers=False)  # 5 is a figure here, never the fifth label
    values = tuple(Decimal(question.options[match.index].id) for match in matches)
    return one_of(values)


def show(question: Question, value: Value) -> str:
    return label_of(question, str(value))


def accept(question: Question, plain: Json) -> Value:
    value = as_decimal(plain)
    if value is None or str(value) not in option_ids(question):
        raise impossible(question, plain, " | ".join(option_ids(question)))
    return value


def plain(_question: Question, value: Value) -> Json:
    return as_json(value) if isinstance(value, Decimal) else None
