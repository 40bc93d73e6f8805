"""Figures that are read together: is there a choice of them that makes these truths come out so?

Interval halving over the box of what they may be, to a stated budget. `Found` is a choice, checked point by point;
`Refuted` a proof that there is none; `Undecided` neither. Comparisons of the same figure are first laid on one line
(`lines.py`), so that what can only contradict itself needs no halving at all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil, floor

from bot.engine.bounds import Interval, exactly
from bot.engine.proof.lines import ways_to_meet
from bot.engine.proof.residue import BoolResidue, Sign, Variable
from bot.engine.proof.weighing import could_be, signs_of, variables_of, within

Goal = tuple[BoolResidue, int]  # a truth and what it is to be, as a bit
Point = dict[Variable, Fraction]
Grid = dict[Variable, tuple[int, int]]  # for each variable its first and last step

BOXES = 300  # halvings for one set of truths
SOLVED = 40  # of the boxes, those in which a comparison is also solved for each of its figures
WAYS = 32  # ways of meeting the truths that are looked at one by one


class Failure(Enum):
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Found:
    point: Point


Outcome = Found | Failure


def choose(goals: Sequence[Goal], boxes: int = BOXES) -> Outcome:
    """Figures for all variables that make every goal come out."""
    variables = tuple(dict.fromkeys(one for residue, _ in goals for one in variables_of(residue)))
    first = _halve(goals, variables, boxes)
    if first is not Failure.UNDECIDED:
        return first
    undecided = False
    for place, way in enumerate(ways_to_meet(goals)):
        outcome = _halve([*goals, *way], variables, boxes) if place < WAYS else Failure.UNDECIDED
        if isinstance(outcome, Found):
            return outcome
        undecided |= outcome is Failure.UNDECIDED
        if place >= WAYS:
            break
    return Failure.UNDECIDED if undecided else Failure.REFUTED


def _halve(goals: Sequence[Goal], variables: tuple[Variable, ...], boxes: int) -> Outcome:
    signs = tuple(dict.fromkeys(sign for residue, _ in goals for sign in signs_of(residue)))
    open_boxes: deque[Grid] = deque(
        [{one: (ceil(one.low / one.step), floor(one.high / one.step)) for one in variables}]
    )
    for count in range(boxes):
        if not open_boxes:
            return Failure.REFUTED
        grid = open_boxes.popleft()
        if not _possible(goals, grid):
            continue
        for point in _tries(grid, signs if count < SOLVED else ()):
            if all(could_be(residue, _at(point)) == wanted for residue, wanted in goals):
                return Found(point)
        open_boxes.extend(_halves(grid))
    return Failure.UNDECIDED if open_boxes else Failure.REFUTED


def _possible(goals: Iterable[Goal], grid: Grid) -> bool:
    bounds = {one: Interval(one.step * low, one.step * high) for one, (low, high) in grid.items()}
    return all(could_be(residue, bounds) & wanted for residue, wanted in goals)


def _at(point: Point) -> dict[Variable, Interval]:
    return {one: exactly(value) for one, value in point.items()}


def _halves(grid: Grid) -> tuple[Grid, ...]:
    widest = max(grid, key=lambda one: _share(one, grid[one]), default=None)
    if widest is None or grid[widest][0] == grid[widest][1]:
        return ()
    low, high = grid[widest]
    middle = (low + high) // 2
    return ({**grid, widest: (low, middle)}, {**grid, widest: (middle + 1, high)})


def _share(variable: Variable, steps: tuple[int, int]) -> Fraction:
    whole = variable.high - variable.low
    return Fraction(steps[1] - steps[0]) * variable.step / whole if whole else Fraction(0)


def _tries(grid: Grid, signs: Iterable[Sign]) -> Iterator[Point]:
    """The middle, both ends, and where a comparison turns on the lines through them."""
    ends = ([(low + high) // 2 for low, high in grid.values()], *zip(*grid.values(), strict=True)) if grid else ([],)
    points = [{one: one.step * at for one, at in zip(grid, end, strict=True)} for end in ends]
    yield from points
    for point in points:
        for sign in signs:
            for variable in variables_of(sign):
                yield from _turns(sign, variable, point, grid[variable])


def _turns(sign: Sign, variable: Variable, point: Point, steps: tuple[int, int]) -> Iterator[Point]:
    """The two neighbouring figures of one variable between which a comparison turns, if it turns once."""

    def value(at: int) -> Fraction | None:
        found = within(sign.whole, _at({**point, variable: variable.step * at}))
        return None if found is None or not found.known else found.low

    low, high = steps
    first, last = value(low), value(high)
    if first is None or last is None or (first < 0) == (last < 0):
        return
    while high - low > 1:
        middle = (low + high) // 2
        found = value(middle)
        if found is None:
            return
        low, high = (middle, high) if (found < 0) == (first < 0) else (low, middle)
    for at in (low, high):
        yield {**point, variable: variable.step * at}
