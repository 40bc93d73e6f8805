"""What is left of a rule once some questions are answered: the forms of a residue. Data only.

Made by `Residues` (`making.py`) and by nothing else: equal residues are one object, so a state of the exploration is a
tuple of objects, and comparing two states costs nothing. What a residue is worth is the engine's own reading of bounds
(`bounds.py`); nothing here knows a flow.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.engine.bounds import Interval, Span, Truth
from bot.engine.expressions.nodes import Asked, CountChosen, Figure, Includes, Is, OrElse, Points, Unknown

YES, NO, OPEN = 1, 2, 4  # what a truth can still become, as bits: true, false, undetermined
ANY = YES | NO | OPEN

# How sharp a number is once its variables are chosen: a point, a point or nothing at all (a divisor of 0), an interval.
POINT, POINT_OR_NOTHING, WIDE = 2, 1, 0

BoolLeaf = Is | Includes | Unknown | Asked
NumberLeaf = Figure | OrElse | Points | CountChosen


@dataclass(frozen=True)
class Variable:
    """A figure that was given but is not chosen yet: `boxes.py` looks for one that serves."""

    question: str
    field: str | None
    low: Fraction
    high: Fraction
    step: Fraction


@dataclass(frozen=True, eq=False, kw_only=True)
class Residue:
    serial: int
    reads: frozenset[str] = frozenset()  # what is still to be asked below: questions and repeats


@dataclass(frozen=True, eq=False, kw_only=True)
class BoolResidue(Residue):
    could: int = ANY


@dataclass(frozen=True, eq=False, kw_only=True)
class NumberResidue(Residue):
    hull: Span  # every span it can come to lies within; None: it may be any number, or none
    sharp: int = WIDE


# --- truths ---


@dataclass(frozen=True, eq=False)
class Verdict(BoolResidue):
    truth: Truth


@dataclass(frozen=True, eq=False)
class OpenTruth(BoolResidue):
    node: BoolLeaf
    asks: str


@dataclass(frozen=True, eq=False)
class All(BoolResidue):
    parts: tuple[BoolResidue, ...]


@dataclass(frozen=True, eq=False)
class Some(BoolResidue):
    parts: tuple[BoolResidue, ...]


@dataclass(frozen=True, eq=False)
class No(BoolResidue):
    part: BoolResidue


@dataclass(frozen=True, eq=False)
class Certain(BoolResidue):
    part: BoolResidue


@dataclass(frozen=True, eq=False)
class Sign(BoolResidue):
    """`whole op 0`."""

    op: str
    whole: NumberResidue


@dataclass(frozen=True, eq=False)
class Among(BoolResidue):
    """What the items still to come add to `any(…)` or, with `every`, to `all(…)`."""

    repeat: str
    part: BoolResidue
    every: bool


@dataclass(frozen=True, eq=False)
class AnyTruth(BoolResidue):
    """What a list adds that was not looked through to its end: anything."""

    of: Among


# --- numbers ---


@dataclass(frozen=True, eq=False)
class Worth(NumberResidue):
    span: Span


@dataclass(frozen=True, eq=False)
class OpenNumber(NumberResidue):
    node: NumberLeaf
    asks: str


@dataclass(frozen=True, eq=False)
class Chosen(NumberResidue):
    variable: Variable


@dataclass(frozen=True, eq=False)
class Sum(NumberResidue):
    """`constant + factor * term + …`."""

    constant: Interval
    terms: tuple[tuple[Fraction, NumberResidue], ...]


@dataclass(frozen=True, eq=False)
class Product(NumberResidue):
    left: NumberResidue
    right: NumberResidue


@dataclass(frozen=True, eq=False)
class Quotient(NumberResidue):
    left: NumberResidue
    right: NumberResidue


@dataclass(frozen=True, eq=False)
class Times(NumberResidue):
    """How often a truth counts."""

    part: BoolResidue


@dataclass(frozen=True, eq=False)
class Reach(NumberResidue):
    """The same stretched to 0: what is held back may turn out not to be there."""

    part: NumberResidue


@dataclass(frozen=True, eq=False)
class SumOver(NumberResidue):
    """What the items still to come add to a sum; `counts` where the part is a truth counted."""

    repeat: str
    part: NumberResidue
    most: int
    counts: bool


@dataclass(frozen=True, eq=False)
class AnyNumber(NumberResidue):
    """The same of a sum."""

    of: SumOver
