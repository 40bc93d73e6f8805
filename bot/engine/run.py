"""A flow over a whole set of answers at once: what `bansou run` prints, and what a finished session carries.

Answers come and go as plain JSON in the form of the contract (contracts.md, `bansou run`); every unknown id and
impossible value is told at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.engine.advance import outcome
from bot.engine.bounds import Interval
from bot.engine.explain import because, needs
from bot.engine.expressions.evaluate import OPEN, State
from bot.engine.expressions.names import did_you_mean
from bot.engine.flow import Flow, Question, Repeat, Result
from bot.engine.questions import QUESTION_TYPES
from bot.engine.questions.base import Impossible, Json
from bot.engine.values import Answers, Gap, Value
from bot.engine.view import NO, YES, View, ends_list, living, more_id, place


@dataclass(eq=False)
class Refused(Exception):
    """The input cannot be: every reason."""

    reasons: tuple[Impossible, ...]


def accept_answers(flow: Flow, given: Mapping[str, Json]) -> dict[str, Value]:
    """Answers from the contract's JSON; `Refused` with every unknown id and impossible value."""
    plain = {item.id: item for item in flow.items if isinstance(item, Question)}
    repeats = {item.id: item for item in flow.items if isinstance(item, Repeat)}
    answers: dict[str, Value] = {}
    reasons: list[Impossible] = []
    for name, value in given.items():
        try:
            if name in repeats:
                answers |= _accept_items(repeats[name], value)
            elif name in plain:
                answers[name] = _accept(plain[name], value)
            else:
                hint = did_you_mean(name, [*plain, *repeats])
                reasons.append(Impossible("unknown_answer", {"name": name, "hint": hint}))
        except Impossible as reason:
            reasons.append(reason)
        except Refused as several:
            reasons.extend(several.reasons)
    if reasons:
        raise Refused(tuple(reasons))
    return answers


def _accept(question: Question, plain: Json) -> Value:
    return Gap.UNKNOWN if plain is None else QUESTION_TYPES[question.kind].accept(question, plain)


def _accept_items(repeat: Repeat, given: Json) -> dict[str, Value]:
    """A list of objects, taken as finished."""
    if not isinstance(given, list) or not repeat.low <= len(given) <= repeat.high:
        raise Impossible(
            "impossible_value",
            {"name": repeat.id, "value": repr(given), "wanted": f"[{{…}}, …] ({repeat.low}-{repeat.high})"},
        )
    answers: dict[str, Value] = {}
    reasons: list[Impossible] = []
    for number, item in enumerate(given, start=1):
        known = {question.id.rpartition(".")[2]: question for question in place(repeat, number)}
        if not isinstance(item, dict):
            slots = {"name": f"{repeat.id}.{number}", "value": repr(item), "wanted": "{…}"}
            reasons.append(Impossible("impossible_value", slots))
            continue
        for name, value in item.items():
            try:
                if name not in known:
                    slots = {"name": f"{repeat.id}.{number}.{name}", "hint": did_you_mean(name, known)}
                    raise Impossible("unknown_answer", slots)  # noqa: TRY301  gathered with the others
                answers[known[name].id] = _accept(known[name], value)
            except Impossible as reason:
                reasons.append(reason)
    if reasons:
        raise Refused(tuple(reasons))
    for number in range(repeat.low, len(given) + 1):
        answers[more_id(repeat, number)] = YES if number < len(given) else NO
    return answers


def plain_answers(flow: Flow, answers: Answers) -> dict[str, Json]:
    """Every answer held, hidden ones too, in the form of the input; a skipped question counts as left out."""
    result: dict[str, Json] = {}
    view = View(flow, answers)
    for item in flow.items:
        if isinstance(item, Question) and answers.get(item.id, Gap.SKIPPED) is not Gap.SKIPPED:
            result[item.id] = _plain(item, answers[item.id])
        elif isinstance(item, Repeat) and any(name.startswith(f"{item.id}.") for name in answers):
            result[item.id] = [_plain_item(item, number, view) for number in living(item, answers)]
    return result


def _plain_item(repeat: Repeat, number: int, view: View) -> dict[str, Json]:
    held = ((question, view.answers.get(question.id, Gap.SKIPPED)) for question in place(repeat, number))
    return {q.id.rpartition(".")[2]: _plain(q, value) for q, value in held if value is not Gap.SKIPPED}


def _plain(question: Question, value: Value) -> Json:
    return None if value is Gap.UNKNOWN else QUESTION_TYPES[question.kind].plain(question, value)


def report(flow: Flow, answers: Answers) -> dict[str, Json]:
    """The whole outcome as the contract's JSON."""
    view = View(flow, answers)
    ending = outcome(view)
    return {
        "flow": flow.id,
        "version": flow.version,
        "answers": plain_answers(flow, answers),
        "scores": {name: _score(view, name) for name in flow.scores},
        "results": [_result(view, result) for result in ending.holding],
        "not_met": [result.id for result in ending.not_met],
        "undetermined": [{"id": result.id, "needs": list(needs(view, result))} for result in ending.undetermined],
        "unanswered": [question.id for question in unanswered(view)],
        "hidden": [question.id for question in hidden(view)],
    }


def unanswered(view: View) -> tuple[Question, ...]:
    """Visible questions still waiting, or skipped though not optional (a skipped `more` is as good as いいえ)."""
    return tuple(
        question
        for question in view.questions.values()
        if view.state(question) is State.WAITING
        or (view.state(question) is State.SKIPPED and not question.optional and not ends_list(question))
    )


def unknowns(view: View) -> tuple[Question, ...]:
    """What was answered わからない: 確かめること. To `more` that means いいえ."""
    return tuple(q for q in view.questions.values() if view.state(q) is State.UNKNOWN and not ends_list(q))


def hidden(view: View) -> tuple[Question, ...]:
    """Questions that hold an answer which does not count now."""
    return tuple(
        question
        for question in view.questions.values()
        if question.id in view.answers and view.state(question) not in (State.ANSWERED, *OPEN)
    )


def _score(view: View, name: str) -> Json:
    worth = view.score(name)
    if worth is None:
        return None
    if isinstance(worth, Interval) and worth.known:
        return _number(worth.low)
    return {"low": _number(worth.low), "high": _number(worth.high)}


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _result(view: View, result: Result) -> dict[str, Json]:
    return {
        "id": result.id,
        "level": result.level.value,
        "group": result.group,
        "pages": list(result.pages),
        "entries": list(result.entries),
        "rule": "otherwise" if result.when is None else result.when.text,
        "because": list(because(view, result)),
    }
