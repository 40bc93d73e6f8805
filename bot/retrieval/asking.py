"""How people ask: what the book does not answer, everyday words for the field's, ways of asking on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Neighbour:
    """A matter that is often asked about and that the book does not answer; `says` where to turn.

    `near`: it speaks the field's words, so that the book may have something near it.
    """

    id: str
    name: str
    says: str
    asked_as: tuple[str, ...] = ()
    near: bool = False


@dataclass(frozen=True)
class EverydayWord:
    """What people say, and what the field calls it; `why` is for those who look after the file."""

    said: tuple[str, ...]
    means: str
    why: str


@dataclass(frozen=True)
class WayOfAskingOn:
    """A message that only makes sense after what was just shown: more of it, another one, its money side …

    `towards` are words of the field that such a message leaves unsaid; `sides` the entries that tell this side of a
    theme, nearest first.
    """

    kind: str
    asked_as: tuple[str, ...]
    towards: str = ""
    sides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Asking:
    neighbours: tuple[Neighbour, ...] = ()
    everyday: tuple[EverydayWord, ...] = ()
    asking_on: tuple[WayOfAskingOn, ...] = ()


NOTHING = Asking()
