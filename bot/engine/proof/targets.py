"""What is to be proven of a flow, one target a thing: that it can happen, or that it cannot.

What an include brings is proven with its own flow; here only whether it is ever asked for (`guards`). Every target is a
truth over all answers, and the bit that it would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

from bot.engine.expressions.nodes import Asked, Ref, Unknown
from bot.engine.flow import Condition, Question, React, Repeat, Result, Say
from bot.engine.proof.cones import AskStep, steps_for
from bot.engine.proof.reading import Reader
from bot.engine.proof.residue import NO, YES, BoolResidue


class Sort(Enum):
    """What a target is about. The first ones should happen, the last three never."""

    QUESTION = "question"
    REACT = "react"
    SAY = "say"
    INCLUDE = "include"
    RESULT = "result"
    OVERLAP = "overlap"  # two results of one group at once
    GAP = "gap"  # none of a group
    NOTHING = "nothing"  # an end at which nothing holds and nothing is undetermined


WANTED = (Sort.QUESTION, Sort.REACT, Sort.SAY, Sort.INCLUDE, Sort.RESULT)


@dataclass(frozen=True)
class Target:
    sort: Sort
    names: tuple[str, ...]  # the question with the number of its reaction; of an overlap both results; a group
    truth: BoolResidue
    bit: int = YES


def targets(reader: Reader, guards: Mapping[str, Condition]) -> Iterator[Target]:
    for item in reader.flow.items:
        if isinstance(item, Repeat) and _own(item.id):
            for question in item.questions:
                yield from _of_item(reader, item, question)
        elif isinstance(item, Question) and _own(item.id):
            asked = reader.condition(item.when)
            yield Target(Sort.QUESTION, (item.id,), asked)
            for number, truth in enumerate(_reacts(reader, item.reacts)):
                yield Target(Sort.REACT, (item.id, str(number)), reader.make.every((asked, truth)))
        elif isinstance(item, Say) and _own(item.id):
            yield Target(Sort.SAY, (item.id,), reader.condition(item.when))
    yield from (Target(Sort.INCLUDE, (prefix,), reader.condition(when)) for prefix, when in guards.items())
    yield from _of_results(reader)


def _own(name: str) -> bool:
    return "." not in name


def _of_item(reader: Reader, repeat: Repeat, question: Question) -> Iterator[Target]:
    """In some item of a list."""
    name = f"{repeat.id}.{question.id}"
    asked = reader.truth(Asked(Ref(question.id, local=True)), repeat.id)
    yield Target(Sort.QUESTION, (name,), reader.make.among(repeat.id, asked, every=False))
    for number, truth in enumerate(_reacts(reader, question.reacts, repeat.id)):
        said = reader.make.every((asked, truth))
        yield Target(Sort.REACT, (name, str(number)), reader.make.among(repeat.id, said, every=False))


def _reacts(reader: Reader, reacts: tuple[React, ...], repeat: str | None = None) -> Iterator[BoolResidue]:
    """Each when it is said: it holds, and none before it does."""
    before: list[BoolResidue] = []
    for react in reacts:
        here = reader.condition(react.when, repeat)
        yield reader.make.every((here, *before))
        before.append(reader.make.no(reader.make.certain(here)))


def _of_results(reader: Reader) -> Iterator[Target]:
    results = reader.flow.results
    yield from (Target(Sort.RESULT, (one.id,), reader.result(one.id)) for one in results if _own(one.id))
    for group in dict.fromkeys(one.group for one in results if one.group is not None and _own(one.group)):
        members = [one for one in results if one.group == group]
        plain = [one for one in members if not one.otherwise]
        for one, other in combinations(plain, 2):
            both = reader.make.every((reader.result(one.id), reader.result(other.id)))
            yield Target(Sort.OVERLAP, (one.id, other.id), both)
        if len(plain) == len(members):
            held = _any(reader, members)
            yield Target(Sort.GAP, (group,), reader.make.some((held, *_open(reader, held))), NO)
    if results:
        yield Target(Sort.NOTHING, (), _any(reader, results), NO)


def _open(reader: Reader, held: BoolResidue) -> Iterator[BoolResidue]:
    """What this depends on and is わからない: a group owes its result to complete answers only (semantics §3)."""
    for step in steps_for(reader, [held]):
        if isinstance(step, AskStep):
            yield reader.truth(Unknown(Ref(step.name)))
            continue
        for inner in step.inner:
            unknown = reader.truth(Unknown(Ref(inner.question.id, local=True)), step.repeat.id)
            yield reader.make.among(step.repeat.id, unknown, every=False)


def _any(reader: Reader, results: list[Result] | tuple[Result, ...]) -> BoolResidue:
    return reader.make.some(reader.result(one.id) for one in results)
