"""What an expression is worth over answers that may be missing: `truth` and `span`. Pure and total.

The rule (semantics §2): an unknown input stands for everything it could still be, a held-back one also for "not
applicable"; what is not applicable makes every comparison false and every count and point 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Protocol

from bot.engine.bounds import (
    ONE,
    ZERO,
    Interval,
    Span,
    Truth,
    at_times,
    combine,
    compare,
    every,
    exactly,
    negate,
    some,
    total,
)
from bot.engine.expressions.nodes import (
    AmongItems,
    And,
    Arith,
    Asked,
    BoolNode,
    Compare,
    Const,
    CountChosen,
    CountItems,
    Figure,
    Holds,
    Includes,
    Is,
    Not,
    NumberNode,
    Or,
    OrElse,
    Points,
    Ref,
    ScoreOf,
    SumItems,
    Sure,
    Unknown,
)
from bot.engine.flow import Condition, Kind, Question
from bot.engine.values import Measures, Value


class State(Enum):
    """Where a question stands (semantics §1)."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    WAITING = "waiting"
    HELD = "held"
    NOT_APPLICABLE = "not_applicable"


OPEN = (State.UNKNOWN, State.SKIPPED, State.WAITING)


@dataclass(frozen=True)
class Standing:
    question: Question
    state: State
    value: Value | None = None  # set when answered


class Env(Protocol):
    """What an expression reads from."""

    def standing(self, ref: Ref) -> Standing: ...
    def score(self, score_id: str) -> Span: ...
    def result(self, result_id: str) -> Truth: ...
    def items(self, repeat_id: str) -> Items: ...
    def rule(self, result_id: str) -> Condition | None: ...
    def formula(self, score_id: str) -> NumberNode: ...


@dataclass(frozen=True)
class Items:
    """The living items of a repeat, and how many more there could still be, each like `blank`."""

    living: tuple[Env, ...]
    more: int
    blank: Env
    state: State  # of the repeat as a whole: WAITING stands for visible
    end: tuple[str, ...] = ()  # the question that would end the list, while it waits
    when: Condition | None = None  # of the repeat as a whole


def truth(node: BoolNode, env: Env) -> Truth:  # noqa: C901  one case a form
    match node:
        case And(parts):
            return every(truth(part, env) for part in parts)
        case Or(parts):
            return some(truth(part, env) for part in parts)
        case Not(part):
            return negate(truth(part, env))
        case Sure(part):
            return truth(part, env) is True
        case Compare(op, left, right):
            return compare(op, span(left, env), span(right, env))
        case Is() | Includes():
            return _choice(node, env.standing(node.ref))
        case Holds(result):
            return env.result(result)
        case Unknown(ref):
            return env.standing(ref).state in OPEN
        case Asked(ref):
            return env.standing(ref).state not in (State.HELD, State.NOT_APPLICABLE)
        case AmongItems():  # pragma: no branch  mypy proves that all forms stand here
            return _among(node, env.items(node.repeat))


def span(node: NumberNode, env: Env) -> Span:
    match node:
        case Const(value):
            return exactly(value)
        case Figure(ref):
            return _figure(env.standing(ref), ref.field)
        case OrElse(ref, default):
            return _or_else(env.standing(ref), ref.field, default)
        case ScoreOf(score):
            return env.score(score)
        case Points(ref, table):
            return _points(env.standing(ref), dict(table))
        case CountChosen(ref):
            return _points(env.standing(ref), None)
        case CountItems(part=part):
            items = env.items(node.repeat)
            each: list[Span] = [ONE if part is None else at_times(truth(part, item)) for item in items.living]
            return _over(items, each, Interval(Fraction(0), Fraction(1)))
        case SumItems(part=part):
            items = env.items(node.repeat)
            return _over(items, [span(part, item) for item in items.living], span(part, items.blank))
        case Arith(op, left, right):  # pragma: no branch
            return combine(op, span(left, env), span(right, env))


def option_of(standing: Standing) -> str:
    """The option or band that an answered question stands for."""
    value = standing.value
    return band_of(standing.question, value) if isinstance(value, Measures) else str(value)


def band_of(question: Question, value: Measures) -> str:
    """The first band whose condition the figures meet; the last band is the one written as otherwise."""
    if value.band is not None:
        return value.band
    env = _Figures(question, value)
    holding = (band.id for band in question.bands if band.condition is None or truth(band.condition.node, env))
    return next(holding, "")


class Alone:
    """An environment of questions only: whoever asks it for more has read the wrong thing."""

    def score(self, score_id: str) -> Span:
        raise LookupError(score_id)

    def result(self, result_id: str) -> Truth:
        raise LookupError(result_id)

    def items(self, repeat_id: str) -> Items:
        raise LookupError(repeat_id)

    def rule(self, result_id: str) -> Condition | None:
        raise LookupError(result_id)

    def formula(self, score_id: str) -> NumberNode:
        raise LookupError(score_id)


@dataclass(frozen=True)
class _Figures(Alone):
    """The figures of one `measures` answer as an environment of their own."""

    question: Question
    value: Measures

    def standing(self, ref: Ref) -> Standing:
        return Standing(self.question, State.ANSWERED, self.value.figure(ref.name))


def _choice(node: Is | Includes, standing: Standing) -> Truth:
    if standing.state is State.NOT_APPLICABLE:
        return False
    if standing.state is not State.ANSWERED:
        return None
    if isinstance(node, Includes):
        return isinstance(standing.value, tuple) and node.option in standing.value
    return (option_of(standing) == node.option) is not node.differs


def _figure(standing: Standing, field: str | None) -> Span:
    value = standing.value
    if isinstance(value, Measures) and field is not None:
        value = value.figure(field)
    if isinstance(value, Decimal):
        return exactly(Fraction(value))
    if isinstance(value, date):
        return exactly(value.toordinal())
    return None if standing.state in (State.HELD, State.NOT_APPLICABLE) else _range(standing.question, field)


def _range(question: Question, field: str | None) -> Span:
    low, high = question.low, question.high
    for figure in question.fields:
        if figure.id == field:
            low, high = figure.low, figure.high
    return None if low is None or high is None else Interval(Fraction(low), Fraction(high))


def _or_else(standing: Standing, field: str | None, default: Fraction) -> Span:
    if standing.state is State.NOT_APPLICABLE:
        return exactly(default)
    if standing.state is State.HELD:
        could_be = _range(standing.question, field)
        return None if could_be is None else could_be.reach(default)
    return _figure(standing, field)


def _points(standing: Standing, table: Mapping[str, Fraction] | None) -> Interval:
    """Points of the chosen options; without a table each chosen option counts 1."""
    question = standing.question
    worth = table if table is not None else {option.id: Fraction(1) for option in question.options}
    if standing.state is State.NOT_APPLICABLE:
        return ZERO
    if standing.state is State.ANSWERED:
        value = standing.value
        chosen = value if isinstance(value, tuple) else (option_of(standing),)
        return exactly(sum((worth[option] for option in chosen), Fraction(0)))
    if question.kind is Kind.SEVERAL:
        could_be = Interval(
            sum((min(points, Fraction(0)) for points in worth.values()), Fraction(0)),
            sum((max(points, Fraction(0)) for points in worth.values()), Fraction(0)),
        )
    else:
        could_be = Interval(min(worth.values()), max(worth.values()))
    return could_be.reach(Fraction(0)) if standing.state is State.HELD else could_be


def _among(node: AmongItems, items: Items) -> Truth:
    if items.state is State.NOT_APPLICABLE:
        return False
    truths = [truth(node.part, item) for item in items.living]
    open_end: list[Truth] = [None] if items.more else []
    found = (every if node.every else some)([*truths, *open_end])
    return None if found and items.state is State.HELD else found


def _over(items: Items, each: list[Span], one_more: Span) -> Span:
    """The sum over the living items, stretched by as many more as could still come."""
    if items.state is State.NOT_APPLICABLE:
        return ZERO
    rest: Span = ZERO
    if items.more:
        rest = combine("*", None if one_more is None else one_more.reach(Fraction(0)), exactly(items.more))
        rest = None if rest is None else rest.reach(Fraction(0))
    whole = total([*each, rest])
    return whole if whole is None or items.state is not State.HELD else whole.reach(Fraction(0))
