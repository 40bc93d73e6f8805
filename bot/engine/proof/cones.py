"""What one thing to be proven depends on: its questions, with the questions on which their `when`s hang, in order.

Each target is explored with its own cone only; otherwise advice that has nothing to do with each other would multiply.
A list stands in a cone as a whole, with those of its questions that matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.engine.flow import Question, Repeat
from bot.engine.proof.reading import Reader
from bot.engine.proof.residue import BoolResidue


@dataclass(frozen=True)
class AskStep:
    """One question; `name` is "<repeat>.<question>" inside a list, and `when` is then read over the item at hand."""

    name: str
    question: Question
    when: BoolResidue


@dataclass(frozen=True)
class ListStep:
    repeat: Repeat
    when: BoolResidue
    inner: tuple[AskStep, ...]


Step = AskStep | ListStep


def steps_for(reader: Reader, targets: Iterable[BoolResidue]) -> tuple[Step, ...]:
    """The steps that these truths depend on."""
    return _steps(reader, _needed(reader, targets))


def all_steps(reader: Reader) -> tuple[Step, ...]:
    return _steps(reader, {*reader.questions, *reader.repeats, *reader.local})


def _steps(reader: Reader, needed: set[str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for item in reader.flow.items:
        if isinstance(item, Question) and item.id in needed:
            steps.append(AskStep(item.id, item, reader.condition(item.when)))
        elif isinstance(item, Repeat) and item.id in needed:
            named = ((f"{item.id}.{question.id}", question) for question in item.questions)
            inner = tuple(AskStep(name, q, reader.condition(q.when, item.id)) for name, q in named if name in needed)
            steps.append(ListStep(item, reader.condition(item.when), inner))
    return tuple(steps)


def _needed(reader: Reader, targets: Iterable[BoolResidue]) -> set[str]:
    needed: set[str] = set()
    fresh = {name for target in targets for name in target.reads}
    while fresh:
        needed |= fresh
        fresh = {read for name in fresh for read in _reads(reader, name)} - needed
    return needed


def _reads(reader: Reader, name: str) -> set[str]:
    """What decides whether this is asked."""
    repeat = reader.repeats.get(name)
    if repeat is not None:
        return set(reader.condition(repeat.when).reads)
    if name in reader.questions:
        return set(reader.condition(reader.questions[name].when).reads)
    held_in = name.rpartition(".")[0]
    return {held_in, *reader.condition(reader.local[name].when, held_in).reads}
