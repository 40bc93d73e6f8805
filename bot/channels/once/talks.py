"""Whole answers of a flow as a conversation test (`tests/talks/`), so that what the proof found can be played.

Pressed is what has a button, typed what has none. Where a figure would be asked back, its confirmation follows.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import yaml

from bot.engine.advance import outcome
from bot.engine.flow import Flow, Kind, Question
from bot.engine.questions import QUESTION_TYPES
from bot.engine.questions.base import Context, Unsure
from bot.engine.values import Gap, Measures, Value
from bot.engine.view import View

Line = dict[str, object]
FIRST_SHOWN = "value:0"  # the choice that confirms an answer which is asked back


def talk_of(flow: Flow, answers: Mapping[str, Value], about: str) -> str:
    view = View(flow, answers)
    public = any(isinstance(value, Measures) and value.band for value in answers.values())
    lines: list[Line] = [{"you": f"/start flow-{flow.id}"}, {"press": f"begin:{flow.id}"}]
    if public:
        lines.append({"press": ":consent"})
    for name, value in answers.items():
        lines += _said(view.questions[name], value)
    ended = [result.id for result in outcome(view).holding]
    return written(about, [*lines, {"press": ":confirm", "results": ended}], public=public)


def written(about: str, lines: list[Line], *, public: bool = False) -> str:
    """The talk as a file, one turn a line."""
    head = plain({"about": about} | ({"public": True} if public else {}), in_line=False)
    return f"{head}talk:\n" + "".join(turn(line) for line in lines)


def turn(line: Line) -> str:
    return f"  - {plain(line, in_line=True)}"


def plain(data: Line, *, in_line: bool) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=in_line)


def _said(question: Question, value: Value) -> Iterator[Line]:
    if isinstance(value, Gap):
        yield {"press": ":unknown"}
    elif isinstance(value, tuple):
        for option in (*value, ":done"):
            yield {"press": option}
        if not value:
            yield {"press": FIRST_SHOWN}
    elif isinstance(value, Measures) and value.band is not None:
        yield {"press": value.band}
    elif isinstance(value, date | Measures) or question.kind in (Kind.NUMBER, Kind.TEXT):
        typed = QUESTION_TYPES[question.kind].show(question, value)
        yield {"you": typed}
        if isinstance(value, Decimal | str) and _asked_back(question, typed):
            yield {"press": FIRST_SHOWN}
    else:
        yield {"press": str(value)}


def _asked_back(question: Question, typed: str) -> bool:
    return isinstance(QUESTION_TYPES[question.kind].read(question, typed, Context(date.min)), Unsure)
