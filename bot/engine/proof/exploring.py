"""All the ways through the questions of one cone, layer by layer. Two ways that leave the same of every rule are one.

A layer holds each state with the best way to it: the shortest, or for the longest path the longest. A question whose
`when` is true is asked, in every way it can come out; undetermined: held back; false: not applicable. A `when` over
figures that are still to be chosen forks: what it is taken to be becomes a goal, which the figures must meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.engine.expressions.evaluate import State as Standing
from bot.engine.proof.boxes import Goal
from bot.engine.proof.changes import Anything, AtHand, Change, Ended, Held, OneMore, UpTo, at_hand
from bot.engine.proof.cones import AskStep, ListStep, Step
from bot.engine.proof.layers import Asking, Exploration, Layer, Reached, Roots, State, blurred, with_goals
from bot.engine.proof.lines import ways_to_meet
from bot.engine.proof.reading import Reader
from bot.engine.proof.residue import NO, OPEN, YES, BoolResidue, Verdict
from bot.engine.proof.ways import Called, Way, Ways, is_open
from bot.engine.view import NO as SAID_NO
from bot.engine.view import YES as SAID_YES
from bot.engine.view import more_id

STATES = 200_000  # visited for one target; beyond them nothing is proven
ITEMS = 2  # of a list whose figures are summed: more of them are not looked through


class Explorer:
    """`wanted`: the bit that the target is to be; None looks for the longest way instead."""

    def __init__(
        self, reader: Reader, ways: Ways, steps: Sequence[Step], target: BoolResidue, wanted: int | None
    ) -> None:
        self.reader, self.make, self.ways = reader, reader.make, ways
        self.steps, self.wanted = steps, wanted
        self.found = Exploration()
        whens = [when for step in steps for when in (step.when, *(one.when for one in _inner(step)))]
        self.start: Roots = (target, *whens)
        self._best: int | None = None
        self._meetable: dict[tuple[Goal, ...], bool] = {}
        self._changes: dict[object, Change] = {}

    def explore(self) -> Exploration:
        layer = self._judged({(self.start, ()): Reached(0)})
        slot = 1
        for step in self.steps:
            layer = self._list(layer, step, slot) if isinstance(step, ListStep) else self._outer(layer, step, slot)
            slot += 1 + len(_inner(step))
            layer = self._judged(layer)
            if not layer or self.found.spent:
                break
        self.found.whole &= not self.found.spent
        if not self.found.spent:
            self.found.ends += [(reached, goals) for (_, goals), reached in self._open_ends(layer)]
        turned = -1 if self.wanted is None else 1
        self.found.ends.sort(key=lambda end: (turned * end[0].cost, blurred(end[1])))
        return self.found

    def _open_ends(self, layer: Layer) -> Iterator[tuple[State, Reached]]:
        """What is left when all is asked: of a target that hangs on figures, with what it must become as a goal."""
        for (roots, goals), reached in layer.items():
            with_target = goals if self.wanted is None else (*goals, (roots[0], self.wanted))
            yield (roots, with_target), reached

    def _judged(self, layer: Layer) -> Layer:
        """The states from which the target can still come out as wanted."""
        if self.wanted is None:
            return layer
        kept: Layer = {}
        for (roots, goals), reached in layer.items():
            if isinstance(roots[0], Verdict) and roots[0].could == self.wanted:
                self.found.ends.append((reached, goals))
                if not goals and (self._best is None or reached.cost < self._best):
                    self._best = reached.cost
            elif roots[0].could & self.wanted:
                kept[roots, goals] = reached
        if self._best is not None:
            kept = {state: reached for state, reached in kept.items() if reached.cost < self._best}
        return kept

    def _add(self, layer: Layer, state: State, reached: Reached) -> None:
        known = layer.get(state)
        if known is None:
            self.found.states += 1
            self.found.spent |= self.found.states > STATES
        if known is None or (reached.cost > known.cost if self.wanted is None else reached.cost < known.cost):
            layer[state] = reached

    # --- one question ---

    def _outer(self, layer: Layer, step: AskStep, slot: int) -> Layer:
        called = Called(step.name, step.name, step.name)
        return self._ask(layer, slot, Asking(called, step.question, self.start, 1))

    def _ask(self, layer: Layer, slot: int, asking: Asking) -> Layer:
        after: Layer = {}
        called, question = asking.called, asking.question
        visible = self.ways.visible(called, question, asking.read_by)
        held = self.ways.hidden(called.asks, question, Standing.HELD)
        out = self.ways.hidden(called.asks, question, Standing.NOT_APPLICABLE)
        for (roots, goals), reached in layer.items():
            if self.found.spent:
                break
            for bit, kept in self._cases(roots[slot], goals):
                spent = (*roots[:slot], self.make.true, *roots[slot + 1 :])
                for way in visible if bit == YES else (held if bit == OPEN else out,):
                    state = self._after(spent, kept, way)
                    if state is not None:
                        said = reached if way.answer is None else reached.then(called.answer, way.answer, asking.cost)
                        self._add(after, state, said)
        return after

    def _after(self, roots: Roots, goals: tuple[Goal, ...], way: Way) -> State | None:
        kept = with_goals(goals, way.goals) if way.goals else goals
        return (tuple(map(way.change.truth, roots)), kept) if kept == goals or self._can_meet(kept) else None

    def _cases(self, when: BoolResidue, goals: tuple[Goal, ...]) -> Iterator[tuple[int, tuple[Goal, ...]]]:
        """What the `when` can be here, with the goals that this sets."""
        if isinstance(when, Verdict):
            yield when.could, goals
            return
        for bit in (YES, NO, OPEN):
            kept = with_goals(goals, [(when, bit)])
            if when.could & bit and self._can_meet(kept):
                yield bit, kept

    def _can_meet(self, goals: tuple[Goal, ...]) -> bool:
        """Not so where the comparisons of one figure contradict each other."""
        known = self._meetable.get(goals)
        if known is None:
            known = self._meetable[goals] = any(True for _ in ways_to_meet(goals))
        return known

    # --- a list ---

    def _change(self, kind: type[Change], *arguments: object, **named: object) -> Change:
        key = (kind, arguments, tuple(named.items()))
        if key not in self._changes:
            self._changes[key] = kind(self.make, *arguments, **named)  # type: ignore[arg-type]
        return self._changes[key]

    def _list(self, layer: Layer, step: ListStep, slot: int) -> Layer:
        after: Layer = {}
        asked: Layer = {}
        name = step.repeat.id
        missing = self._change(Ended, name, missing=True)
        for (roots, goals), reached in layer.items():
            for bit, kept in self._cases(roots[slot], goals):
                spent = (*roots[:slot], self.make.true, *roots[slot + 1 :])
                if bit == YES:
                    self._add(asked, (spent, kept), reached)
                elif bit == NO:
                    self._add(after, (tuple(map(missing.truth, spent)), kept), reached)
                else:
                    self._add_all(after, self._held({(spent, kept): reached}, step, slot))
        self._add_all(after, self._items(asked, step, slot))
        return after

    def _add_all(self, layer: Layer, more: Layer) -> None:
        for state, reached in more.items():
            self._add(layer, state, reached)

    def _items(self, layer: Layer, step: ListStep, slot: int) -> Layer:
        """Item after item, until one more changes nothing."""
        repeat, after = step.repeat, dict[State, Reached]()
        ended = self._change(Ended, repeat.id)
        most = self._most(step)
        seen: Layer = {}
        count = 0
        while True:
            if count >= repeat.low:
                layer = self._new(layer, seen)
                for (roots, goals), reached in layer.items():
                    end = reached
                    if count < repeat.high:
                        end = reached.then(more_id(repeat, count), SAID_NO, self._price(count))
                    self._add(after, self._closed(roots, goals, ended, slot, step), end)
            if count == most or not layer or self.found.spent:
                break
            if count >= repeat.low:
                more = more_id(repeat, count)
                layer = {s: reached.then(more, SAID_YES, self._price(count)) for s, reached in layer.items()}
            count += 1
            layer = self._item(layer, step, slot, count)
        if most < repeat.high:
            anything = self._change(Anything, repeat.id)
            for (roots, goals), reached in layer.items():
                self._add(after, self._closed(roots, goals, anything, slot, step), reached)
        return after

    def _price(self, count: int) -> int:
        """For the longest path items after the first do not count."""
        return 1 if self.wanted is not None or count <= 1 else 0

    def _most(self, step: ListStep) -> int:
        """A list whose figures are summed up is only begun."""
        opened = self._opened(step)
        summed = any(is_open(one.question, at_hand(step.repeat.id, one.question.id), opened) for one in step.inner)
        return min(step.repeat.high, max(step.repeat.low, ITEMS)) if summed else step.repeat.high

    def _new(self, layer: Layer, seen: Layer) -> Layer:
        """The states that fewer items did not lead to already, or not as well."""
        fresh: Layer = {}
        for state, reached in layer.items():
            known = seen.get(state)
            better = known is None or (reached.cost > known.cost if self.wanted is None else reached.cost < known.cost)
            if better:
                fresh[state] = seen[state] = reached
        return fresh

    def _opened(self, step: ListStep) -> list[BoolResidue]:
        """All that may be read over the item at hand."""
        one_more, here = self._change(OneMore, step.repeat.id), self._change(AtHand, step.repeat.id)
        return [*map(one_more.truth, self.start), *(here.truth(one.when) for one in step.inner)]

    def _begun(self, layer: Layer, step: ListStep, slot: int) -> Layer:
        """The item at hand: its own `when`s stand behind the others until it is done."""
        here = self._change(AtHand, step.repeat.id)
        inner = slice(slot + 1, slot + 1 + len(step.inner))
        return {((*roots, *map(here.truth, roots[inner])), goals): reached for (roots, goals), reached in layer.items()}

    def _item(self, layer: Layer, step: ListStep, slot: int, number: int) -> Layer:
        repeat, opened = step.repeat, self._opened(step)
        layer = self._begun(self._changed(layer, self._change(OneMore, repeat.id)), step, slot)
        for place, one in enumerate(step.inner):
            called = Called(one.name, at_hand(repeat.id, one.question.id), f"{repeat.id}.{number}.{one.question.id}")
            asking = Asking(called, one.question, opened, self._price(number))
            layer = self._ask(layer, len(self.start) + place, asking)
        return self._done(layer)

    def _done(self, layer: Layer) -> Layer:
        after: Layer = {}
        for (roots, goals), reached in layer.items():
            self._add(after, (roots[: len(self.start)], goals), reached)
        return after

    def _held(self, layer: Layer, step: ListStep, slot: int) -> Layer:
        """The least number of items stand there held back, and as many more as there could be."""
        repeat = step.repeat
        more = repeat.high - repeat.low
        layer = self._changed(layer, self._change(Held, repeat.id))
        one_each = [self._change(OneMore, repeat.id)] * repeat.low
        for change in (*one_each, *([self._change(UpTo, repeat.id, more)] if more else [])):
            layer = self._hide(self._begun(self._changed(layer, change), step, slot), step)
        ended = self._change(Ended, repeat.id)
        return {self._closed(*state, ended, slot, step): reached for state, reached in layer.items()}

    def _changed(self, layer: Layer, change: Change) -> Layer:
        return {(tuple(map(change.truth, roots)), goals): reached for (roots, goals), reached in layer.items()}

    def _hide(self, layer: Layer, step: ListStep) -> Layer:
        """The item at hand is held back; what its own `when` rules out is not there at all."""
        for place, one in enumerate(step.inner):
            asks, slot = at_hand(step.repeat.id, one.question.id), len(self.start) + place
            after: Layer = {}
            for (roots, goals), reached in layer.items():
                for bit, kept in self._cases(roots[slot], goals):
                    state = Standing.NOT_APPLICABLE if bit == NO else Standing.HELD
                    way = self.ways.hidden(asks, one.question, state)
                    spent = (*roots[:slot], self.make.true, *roots[slot + 1 :])
                    self._add(after, (tuple(map(way.change.truth, spent)), kept), reached)
            layer = after
        return self._done(layer)

    def _closed(self, roots: Roots, goals: tuple[Goal, ...], ended: Change, slot: int, step: ListStep) -> State:
        """The list at its end; its own `when`s are read no more."""
        done = [self.make.true] * len(step.inner)
        kept = (*roots[: slot + 1], *done, *roots[slot + 1 + len(step.inner) :])
        return tuple(map(ended.truth, kept)), goals


def _inner(step: Step) -> Sequence[AskStep]:
    return step.inner if isinstance(step, ListStep) else ()
