"""The ways in which a question can come out: one answer for each class that the rules at hand can tell apart.

Two answers that leave the same of everything that reads only this question are one way; わからない is a way too, and
とばす is the same one. A number is cut at the points where a comparison of it alone turns. One that is compared
together with others stays open: it is known, but chosen at the end (`boxes.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.engine.expressions.evaluate import Standing, State
from bot.engine.expressions.nodes import Figure, OrElse
from bot.engine.flow import Kind, Question
from bot.engine.proof.boxes import Goal
from bot.engine.proof.changes import Answered
from bot.engine.proof.reading import Reader
from bot.engine.proof.residue import YES, BoolResidue, NumberResidue, OpenNumber, OpenTruth, Sign, Sum, Times, Variable
from bot.engine.proof.samples import SAMPLE_TEXT, bands_of, chosen_sets, decimal, figures_in, grid_near, variable_of
from bot.engine.proof.weighing import below, parts_of
from bot.engine.values import Gap, Measures, Value

AnyResidue = BoolResidue | NumberResidue


@dataclass(frozen=True)
class Called:
    """The names of a question: as written, as residues read it now, and of its answer. Inside a list they differ."""

    written: str
    asks: str
    answer: str


@dataclass(frozen=True)
class Later:
    """An answer whose figures are chosen at the end."""

    kind: Kind
    variables: tuple[Variable, ...]


@dataclass(frozen=True)
class Way:
    """`answer`: what is said; None where nothing is asked. `goals` must be met by the figures chosen later."""

    answer: Value | Later | None
    change: Answered
    goals: tuple[Goal, ...] = ()


class Ways:
    """Hands out the ways of a flow's questions; an answer given twice is one change, which remembers what it did."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._changes: dict[object, Answered] = {}

    def hidden(self, asks: str, question: Question, state: State) -> Way:
        return Way(None, self._change(asks, Standing(question, state)))

    def visible(self, called: Called, question: Question, read_by: Sequence[AnyResidue]) -> tuple[Way, ...]:
        """`read_by`: all residues in which it may be read."""
        asks = called.asks
        mine = tuple(dict.fromkeys(found for one in read_by for found in _only(one, asks)))
        if is_open(question, asks, read_by):
            ways = list(self._later(called, question))
        else:
            answers = self._answers(called, question, read_by)
            ways = [self._given(asks, question, answer) for answer in answers]
        ways.append(Way(Gap.UNKNOWN, self._change(asks, Standing(question, State.UNKNOWN))))
        kept: dict[object, Way] = {}
        for way in ways:
            left = tuple(_changed(way.change, one) for one in mine)
            kept.setdefault((left, way.goals, isinstance(way.answer, Later)), way)
        return tuple(kept.values())

    def _given(self, asks: str, question: Question, answer: Value) -> Way:
        return Way(answer, self._change(asks, Standing(question, State.ANSWERED, answer)))

    def _change(self, asks: str, is_at: Standing, variables: tuple[Variable, ...] = ()) -> Answered:
        key = (asks, is_at.state, is_at.value, variables)
        if key not in self._changes:
            by_field = {one.field: one for one in variables}
            self._changes[key] = Answered(self.reader.make, asks, is_at, by_field)
        return self._changes[key]

    def _later(self, called: Called, question: Question) -> Iterator[Way]:
        """Figures that stay open; of a `measures`, those of each band, and the band alone."""
        asks, name = called.asks, called.answer
        if question.kind is not Kind.MEASURES:
            variables: tuple[Variable, ...] = (variable_of(name, question),)
            sample: Value = date.min if question.kind is Kind.DATE else decimal(variables[0].low)
            change = self._change(asks, Standing(question, State.ANSWERED, sample), variables)
            yield Way(Later(question.kind, variables), change)
            return
        for band, variables, goal in bands_of(self.reader, called.written, name, question):
            alone = Measures(band=band or None)
            standing = Standing(question, State.ANSWERED, alone)
            yield Way(Later(question.kind, variables), self._change(asks, standing, variables), ((goal, YES),))
            if band:
                yield self._given(asks, question, alone)

    def _answers(self, called: Called, question: Question, read_by: Sequence[AnyResidue]) -> Iterable[Value]:
        match question.kind:
            case Kind.CHOICE | Kind.YES_NO:
                return [option.id for option in question.options]
            case Kind.SCALE:
                return [decimal(option.id) for option in question.options]
            case Kind.SEVERAL:
                leaves = [one for residue in read_by for one in leaves_of(residue) if one.asks == called.asks]
                return chosen_sets(question, [one.node for one in leaves])
            case Kind.TEXT:
                return [SAMPLE_TEXT]
            case Kind.MEASURES:
                return figures_in(self.reader, called.written, question)
        signs = [sign for residue in read_by for sign in signs_over(residue, called.asks)]
        return grid_near(question, [sign.whole for sign in signs])


def is_open(question: Question, asks: str, read_by: Sequence[AnyResidue]) -> bool:
    """Whether a figure is compared together with something else, or a figure of several at all."""
    signs = [sign for residue in read_by for sign in signs_over(residue, asks)]
    if question.kind is Kind.MEASURES:
        return bool(signs)
    return question.kind in (Kind.NUMBER, Kind.DATE) and not all(_alone(sign) for sign in signs)


def signs_over(residue: AnyResidue, asks: str) -> Iterator[Sign]:
    """The comparisons that read a figure of this question themselves."""
    for one in below(residue):
        if isinstance(one, Sign) and any(leaf.asks == asks and _is_figure(leaf) for leaf in _direct(one.whole)):
            yield one


def _is_figure(leaf: OpenNumber) -> bool:
    return isinstance(leaf.node, Figure | OrElse)


def leaves_of(residue: AnyResidue) -> Iterator[OpenTruth | OpenNumber]:
    return (one for one in below(residue) if isinstance(one, OpenTruth | OpenNumber))


def _alone(sign: Sign) -> bool:
    terms = [term for _, term in sign.whole.terms] if isinstance(sign.whole, Sum) else [sign.whole]
    return len(sign.reads) == 1 and all(isinstance(term, OpenNumber) for term in terms)


def _direct(residue: AnyResidue) -> Iterator[OpenNumber]:
    """The open figures that a number is made of, not those of truths that it counts."""
    if isinstance(residue, OpenNumber):
        yield residue
    elif not isinstance(residue, Times):
        for part in parts_of(residue):
            yield from _direct(part)


def _only(residue: AnyResidue, asks: str) -> Iterator[AnyResidue]:
    """The largest parts that read this question and nothing else."""
    if residue.reads == {asks}:
        yield residue
    elif asks in residue.reads:
        for part in parts_of(residue):
            yield from _only(part, asks)


def _changed(change: Answered, residue: AnyResidue) -> AnyResidue:
    return change.truth(residue) if isinstance(residue, BoolResidue) else change.number(residue)
