"""One file as data that knows its lines: a `Document`, places in it, and the trail of names that leads to a place.

A place is the path of keys and positions from the top of the file. Positions are counted from 0 here and from 1 in
what authors read. Nothing here knows what a key means beyond the names of the lists whose members have ids.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeAlias

from bot.content.problems import Grade, Problem

Yaml: TypeAlias = "bool | int | Decimal | str | list[Yaml] | dict[str, Yaml] | None"
Loc: TypeAlias = tuple[str | int, ...]

_MEMBERS = {"questions": "question", "results": "result", "options": "option", "fields": "field"}
_KEYED = {"scores": "score", "bands": "band"}  # mappings whose keys are ids
_ITEMS = ("say", "repeat", "include", "section")  # members of `questions` that are no question


@dataclass(frozen=True)
class Document:
    """`root` names the whole in trails; `readable` is False where the text was no YAML at all."""

    file: str
    data: Yaml
    lines: Mapping[Loc, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    root: str = ""
    readable: bool = True

    def line(self, loc: Loc) -> int:
        """The line of this place, else of the nearest place around it."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 0)

    def problem(self, loc: Loc, code: str, **slots: str) -> Problem:
        return Problem(self.file, self.line(loc), trail(self.data, loc, self.root), Grade.FAULT, code, slots)

    def issue(self, loc: Loc, code: str, **slots: str) -> Problem:
        return replace(self.problem(loc, code, **slots), grade=Grade.ISSUE)

    def texts(self) -> Iterator[tuple[Loc, str]]:
        """Every text in the file with its place."""
        yield from _texts(self.data, ())


def trail(data: Yaml, loc: Loc, root: str = "") -> tuple[str, ...]:
    names = [root] if root else []
    for place, part in enumerate(loc):
        is_there = isinstance(part, str) or isinstance(data, list)  # one page may stand without its list
        data = _step(data, part)
        if is_there:
            names += _named(loc[place - 1] if place else "", part, data, is_last=place == len(loc) - 1)
    return tuple(names)


def _step(data: Yaml, part: str | int) -> Yaml:
    if isinstance(data, dict):
        return data.get(str(part))
    return data[part] if isinstance(data, list) and isinstance(part, int) and part < len(data) else None


def _named(before: str | int, part: str | int, data: Yaml, *, is_last: bool) -> list[str]:
    """The names that one more step adds; what only holds members is named with them, or where the way ends."""
    if isinstance(part, int):
        return [_member(before, part, data)]
    if before in _KEYED:
        return [f"{_KEYED[str(before)]}「{part}」"]
    return [part] if is_last or not (isinstance(data, list) or part in _KEYED) else []


def _member(before: str | int, part: int, data: Yaml) -> str:
    held = data if isinstance(data, dict) else {}
    kind = next((key for key in _ITEMS if key in held), None) if before == "questions" else None
    name = held.get(kind or "id")
    if before not in _MEMBERS or not isinstance(name, str):
        return f"{'' if isinstance(before, int) else before}[{part + 1}]"
    return f"{kind or _MEMBERS[str(before)]}「{name}」"


def _texts(data: Yaml, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*loc, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _texts(value, (*loc, place))
