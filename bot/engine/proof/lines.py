"""Comparisons of the same figure laid on one line: between the points where one of them turns, all stay as they are.

So `net >= 0` and `net < 0` can be seen to exclude each other without knowing anything of what `net` is made of. A
figure that may be nothing at all (a divisor of 0) has that as one more place; one in which a わからない leaves an
interval has two ends, the lower never behind the upper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from bot.engine.bounds import ZERO, Interval, Span, combine, compare, exactly
from bot.engine.proof.masks import mask_of
from bot.engine.proof.residue import POINT, WIDE, BoolResidue, NumberResidue, Sign, Sum
from bot.engine.proof.weighing import could_be, signs_of

Goal = tuple[BoolResidue, int]
Terms = tuple[tuple[Fraction, NumberResidue], ...]
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
    figures: dict[Terms, list[Sign]] = {}
    for sign in signs:
        figures.setdefault(_terms(sign), []).append(sign)
    return [_places(terms, group) for terms, group in figures.items()]


def _terms(sign: Sign) -> Terms:
    return sign.whole.terms if isinstance(sign.whole, Sum) else ((Fraction(1), sign.whole),)


def _places(terms: Terms, signs: list[Sign]) -> list[Place]:
    """Each pair of ends that the figure can have, as far as the comparisons tell them apart."""
    sharp = min(term.sharp for _, term in terms)
    starts = {sign: sign.whole.constant if isinstance(sign.whole, Sum) else ZERO for sign in signs}
    turns = sorted({-end for start in starts.values() for end in (start.low, start.high)})
    values = sorted([turns[0] - 1, *turns, *((low + high) / 2 for low, high in pairwise(turns)), turns[-1] + 1])
    spans: list[Span] = [exactly(value) for value in values]
    if sharp == WIDE:
        spans += [Interval(low, high) for low, high in combinations(values, 2)]
    if sharp != POINT:
        spans.append(None)
    places = [{sign: _there(sign, start, span) for sign, start in starts.items()} for span in spans]
    possible = [place for place in places if all(sign.could & bit for sign, bit in place.items())]
    return list({tuple(place.items()): place for place in possible}.values())


def _there(sign: Sign, start: Interval, span: Span) -> int:
    return mask_of(compare(sign.op, combine("+", span, start), ZERO))
