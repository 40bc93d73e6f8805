"""Conditions and formulas of one file: text to nodes, with every fault told at its place.

A `Rule` is one expression as it stands in a flow: what the checks on rules (`checks/`) go through. Whether what it
reads is asked before it is not decided here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from bot.content.document import Document, Loc
from bot.content.parts import Part
from bot.content.problems import Problem
from bot.engine.expressions.names import ExprFault, Scope
from bot.engine.expressions.nodes import Node, NumberNode
from bot.engine.expressions.parse import read_condition, read_number
from bot.engine.flow import Condition


class Role(Enum):
    WHEN = "when"  # decides whether its owner is asked or said
    REACT = "react"  # is read after its question was answered
    RESULT = "result"
    SCORE = "score"
    RANK = "rank"


@dataclass(frozen=True)
class Rule:
    """`repeat`: the full id of the repeat it stands inside."""

    role: Role
    owner: str  # the full id of what it belongs to; inside a repeat "<repeat>.<question>"
    node: Node
    part: Part
    loc: Loc
    condition: Condition | None = None
    repeat: str | None = None

    def problem(self, code: str, **slots: str) -> Problem:
        return self.part.file.document.problem(self.loc, code, **slots)

    def issue(self, code: str, **slots: str) -> Problem:
        return self.part.file.document.issue(self.loc, code, **slots)


class RuleReader:
    """Gathers the faults of one file's expressions."""

    def __init__(self, document: Document, lost: Iterable[str] = ()) -> None:
        self.document = document
        self.lost = frozenset(lost)
        self.problems: list[Problem] = []

    def fault(self, loc: Loc, code: str, **slots: str) -> None:
        self.problems.append(self.document.problem(loc, code, **slots))

    def condition(self, text: str, loc: Loc, scope: Scope) -> Condition:
        node, found = read_condition(text, scope)
        self.tell(found, loc)
        return Condition(node, text, self.document.line(loc))

    def number(self, text: str, loc: Loc, scope: Scope) -> NumberNode:
        node, found = read_number(text, scope)
        self.tell(found, loc)
        return node

    def tell(self, found: Iterable[ExprFault], loc: Loc) -> None:
        for fault in found:
            if not self.is_lost(fault):
                self.fault(loc, fault.code, **fault.slots)

    def is_lost(self, fault: ExprFault) -> bool:
        """Whether the fault only follows from an item that is faulty itself."""
        name = fault.slots.get("name", "")
        return fault.code == "unknown_name" and (name in self.lost or name.partition(".")[0] in self.lost)

    def check_range(self, loc: Loc, low: Decimal, high: Decimal) -> None:
        if low >= high:
            self.fault(loc, "bad_range", low=str(low), high=str(high))

    def check_step(self, loc: Loc, step: Decimal) -> None:
        if step <= 0:
            self.fault(loc, "bad_step", found=str(step))
