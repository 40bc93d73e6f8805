"""Ids stand for one thing each.

Items, scores and results of a flow share one namespace, because rules name them all; options, fields and the questions
of a repeat have their own.
"""

from collections.abc import Iterable, Iterator

from bot.content.build import Built
from bot.content.document import Document, Loc
from bot.content.flow_file import FlowFile
from bot.content.flow_shapes import (
    ChoiceShape,
    IncludeShape,
    MeasuresShape,
    QuestionShape,
    RepeatShape,
    SayShape,
    SeveralShape,
)
from bot.content.problems import Problem

MORE = "more"  # what the engine calls the question after each item


def duplicate_ids(built: Built) -> list[Problem]:
    file = built.file
    groups = [list(_names(file)), *(list(group) for group in _groups(file))]
    return [problem for group in groups for problem in twice(file.document, group)]


def twice(document: Document, names: Iterable[tuple[str, Loc]]) -> Iterator[Problem]:
    first: dict[str, Loc] = {}
    for name, loc in names:
        if name in first:
            yield document.problem(loc, "duplicate_id", name=name, first=str(document.line(first[name])))
        first.setdefault(name, loc)


def _names(file: FlowFile) -> Iterator[tuple[str, Loc]]:
    for loc, item in file.items:
        match item:
            case QuestionShape():
                yield item.id, (*loc, "id")
            case SayShape():
                yield item.say, (*loc, "say")
            case RepeatShape():
                yield item.repeat, (*loc, "repeat")
            case IncludeShape():
                yield item.as_, (*loc, "as")
    for name in file.shape.scores if file.shape else ():
        yield name, ("scores", name)
    for loc, result in file.results:
        yield result.id, (*loc, "id")


def _groups(file: FlowFile) -> Iterator[Iterable[tuple[str, Loc]]]:
    """Namespaces of their own: the questions of a repeat, the options of a question, the fields of a measure."""
    for loc, item in file.items:
        if isinstance(item, RepeatShape):
            yield [(question.id, (*loc, "questions", n, "id")) for n, question in enumerate(item.questions)]
    for loc, question in questions_of(file):
        if isinstance(question, ChoiceShape | SeveralShape):
            yield [(option.id, (*loc, "options", n, "id")) for n, option in enumerate(question.options)]
        elif isinstance(question, MeasuresShape):
            yield [(field.id, (*loc, "fields", n, "id")) for n, field in enumerate(question.fields_)]


def questions_of(file: FlowFile) -> Iterator[tuple[Loc, QuestionShape]]:
    """Every question written in this file, those of repeats too."""
    for loc, item in file.items:
        if isinstance(item, QuestionShape):
            yield loc, item
        elif isinstance(item, RepeatShape):
            yield from (((*loc, "questions", n), question) for n, question in enumerate(item.questions))


def reserved_in_repeat(built: Built) -> list[Problem]:
    return [
        built.file.document.problem((*loc, "questions", n, "id"), "reserved_in_repeat", name=MORE)
        for loc, item in built.file.items
        if isinstance(item, RepeatShape)
        for n, question in enumerate(item.questions)
        if question.id == MORE
    ]
