"""What a residue without open questions comes to when its variables lie within bounds: a set of truths, or two ends.

A number with a わからない in it is a span at every point, so over bounds its two ends have a range each. Kept apart
they say far more than one hull: a lower end that is nowhere above 0 makes `> 0` true nowhere. Where each variable is
one figure, what comes out is exactly what the engine would say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from bot.engine.bounds import ZERO, Interval, compare
from bot.engine.proof.masks import both_could, mask_of, not_could, sure_could
from bot.engine.proof.residue import (
    ANY,
    NO,
    OPEN,
    POINT,
    YES,
    All,
    BoolResidue,
    Certain,
    Chosen,
    No,
    NumberResidue,
    Product,
    Quotient,
    Reach,
    Sign,
    Some,
    Sum,
    Times,
    Variable,
    Worth,
)

Bounds = Mapping[Variable, tuple[Fraction, Fraction]]
Settled = Mapping[Sign, int]  # comparisons that are taken to be something, whatever the bounds


class Range(NamedTuple):
    """From where to where one end of a span can move."""

    least: Fraction
    most: Fraction


class Ends(NamedTuple):
    low: Range
    high: Range


class Lost(Enum):
    """It is no number at all, because a divisor holds 0: perhaps, or wherever one looks within the bounds."""

    PERHAPS = "perhaps"
    EVERYWHERE = "everywhere"


Weight = Ends | Lost
NOUGHT = Fraction(0)


def could_be(residue: BoolResidue, bounds: Bounds, settled: Settled | None = None) -> int:
    match residue:
        case All(parts):
            return reduce(both_could, (could_be(part, bounds, settled) for part in parts))
        case Some(parts):
            return not_could(reduce(both_could, (not_could(could_be(part, bounds, settled)) for part in parts)))
        case No(part):
            return not_could(could_be(part, bounds, settled))
        case Certain(part):
            return sure_could(could_be(part, bounds, settled))
        case Sign():
            return settled[residue] if settled is not None and residue in settled else _sign(residue, bounds)
    return residue.could


def _sign(sign: Sign, bounds: Bounds) -> int:
    ends = ends_of(sign.whole, bounds)
    if isinstance(ends, Lost):
        return OPEN if ends is Lost.EVERYWHERE else ANY
    if ends.low.least == ends.low.most and ends.high.least == ends.high.most:
        return mask_of(compare(sign.op, Interval(ends.low.least, ends.high.least), ZERO))
    found = _moving(sign.op, ends)
    return found & ~OPEN if sign.whole.sharp == POINT else found


def _moving(op: str, ends: Ends) -> int:
    """What `op 0` could be while the ends move; each end for itself, so rather too much than too little."""
    (low_least, low_most), (high_least, high_most) = ends
    match op:
        case ">":
            yes, no, neither = low_most > 0, high_least <= 0, low_least <= 0 < high_most
        case ">=":
            yes, no, neither = low_most >= 0, high_least < 0, low_least < 0 <= high_most
        case "<":
            yes, no, neither = high_least < 0, low_most >= 0, low_least < 0 <= high_most
        case "<=":
            yes, no, neither = high_least <= 0, low_most > 0, low_least <= 0 < high_most
        case _:
            same = low_least <= 0 <= low_most and high_least <= 0 <= high_most
            apart = high_least < 0 or low_most > 0
            yes, no = (same, apart) if op == "==" else (apart, same)
            neither = low_least <= 0 <= high_most
    return (YES if yes else 0) | (NO if no else 0) | (OPEN if neither else 0)


def ends_of(residue: NumberResidue, bounds: Bounds) -> Weight:
    match residue:
        case Worth(span):
            return Lost.EVERYWHERE if span is None else Ends(Range(span.low, span.low), Range(span.high, span.high))
        case Chosen(variable):
            held = Range(*bounds[variable])
            return Ends(held, held)
        case Sum():
            return _sum(residue, bounds)
        case Product(left, right):
            return _product(ends_of(left, bounds), ends_of(right, bounds))
        case Quotient(left, right):
            return _product(ends_of(left, bounds), _turned(ends_of(right, bounds)))
        case Reach(part):
            inner = ends_of(part, bounds)
            return inner if isinstance(inner, Lost) else _reach(inner)
        case Times(part):
            return _times(could_be(part, bounds))
    if residue.hull is None:
        return Lost.PERHAPS
    anywhere = Range(residue.hull.low, residue.hull.high)
    return Ends(anywhere, anywhere)


def _sum(whole: Sum, bounds: Bounds) -> Weight:
    low_least = low_most = whole.constant.low
    high_least = high_most = whole.constant.high
    lost: list[Lost] = []
    for factor, term in whole.terms:
        ends = ends_of(term, bounds)
        if isinstance(ends, Lost):
            lost.append(ends)
            continue
        low, high = ends if factor > 0 else (ends.high, ends.low)
        at, to = (0, 1) if factor > 0 else (1, 0)
        low_least, low_most = low_least + factor * low[at], low_most + factor * low[to]
        high_least, high_most = high_least + factor * high[at], high_most + factor * high[to]
    return _worst(lost) if lost else Ends(Range(low_least, low_most), Range(high_least, high_most))


def _worst(lost: list[Lost]) -> Lost:
    return Lost.EVERYWHERE if Lost.EVERYWHERE in lost else Lost.PERHAPS


def _product(left: Weight, right: Weight) -> Weight:
    if isinstance(left, Lost) or isinstance(right, Lost):
        return _worst([one for one in (left, right) if isinstance(one, Lost)])
    corners = [_times_range(one, other) for one in set(left) for other in set(right)]
    return Ends(reduce(_least, corners), Range(max(c.least for c in corners), max(c.most for c in corners)))


def _times_range(one: Range, other: Range) -> Range:
    corners = [a * b for a in set(one) for b in set(other)]
    return Range(min(corners), max(corners))


def _turned(ends: Weight) -> Weight:
    """`1 / x`."""
    if isinstance(ends, Lost):
        return ends
    low, high = ends
    if low.least <= 0 <= high.most:
        return Lost.EVERYWHERE if low.most <= 0 <= high.least else Lost.PERHAPS
    return Ends(Range(1 / high.most, 1 / high.least), Range(1 / low.most, 1 / low.least))


def _least(one: Range, other: Range) -> Range:
    return Range(min(one.least, other.least), min(one.most, other.most))


def _reach(ends: Ends) -> Ends:
    """Stretched to 0."""
    low, high = ends
    return Ends(_least(low, Range(NOUGHT, NOUGHT)), Range(max(high.least, NOUGHT), max(high.most, NOUGHT)))


def _times(mask: int) -> Ends:
    """How often a truth counts that could be this."""
    low = Range(Fraction(mask == YES), Fraction(bool(mask & YES)))
    return Ends(low, Range(Fraction(not mask & NO), Fraction(bool(mask & (YES | OPEN)))))


def variables_of(residue: BoolResidue | NumberResidue) -> tuple[Variable, ...]:
    return tuple(dict.fromkeys(one.variable for one in below(residue) if isinstance(one, Chosen)))


def signs_of(residue: BoolResidue) -> tuple[Sign, ...]:
    return tuple(dict.fromkeys(one for one in below(residue) if isinstance(one, Sign)))


def below(residue: BoolResidue | NumberResidue) -> Iterator[BoolResidue | NumberResidue]:
    """The residue and all that it is made of."""
    yield residue
    for part in parts_of(residue):
        yield from below(part)


def parts_of(residue: BoolResidue | NumberResidue) -> tuple[BoolResidue | NumberResidue, ...]:
    match residue:
        case All(parts) | Some(parts):
            return parts
        case Sum(terms=terms):
            return tuple(term for _, term in terms)
        case Product(left, right) | Quotient(left, right):
            return (left, right)
        case Sign(whole=whole):
            return (whole,)
    inner = getattr(residue, "part", None)
    return () if inner is None else (inner,)
