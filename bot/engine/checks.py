"""What can be said of a flow's rules without any answers: what they read, and whether one can ever hold. Pure.

`never_holds` tries the answers of the questions that a condition reads, directly or through other rules, and cuts off
what is already settled: an unknown input stands for all it could be (semantics §2), so what is false over unknowns is
false for all answers. Numbers, dates, texts and lists stay unknown. It says yes only where it is sure: what the budget
does not settle counts as possible.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain, combinations

from bot.engine.expressions.nodes import (
    AmongItems,
    Asked,
    CountChosen,
    CountItems,
    Figure,
    Holds,
    Includes,
    Is,
    Node,
    OrElse,
    Points,
    Ref,
    ScoreOf,
    SumItems,
    Sure,
    Unknown,
    children,
)
from bot.engine.flow import Condition, Flow, Kind, Question, Repeat, Section
from bot.engine.values import Gap, Measures, Value
from bot.engine.view import YES, View, both, more_id

BUDGET = 2_000  # readings of the condition, a quarter of a millisecond each; the shipped flows need a few dozen
SEVERAL = 6  # options of a `several` beyond which its subsets are not tried


def walk_in(node: Node, repeat: str | None = None) -> Iterator[tuple[Node, str | None]]:
    """The node and all below it, each with the repeat that its local names belong to."""
    yield node, repeat
    within = node.repeat if isinstance(node, AmongItems | CountItems | SumItems) else repeat
    for child in children(node):
        yield from walk_in(child, within)


def ref_of(node: Node) -> Ref | None:
    """The question that a node reads by itself."""
    if isinstance(node, Is | Includes | Unknown | Asked | Figure | OrElse | Points | CountChosen):
        return node.ref
    return None


def names_read(node: Node, repeat: str | None = None) -> list[str]:
    """Full ids of the questions, scores, results and repeats that an expression names, each once. A question of a
    repeat is "<repeat>.<question>"; what a function over items reads of them is the repeat itself.
    """
    names: dict[str, None] = {}
    for found, within in walk_in(node, repeat):
        ref = ref_of(found)
        if ref is not None and (not ref.local or within == repeat):
            names[f"{within}.{ref.name}" if ref.local else ref.name] = None
        elif isinstance(found, Holds | ScoreOf):
            names[found.result if isinstance(found, Holds) else found.score] = None
        elif isinstance(found, AmongItems | CountItems | SumItems):
            names[found.repeat] = None
    return list(names)


def never_holds(flow: Flow, when: Condition, repeat: str | None = None, budget: int = BUDGET) -> bool:
    """Whether no answers make `when` true; `repeat` is the one whose item it is read in."""
    held_in = _repeat(flow, repeat)
    whole = when if held_in is None else both(held_in.when, when) or when
    reading = _Reading(flow)
    reading.follow(whole.node, repeat)
    if reading.looks_at_knowledge and reading.open:
        return False  # `unknown(q)` of a question that is not tried would always seem true
    given: dict[str, Value] = {}
    if held_in is not None:
        reading.kept.add(held_in.id)
        given = {} if held_in.low else {more_id(held_in, 0): YES}
    search = _Search(reading.part(), whole, None if repeat is None else (repeat, 1), reading.looks_at_knowledge, budget)
    return not search.could_hold(given, tuple(reading.questions.items()))


def _repeat(flow: Flow, repeat: str | None) -> Repeat | None:
    return next((item for item in flow.items if isinstance(item, Repeat) and item.id == repeat), None)


@dataclass
class _Reading:
    """All that a condition reads, through scores, results and the conditions of what it reads."""

    flow: Flow
    questions: dict[str, Question] = field(default_factory=dict)  # those to try, by the id of their answer
    kept: set[str] = field(default_factory=set)  # ids of the items that matter
    open: bool = False  # something is read that is not tried
    looks_at_knowledge: bool = False
    seen: set[tuple[Node, str | None]] = field(default_factory=set)

    def follow(self, node: Node, repeat: str | None) -> None:
        if (node, repeat) in self.seen:
            return
        self.seen.add((node, repeat))
        ref = ref_of(node)
        self.looks_at_knowledge |= isinstance(node, Sure | Unknown | Asked)
        if ref is not None:
            self.ask(node, ref, repeat)
        elif isinstance(node, ScoreOf):
            self.follow(self.flow.scores[node.score].node, None)
        elif isinstance(node, Holds):
            self.result(node.result)
        elif isinstance(node, AmongItems | CountItems | SumItems):
            self.items(node)
        else:
            for child in children(node):
                self.follow(child, repeat)

    def ask(self, node: Node, ref: Ref, repeat: str | None) -> None:
        question = self.question(ref, repeat)
        answer = f"{repeat}.1.{ref.name}" if ref.local else ref.name
        self.kept.add(ref.name)
        if question.when is not None:  # first, so that a question is tried once it is settled whether it is asked
            self.follow(question.when.node, repeat if ref.local else None)
        by_figure = isinstance(node, Figure | OrElse) and question.kind is not Kind.SCALE
        if by_figure or not values_of(question):
            self.open |= not isinstance(node, Asked)
        else:
            self.questions.setdefault(answer, question)

    def question(self, ref: Ref, repeat: str | None) -> Question:
        if not ref.local:
            return next(i for i in self.flow.items if isinstance(i, Question) and i.id == ref.name)
        held_in = _repeat(self.flow, repeat)
        return next(q for q in (held_in.questions if held_in else ()) if q.id == ref.name)

    def result(self, result_id: str) -> None:
        """A result with all of its group, on which an `otherwise` looks."""
        found = self.flow.result(result_id)
        group = [r for r in self.flow.results if found and found.otherwise and r.group == found.group]
        for result in [*group, *([found] if found else [])]:
            if result.when is not None:
                self.follow(result.when.node, None)

    def items(self, over: AmongItems | CountItems | SumItems) -> None:
        """Items are not tried; what is read beside them from outside the list is."""
        self.open = True
        self.kept.add(over.repeat)
        repeat = _repeat(self.flow, over.repeat)
        whens = [repeat.when, *(question.when for question in repeat.questions)] if repeat else []
        nodes = [over.part, *(when.node for when in whens if when is not None)]
        for node, within in chain.from_iterable(walk_in(node, over.repeat) for node in nodes if node is not None):
            ref = ref_of(node)
            self.looks_at_knowledge |= isinstance(node, Sure | Unknown | Asked)
            if isinstance(node, ScoreOf | Holds) or (ref is not None and not ref.local):
                self.follow(node, within)

    def part(self) -> Flow:
        """The flow without the items that do not matter, so that reading it is quick."""
        items = tuple(i for i in self.flow.items if not isinstance(i, Section) and i.id in self.kept)
        return replace(self.flow, items=items)


def values_of(question: Question) -> tuple[Value, ...]:
    """Every answer that a question of few answers can have; none for one of many."""
    ids = [option.id for option in question.options]
    if question.kind in (Kind.CHOICE, Kind.YES_NO):
        return tuple(ids)
    if question.kind is Kind.SCALE:
        return tuple(Decimal(one) for one in ids)
    if question.kind is Kind.MEASURES:
        return tuple(Measures(band=band.id) for band in question.bands)
    if question.kind is Kind.SEVERAL and len(ids) <= SEVERAL:
        alone = {option.id for option in question.options if option.alone}
        free = [one for one in ids if one not in alone]
        sets = chain.from_iterable(combinations(free, size) for size in range(len(free) + 1))
        return (*sets, *((one,) for one in alone))
    return ()


@dataclass
class _Search:
    """Depth first over the answers, cutting off what is settled."""

    flow: Flow
    when: Condition
    item: tuple[str, int] | None
    whole_only: bool  # a condition about knowledge itself is only settled when everything is answered
    left: int

    def could_hold(self, given: dict[str, Value], rest: Sequence[tuple[str, Question]]) -> bool:
        if not rest or not self.whole_only:
            self.left -= 1
            holds = View(self.flow, given).condition(self.when, self.item)
            if holds is not None:
                return holds
        if not rest or self.left < 0:
            return True
        (name, question), *others = rest
        values = (*values_of(question), Gap.UNKNOWN) if self.whole_only else values_of(question)
        return any(self.could_hold({**given, name: value}, others) for value in values)
