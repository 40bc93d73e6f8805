"""From the rules of a flow to residues: scores and results are written out where they are read.

So a residue reads questions and items only, and what it is worth never hangs on another rule. `otherwise` becomes its
condition with "no other of the group is sure". Says nothing of the order in which questions come.
"""

from __future__ import annotations

from fractions import Fraction

from bot.engine.bounds import Interval, Span
from bot.engine.expressions.evaluate import Standing, State, span
from bot.engine.expressions.nodes import (
    AmongItems,
    And,
    Arith,
    Asked,
    BoolNode,
    Compare,
    Const,
    CountChosen,
    CountItems,
    Figure,
    Holds,
    Includes,
    Is,
    Not,
    NumberNode,
    Or,
    OrElse,
    Points,
    Ref,
    ScoreOf,
    SumItems,
    Sure,
    Unknown,
)
from bot.engine.flow import Condition, Field, Flow, Kind, Question, Repeat, Result
from bot.engine.proof.changes import Only
from bot.engine.proof.making import Residues
from bot.engine.proof.residue import BoolResidue, NumberLeaf, NumberResidue


class Reader:
    """The rules of one flow as residues."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.make = Residues()
        self.questions = {item.id: item for item in flow.items if isinstance(item, Question)}
        self.repeats = {item.id: item for item in flow.items if isinstance(item, Repeat)}
        self.local = {f"{repeat.id}.{q.id}": q for repeat in self.repeats.values() for q in repeat.questions}
        for name, measured in [*self.questions.items(), *self.local.items()]:
            self.local |= {f"{name}.{field.id}": _as_number(field) for field in measured.fields}
        self._truths: dict[tuple[BoolNode, str | None], BoolResidue] = {}
        self._numbers: dict[tuple[NumberNode, str | None], NumberResidue] = {}
        self._results: dict[str, BoolResidue] = {}

    def question(self, name: str) -> Question:
        return self.questions.get(name) or self.local[name]

    def condition(self, when: Condition | None, repeat: str | None = None) -> BoolResidue:
        return self.make.true if when is None else self.truth(when.node, repeat)

    def result(self, name: str) -> BoolResidue:
        if name not in self._results:
            found = next(result for result in self.flow.results if result.id == name)
            self._results[name] = self._result(found)
        return self._results[name]

    def _result(self, result: Result) -> BoolResidue:
        applies = self.condition(result.when)
        if not result.otherwise:
            return applies
        others = [r for r in self.flow.results if r.group == result.group and not r.otherwise]
        return self.make.every([applies, *(self.make.no(self.make.certain(self.result(r.id))) for r in others)])

    def truth(self, node: BoolNode, repeat: str | None = None) -> BoolResidue:
        key = (node, repeat)
        if key not in self._truths:
            self._truths[key] = self._truth(node, repeat)
        return self._truths[key]

    def _truth(self, node: BoolNode, repeat: str | None) -> BoolResidue:
        match node:
            case And(parts):
                return self.make.every(self.truth(part, repeat) for part in parts)
            case Or(parts):
                return self.make.some(self.truth(part, repeat) for part in parts)
            case Not(part):
                return self.make.no(self.truth(part, repeat))
            case Sure(part):
                return self.make.certain(self.truth(part, repeat))
            case Compare(op, left, right):
                return self.make.compared(op, self.number(left, repeat), self.number(right, repeat))
            case Holds(result):
                return self.result(result)
            case AmongItems(over, part, every):
                return self.make.among(over, self.truth(part, over), every=every)
            case Is(ref) | Includes(ref) | Unknown(ref) | Asked(ref):  # pragma: no branch
                return self.make.open_truth(node, _asks(ref, repeat))

    def number(self, node: NumberNode, repeat: str | None = None) -> NumberResidue:
        key = (node, repeat)
        if key not in self._numbers:
            self._numbers[key] = self._number(node, repeat)
        return self._numbers[key]

    def _number(self, node: NumberNode, repeat: str | None) -> NumberResidue:
        make = self.make
        match node:
            case Const(value):
                return make.point(value)
            case ScoreOf(score):
                return self.number(self.flow.scores[score].node)
            case CountItems(over, part):
                each = make.point(1) if part is None else make.times(self.truth(part, over))
                return make.sum_over(over, each, self.repeats[over].high, counts=True)
            case SumItems(over, part):
                return make.sum_over(over, self.number(part, over), self.repeats[over].high, counts=False)
            case Arith(op, left, right):
                return self._arith(op, self.number(left, repeat), self.number(right, repeat))
            case Figure(ref) | OrElse(ref) | Points(ref) | CountChosen(ref):  # pragma: no branch
                asks = _asks(ref, repeat)
                return make.open_number(node, asks, self._hull(node, asks))

    def _arith(self, op: str, left: NumberResidue, right: NumberResidue) -> NumberResidue:
        match op:
            case "*":
                return self.make.product(left, right)
            case "/":
                return self.make.quotient(left, right)
        return self.make.total(((Fraction(1), left), (Fraction(1 if op == "+" else -1), right)))

    def _hull(self, node: NumberLeaf, asks: str) -> Span:
        """What the figure lies within, whatever becomes of its question; of one that can hide, also without it."""
        question = self.question(asks)
        held_in = self.repeats.get(asks.rpartition(".")[0]) if asks in self.local else None
        hides = question.when is not None or (held_in is not None and held_in.when is not None)
        states = (State.UNKNOWN, State.HELD, State.NOT_APPLICABLE) if hides else (State.UNKNOWN,)
        spans = [span(node, Only(Standing(question, state))) for state in states]
        if any(one is None for one in spans):
            return None
        known = [one for one in spans if one is not None]
        return Interval(min(one.low for one in known), max(one.high for one in known))


def _asks(ref: Ref, repeat: str | None) -> str:
    return f"{repeat}.{ref.name}" if ref.local else ref.name


def _as_number(field: Field) -> Question:
    """One figure of a `measures`, as its bands read it."""
    return Question(field.id, Kind.NUMBER, field.name, low=field.low, high=field.high, step=field.step)
