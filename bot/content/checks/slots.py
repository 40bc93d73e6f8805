"""{slots} in sentences name questions or scores: what each is filled with must exist."""

from collections.abc import Iterator

from bot.content.build import Built
from bot.content.checks.ids import questions_of
from bot.content.document import Loc
from bot.content.flow_shapes import SayShape
from bot.content.problems import Problem
from bot.content.slots import RUNNING, slots_of
from bot.engine.expressions.names import did_you_mean
from bot.engine.flow import Question


def unknown_slots(built: Built) -> list[Problem]:
    known = [*(item.id for item in built.flow.items if isinstance(item, Question)), *built.flow.scores, *RUNNING]
    lost = built.file.lost
    return [
        built.file.document.problem(loc, "unknown_slot", name=name, hint=did_you_mean(name, known))
        for loc, text in _sentences(built)
        for name in slots_of(text)
        if name not in known and name.partition(".")[0] not in lost
    ]


def _sentences(built: Built) -> Iterator[tuple[Loc, str]]:
    for loc, question in questions_of(built.file):
        yield from (((*loc, "reacts", n, "says"), react.says) for n, react in enumerate(question.reacts))
    for loc, item in built.file.items:
        if isinstance(item, SayShape):
            yield (*loc, "text"), item.text
    for loc, result in built.file.results:
        yield (*loc, "says"), result.says
        yield from (((*loc, "agenda", n), text) for n, text in enumerate(result.agenda))
        yield from (((*loc, "next", n), text) for n, text in enumerate(result.next))
