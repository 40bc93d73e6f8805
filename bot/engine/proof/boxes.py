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
from itertools import islice
from math import ceil, floor

from bot.engine.proof.lines import ways_to_meet
from bot.engine.proof.residue import BoolResidue, Sign, Variable
from bot.engine.proof.weighing import Lost, could_be, ends_of, signs_of, variables_of

Goal = tuple[BoolResidue, int]  # a truth and what it is to be, as a bit
Point = dict[Variable, Fraction]
Grid = dict[Variable, tuple[int, int]]  # for each variable its first and last step

BOXES = 80  # halvings for one set of truths
SOLVED = 3  # of the boxes, those in which a comparison is also pushed to its ends, and solved for each of its figures
WAYS = 4  # ways of meeting the truths that are looked at one by one


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
    ways = list(islice(ways_to_meet(goals), WAYS + 1))
    first = _halve(goals, variables, boxes) if ways else Failure.REFUTED
    if first is not Failure.UNDECIDED or all(isinstance(residue, Sign) for residue, _ in goals):
        return first
    undecided = False
    for place, way in enumerate(ways):
        outcome = _halve([*goals, *way], variables, boxes) if place < WAYS else Failure.UNDECIDED
        if isinstance(outcome, Found):
            return outcome
        undecided |= outcome is Failure.UNDECIDED
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
    bounds = {one: (one.step * low, one.step * high) for one, (low, high) in grid.items()}
    return all(could_be(residue, bounds) & wanted for residue, wanted in goals)


def _at(point: Point) -> dict[Variable, tuple[Fraction, Fraction]]:
    return {one: (value, value) for one, value in point.items()}


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
    for sign in signs:
        pushed = [_pushed(sign, points[0], grid, up=up) for up in (True, False)]
        yield from pushed
        for point in (points[0], *pushed):
            for variable in variables_of(sign):
                yield from _turns(sign, variable, point, grid[variable])


def _pushed(sign: Sign, point: Point, grid: Grid, *, up: bool) -> Point:
    """A corner at which the compared figure is as large or as small as moving one variable after the other makes it."""
    for variable in variables_of(sign):
        ends = [{**point, variable: variable.step * at} for at in grid[variable]]
        values = [_value(sign, end) for end in ends]
        if values[0] is not None and values[1] is not None:
            point = ends[(values[1] > values[0]) is up]
    return point


def _value(sign: Sign, point: Point) -> Fraction | None:
    """The middle of the span that is compared."""
    ends = ends_of(sign.whole, _at(point))
    return None if isinstance(ends, Lost) else (ends.low.least + ends.high.least) / 2


def _turns(sign: Sign, variable: Variable, point: Point, steps: tuple[int, int]) -> Iterator[Point]:
    """The two neighbouring figures of one variable between which a comparison turns, if it turns once."""

    def value(at: int) -> Fraction | None:
        return _value(sign, {**point, variable: variable.step * at})

    low, high = steps
    first, last = value(low), value(high)
    if first is None or last is None or (first < 0) == (last < 0):
        return
    while high - low > 1:
        middle = (low + high) // 2
        found = value(middle)
        goes_on = found is not None and (found < 0) == (first < 0)
        low, high = (middle, high) if goes_on else (low, middle)
    for at in (low, high):
        yield {**point, variable: variable.step * at}
