"""A flow with its includes laid out: which file stands at which prefix, and every item in the order it is asked.

`include: other, as: p` puts the other flow's items here under names that begin with `p.`. Depth at most 2, no cycles;
an include that cannot be followed is a fault of the file that wrote it. Nothing is built here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.content.document import Loc
from bot.content.flow_file import FlowFile, ItemShape
from bot.content.flow_shapes import IncludeShape
from bot.content.problems import Problem
from bot.engine.expressions.names import did_you_mean

DEPTH = 2  # how many includes may stand inside each other
Find = Callable[[str], FlowFile | None]
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """One file standing at one prefix; `place` and `when` are those of the include that put it there."""

    file: FlowFile
    prefix: str = ""
    parent: "Part | None" = None
    place: int = -1  # position, among all items, of the first item it brings
    when: str | None = None

    def full(self, name: str) -> str:
        return f"{self.prefix}.{name}" if self.prefix else name

    def inside(self, names: dict[str, T]) -> dict[str, T]:
        """What this part's own rules may name, by the names they use."""
        if not self.prefix:
            return names
        start = self.prefix + "."
        return {name.removeprefix(start): held for name, held in names.items() if name.startswith(start)}


@dataclass(frozen=True)
class Placed:
    """One item, in the part that brings it."""

    part: Part
    loc: Loc
    item: ItemShape


def lay_out(file: FlowFile, find: Find) -> tuple[list[Part], list[Placed]]:
    """Every part, outer before inner, and every item in order; includes that cannot be followed bring nothing."""
    parts: list[Part] = []
    placed: list[Placed] = []
    _lay(Part(file), find, parts, placed)
    return parts, placed


def _lay(part: Part, find: Find, parts: list[Part], placed: list[Placed]) -> None:
    parts.append(part)
    for loc, item in part.file.items:
        placed.append(Placed(part, loc, item))
        target = find(item.include) if isinstance(item, IncludeShape) else None
        if isinstance(item, IncludeShape) and target is not None:
            _lay(Part(target, part.full(item.as_), part, len(placed), item.when), find, parts, placed)


def include_problems(file: FlowFile, find: Find, known: list[str]) -> list[Problem]:
    """Includes of this file that lead nowhere, in a circle, or too deep."""
    found: list[Problem] = []
    for loc, item in file.includes():
        problem = _follow(file, loc, [file.id, item.include], find, known)
        if problem is not None:
            found.append(problem)
    return found


def _follow(file: FlowFile, loc: Loc, chain: list[str], find: Find, known: list[str]) -> Problem | None:
    at = (*loc, "include")
    if chain[-1] == file.id:
        return file.document.problem(at, "include_cycle", chain=" → ".join(chain))
    target = find(chain[-1])
    if target is None:
        missing = chain[-1] not in known and len(chain) == 2  # noqa: PLR2004  one's own include, not one further in
        hint = did_you_mean(chain[-1], known)
        return file.document.problem(at, "unknown_flow", name=chain[-1], hint=hint) if missing else None
    if chain[-1] in chain[:-1]:
        return None  # a circle further in, which is told there
    if len(chain) - 1 > DEPTH:
        return file.document.problem(at, "include_too_deep", chain=" → ".join(chain), limit=str(DEPTH))
    return next(
        filter(None, (_follow(file, loc, [*chain, i.include], find, known) for _, i in target.includes())), None
    )
