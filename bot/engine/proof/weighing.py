"""What a residue without open questions comes to when its variables lie within bounds: a set of truths, or a span.

Bounds are spans of the variables; where each is one figure, what comes out is exactly what the engine would say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import reduce

from bot.engine.bounds import ZERO, Interval, Span, at_times, combine, compare, exactly
from bot.engine.proof.masks import both_could, mask_of, not_could, sign_could, sure_could, truth_of
from bot.engine.proof.residue import (
    NO,
    OPEN,
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

Bounds = Mapping[Variable, Interval]
Settled = Mapping[Sign, int]  # comparisons that are taken to be something, whatever the bounds


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
        case Sign(op, whole):
            if settled is not None and residue in settled:
                return settled[residue]
            span = within(whole, bounds)
            if all(bounds[one].known for one in variables_of(whole)):
                return mask_of(compare(op, span, ZERO))
            return sign_could(op, span, residue.whole.sharp)
    return residue.could


def within(residue: NumberResidue, bounds: Bounds) -> Span:
    match residue:
        case Worth(span):
            return span
        case Chosen(variable):
            return bounds[variable]
        case Sum(constant, terms):
            whole: Span = constant
            for factor, term in terms:
                whole = combine("+", whole, combine("*", exactly(factor), within(term, bounds)))
            return whole
        case Product(left, right):
            return combine("*", within(left, bounds), within(right, bounds))
        case Quotient(left, right):
            return combine("/", within(left, bounds), within(right, bounds))
        case Reach(part):
            inner = within(part, bounds)
            return None if inner is None else inner.reach(Fraction(0))
        case Times(part):
            mask = could_be(part, bounds)
            return at_times(truth_of(mask)) if mask in (YES, NO, OPEN) else at_times(None)
    return residue.hull


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
