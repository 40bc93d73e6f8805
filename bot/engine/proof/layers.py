"""What an exploration keeps: states, the best way to each, and the ways that lead to the target. Data only.

A state is what is left of the target and of every `when`, with what the figures chosen later must meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.engine.flow import Question
from bot.engine.proof.boxes import Goal
from bot.engine.proof.residue import WIDE, BoolResidue
from bot.engine.proof.ways import Called, Later
from bot.engine.proof.weighing import signs_of
from bot.engine.values import Value

Roots = tuple[BoolResidue, ...]  # the target first, then every `when`
State = tuple[Roots, tuple[Goal, ...]]


@dataclass(frozen=True)
class Trace:
    """What was answered on the way, last first."""

    name: str
    answer: Value | Later
    before: Trace | None


@dataclass(frozen=True)
class Reached:
    cost: int
    trace: Trace | None = None

    def then(self, name: str, answer: Value | Later, cost: int) -> Reached:
        return Reached(self.cost + cost, Trace(name, answer, self.trace))


Layer = dict[State, Reached]


@dataclass(frozen=True)
class Asking:
    """A question at its turn: what may read it, and what asking it costs."""

    called: Called
    question: Question
    read_by: Sequence[BoolResidue]
    cost: int


@dataclass
class Exploration:
    """`ends`: the ways to the target, best first. `whole`: every way was looked through; `spent`: the budget is."""

    ends: list[tuple[Reached, tuple[Goal, ...]]] = field(default_factory=list)
    states: int = 0
    whole: bool = True
    spent: bool = False


def blurred(goals: tuple[Goal, ...]) -> int:
    """How many comparisons have a わからない in them: those without are the easier to meet."""
    return sum(sign.whole.sharp == WIDE for residue, _ in goals for sign in signs_of(residue))


def with_goals(goals: tuple[Goal, ...], more: Iterable[Goal]) -> tuple[Goal, ...]:
    return tuple(sorted({*goals, *more}, key=lambda goal: (goal[0].serial, goal[1])))
