"""What comes next: `advance(flow, answers) -> Ask | Finished`. Pure and total; a session is its answers (design §3).

The next question is the first whose condition holds and that has no answer; when there is none, the results are read.
Also here, because they follow from the answers before and after a turn and from nothing else: the sentences between
questions that fall due, and the word back after an answer (semantics §3).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.engine.bounds import Truth
from bot.engine.expressions.evaluate import State, span
from bot.engine.flow import Flow, Level, Question, React, Result, Say
from bot.engine.values import Answers
from bot.engine.view import View

LEVELS = (Level.WARNING, Level.NOTE, Level.OK)  # the order in which results are shown


@dataclass(frozen=True)
class Progress:
    at: int  # visible questions answered, plus one; while one of them is corrected, at most all
    of: int  # questions visible now


@dataclass(frozen=True)
class Ask:
    question: Question
    progress: Progress


@dataclass(frozen=True)
class Finished:
    """No question is open. Results that hold in the order shown; undetermined and not met in the file's order."""

    holding: tuple[Result, ...]
    undetermined: tuple[Result, ...]
    not_met: tuple[Result, ...]


def advance(flow: Flow, answers: Answers) -> Ask | Finished:
    view = View(flow, answers)
    question = next_question(view)
    return outcome(view) if question is None else Ask(question, progress(view))


def next_question(view: View) -> Question | None:
    return next((q for q in view.questions.values() if view.state(q) is State.WAITING), None)


def progress(view: View) -> Progress:
    visible = view.visible()
    return Progress(min(sum(q.id in view.answers for q in visible) + 1, len(visible)), len(visible))


def outcome(view: View) -> Finished:
    """What the results are worth now, whether or not questions are open."""
    by_truth: dict[Truth, list[Result]] = {True: [], None: [], False: []}
    for result in view.flow.results:
        by_truth[view.result(result.id)].append(result)
    holding = sorted(by_truth[True], key=lambda result: (LEVELS.index(result.level), -_rank(view, result)))
    return Finished(tuple(holding), tuple(by_truth[None]), tuple(by_truth[False]))


def _rank(view: View, result: Result) -> Fraction:
    """The lower bound of the rank, for ordering only; sorting is stable, so place in the file comes last."""
    worth = None if result.rank is None else span(result.rank, view)
    return Fraction(0) if worth is None else worth.low


def due_says(view: View) -> tuple[Say, ...]:
    """The sentences that are due: nothing visible before them is open, and the next visible question is."""
    pending: list[Say] = []
    for step in view.steps:
        if isinstance(step, Say) and view.condition(step.when):
            pending.append(step)
        elif isinstance(step, Question) and view.state(step) not in (State.HELD, State.NOT_APPLICABLE):
            if view.state(step) is State.WAITING:
                break
            pending = []
    return tuple(pending)


def new_says(before: View, after: View) -> tuple[Say, ...]:
    """What falls due by this turn."""
    already = {say.id for say in due_says(before)}
    return tuple(say for say in due_says(after) if say.id not in already)


def reaction(view: View, question: Question) -> React | None:
    """The word back for a question that was just answered or corrected: the first whose condition holds."""
    return next((react for react in question.reacts if view.condition(react.when, question.item)), None)
