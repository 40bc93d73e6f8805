"""What there is of the book beside its entries: its sections under ten headings, its terms, what has changed since."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A section as the outline has it; `last` is its last printed page."""

    part: str
    page: int
    last: int
    kind: str
    title: str

    @property
    def entry(self) -> str:
        """The id of the entry that tells it; the stages of a dialogue add a number."""
        return f"{self.part}-{self.page:03}"


@dataclass(frozen=True)
class Heading:
    """One of the ten ways into the book."""

    name: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Term:
    """A word that a newcomer stumbles over, in one sentence. `supplement`: ours, the book does not explain it."""

    term: str
    says: str
    pages: tuple[int, ...] = ()
    also: tuple[str, ...] = ()
    entry: str = ""
    supplement: bool = False


@dataclass(frozen=True)
class Dated:
    """What the printed book says and what has changed since; `certain` False: only that it wants checking."""

    pages: tuple[int, ...]
    about: str
    note: str
    source: str
    checked_on: str  # ISO date
    certain: bool = False


@dataclass(frozen=True)
class Book:
    headings: tuple[Heading, ...] = ()
    terms: tuple[Term, ...] = ()
    dated: tuple[Dated, ...] = ()

    def dated_on(self, pages: tuple[int, ...]) -> tuple[Dated, ...]:
        return tuple(one for one in self.dated if set(one.pages) & set(pages))
