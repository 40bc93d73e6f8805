"""Puts a flow together: items in order, then names, then every rule read against the names.

Two passes, because a rule may name what stands after it (the order is judged later, by `checks/order.py`): first all
questions without conditions, then the conditions. An include's condition is joined to everything it brings. The model
has full ids ("prefix.q01"); a rule is read with the names of its own file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.content.document import Loc
from bot.content.flow_file import FlowFile
from bot.content.flow_shapes import QuestionShape, RepeatShape, ResultShape, SayShape, SectionShape
from bot.content.parts import Part, Placed
from bot.content.problems import Problem
from bot.content.questions import bare_question
from bot.content.rules import Role, Rule, RuleReader
from bot.content.slots import prefixed
from bot.engine.expressions.names import Scope
from bot.engine.flow import (
    AskOf,
    Condition,
    Flow,
    Item,
    Level,
    Question,
    React,
    Repeat,
    Result,
    Say,
    Score,
    Section,
    Zone,
)
from bot.engine.view import both


@dataclass
class Built:
    """The flow as far as it could be put together, its rules, and what was found wrong on the way."""

    file: FlowFile
    flow: Flow
    rules: list[Rule]
    placed: list[Placed]
    problems: list[Problem] = field(default_factory=list)


def build(file: FlowFile, parts: list[Part], placed: list[Placed]) -> Built:
    builder = _Builder(file, parts, placed)
    return Built(file, builder.flow(), builder.rules, placed, builder.problems())


class _Builder:
    def __init__(self, file: FlowFile, parts: list[Part], placed: list[Placed]) -> None:
        self.file = file
        self.parts = parts
        self.placed = placed
        self.rules: list[Rule] = []
        self.readers = {part.prefix: RuleReader(part.file.document, part.file.lost) for part in parts}
        self.questions: dict[str, Question] = {}
        self.repeats: dict[str, Repeat] = {}
        self.scores = {part.full(name): name for part in parts if part.file.shape for name in part.file.shape.scores}
        self.results = {part.full(result.id): result.id for part in parts for _, result in part.file.results}
        self.collect()
        self.scopes = {part.prefix: self.scope(part) for part in parts}
        self.guards: dict[str, Condition | None] = {}
        for part in parts:
            self.guards[part.prefix] = self.guard(part)

    # --- first pass: names ---

    def collect(self) -> None:
        for one in self.placed:
            if isinstance(one.item, QuestionShape):
                full = one.part.full(one.item.id)
                self.questions[full] = bare_question(one.item, full, one.loc, self.readers[one.part.prefix])
            elif isinstance(one.item, RepeatShape):
                self.repeats[one.part.full(one.item.repeat)] = self.bare_repeat(one, one.item)

    def bare_repeat(self, one: Placed, shape: RepeatShape) -> Repeat:
        reader = self.readers[one.part.prefix]
        questions = tuple(
            bare_question(inner, inner.id, (*one.loc, "questions", place), reader)
            for place, inner in enumerate(shape.questions)
        )
        return Repeat(
            one.part.full(shape.repeat), shape.min, shape.max, shape.more, shape.any, questions, name=shape.name
        )

    def scope(self, part: Part) -> Scope:
        return Scope(
            questions=part.inside(self.questions),
            scores=part.inside({full: full for full in self.scores}),
            results=part.inside({full: full for full in self.results}),
            repeats=part.inside(self.repeats),
        )

    def guard(self, part: Part) -> Condition | None:
        """The condition under which a part stands here at all; its outer part's has been read before."""
        if part.parent is None:
            return None
        own = None
        if part.when is not None:
            loc = self.placed[part.place - 1].loc  # the include itself stands before what it brings
            own = self.rule(Role.WHEN, part.prefix, part.when, part.parent, (*loc, "when"))
        return both(self.guards[part.parent.prefix], own)

    # --- second pass: rules ---

    def rule(
        self, role: Role, owner: str, text: str, part: Part, loc: Loc, *, repeat: Repeat | None = None
    ) -> Condition:
        scope = self.scopes[part.prefix]
        condition = self.readers[part.prefix].condition(text, loc, scope if repeat is None else scope.inside(repeat))
        inside = None if repeat is None else repeat.id
        self.rules.append(Rule(role, owner, condition.node, part, loc, condition, inside))
        return condition

    def when(self, text: str | None, owner: str, one: Placed) -> Condition | None:
        own = None if text is None else self.rule(Role.WHEN, owner, text, one.part, (*one.loc, "when"))
        return both(self.guards[one.part.prefix], own)

    def item(self, one: Placed) -> Item | None:
        part, shape = one.part, one.item
        match shape:
            case QuestionShape():
                question = self.questions[part.full(shape.id)]
                when = self.when(shape.when, question.id, one)
                return replace(question, when=when, reacts=self.reacts(shape, question.id, part, one.loc))
            case SayShape():
                full = part.full(shape.say)
                text = prefixed(shape.text, part.prefix)
                return Say(full, text, self.when(shape.when, full, one), tuple(shape.entries))
            case SectionShape():
                return Section(shape.section)
            case RepeatShape():
                repeat = self.repeats[part.full(shape.repeat)]
                when = self.when(shape.when, repeat.id, one)
                return replace(repeat, when=when, questions=tuple(self.inner(repeat, shape, one)))
        return None

    def inner(self, repeat: Repeat, shape: RepeatShape, one: Placed) -> Iterable[Question]:
        """The questions of a repeat with their rules, which see their own item first."""
        for number, (question, held) in enumerate(zip(repeat.questions, shape.questions, strict=True)):
            loc, owner = (*one.loc, "questions", number), f"{repeat.id}.{question.id}"
            when = None
            if held.when is not None:
                when = self.rule(Role.WHEN, owner, held.when, one.part, (*loc, "when"), repeat=repeat)
            yield replace(question, when=when, reacts=self.reacts(held, owner, one.part, loc, repeat))

    def reacts(
        self, shape: QuestionShape, owner: str, part: Part, loc: Loc, repeat: Repeat | None = None
    ) -> tuple[React, ...]:
        return tuple(
            React(
                self.rule(Role.REACT, owner, react.when, part, (*loc, "reacts", n, "when"), repeat=repeat),
                prefixed(react.says, part.prefix),
                tuple(react.entries),
            )
            for n, react in enumerate(shape.reacts)
        )

    def score(self, part: Part, name: str) -> Score:
        shape = part.file.shape.scores[name]  # type: ignore[union-attr]  # a part without shape has no scores
        loc = ("scores", name)
        node = self.readers[part.prefix].number(shape.is_, loc, self.scopes[part.prefix])
        self.rules.append(Rule(Role.SCORE, part.full(name), node, part, loc))
        return Score(part.full(name), node, shape.is_, shape.unit, shape.name, part.file.document.line(loc))

    def result(self, part: Part, loc: Loc, shape: ResultShape) -> Result:
        full = part.full(shape.id)
        own = None if shape.when is None else self.rule(Role.RESULT, full, shape.when, part, (*loc, "when"))
        rank = None
        if shape.rank is not None:
            rank = self.readers[part.prefix].number(shape.rank, (*loc, "rank"), self.scopes[part.prefix])
            self.rules.append(Rule(Role.RANK, full, rank, part, (*loc, "rank")))
        return Result(
            id=full,
            says=prefixed(shape.says, part.prefix),
            level=Level(shape.level),
            when=both(self.guards[part.prefix], own),
            otherwise=bool(shape.otherwise),
            group=None if shape.group is None else part.full(shape.group),
            rank=rank,
            pages=tuple(dict.fromkeys([*shape.page, *shape.pages])),
            entries=tuple(shape.entries),
            official=shape.official,
            supplement=shape.supplement,
            ask=tuple(AskOf(ask.of, ask.q) for ask in shape.ask),
            agenda=tuple(prefixed(text, part.prefix) for text in shape.agenda),
            next=tuple(prefixed(text, part.prefix) for text in shape.next),
            line=part.file.document.line(loc),
        )

    def flow(self) -> Flow:
        shape = self.file.shape
        assert shape is not None, "a flow is built from a file that has a shape"
        built = [self.item(one) for one in self.placed]
        scores = [self.score(part, name) for part in self.parts if part.file.shape for name in part.file.shape.scores]
        return Flow(
            id=self.file.id,
            title=shape.title,
            zone=Zone(shape.zone),
            about=shape.about,
            items=tuple(item for item in built if item is not None),
            audience=tuple(shape.for_),
            also=tuple(shape.also),
            shelf=shape.shelf,
            minutes=shape.minutes,
            pages=tuple(shape.pages),
            scores={score.id: score for score in scores},
            results=tuple(self.result(part, loc, held) for part in self.parts for loc, held in part.file.results),
        )

    def problems(self) -> list[Problem]:
        """Those of the flow's own file; an included file tells its own."""
        return self.readers[""].problems
