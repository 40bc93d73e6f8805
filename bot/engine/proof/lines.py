"""Comparisons of the same figure laid on one line: between the points where one of them turns, all stay as they are.

So `net >= 0` and `net < 0` can be seen to exclude each other without knowing anything of what `net` is made of. A
figure that may be nothing at all (a divisor of 0) has that as one more place; where a わからない leaves an interval
inside, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from bot.engine.bounds import ZERO, Interval, Span, compare
from bot.engine.proof.masks import mask_of
from bot.engine.proof.residue import (
    NO,
    OPEN,
    POINT,
    WIDE,
    YES,
    BoolResidue,
    NumberResidue,
    Sign,
    Sum,
)
from bot.engine.proof.weighing import could_be, signs_of

Goal = tuple[BoolResidue, int]
Place = dict[Sign, int]  # what each comparison of one figure is there, as a bit
STEPS = 20_000


def ways_to_meet(goals: Sequence[Goal]) -> Iterator[list[Goal]]:
    """Every way in which the comparisons of the goals can stand so that all goals come out."""
    lines = _lines(tuple(dict.fromkeys(sign for residue, _ in goals for sign in signs_of(residue))))
    left = [STEPS]
    yield from _meet(goals, lines, {}, left)


def _meet(goals: Sequence[Goal], lines: list[list[Place]], settled: Place, left: list[int]) -> Iterator[list[Goal]]:
    left[0] -= 1
    if left[0] < 0:
        yield []  # too many to look through: as if every way were open
        return
    if not all(_could(residue, settled) & wanted for residue, wanted in goals):
        return
    if not lines:
        yield list(settled.items())
        return
    for place in lines[0]:
        yield from _meet(goals, lines[1:], settled | place, left)


def _could(residue: BoolResidue, settled: Place) -> int:
    unsettled = {sign: sign.could for sign in signs_of(residue)}
    return could_be(residue, {}, unsettled | settled)


def _lines(signs: tuple[Sign, ...]) -> list[list[Place]]:
    figures: dict[object, list[Sign]] = {}
    for sign in signs:
        whole = sign.whole
        terms = whole.terms if isinstance(whole, Sum) else ((Fraction(1), whole),)
        figures.setdefault(terms if _sharp(terms) != WIDE else sign, []).append(sign)
    return [_places(group) for group in figures.values()]


def _sharp(terms: tuple[tuple[Fraction, NumberResidue], ...]) -> int:
    return min(term.sharp for _, term in terms)


def _places(signs: list[Sign]) -> list[Place]:
    whole = signs[0].whole
    terms = whole.terms if isinstance(whole, Sum) else ((Fraction(1), whole),)
    sharp = _sharp(terms)
    if sharp == WIDE:
        return [{signs[0]: bit} for bit in (YES, NO, OPEN) if signs[0].could & bit]
    starts = {sign: sign.whole.constant if isinstance(sign.whole, Sum) else ZERO for sign in signs}
    turns = sorted({-end for start in starts.values() for end in (start.low, start.high)})
    between = [(low + high) / 2 for low, high in pairwise(turns)]
    values: list[Fraction | None] = [turns[0] - 1, *turns, *between, turns[-1] + 1]
    if sharp != POINT:
        values.append(None)
    places = [{sign: _there(sign, start, value) for sign, start in starts.items()} for value in values]
    possible = [place for place in places if all(sign.could & bit for sign, bit in place.items())]
    return list({tuple(place.items()): place for place in possible}.values())


def _there(sign: Sign, start: Interval, value: Fraction | None) -> int:
    span: Span = None if value is None else Interval(value + start.low, value + start.high)
    return mask_of(compare(sign.op, span, ZERO))
