"""An entry: one section of the handbook, told in our own words, with its page. What authors write in `knowledge/`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A 問いかけ and whom to put it to."""

    of: str
    q: str


@dataclass(frozen=True)
class Related:
    page: int
    why: str


@dataclass(frozen=True)
class Work:
    """A cited work of the bibliography."""

    id: str
    title: str
    publisher: str = ""
    date: str = ""
    programme: str = ""
    url: str = ""
    address_uncertain: bool = False


@dataclass(frozen=True)
class Entry:
    """`page` is the section's first page as in the outline; `pages` are those that are cited to people."""

    id: str
    page: int
    pages: tuple[int, ...]
    name: str
    title: str
    part: str  # soron | process | kakuron | appendix
    theme: str
    kind: str
    short: str
    viewpoints: tuple[str, ...] = ()
    ask: tuple[Question, ...] = ()
    next: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    references: tuple[Work, ...] = ()
    asked_as: tuple[str, ...] = ()
    part_of: str | None = None
    doubtful: str = ""  # what of it rests on a reading that nobody could check

    @property
    def section(self) -> str:
        """What counts as one section for search: the stages of the A町 dialogue are one."""
        return self.part_of or self.id
