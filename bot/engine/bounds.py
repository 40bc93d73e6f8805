"""Numbers and truths that may be unknown: an interval stands for all that a number could still be.

Exact throughout: Fraction, never float. `None` as a truth means undetermined (Kleene). An interval may be wider than
the truth, never narrower; that can only turn a verdict into undetermined (semantics §2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

Truth = bool | None


@dataclass(frozen=True)
class Interval:
    """All numbers from `low` to `high`, both included."""

    low: Fraction
    high: Fraction

    @property
    def known(self) -> bool:
        return self.low == self.high

    def reach(self, value: Fraction) -> Interval:
        """The same interval stretched so that it holds `value` too."""
        return Interval(min(self.low, value), max(self.high, value))


Span = Interval | None  # None: any number at all

ZERO = Interval(Fraction(0), Fraction(0))
ONE = Interval(Fraction(1), Fraction(1))


def exactly(value: Fraction | int) -> Interval:
    return Interval(Fraction(value), Fraction(value))


def combine(op: str, left: Span, right: Span) -> Span:
    """`left op right` over intervals; op is one of + - * /. A divisor that may be 0 makes the quotient unknown."""
    if left is None or right is None:
        return None
    if op == "+":
        return Interval(left.low + right.low, left.high + right.high)
    if op == "-":
        return Interval(left.low - right.high, left.high - right.low)
    if op == "/":
        if right.low <= 0 <= right.high:
            return None
        right = Interval(1 / right.high, 1 / right.low)
    corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Interval(min(corners), max(corners))


def total(spans: Iterable[Span]) -> Span:
    result: Span = ZERO
    for span in spans:
        result = combine("+", result, span)
    return result


def compare(op: str, left: Span, right: Span) -> Truth:
    """True where the comparison holds for the whole of both intervals, False where it holds nowhere, else None."""
    if left is None or right is None:
        return None
    if op in (">", ">="):
        return compare({">": "<", ">=": "<="}[op], right, left)
    if op == "<":
        return _settled(left.high < right.low, left.low >= right.high)
    if op == "<=":
        return _settled(left.high <= right.low, left.low > right.high)
    same = _settled(left.known and left == right, left.high < right.low or right.high < left.low)
    return same if op == "==" else negate(same)


def _settled(always: bool, never: bool) -> Truth:
    return True if always else False if never else None


def negate(truth: Truth) -> Truth:
    return None if truth is None else not truth


def every(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    return False if False in seen else None if None in seen else True


def some(truths: Iterable[Truth]) -> Truth:
    return negate(every(negate(truth) for truth in truths))


def at_times(truth: Truth) -> Interval:
    """How often a truth counts: 1, 0, or somewhere between."""
    return ONE if truth else ZERO if truth is False else Interval(Fraction(0), Fraction(1))
