"""One flow over one set of answers: which questions there are, where each stands, what every score and result is.

A View is a pure reading; it holds no state but a memory of what it worked out. The state of a question: its `when`
decides first, its answer second (semantics §1). Flows without cycles only: `bot/content/` refuses the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from bot.engine.bounds import Span, Truth
from bot.engine.expressions.evaluate import OPEN, Items, Standing, State, span, truth
from bot.engine.expressions.nodes import And, NumberNode, Ref
from bot.engine.flow import Condition, Flow, Kind, Option, Question, Repeat, Result, Say, Section
from bot.engine.values import Answers, Gap, Value

Step = Question | Say | Section

YES, NO = "yes", "no"
MORE = "more"  # the last part of the id of the question after an item
_YES_NO = (Option(YES, YES), Option(NO, NO))  # the labels are the channel's words


class View:
    """`flow` read over `answers`."""

    def __init__(self, flow: Flow, answers: Answers) -> None:
        self.flow = flow
        self.answers = answers
        self._states: dict[str, State] = {}
        self._scores: dict[str, Span] = {}
        self._results: dict[str, Truth] = {}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The items in order, repeats laid out as far as the answers open them."""
        laid: list[Step] = []
        for item in self.flow.items:
            laid.extend(lay_out(item, self.answers) if isinstance(item, Repeat) else [item])
        return tuple(laid)

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {step.id: step for step in self.steps if isinstance(step, Question)}

    @cached_property
    def _repeats(self) -> dict[str, Repeat]:
        return {item.id: item for item in self.flow.items if isinstance(item, Repeat)}

    def condition(self, when: Condition | None, item: tuple[str, int] | None = None) -> Truth:
        """What a `when` is worth here; without one it holds."""
        if when is None:
            return True
        return truth(when.node, self if item is None else ItemEnv(self, *item))

    def state(self, question: Question) -> State:
        known = self._states.get(question.id)
        if known is None:
            known = self._states[question.id] = self._state(question)
        return known

    def _state(self, question: Question) -> State:
        holds = self.condition(question.when, question.item)
        if holds is not True:
            return State.HELD if holds is None else State.NOT_APPLICABLE
        answer = self.answers.get(question.id)
        if answer is None:
            return State.WAITING
        if isinstance(answer, Gap):
            return State.SKIPPED if answer is Gap.SKIPPED else State.UNKNOWN
        return State.ANSWERED

    def visible(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions.values() if self.state(q) in (State.ANSWERED, *OPEN))

    def value(self, question: Question) -> Value | None:
        """The answer that counts; None where the question is open, held back or not applicable."""
        return self.answers[question.id] if self.state(question) is State.ANSWERED else None

    # what expressions read

    def standing(self, ref: Ref) -> Standing:
        question = self.questions[ref.name]
        return Standing(question, self.state(question), self.value(question))

    def score(self, score_id: str) -> Span:
        if score_id not in self._scores:
            self._scores[score_id] = span(self.flow.scores[score_id].node, self)
        return self._scores[score_id]

    def result(self, result_id: str) -> Truth:
        if result_id not in self._results:
            self._results[result_id] = self._result(next(r for r in self.flow.results if r.id == result_id))
        return self._results[result_id]

    def _result(self, result: Result) -> Truth:
        applies = self.condition(result.when)
        if not result.otherwise:
            return applies
        others = (r for r in self.flow.results if r.group == result.group and not r.otherwise)
        return False if any(self.result(other.id) for other in others) else applies

    def items(self, repeat_id: str) -> Items:
        repeat = self._repeats[repeat_id]
        numbers = living(repeat, self.answers)
        holds = self.condition(repeat.when)
        state = State.WAITING if holds else State.HELD if holds is None else State.NOT_APPLICABLE
        return Items(
            living=tuple(ItemEnv(self, repeat_id, number) for number in numbers),
            more=0 if finished(repeat, self.answers) else repeat.high - len(numbers),
            blank=ItemEnv(self, repeat_id, 0),
            state=state,
            end=self._end(repeat, numbers),
            when=repeat.when,
        )

    def _end(self, repeat: Repeat, numbers: tuple[int, ...]) -> tuple[str, ...]:
        last = self.questions.get(more_id(repeat, numbers[-1] if numbers else 0))
        return (last.id,) if last is not None and self.state(last) is State.WAITING else ()

    def rule(self, result_id: str) -> Condition | None:
        return next(r for r in self.flow.results if r.id == result_id).when

    def formula(self, score_id: str) -> NumberNode:
        return self.flow.scores[score_id].node


@dataclass(frozen=True)
class ItemEnv:
    """What an expression inside a repeat reads: its own item first, then the flow. Item 0 is one not yet begun."""

    view: View
    repeat: str
    number: int

    def standing(self, ref: Ref) -> Standing:
        if not ref.local:
            return self.view.standing(ref)
        full = f"{self.repeat}.{self.number}.{ref.name}"
        question = self.view.questions.get(full)
        if question is None:  # the blank item: as if it had been opened and nothing answered
            repeat = self.view._repeats[self.repeat]  # noqa: SLF001  the view's own other half
            question = next(placed for placed in place(repeat, self.number) if placed.id == full)
        return Standing(question, self.view.state(question), self.view.value(question))

    def score(self, score_id: str) -> Span:
        return self.view.score(score_id)

    def result(self, result_id: str) -> Truth:
        return self.view.result(result_id)

    def items(self, repeat_id: str) -> Items:
        return self.view.items(repeat_id)

    def rule(self, result_id: str) -> Condition | None:
        return self.view.rule(result_id)

    def formula(self, score_id: str) -> NumberNode:
        return self.view.formula(score_id)


# --- repeats (semantics §4) ---


def more_id(repeat: Repeat, number: int) -> str:
    return f"{repeat.id}.{number}.{MORE}"


def living(repeat: Repeat, answers: Answers) -> tuple[int, ...]:
    """The numbers of the items that are open and not removed, in order. Numbers are given once, never reused."""
    numbers: list[int] = []
    last = 0  # 0 stands for the question before the first item
    while len(numbers) < repeat.high and (len(numbers) < repeat.low or answers.get(more_id(repeat, last)) == YES):
        last += 1
        while answers.get(f"{repeat.id}.{last}") is Gap.REMOVED:
            last += 1
        numbers.append(last)
    return tuple(numbers)


def finished(repeat: Repeat, answers: Answers) -> bool:
    """Whether no further item can come: the last `more` is answered, or `high` is reached."""
    numbers = living(repeat, answers)
    return len(numbers) >= repeat.high or (
        len(numbers) >= repeat.low and more_id(repeat, numbers[-1] if numbers else 0) in answers
    )


def place(repeat: Repeat, number: int) -> list[Question]:
    """The questions of one item, under its number."""
    item = (repeat.id, number)
    return [
        replace(question, id=f"{repeat.id}.{number}.{question.id}", item=item, when=both(repeat.when, question.when))
        for question in repeat.questions
    ]


def ends_list(question: Question) -> bool:
    """Whether it is a repeat's `more`."""
    return question.item is not None and question.id == f"{question.item[0]}.{question.item[1]}.{MORE}"


def lay_out(repeat: Repeat, answers: Answers) -> list[Question]:
    """The questions of all living items, each followed by its `more` where that was or is to be asked."""
    numbers = living(repeat, answers)
    laid = [_more(repeat, 0, repeat.any)] if repeat.low == 0 else []
    for count, number in enumerate(numbers, start=1):
        laid += place(repeat, number)
        is_last = count == len(numbers)
        if repeat.low <= count < repeat.high and (is_last or more_id(repeat, number) in answers):
            laid.append(_more(repeat, number, repeat.more))
    return laid


def _more(repeat: Repeat, number: int, text: str) -> Question:
    return Question(
        more_id(repeat, number), Kind.YES_NO, text, when=repeat.when, options=_YES_NO, item=(repeat.id, number)
    )


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """The condition that holds where both do."""
    if first is None or second is None:
        return first or second
    return Condition(And((first.node, second.node)), f"{first.text} and {second.text}", second.line)


def remove_item(repeat: Repeat, answers: Answers, number: int) -> dict[str, Value]:
    """The answers without that item. Where it was the last, the one before takes over its `more`, or いいえ."""
    numbers = living(repeat, answers)
    changed = dict(answers)
    if number == numbers[-1]:
        before = numbers[-2] if len(numbers) > 1 else 0
        changed[more_id(repeat, before)] = answers.get(more_id(repeat, number), NO)
    changed[f"{repeat.id}.{number}"] = Gap.REMOVED
    return changed


def add_item(repeat: Repeat, answers: Answers) -> dict[str, Value]:
    """The answers with one more item opened at the end."""
    numbers = living(repeat, answers)
    return {**answers, more_id(repeat, numbers[-1] if numbers else 0): YES}
