"""Makes residues, simplified and each only once.

The rule: a simplification may never change what the engine's own reading would come to (`bounds.py`), whatever is
answered later: わからない, held back and "not applicable" included. A comparison collapses as soon as the hull decides
it; a hull holds every span that can still come, so what it decides stays decided. Nothing here knows a flow.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction
from functools import reduce
from typing import TypeVar

from bot.engine.bounds import ONE, ZERO, Interval, Span, Truth, at_times, combine, compare, exactly
from bot.engine.proof.masks import both_could, mask_of, not_could, sign_could, sure_could, truth_of
from bot.engine.proof.residue import (
    NO,
    OPEN,
    POINT,
    POINT_OR_NOTHING,
    WIDE,
    YES,
    All,
    Among,
    AnyNumber,
    AnyTruth,
    BoolLeaf,
    BoolResidue,
    Certain,
    Chosen,
    No,
    NumberLeaf,
    NumberResidue,
    OpenNumber,
    OpenTruth,
    Product,
    Quotient,
    Reach,
    Sign,
    Some,
    Sum,
    SumOver,
    Times,
    Variable,
    Verdict,
    Worth,
)

T = TypeVar("T", BoolResidue, NumberResidue)
Term = tuple[Fraction, NumberResidue]
_NEGATED = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


class Residues:
    """The one table of residues; everything of one flow is made by one of these."""

    def __init__(self) -> None:
        self._made: dict[Hashable, BoolResidue | NumberResidue] = {}
        self._serial = 0
        self.true, self.false, self.neither = (
            Verdict(truth, serial=self._next(), could=mask_of(truth)) for truth in (True, False, None)
        )

    def _next(self) -> int:
        self._serial += 1
        return self._serial

    def _once(self, key: Hashable, make: Callable[[], T]) -> T:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
        return found  # type: ignore[return-value]  # a key's first part is the class

    # --- truths ---

    def verdict(self, truth: Truth) -> BoolResidue:
        return self.neither if truth is None else self.true if truth else self.false

    def open_truth(self, node: BoolLeaf, asks: str) -> BoolResidue:
        return self._once(
            (OpenTruth, node, asks), lambda: OpenTruth(node, asks, serial=self._next(), reads=frozenset([asks]))
        )

    def every(self, parts: Iterable[BoolResidue]) -> BoolResidue:
        kept = self._junction(All, parts, self.true, self.false)
        return kept if isinstance(kept, BoolResidue) else self._all(kept)

    def _all(self, parts: tuple[BoolResidue, ...]) -> BoolResidue:
        could = reduce(both_could, (part.could for part in parts)) & ~(YES if _contradict(parts) else 0)
        return self._collapsed(
            (All, parts), could, lambda: All(parts, serial=self._next(), could=could, reads=_reads(parts))
        )

    def some(self, parts: Iterable[BoolResidue]) -> BoolResidue:
        kept = self._junction(Some, parts, self.false, self.true)
        return kept if isinstance(kept, BoolResidue) else self._some(kept)

    def _some(self, parts: tuple[BoolResidue, ...]) -> BoolResidue:
        could = not_could(reduce(both_could, (not_could(part.could) for part in parts)))
        could &= ~(NO if _contradict(parts) else 0)
        return self._collapsed(
            (Some, parts), could, lambda: Some(parts, serial=self._next(), could=could, reads=_reads(parts))
        )

    def _junction(
        self, kind: type[All | Some], parts: Iterable[BoolResidue], idle: BoolResidue, decides: BoolResidue
    ) -> BoolResidue | tuple[BoolResidue, ...]:
        """The parts flattened, each once, in one order; or the one thing that they come to."""
        kept: dict[BoolResidue, None] = {}
        for part in parts:
            for one in part.parts if isinstance(part, kind) else (part,):
                if one is decides:
                    return decides
                if one is not idle:
                    kept[one] = None
        if len(kept) > 1:
            return tuple(sorted(kept, key=lambda one: one.serial))
        return next(iter(kept), idle)

    def _collapsed(self, key: Hashable, could: int, make: Callable[[], BoolResidue]) -> BoolResidue:
        """What can only become one thing is that already."""
        return self._once(key, lambda: self.verdict(truth_of(could)) if could in (1, 2, OPEN) else make())

    def no(self, part: BoolResidue) -> BoolResidue:
        if isinstance(part, Verdict):
            return self.verdict(None if part.truth is None else not part.truth)
        if isinstance(part, No):
            return part.part
        if isinstance(part, Sign):
            return self.sign(_NEGATED[part.op], part.whole)
        could = not_could(part.could)
        return self._once((No, part), lambda: No(part, serial=self._next(), could=could, reads=part.reads))

    def certain(self, part: BoolResidue) -> BoolResidue:
        if not part.could & OPEN:
            return part
        could = sure_could(part.could)
        return self._collapsed(
            (Certain, part), could, lambda: Certain(part, serial=self._next(), could=could, reads=part.reads)
        )

    def sign(self, op: str, whole: NumberResidue) -> BoolResidue:
        """`whole op 0`, its first factor made 1, so that comparisons of one figure can be seen to be of one."""
        first = whole.terms[0][0] if isinstance(whole, Sum) else Fraction(1)
        if first != 1:
            whole, op = self.scaled(1 / first, whole), op if first > 0 else _MIRRORED[op]
        if isinstance(whole, Worth):
            return self.verdict(compare(op, whole.span, ZERO))
        could = sign_could(op, whole.hull, whole.sharp)
        return self._collapsed(
            (Sign, op, whole), could, lambda: Sign(op, whole, serial=self._next(), could=could, reads=whole.reads)
        )

    def compared(self, op: str, left: NumberResidue, right: NumberResidue) -> BoolResidue:
        """Comparing two spans is comparing their difference with 0, for every op and for nothing at all."""
        return self.sign(op, self.total(((Fraction(1), left), (Fraction(-1), right))))

    def among(self, repeat: str, part: BoolResidue, *, every: bool) -> BoolResidue:
        reads = part.reads | {repeat}
        return self._once(
            (Among, repeat, part, every), lambda: Among(repeat, part, every, serial=self._next(), reads=reads)
        )

    # --- numbers ---

    def worth(self, span: Span) -> NumberResidue:
        sharp = POINT_OR_NOTHING if span is None else POINT if span.known else WIDE
        return self._once((Worth, span), lambda: Worth(span, serial=self._next(), hull=span, sharp=sharp))

    def point(self, value: Fraction | int) -> NumberResidue:
        return self.worth(exactly(value))

    def open_number(self, node: NumberLeaf, asks: str, hull: Span) -> NumberResidue:
        return self._once(
            (OpenNumber, node, asks),
            lambda: OpenNumber(node, asks, serial=self._next(), reads=frozenset([asks]), hull=hull),
        )

    def chosen(self, variable: Variable) -> NumberResidue:
        hull = Interval(variable.low, variable.high)
        return self._once((Chosen, variable), lambda: Chosen(variable, serial=self._next(), hull=hull, sharp=POINT))

    def total(self, terms: Iterable[Term]) -> NumberResidue:
        """Sums are flat, their constants gathered; equal terms are joined where they pull the same way."""
        constant: Span = ZERO
        joined: dict[tuple[NumberResidue, bool], Fraction] = {}
        for factor, term in terms:
            known = term.span if isinstance(term, Worth) else term.constant if isinstance(term, Sum) else ZERO
            constant = combine("+", constant, combine("*", exactly(factor), known))
            inside = () if isinstance(term, Worth) else term.terms if isinstance(term, Sum) else ((Fraction(1), term),)
            for inner, one in inside:
                key = (one, factor * inner > 0)
                joined[key] = joined.get(key, Fraction(0)) + factor * inner
        if constant is None:
            return self.worth(None)
        kept = tuple((factor, one) for (one, _), factor in sorted(joined.items(), key=lambda held: held[0][0].serial))
        if not kept:
            return self.worth(constant)
        if constant == ZERO and len(kept) == 1 and kept[0][0] == 1:
            return kept[0][1]
        return self._sum(constant, kept)

    def _sum(self, constant: Interval, terms: tuple[Term, ...]) -> NumberResidue:
        def make() -> NumberResidue:
            hull: Span = constant
            for factor, term in terms:
                hull = combine("+", hull, combine("*", exactly(factor), term.hull))
            sharp = min([POINT if constant.known else WIDE, *(term.sharp for _, term in terms)])
            reads = _reads(term for _, term in terms)
            return Sum(constant, terms, serial=self._next(), reads=reads, hull=hull, sharp=sharp)

        return self._once((Sum, constant, terms), make)

    def scaled(self, factor: Fraction, term: NumberResidue) -> NumberResidue:
        """0 times what may be nothing at all may still be nothing at all."""
        if factor == 0 and term.hull is None and not isinstance(term, Worth):
            return self._product(self.point(0), term)
        return self.point(0) if factor == 0 and term.hull is not None else self.total([(factor, term)])

    def product(self, left: NumberResidue, right: NumberResidue) -> NumberResidue:
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Worth):
                if one.span is None:
                    return one
                if one.span.known:
                    return self.scaled(one.span.low, other)
        if isinstance(left, Worth) and isinstance(right, Worth):
            return self.worth(combine("*", left.span, right.span))
        return self._product(*sorted((left, right), key=lambda one: one.serial))

    def _product(self, left: NumberResidue, right: NumberResidue) -> NumberResidue:
        hull, sharp = combine("*", left.hull, right.hull), min(left.sharp, right.sharp)
        reads = left.reads | right.reads
        return self._once(
            (Product, left, right),
            lambda: Product(left, right, serial=self._next(), reads=reads, hull=hull, sharp=sharp),
        )

    def quotient(self, left: NumberResidue, right: NumberResidue) -> NumberResidue:
        if isinstance(right, Worth):
            span = combine("/", ONE, right.span)
            if span is None or isinstance(left, Worth):
                return self.worth(combine("/", left.span if isinstance(left, Worth) else ONE, right.span))
            if span.known:
                return self.scaled(span.low, left)
        if isinstance(left, Worth) and left.span is None:
            return left
        hull = combine("/", left.hull, right.hull)
        sharp = min(left.sharp, right.sharp, POINT if combine("/", ONE, right.hull) else POINT_OR_NOTHING)
        reads = left.reads | right.reads
        return self._once(
            (Quotient, left, right),
            lambda: Quotient(left, right, serial=self._next(), reads=reads, hull=hull, sharp=sharp),
        )

    def times(self, part: BoolResidue) -> NumberResidue:
        if isinstance(part, Verdict):
            return self.worth(at_times(part.truth))
        hull, sharp = at_times(None), WIDE if part.could & OPEN else POINT
        return self._once(
            (Times, part), lambda: Times(part, serial=self._next(), reads=part.reads, hull=hull, sharp=sharp)
        )

    def reach(self, part: NumberResidue) -> NumberResidue:
        hull = None if part.hull is None else part.hull.reach(Fraction(0))
        if isinstance(part, Worth):
            return self.worth(hull)
        return self._once((Reach, part), lambda: Reach(part, serial=self._next(), reads=part.reads, hull=hull))

    def any_truth(self, of: Among) -> BoolResidue:
        return self._once((AnyTruth, of), lambda: AnyTruth(of, serial=self._next()))

    def any_number(self, of: SumOver) -> NumberResidue:
        return self._once((AnyNumber, of), lambda: AnyNumber(of, serial=self._next(), hull=of.hull))

    def sum_over(self, repeat: str, part: NumberResidue, most: int, *, counts: bool) -> NumberResidue:
        """`most` items at most."""
        hull = combine("*", self.reach(part).hull, Interval(Fraction(0), Fraction(most)))
        reads = part.reads | {repeat}
        return self._once(
            (SumOver, repeat, part, most, counts),
            lambda: SumOver(repeat, part, most, counts, serial=self._next(), reads=reads, hull=hull),
        )


def _reads(parts: Iterable[BoolResidue | NumberResidue]) -> frozenset[str]:
    return frozenset().union(*(part.reads for part in parts))


def _contradict(parts: tuple[BoolResidue, ...]) -> bool:
    """Whether one of them is the negation of another: then not all are true, and not all are false."""
    signs = {(part.op, part.whole) for part in parts if isinstance(part, Sign)}
    if any((_NEGATED[op], whole) in signs for op, whole in signs):
        return True
    return any(isinstance(part, No) and part.part in parts for part in parts)
