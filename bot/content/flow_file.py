"""One flow file, read by itself: its shape with the place of every item, and what was lost to faults.

A faulty item is left out and its name kept as lost, so that the rest of the file is still looked through at once and a
rule that reads the lost name is not blamed for it. What its includes hold is no matter here: see `parts.py`.
"""

import copy
from dataclasses import dataclass
from typing import Any, cast

from bot.content.document import Document, Loc
from bot.content.flow_shapes import (
    FlowShape,
    IncludeShape,
    QuestionShape,
    RepeatShape,
    ResultShape,
    SayShape,
    SectionShape,
)
from bot.content.problems import Problem
from bot.content.shaping import Flaw, shape, told

ItemShape = QuestionShape | SayShape | SectionShape | RepeatShape | IncludeShape
_LISTS = ("questions", "results")
_STAND_INS: dict[str, Any] = {"title": "…", "zone": "town", "about": "…"}  # so that the rest can be looked through


@dataclass(frozen=True)
class FlowFile:
    """`shape` is None where too little was left."""

    id: str
    document: Document
    shape: FlowShape | None
    items: tuple[tuple[Loc, ItemShape], ...] = ()
    results: tuple[tuple[Loc, ResultShape], ...] = ()
    lost: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    def includes(self) -> list[tuple[Loc, IncludeShape]]:
        return [(loc, item) for loc, item in self.items if isinstance(item, IncludeShape)]


def read_flow_file(flow_id: str, document: Document) -> FlowFile:
    if not document.readable:
        return FlowFile(flow_id, document, None, problems=document.problems)
    shaped = shape(FlowShape, document.data)
    problems = (*document.problems, *told(document, shaped.flaws))
    rest = _Rest(document.data)
    rest.drop(shaped.flaws)
    value = shaped.value or shape(FlowShape, rest.data).value
    if value is None:
        return FlowFile(flow_id, document, None, problems=problems)
    items = [cast("ItemShape", item) for item in value.questions]
    return FlowFile(
        flow_id,
        document,
        value,
        tuple((("questions", place), item) for place, item in zip(rest.kept["questions"], items, strict=True)),
        tuple((("results", place), result) for place, result in zip(rest.kept["results"], value.results, strict=True)),
        frozenset(rest.lost),
        problems,
    )


class _Rest:
    """The data without what its flaws touch: a key too many goes, a text too long is cut, a faulty item goes whole."""

    def __init__(self, data: object) -> None:
        self.data: Any = data
        self.lost: set[str] = set()
        self.gone: set[tuple[str, int]] = set()
        self.kept: dict[str, list[int]] = {name: list(range(len(self.members(name)))) for name in _LISTS}

    def members(self, name: str) -> list[Any]:
        held = self.data.get(name) if isinstance(self.data, dict) else None
        return held if isinstance(held, list) else []

    def drop(self, flaws: tuple[Flaw, ...]) -> None:
        if not flaws or not isinstance(self.data, dict):
            return
        self.data = copy.deepcopy(self.data)
        mended = [flaw for flaw in flaws if flaw.code in ("unknown_key", "too_long")]
        for flaw in mended:
            self.mend(flaw)
        for flaw in flaws:
            if flaw not in mended:
                self.drop_one(flaw)
        for name in _LISTS:
            self.close(name)

    def drop_one(self, flaw: Flaw) -> None:
        head, *deeper = flaw.loc
        if head in _LISTS and deeper and isinstance(deeper[0], int):
            self.gone.add((str(head), deeper[0]))
        elif head == "scores" and deeper:
            self.lost.add(str(deeper[0]))
            self.data["scores"].pop(deeper[0], None)
        elif head in _STAND_INS:
            self.data[head] = _STAND_INS[str(head)]
        else:
            self.data.pop(head, None)

    def mend(self, flaw: Flaw) -> None:
        *way, last = flaw.loc
        holder = self.data
        for part in way:
            holder = holder[part]
        if flaw.code == "unknown_key":
            holder.pop(last, None)
        else:
            holder[last] = holder[last].strip()[: int(flaw.slots["limit"])].strip()

    def close(self, name: str) -> None:
        """Take the faulty members out."""
        held = self.members(name)
        self.kept[name] = [place for place in range(len(held)) if (name, place) not in self.gone]
        self.lost |= {lost for one, place in self.gone if one == name for lost in _names(held[place])}
        if name in self.data:
            self.data[name] = [held[place] for place in self.kept[name]]


def _names(item: object) -> list[str]:
    """The names that rules elsewhere may use for a lost item."""
    if not isinstance(item, dict):
        return []
    return [str(item[key]) for key in ("id", "say", "repeat", "as") if key in item]
