"""Whether answers are asked for something: read by a rule or score, shown by {name}, or kept for the sheet.

A question's own reaction is no use of its answer: it says something back, and then the answer is forgotten. Options are
alike where nothing that reads the question, reactions included, could ever tell which of them was chosen.
"""

from collections.abc import Iterator

from bot.content.build import Built
from bot.content.checks.ids import questions_of
from bot.content.document import Loc
from bot.content.flow_shapes import RepeatShape
from bot.content.problems import Problem
from bot.content.rules import Role, Rule
from bot.content.slots import slots_of
from bot.engine.checks import ref_of, walk_in
from bot.engine.expressions.nodes import CountChosen, Figure, Includes, Is, Node, OrElse, Points
from bot.engine.flow import Kind, Question, Repeat, Say


def answers_unused(built: Built) -> list[Problem]:
    return [
        built.file.document.problem((*loc, "id"), "answer_unused", name=question.id)
        for loc, name, question in _own(built)
        if not (question.sheet or name in _shown(built) or _readers(built, name, own_reactions=False))
    ]


def options_alike(built: Built) -> list[Problem]:
    found: list[Problem] = []
    for loc, name, question in _own(built):
        if question.sheet or name in _shown(built) or not _readers(built, name, own_reactions=False):
            continue
        for alike in _alike(question, _readers(built, name, own_reactions=True)):
            labels = "」「".join(option.label for option in question.options if option.id in alike)
            found.append(built.file.document.issue((*loc, "options"), "options_alike", name=question.id, labels=labels))
    return found


def _own(built: Built) -> Iterator[tuple[Loc, str, Question]]:
    """The questions that this file itself asks, each with its full name."""
    plain = {item.id: item for item in built.flow.items if isinstance(item, Question)}
    inner = {
        f"{item.id}.{question.id}": question
        for item in built.flow.items
        if isinstance(item, Repeat)
        for question in item.questions
    }
    held_in = {loc: item.repeat for loc, item in built.file.items if isinstance(item, RepeatShape)}
    for loc, shape in questions_of(built.file):
        outer = held_in.get(loc[:2])
        name = shape.id if outer is None else f"{outer}.{shape.id}"
        yield loc, name, (plain if outer is None else inner)[name]


def _shown(built: Built) -> set[str]:
    texts = [text for result in built.flow.results for text in (result.says, *result.next, *result.agenda)]
    texts += [react.says for question in built.flow.plain_questions() for react in question.reacts]
    texts += [item.text for item in built.flow.items if isinstance(item, Say)]
    return {name for text in texts for name in slots_of(text)}


def _readers(built: Built, name: str, *, own_reactions: bool) -> list[Node]:
    """All that reads this question's answer in any rule."""
    return [
        node
        for rule in built.rules
        if own_reactions or rule.role is not Role.REACT or rule.owner != name
        for node in _reading(rule, name)
    ]


def _reading(rule: Rule, name: str) -> Iterator[Node]:
    for node, repeat in walk_in(rule.node, rule.repeat):
        ref = ref_of(node)
        if ref is not None and name == (f"{repeat}.{ref.name}" if ref.local else ref.name):
            yield node


def _alike(question: Question, readers: list[Node]) -> Iterator[set[str]]:
    sorts: dict[object, set[str]] = {}
    for option in question.options:
        sorts.setdefault(_sort(option.id, readers), set()).add(option.id)
    nothing = _sort("", readers)
    for sort, members in sorts.items():
        if len(members) > 1 and (question.kind is not Kind.SEVERAL or sort == nothing):
            yield members


def _sort(option: str, readers: list[Node]) -> object:
    """What the rules see of one option; of a `several`, of choosing it or not."""
    seen: list[object] = []
    for node in readers:
        match node:
            case Is(option=wanted) | Includes(option=wanted):
                seen.append(wanted == option)
            case Points(table=table):
                seen.append(dict(table).get(option, 0))
            case CountChosen():
                seen.append(bool(option))
            case Figure() | OrElse():
                seen.append(option)
    return tuple(seen)
