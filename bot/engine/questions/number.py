"""`type: number` — one figure in the question's unit. The value is a Decimal.

Every figure is said back with its unit (semantics §7). No unit typed means the question's own. Outside `usual` but
possible: asked back once. A percentage below 1: asked whether it was meant as a share.
"""

from __future__ import annotations

from decimal import Decimal

from bot.engine.flow import Question
from bot.engine.questions.base import Context, Json, Read, Reading, Unreadable, Unsure, impossible
from bot.engine.questions.figures import as_decimal, as_json, in_unit, on_step, spelled, with_unit, within
from bot.engine.values import Value
from bot.japanese.numerals import Quantity, read_range
from bot.japanese.only import only_quantities


def read(question: Question, text: str, _context: Context) -> Reading:
    if read_range(text):
        return Unreadable("one_figure")
    found = only_quantities(text, [question.unit])  # a unit of its own, such as 拠点, may stand there too
    if len(found) != 1:
        return Unreadable("one_figure" if found else "unreadable")
    value = in_unit(found[0].value, _unit_typed(text, found[0]), question.unit)
    if value is None:
        return Unreadable("other_unit")
    return _judge(question, value, "approximate" if found[0].approximate else "")


def _unit_typed(text: str, quantity: Quantity) -> str:
    """「1,200万」 says the yen that it leaves out; a bare 1200 says nothing."""
    said = text[quantity.start : quantity.end]
    return quantity.unit or ("円" if said.endswith(("万", "億")) else "")


def _judge(question: Question, value: Decimal, note: str) -> Reading:
    if spelled(question.unit) == "%" and 0 < value < 1:
        as_share = tuple(v for v in (value, value * 100) if fits(question, v))
        return Unsure(as_share, "percent") if as_share else Unreadable("out_of_range")
    if not within(value, question.low, question.high):
        return Unreadable("out_of_range")
    if not on_step(value, question.step):
        return Unreadable("step")
    if question.usual and not within(value, *question.usual):
        return Unsure((value,), "unusual")
    return Read(value, note)


def fits(question: Question, value: Decimal) -> bool:
    return within(value, question.low, question.high) and on_step(value, question.step)


def show(question: Question, value: Value) -> str:
    return with_unit(value, question.unit) if isinstance(value, Decimal) else ""


def accept(question: Question, plain: Json) -> Value:
    value = as_decimal(plain)
    if value is None or not fits(question, value):
        raise impossible(question, plain, f"{question.low}-{question.high}")
    return value


def plain(_question: Question, value: Value) -> Json:
    return as_json(value) if isinstance(value, Decimal) else None
