"""The model of a flow: what an author wrote, read and frozen. One sentence a word; true once built.

Everything here is data. What it means over a set of answers is in `view.py`, what comes next in `advance.py`; how it
is read from YAML is in `bot/content/`. Ids of questions inside a repeat or an include are full ids by the time they
stand here ("prefix.q01"); inside a repeat they get their item's number when the view walks the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.engine.expressions.nodes import BoolNode, NumberNode


class Kind(StrEnum):
    """The question types, by the name that authors write."""

    CHOICE = "choice"
    DATE = "date"
    MEASURES = "measures"
    NUMBER = "number"
    SCALE = "scale"
    SEVERAL = "several"
    TEXT = "text"
    YES_NO = "yes_no"


class Zone(StrEnum):
    PERSON = "person"  # health answers of a person: anonymous in public chats
    TOWN = "town"


class Level(StrEnum):
    WARNING = "warning"  # shown as 目を向けたいところ
    NOTE = "note"  # 気に留めるところ
    OK = "ok"  # よいところ


@dataclass(frozen=True)
class Condition:
    """A truth to be read from the answers, with its text and place for explanations."""

    node: BoolNode
    text: str
    line: int = 0


@dataclass(frozen=True)
class Option:
    id: str
    label: str
    also: tuple[str, ...] = ()
    alone: bool = False  # of a `several`: clears the rest


@dataclass(frozen=True)
class Field:
    """One figure of a `measures` question."""

    id: str
    name: str
    unit: str
    low: Decimal
    high: Decimal
    step: Decimal = Decimal(1)
    also: tuple[str, ...] = ()  # other words that announce it, e.g. 背 for 身長


@dataclass(frozen=True)
class Band:
    """A named part of what a `measures` can be; `condition` None means otherwise."""

    id: str
    label: str
    condition: Condition | None = None


@dataclass(frozen=True)
class React:
    """A word back after an answer: the first whose condition holds is said."""

    when: Condition
    says: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One thing asked. Which of the later fields matter depends on the kind."""

    id: str
    kind: Kind
    text: str
    name: str = ""
    why: str = ""
    source: str = ""  # where the why comes from, if not from the pages
    pages: tuple[int, ...] = ()
    when: Condition | None = None
    optional: bool = False
    sheet: bool = False
    reacts: tuple[React, ...] = ()
    options: tuple[Option, ...] = ()  # choice, several, yes_no (ids yes and no), scale (ids are the figures)
    says_yes: tuple[str, ...] = ()
    says_no: tuple[str, ...] = ()
    unit: str = ""
    low: Decimal | None = None  # number, scale: the range of what is possible
    high: Decimal | None = None
    usual: tuple[Decimal, Decimal] | None = None
    per: str = ""  # number: the time its figure is for, 月 or 年; "" where it is for none
    step: Decimal = Decimal(1)
    example: str = ""
    fields: tuple[Field, ...] = ()
    bands: tuple[Band, ...] = ()
    ask_band: str = ""  # measures: the question put in a public chat, which takes the band only
    item: tuple[str, int] | None = None  # repeat and number, once the view has placed it
    line: int = 0

    @property
    def label(self) -> str:
        return self.name or self.text


@dataclass(frozen=True)
class Say:
    """A sentence between questions."""

    id: str
    text: str
    when: Condition | None = None
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """Starts a named part, for the review."""

    title: str


@dataclass(frozen=True)
class Repeat:
    """Questions asked once an item, `low` to `high` times; `more` is put after each, `any` first if low is 0."""

    id: str
    low: int
    high: int
    more: str
    any: str
    questions: tuple[Question, ...]
    when: Condition | None = None
    name: str = ""


Item = Question | Say | Section | Repeat


@dataclass(frozen=True)
class Score:
    id: str
    node: NumberNode
    text: str
    unit: str = ""
    name: str = ""
    line: int = 0


@dataclass(frozen=True)
class AskOf:
    """A 問いかけ and whom to put it to."""

    of: str
    q: str


@dataclass(frozen=True)
class Result:
    """A verdict or advice that holds by a rule. `otherwise`: holds when no other of its group does."""

    id: str
    says: str
    level: Level = Level.NOTE
    when: Condition | None = None
    otherwise: bool = False
    group: str | None = None
    rank: NumberNode | None = None
    pages: tuple[int, ...] = ()
    entries: tuple[str, ...] = ()
    official: str = ""  # 基準の区分名, for the staff sheet only
    supplement: bool = False  # 補足: ours, not the handbook's
    ask: tuple[AskOf, ...] = ()
    agenda: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Flow:
    id: str
    title: str
    zone: Zone
    about: str
    items: tuple[Item, ...]
    version: str = ""
    audience: tuple[str, ...] = ()  # `for:` in YAML
    also: tuple[str, ...] = ()
    shelf: str = ""  # under which the menu has it
    minutes: int = 5
    pages: tuple[int, ...] = ()
    scores: Mapping[str, Score] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    source: str = ""  # the content as canonical JSON: what the store keeps of this version

    def plain_questions(self) -> tuple[Question, ...]:
        """Every question as written, those of repeats once."""
        found: list[Question] = []
        for item in self.items:
            if isinstance(item, Question):
                found.append(item)
            elif isinstance(item, Repeat):
                found.extend(item.questions)
        return tuple(found)

    def result(self, result_id: str) -> Result | None:
        return next((result for result in self.results if result.id == result_id), None)
