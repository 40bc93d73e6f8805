"""A way through a flow as real answers, and whether the engine itself agrees with what the way was found for.

What the proof reasons about is checked here against `View`, which knows nothing of it. A disagreement is a bug of ours
and no fault of an author: it is raised, never told as a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from bot.engine.advance import next_question, outcome, reaction
from bot.engine.expressions.evaluate import OPEN, State
from bot.engine.flow import Flow, Kind, Question, Say
from bot.engine.proof.layers import Trace
from bot.engine.proof.residue import Variable
from bot.engine.proof.samples import as_answer, measured, middle
from bot.engine.proof.targets import Sort, Target
from bot.engine.proof.ways import Later
from bot.engine.values import Answers, Gap, Value
from bot.engine.view import View, ends_list


class Disagreement(AssertionError):
    """The proof and the engine come to different things."""


def planned(trace: Trace | None, point: Mapping[Variable, Fraction]) -> dict[str, Value]:
    """What was said on the way, with the figures that were chosen for it."""
    said: dict[str, Value] = {}
    while trace is not None:
        said[trace.name] = _value(trace.answer, dict(point))
        trace = trace.before
    return said


def _value(answer: Value | Later, point: dict[Variable, Fraction]) -> Value:
    if not isinstance(answer, Later):
        return answer
    if answer.kind is Kind.MEASURES:
        return measured(answer.variables, point)
    (variable,) = answer.variables
    return as_answer(answer.kind, point.get(variable, middle(variable)))


def complete(flow: Flow, said: Answers) -> dict[str, Value]:
    """The whole talk: every question in the order in which it is asked; what does not matter is わからない.

    What has no `when` is asked in any case, so a run of such questions is answered from one reading.
    """
    answers: dict[str, Value] = {}
    while run := _run(View(flow, answers)):
        answers |= {question.id: said.get(question.id, Gap.UNKNOWN) for question in run}
    return answers


def _run(view: View) -> list[Question]:
    """The question that waits and those that follow it whatever is said."""
    run: list[Question] = []
    first = next_question(view)
    for question in view.questions.values():
        if run and (question.when is not None or question.id in view.answers):
            break
        if run or question is first:
            run.append(question)
            if ends_list(question):
                break
    return run


def length(flow: Flow, answers: Answers) -> int:
    """Screens of a whole talk; what a list asks after its first item does not count."""
    return sum(question.item is None or question.item[1] <= 1 for question in View(flow, answers).visible())


def confirm(flow: Flow, target: Target, answers: Answers) -> None:
    """`Disagreement` where the engine does not see what the target says."""
    if not _seen(flow, target, answers):
        raise Disagreement(f"{flow.id}: {target.sort} {target.names} over {answers}")


def _seen(flow: Flow, target: Target, answers: Answers) -> bool:
    view = View(flow, answers)
    match target.sort:
        case Sort.QUESTION:
            return any(view.state(q) in (State.ANSWERED, *OPEN) for q in _placed(view, target.names[0]))
        case Sort.REACT:
            return _said_back(flow, target, answers)
        case Sort.SAY:
            found = next(item for item in flow.items if isinstance(item, Say) and item.id == target.names[0])
            return view.condition(found.when) is True
        case Sort.INCLUDE:
            return any(q.id.startswith(f"{target.names[0]}.") for q in view.visible())
        case Sort.RESULT | Sort.OVERLAP:
            return all(view.result(name) is True for name in target.names)
        case Sort.GAP:
            members = [result.id for result in flow.results if result.group == target.names[0]]
            return all(view.result(name) is False for name in members)
        case Sort.NOTHING:  # pragma: no branch
            end = outcome(view)
            return not end.holding and not end.undetermined


def _placed(view: View, name: str) -> list[Question]:
    """The question itself, or as it stands in each item of a list."""
    return [q for q in view.questions.values() if _written(q) == name]


def _written(question: Question) -> str:
    if question.item is None:
        return question.id
    return f"{question.item[0]}.{question.id.rpartition('.')[2]}"


def _said_back(flow: Flow, target: Target, answers: Answers) -> bool:
    """Right after the question was answered, in some item of a list."""
    so_far: dict[str, Value] = {}
    name, number = target.names
    for answered, value in answers.items():
        so_far[answered] = value
        view = View(flow, so_far) if answered.rpartition(".")[2] == name.rpartition(".")[2] else None
        question = None if view is None else view.questions.get(answered)
        if view is None or question is None or _written(question) != name:
            continue
        if reaction(view, question) is question.reacts[int(number)]:
            return True
    return False
