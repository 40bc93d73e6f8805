"""The forms an expression can take once read. Frozen; two kinds, truths and numbers.

`evaluate.py` says what each is worth, `explain.py` which answers made it so, `parse.py` how text becomes one.
A new form wants a line in each of these three, and a case in each of their tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Ref:
    """A question by its full id, or by its own id within the item at hand (`local`), and a figure of it, if several."""

    name: str
    local: bool = False
    field: str | None = None


@dataclass(frozen=True)
class And:
    parts: tuple[BoolNode, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[BoolNode, ...]


@dataclass(frozen=True)
class Not:
    part: BoolNode


@dataclass(frozen=True)
class Compare:
    op: str
    left: NumberNode
    right: NumberNode


@dataclass(frozen=True)
class Is:
    """`q == a` and `q != a`; for `measures`, `a` is a band."""

    ref: Ref
    option: str
    differs: bool = False


@dataclass(frozen=True)
class Includes:
    ref: Ref
    option: str


@dataclass(frozen=True)
class Holds:
    """Another result, by its id."""

    result: str


@dataclass(frozen=True)
class Sure:
    part: BoolNode


@dataclass(frozen=True)
class Unknown:
    ref: Ref


@dataclass(frozen=True)
class Asked:
    ref: Ref


@dataclass(frozen=True)
class AmongItems:
    """`any(repeat, condition)` and, with `every`, `all(repeat, condition)`."""

    repeat: str
    part: BoolNode
    every: bool


@dataclass(frozen=True)
class Const:
    value: Fraction


@dataclass(frozen=True)
class Figure:
    """The number or date (as its day's ordinal) that a question was answered with."""

    ref: Ref


@dataclass(frozen=True)
class OrElse:
    ref: Ref
    default: Fraction


@dataclass(frozen=True)
class ScoreOf:
    score: str


@dataclass(frozen=True)
class Points:
    ref: Ref
    table: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class CountChosen:
    ref: Ref


@dataclass(frozen=True)
class CountItems:
    repeat: str
    part: BoolNode | None


@dataclass(frozen=True)
class SumItems:
    repeat: str
    part: NumberNode


@dataclass(frozen=True)
class Arith:
    op: str
    left: NumberNode
    right: NumberNode


BoolNode = And | Or | Not | Compare | Is | Includes | Holds | Sure | Unknown | Asked | AmongItems
NumberNode = Const | Figure | OrElse | ScoreOf | Points | CountChosen | CountItems | SumItems | Arith
Node = BoolNode | NumberNode


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    match node:
        case And(parts) | Or(parts):
            return parts
        case Not(part) | Sure(part) | AmongItems(part=part) | SumItems(part=part):
            return (part,)
        case CountItems(part=None):
            return ()
        case CountItems(part=part) if part is not None:
            return (part,)
        case Compare(left=left, right=right) | Arith(left=left, right=right):
            return (left, right)
    return ()


def walk(node: Node) -> tuple[Node, ...]:
    """The node and all below it."""
    return (node, *(deep for child in children(node) for deep in walk(child)))
