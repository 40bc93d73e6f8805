"""What an answer, or one more item of a list, does to a residue. Each change remembers what it made of what.

`Answered` puts in place of a question's leaves what the engine itself reads from where the question then stands; the
others open and end the list of a repeat. The local names of an item are renamed to those of *the* item at hand
(`<repeat>.#.<question>`), so that two lists with the same items so far are one state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.engine.bounds import ZERO, at_times
from bot.engine.expressions.evaluate import Alone, Standing, span, truth
from bot.engine.expressions.nodes import Figure, OrElse, Ref
from bot.engine.proof.making import Residues
from bot.engine.proof.residue import (
    All,
    Among,
    BoolResidue,
    Certain,
    No,
    NumberResidue,
    OpenNumber,
    OpenTruth,
    Product,
    Quotient,
    Reach,
    Sign,
    Some,
    Sum,
    SumOver,
    Times,
    Variable,
)

AT_HAND = "#"


def at_hand(repeat: str, question: str) -> str:
    return f"{repeat}.{AT_HAND}.{question}"


@dataclass(frozen=True)
class Only(Alone):
    """One question, and where it stands, as an environment of its own."""

    is_at: Standing

    def standing(self, ref: Ref) -> Standing:  # noqa: ARG002  there is no other
        return self.is_at


class Change:
    """A residue with all that reads `name` replaced; a form of which a change says nothing is only made again."""

    def __init__(self, make: Residues, name: str) -> None:
        self.make = make
        self.name = name
        self._truths: dict[BoolResidue, BoolResidue] = {}
        self._numbers: dict[NumberResidue, NumberResidue] = {}

    def truth(self, old: BoolResidue) -> BoolResidue:
        if not self.concerns(old.reads):
            return old
        new = self._truths.get(old)
        if new is None:
            new = self._truths[old] = self._truth(old)
        return new

    def number(self, old: NumberResidue) -> NumberResidue:
        if not self.concerns(old.reads):
            return old
        new = self._numbers.get(old)
        if new is None:
            new = self._numbers[old] = self._number(old)
        return new

    def concerns(self, reads: frozenset[str]) -> bool:
        return self.name in reads

    def _truth(self, old: BoolResidue) -> BoolResidue:
        match old:
            case All(parts):
                return self.make.every(self.truth(part) for part in parts)
            case Some(parts):
                return self.make.some(self.truth(part) for part in parts)
            case No(part):
                return self.make.no(self.truth(part))
            case Certain(part):
                return self.make.certain(self.truth(part))
            case Sign(op, whole):
                return self.make.sign(op, self.number(whole))
        assert isinstance(old, Among), old
        return self.among(old)

    def _number(self, old: NumberResidue) -> NumberResidue:
        match old:
            case Sum(constant, terms):
                known = (Fraction(1), self.make.worth(constant))
                return self.make.total([known, *((factor, self.number(term)) for factor, term in terms)])
            case Product(left, right):
                return self.make.product(self.number(left), self.number(right))
            case Quotient(left, right):
                return self.make.quotient(self.number(left), self.number(right))
            case Times(part):
                return self.make.times(self.truth(part))
            case Reach(number):
                return self.make.reach(self.number(number))
        assert isinstance(old, SumOver), old
        return self.sum_over(old)

    # what a change may do in its own way

    def among(self, old: Among) -> BoolResidue:
        return self.make.among(old.repeat, self.truth(old.part), every=old.every)

    def sum_over(self, old: SumOver) -> NumberResidue:
        return self.make.sum_over(old.repeat, self.number(old.part), old.most, counts=old.counts)


class Answered(Change):
    """A question that stands somewhere: answered, わからない, held back or not applicable.

    Figures named in `variables` (None for a plain number) are known but not chosen yet.
    """

    def __init__(
        self, make: Residues, name: str, is_at: Standing, variables: Mapping[str | None, Variable] | None = None
    ) -> None:
        super().__init__(make, name)
        self.is_at = is_at
        self.variables = variables or {}

    def _truth(self, old: BoolResidue) -> BoolResidue:
        if not isinstance(old, OpenTruth):
            return super()._truth(old)
        return self.make.verdict(truth(old.node, Only(self.is_at)))

    def _number(self, old: NumberResidue) -> NumberResidue:
        if not isinstance(old, OpenNumber):
            return super()._number(old)
        if isinstance(old.node, Figure | OrElse) and old.node.ref.field in self.variables:
            return self.make.chosen(self.variables[old.node.ref.field])
        return self.make.worth(span(old.node, Only(self.is_at)))


class AtHand(Change):
    """The local names of a repeat as those of the item at hand."""

    def concerns(self, reads: frozenset[str]) -> bool:
        return any(name.startswith(f"{self.name}.") for name in reads)

    def _truth(self, old: BoolResidue) -> BoolResidue:
        if not isinstance(old, OpenTruth):
            return super()._truth(old)
        return self.make.open_truth(old.node, self._renamed(old.asks))

    def _number(self, old: NumberResidue) -> NumberResidue:
        if not isinstance(old, OpenNumber):
            return super()._number(old)
        return self.make.open_number(old.node, self._renamed(old.asks), old.hull)

    def _renamed(self, asks: str) -> str:
        return at_hand(self.name, asks.removeprefix(f"{self.name}."))


class OneMore(Change):
    """One more item: what it adds stands beside what is still to come."""

    def __init__(self, make: Residues, repeat: str) -> None:
        super().__init__(make, repeat)
        self.at_hand = AtHand(make, repeat)

    def among(self, old: Among) -> BoolResidue:
        if old.repeat != self.name:
            return super().among(old)
        parts = (self.at_hand.truth(old.part), old)
        return self.make.every(parts) if old.every else self.make.some(parts)

    def sum_over(self, old: SumOver) -> NumberResidue:
        if old.repeat != self.name:
            return super().sum_over(old)
        return self.make.total(((Fraction(1), self.at_hand.number(old.part)), (Fraction(1), old)))


class Ended(Change):
    """The list is finished; with `missing` it was never asked for, so that nothing is among it."""

    def __init__(self, make: Residues, repeat: str, *, missing: bool = False) -> None:
        super().__init__(make, repeat)
        self.missing = missing

    def among(self, old: Among) -> BoolResidue:
        if old.repeat != self.name:
            return super().among(old)
        return self.make.verdict(old.every and not self.missing)

    def sum_over(self, old: SumOver) -> NumberResidue:
        return self.make.worth(ZERO) if old.repeat == self.name else super().sum_over(old)


class Anything(Change):
    """The list goes on, and nobody looked how."""

    def among(self, old: Among) -> BoolResidue:
        return self.make.any_truth(old) if old.repeat == self.name else super().among(old)

    def sum_over(self, old: SumOver) -> NumberResidue:
        return self.make.any_number(old) if old.repeat == self.name else super().sum_over(old)


class Held(Change):
    """The list is held back: it may turn out not to be there, so that nothing is sure to be among it."""

    def among(self, old: Among) -> BoolResidue:
        if old.repeat != self.name:
            return super().among(old)
        return self.make.every((old, self.make.neither))

    def sum_over(self, old: SumOver) -> NumberResidue:
        return self.make.reach(old) if old.repeat == self.name else super().sum_over(old)


class UpTo(Change):
    """The end of a list that is held back: `more` items could still come, each like the one at hand."""

    def __init__(self, make: Residues, repeat: str, more: int) -> None:
        super().__init__(make, repeat)
        self.more = more
        self.at_hand = AtHand(make, repeat)

    def among(self, old: Among) -> BoolResidue:
        return self.make.neither if old.repeat == self.name else super().among(old)

    def sum_over(self, old: SumOver) -> NumberResidue:
        if old.repeat != self.name:
            return super().sum_over(old)
        one = self.make.worth(at_times(None)) if old.counts else self.at_hand.number(old.part)
        return self.make.reach(self.make.scaled(Fraction(self.more), self.make.reach(one)))
