"""Whether a question can have a value: for answers that come from an older version, or from a button of one."""

from __future__ import annotations

from bot.engine.flow import Flow, Question, Repeat
from bot.engine.questions import QUESTION_TYPES
from bot.engine.questions.base import Impossible
from bot.engine.values import Gap, Value
from bot.engine.view import MORE, place


def possible(question: Question, value: Value) -> bool:
    if isinstance(value, Gap):
        return value is not Gap.REMOVED
    kind = QUESTION_TYPES[question.kind]
    try:
        return kind.accept(question, kind.plain(question, value)) == value
    except Impossible:
        return False


def possible_in(flow: Flow, name: str, value: Value) -> bool:
    """The same for an answer by its id: of the flow, of an item whether it is laid out or not, or a removed item."""
    questions = {item.id: item for item in flow.items if isinstance(item, Question)}
    if name in questions:
        return possible(questions[name], value)
    for repeat in (item for item in flow.items if isinstance(item, Repeat)):
        number, _, rest = name.removeprefix(f"{repeat.id}.").partition(".")
        if name.startswith(f"{repeat.id}.") and number.isdecimal():
            return _of_item(repeat, int(number), rest, value)
    return False


def _of_item(repeat: Repeat, number: int, rest: str, value: Value) -> bool:
    if not rest:
        return value is Gap.REMOVED
    if rest == MORE:
        return value in ("yes", "no") or isinstance(value, Gap)
    found = next((q for q in place(repeat, number) if q.id == f"{repeat.id}.{number}.{rest}"), None)
    return found is not None and possible(found, value)
