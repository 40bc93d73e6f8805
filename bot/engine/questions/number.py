"""`type: number` — one figure in the question's unit. The value is a Decimal.

Every figure is said back with its unit (semantics §7). No unit typed means the question's own. What could be meant
otherwise is asked back once: a figure outside `usual`, a bare one that fits in two ways (amounts.py), one for a month
where a year's is asked for (`per`). What was only reckoned into the unit may be rounded, and that is said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from bot.engine.flow import Question
from bot.engine.questions.amounts import fits, is_percent, meanings, rounded
from bot.engine.questions.base import Context, Json, Read, Reading, Unreadable, Unsure, impossible
from bot.engine.questions.figures import (
    MONTHS,
    SCALED,
    as_decimal,
    as_json,
    in_unit,
    lasting,
    nearest,
    on_step,
    with_unit,
    within,
)
from bot.engine.values import Value
from bot.japanese.numerals import Quantity, read_range
from bot.japanese.only import only_quantities
from bot.japanese.periods import MONTH, YEAR, split_period
from bot.japanese.shares import read_share

_FOR = {"": (Fraction(1), "meant"), MONTH: (Fraction(1, 12), "per_month"), YEAR: (Fraction(12), "per_year")}
"""By the time that is asked for: what a figure for the other one is multiplied with, and the reason for asking back."""
_HOW_LONG = ("先まで", "先", "分")  # 2年先まで, 2年分
_HALF_YEAR = re.compile("(?<!年)半年")
_MYRIADS = ("万", "億", "兆")


def read(question: Question, text: str, _context: Context) -> Reading:
    share = read_share(text) if is_percent(question) else None
    if share is not None:
        return _reckoned(question, share.value * 100, _note(share.approximate))
    said, period = (_HALF_YEAR.sub("6か月", text), "") if lasting(question.unit) else split_period(text)
    if read_range(said):
        return Unreadable("one_figure")
    found = _quantities(question, said)
    if len(found) != 1:
        return Unreadable("one_figure" if found else "unreadable")
    return _figure(question, found[0], said, period)


def _quantities(question: Question, text: str) -> tuple[Quantity, ...]:
    """With a unit of the question's own, such as 拠点; 1年6か月 are eighteen months."""
    if not lasting(question.unit):
        return only_quantities(text, [question.unit])
    found = only_quantities(text, [question.unit, *_HOW_LONG])
    if [quantity.unit for quantity in found] != ["年", "か月"]:
        return found
    years, months = found
    whole = years.value * MONTHS["年"] + months.value
    about = years.approximate or months.approximate
    return (replace(months, value=whole, approximate=about, start=years.start),)


def _figure(question: Question, found: Quantity, said: str, period: str) -> Reading:
    """One figure in what was said, which is without the period that it is for."""
    typed = said[found.start : found.end]
    unit = _unit_typed(question, found, typed, said[found.end :].lstrip())
    exact = None if unit is None else in_unit(found.value, unit, question.unit)
    note = _note(found.approximate)
    if exact is None:
        return Unreadable("other_unit")
    if period not in ("", question.per):
        return _for_another_time(question, exact)
    if exact != Fraction(found.value):
        return _reckoned(question, exact, note)
    if unit:
        return _judge(question, found.value, note)
    meant, reason = meanings(question, found.value, typed)
    if len(meant) > 1:
        return Unsure(tuple(nearest(one, question.step) for one in meant), reason)
    return _judge(question, found.value, note) if meant[0] == exact else _reckoned(question, meant[0], note)


def _unit_typed(question: Question, found: Quantity, typed: str, after: str) -> str | None:
    """「1,200万」 leaves out its yen; a bare 1200 says nothing; 「1億2000」 may be either, and is None."""
    if not found.unit and question.unit in SCALED and any(mark in typed for mark in _MYRIADS):
        return "円" if typed.endswith(_MYRIADS) else None
    # A unit of the question's own (3拠点), or one behind a space (1,200 万円), is no part of a quantity.
    return question.unit if not found.unit and after.startswith(question.unit) else found.unit


def _note(approximate: bool) -> str:
    return "approximate" if approximate else ""


def _judge(question: Question, value: Decimal, note: str) -> Reading:
    if not within(value, question.low, question.high):
        return Unreadable("out_of_range")
    if not on_step(value, question.step):
        return Unreadable("step")
    if question.usual and not within(value, *question.usual):
        return Unsure((value,), "unusual")
    return Read(value, note)


def _reckoned(question: Question, exact: Fraction, note: str) -> Reading:
    """Yen in 万円, months in years, a share in %: on the step where it lies near enough."""
    value = rounded(question, exact)
    if value is None:
        return Unreadable("step" if within(exact, question.low, question.high) else "out_of_range")
    return _judge(question, value, note if Fraction(value) == exact else "rounded")


def _for_another_time(question: Question, exact: Fraction) -> Reading:
    """Reckoned over, and never taken without asking; where the author has not said the time, it is asked as it is."""
    times, reason = _FOR[question.per]
    value = nearest(exact * times, question.step)
    return Unsure((value,), reason) if fits(question, value) else Unreadable("out_of_range")


def show(question: Question, value: Value) -> str:
    return with_unit(value, question.unit) if isinstance(value, Decimal) else ""


def accept(question: Question, plain: Json) -> Value:
    value = as_decimal(plain)
    if value is None or not fits(question, value):
        raise impossible(question, plain, f"{question.low}-{question.high}")
    return value


def plain(_question: Question, value: Value) -> Json:
    return as_json(value) if isinstance(value, Decimal) else None
