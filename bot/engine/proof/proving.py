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
from bot.engine.proof.exploring import Explorer
from bot.engine.proof.layers import Exploration
from bot.engine.proof.reading import Reader
from bot.engine.proof.targets import Target, targets
from bot.engine.proof.ways import Ways
from bot.engine.proof.witness import Disagreement, complete, confirm, length, planned
from bot.engine.values import Value

UNDECIDED = 12  # sets of goals left undecided for one target, after which no more are looked into


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
    """`at_most`: no way is longer than that; None where not every way was looked through."""

    screens: int
    answers: Mapping[str, Value]
    at_most: int | None


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
    best = _best(explored)
    if best.said is None:
        never = explored.whole and best.at_best is None
        return Claim(target, Fate.NEVER if never else Fate.UNPROVEN, None, explored.states)
    answers = complete(reader.flow, best.said)
    confirm(reader.flow, target, answers)
    return Claim(target, Fate.REACHED, answers, explored.states)


@dataclass(frozen=True)
class _Best:
    """The best way that is a real one, and what the best costs that could not be refuted."""

    said: Mapping[str, Value] | None = None
    cost: int = 0
    at_best: int | None = None


def _best(explored: Exploration) -> _Best:
    outcomes: dict[object, Found | Failure] = {}
    at_best: int | None = None
    for reached, goals in explored.ends:
        tired = list(outcomes.values()).count(Failure.UNDECIDED) > UNDECIDED
        outcome = outcomes.get(goals) or (Failure.UNDECIDED if tired else choose(goals))
        outcomes[goals] = outcome
        at_best = reached.cost if at_best is None and outcome is not Failure.REFUTED else at_best
        if isinstance(outcome, Found):
            return _Best(planned(reached.trace, outcome.point), reached.cost, at_best)
    return _Best(at_best=at_best)


def _longest(reader: Reader, ways: Ways) -> tuple[Longest, int]:
    explored = Explorer(reader, ways, all_steps(reader), reader.make.neither, None).explore()
    best = _best(explored)
    answers = complete(reader.flow, best.said or {})
    screens = length(reader.flow, answers)
    if best.said is not None and screens != best.cost:
        raise Disagreement(f"{reader.flow.id}: the longest way has {screens} screens, not {best.cost}, over {answers}")
    return Longest(screens, answers, best.at_best if explored.whole else None), explored.states
