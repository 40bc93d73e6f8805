"""What a question type must do, and the words in which it answers.

A type turns a typed message into a value and a value back into text and JSON; nothing else. It never decides what
happens then: that is the conversation's. Reasons and notes are keys of `knowledge/words/`, not sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias

from bot.engine.flow import Question
from bot.engine.values import Measures, Value

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True)
class Context:
    """What reading an answer may depend on besides the question and the message."""

    today: date
    public: bool = False  # a public chat: bands instead of figures
    draft: Measures | None = None  # figures of this question given so far


@dataclass(frozen=True)
class Read:
    value: Value
    note: str = ""  # a word to go with saying it back


@dataclass(frozen=True)
class Unsure:
    """One or more readings that the user must confirm: close labels, an unusual figure, a percentage below 1."""

    values: tuple[Value, ...]
    reason: str


@dataclass(frozen=True)
class Part:
    """Some figures of a `measures`, kept while the others are asked for."""

    draft: Measures


@dataclass(frozen=True)
class Unreadable:
    reason: str = "unreadable"


Reading = Read | Unsure | Part | Unreadable


def one_of(values: tuple[Value, ...]) -> Reading:
    """The one value that fits; where several fit as well, which is asked."""
    if not values:
        return Unreadable()
    return Read(values[0]) if len(values) == 1 else Unsure(values, "close")


@dataclass(eq=False)  # not frozen: an exception on its way is given its traceback
class Impossible(Exception):
    """A value that this question cannot have: a code of `faults.yaml` and its slots."""

    code: str
    slots: Mapping[str, str] = field(default_factory=dict)


class QuestionType(Protocol):
    """A module of this package; the functions are its whole interface."""

    def read(self, question: Question, text: str, context: Context) -> Reading:
        """The message as an answer."""

    def show(self, question: Question, value: Value) -> str:
        """The value as people read it, with its unit; empty for an empty choice."""

    def accept(self, question: Question, plain: Json) -> Value:
        """A value from `bansou run`'s input; `Impossible` if it cannot be."""

    def plain(self, question: Question, value: Value) -> Json:
        """The inverse of `accept`."""


def impossible(question: Question, plain: Json, wanted: str) -> Impossible:
    return Impossible("impossible_value", {"name": question.id, "value": repr(plain), "wanted": wanted})


def option_ids(question: Question) -> tuple[str, ...]:
    return tuple(option.id for option in question.options)


def label_of(question: Question, option_id: str) -> str:
    return next((option.label for option in question.options if option.id == option_id), option_id)


def names_of(question: Question) -> list[tuple[str, ...]]:
    """Each option's label with its synonyms, for matching."""
    return [(option.label, *option.also) for option in question.options]
