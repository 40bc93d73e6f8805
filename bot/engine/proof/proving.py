"""`prove(flow)`: each target with what became of it, and the longest way through.

Reached: with the shortest talk that leads there, which the engine has confirmed. Never: every way was looked through,
or refuted. Unproven: neither within the stated budget. Pure; the time it takes is measured by who calls it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bot.engine.flow import Condition, Flow
from bot.engine.proof.boxes import Failure, Found, choose
from bot.engine.proof.cones import all_steps, steps_for
from bot.engine.proof.exploring import Exploration, Explorer
from bot.engine.proof.reading import Reader
from bot.engine.proof.targets import Target, targets
from bot.engine.proof.ways import Ways
from bot.engine.proof.witness import Disagreement, complete, confirm, length, planned
from bot.engine.values import Value

CHOICES = 200  # sets of goals for which figures are looked for, for one target


class Fate(Enum):
    REACHED = "reached"
    NEVER = "never"
    UNPROVEN = "unproven"


@dataclass(frozen=True)
class Claim:
    """`answers`: the whole talk that leads there."""

    target: Target
    fate: Fate
    answers: Mapping[str, Value] | None
    states: int


@dataclass(frozen=True)
class Longest:
    """`sure` where every way was looked through."""

    screens: int
    answers: Mapping[str, Value]
    sure: bool


@dataclass(frozen=True)
class Proof:
    flow: Flow
    claims: tuple[Claim, ...]
    longest: Longest
    states: int


def prove(flow: Flow, guards: Mapping[str, Condition] | None = None) -> Proof:
    """`guards`: the condition of each include, by its prefix."""
    reader = Reader(flow)
    ways = Ways(reader)
    claims = tuple(_claim(reader, ways, target) for target in targets(reader, guards or {}))
    longest, states = _longest(reader, ways)
    return Proof(flow, claims, longest, states + sum(claim.states for claim in claims))


def _claim(reader: Reader, ways: Ways, target: Target) -> Claim:
    steps = steps_for(reader, [target.truth])
    explored = Explorer(reader, ways, steps, target.truth, target.bit).explore()
    fate, said, _ = _first(explored)
    answers = None
    if said is not None:
        answers = complete(reader.flow, said)
        confirm(reader.flow, target, answers)
    return Claim(target, fate, answers, explored.states)


def _first(explored: Exploration) -> tuple[Fate, Mapping[str, Value] | None, int]:
    """The best way whose goals some figures meet, and what it costs."""
    proven = explored.whole
    outcomes: dict[object, Found | Failure] = {}
    for reached, goals in explored.ends:
        if goals not in outcomes:
            outcomes[goals] = choose(goals) if len(outcomes) < CHOICES else Failure.UNDECIDED
        outcome = outcomes[goals]
        if isinstance(outcome, Found):
            return Fate.REACHED, planned(reached.trace, outcome.point), reached.cost
        proven &= outcome is Failure.REFUTED
    return Fate.NEVER if proven else Fate.UNPROVEN, None, 0


def _longest(reader: Reader, ways: Ways) -> tuple[Longest, int]:
    explored = Explorer(reader, ways, all_steps(reader), reader.make.neither, None).explore()
    _, said, cost = _first(explored)
    answers = complete(reader.flow, said or {})
    screens = length(reader.flow, answers)
    if said is not None and screens != cost:
        raise Disagreement(f"{reader.flow.id}: the longest way has {screens} screens, not {cost}, over {answers}")
    return Longest(screens, answers, explored.whole and said is not None), explored.states
