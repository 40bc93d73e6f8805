"""Real answers that stand for many: sets of options, figures around a cut, figures within a band.

Every one of them can be given in a talk. Pure data; which of them differ for the rules at hand is decided in `ways.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor

from bot.engine.bounds import Interval
from bot.engine.expressions.evaluate import Standing, State
from bot.engine.expressions.nodes import Includes, Points
from bot.engine.flow import Field, Kind, Option, Question
from bot.engine.proof.boxes import Found, choose
from bot.engine.proof.changes import Answered
from bot.engine.proof.reading import Reader
from bot.engine.proof.residue import YES, BoolResidue, NumberResidue, Sum, Variable
from bot.engine.values import Measures, Value

SAMPLE_TEXT = "例"
SAMPLE_DAY = date(2026, 4, 1)
DAYS = (date(1900, 1, 1), date(2199, 12, 31))


def decimal(value: Fraction | str) -> Decimal:
    """Exact for every figure on a step of a decimal grid."""
    if isinstance(value, str):
        return Decimal(value)
    return Decimal(value.numerator) / Decimal(value.denominator)


def variable_of(name: str, question: Question, field: Field | None = None) -> Variable:
    """A figure to be chosen later. A question without a range is a date."""
    of = field or question
    if of.low is None or of.high is None:
        low, high = (Fraction(day.toordinal()) for day in DAYS)
        return Variable(name, None, low, high, Fraction(1))
    return Variable(name, field.id if field else None, Fraction(of.low), Fraction(of.high), Fraction(of.step))


# --- sets of options ---


def chosen_sets(question: Question, read_by: Sequence[object]) -> Iterator[tuple[str, ...]]:
    """One set for each number of options of each sort; options that everything reads alike are of one sort."""
    sorts: dict[object, list[str]] = {}
    for option in question.options:
        if not option.alone:
            sorts.setdefault(_sort(option, read_by), []).append(option.id)
    order = [option.id for option in question.options]
    for sizes in product(*(range(len(members) + 1) for members in sorts.values())):
        chosen = {one for size, members in zip(sizes, sorts.values(), strict=True) for one in members[:size]}
        yield tuple(one for one in order if one in chosen)
    for option in question.options:
        if option.alone:
            yield (option.id,)


def _sort(option: Option, read_by: Sequence[object]) -> object:
    included = any(isinstance(node, Includes) and node.option == option.id for node in read_by)
    points = [(node, dict(node.table)[option.id]) for node in read_by if isinstance(node, Points)]
    return (option.id if included else "", tuple(points))


# --- one figure ---


def grid_near(question: Question, wholes: Iterable[NumberResidue]) -> Iterator[Value]:
    """Figures before, at and behind every point where a comparison turns; a usual one first, then both ends."""
    variable = variable_of(question.id, question)
    low, high = ceil(variable.low / variable.step), floor(variable.high / variable.step)
    steps = [_usual(question, variable)]
    for whole in wholes:
        for turn in _turns(whole):
            near = floor(turn / variable.step)
            steps += [near - 1, near, near + 1, near + 2]
    for step in dict.fromkeys([*steps, low, high]):
        if low <= step <= high:
            yield as_answer(question.kind, variable.step * step)


def as_answer(kind: Kind, value: Fraction) -> Value:
    return date.fromordinal(int(value)) if kind is Kind.DATE else decimal(value)


def _usual(question: Question, variable: Variable) -> int:
    if question.kind is Kind.DATE:
        return SAMPLE_DAY.toordinal()
    low, high = question.usual or (Decimal(0), Decimal(0))
    middle = (Fraction(low) + Fraction(high)) / 2 if question.usual else (variable.low + variable.high) / 2
    return floor(middle / variable.step)


def _turns(whole: NumberResidue) -> Iterator[Fraction]:
    """Where a sum of one figure is 0; its constant may be an interval."""
    terms = whole.terms if isinstance(whole, Sum) else ((Fraction(1), whole),)
    constant = whole.constant if isinstance(whole, Sum) else Interval(Fraction(0), Fraction(0))
    factor = sum((one for one, _ in terms), Fraction(0))
    if factor:
        yield -constant.low / factor
        yield -constant.high / factor


# --- several figures ---


def bands_of(
    reader: Reader, owner: str, name: str, question: Question
) -> Iterator[tuple[str, tuple[Variable, ...], BoolResidue]]:
    """Each band with what its figures must meet: its own condition and none of those before it.

    `owner` is the question as written, `name` the answer's id: they differ inside a list.
    """
    variables = tuple(variable_of(name, question, field) for field in question.fields)
    before: list[BoolResidue] = []
    for band in question.bands:
        here = reader.truth(band.condition.node, owner) if band.condition else reader.make.true
        for variable in variables:
            standing = Standing(question, State.ANSWERED, Measures())
            here = Answered(reader.make, f"{owner}.{variable.field}", standing, {None: variable}).truth(here)
        yield band.id, variables, reader.make.every([here, *before])
        before.append(reader.make.no(here))
    if not question.bands:
        yield "", variables, reader.make.true


def figures_in(reader: Reader, owner: str, question: Question) -> Iterator[Measures]:
    """Figures for each band; the band by itself where none were found, as a public chat gives it."""
    for band, variables, goal in bands_of(reader, owner, owner, question):
        chosen = choose([(goal, YES)])
        yield measured(variables, chosen.point) if isinstance(chosen, Found) else Measures(band=band)


def measured(variables: Iterable[Variable], point: dict[Variable, Fraction]) -> Measures:
    """Figures that no comparison names may be anything: the middle of their range."""
    return Measures(tuple((str(one.field), decimal(point.get(one, middle(one)))) for one in variables))


def middle(variable: Variable) -> Fraction:
    return floor((variable.low + variable.high) / 2 / variable.step) * variable.step
