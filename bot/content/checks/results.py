"""Results must say by which rule they hold and from which page; and what several keys of one item must be together."""

from collections.abc import Iterator

from bot.content.build import Built
from bot.content.checks.ids import questions_of
from bot.content.document import Loc
from bot.content.flow_shapes import ChoiceShape, QuestionShape, RepeatShape, ScaleShape, SeveralShape, YesNoShape
from bot.content.problems import Problem
from bot.japanese.width import fold


def rules(built: Built) -> list[Problem]:
    document = built.file.document
    bare = [loc for loc, result in built.file.results if result.when is None and not result.otherwise]
    alone = [loc for loc, result in built.file.results if result.otherwise and result.group is None]
    return [
        *(document.problem(loc, "result_without_rule") for loc in bare),
        *(document.problem((*loc, "otherwise"), "otherwise_without_group") for loc in alone),
    ]


def pages(built: Built) -> list[Problem]:
    return [
        built.file.document.problem(loc, "result_without_page")
        for loc, result in built.file.results
        if not (result.page or result.pages or result.supplement)
    ]


def one_otherwise(built: Built) -> list[Problem]:
    first: dict[str, Loc] = {}
    found: list[Problem] = []
    for loc, result in built.file.results:
        if result.otherwise and result.group is not None:
            if result.group in first:
                line = str(built.file.document.line(first[result.group]))
                at = (*loc, "otherwise")
                found.append(built.file.document.problem(at, "otherwise_twice", group=result.group, first=line))
            first.setdefault(result.group, loc)
    return found


def same_labels(built: Built) -> list[Problem]:
    """Two options of one question that a typed answer could not tell apart."""
    found: list[Problem] = []
    for loc, question in questions_of(built.file):
        first: dict[str, Loc] = {}
        for place, label in _labels(question):
            at = (*loc, *place)
            known = first.setdefault(fold(label), at)
            if known != at:
                line = str(built.file.document.line(known))
                found.append(built.file.document.problem(at, "same_label", text=label, first=line))
    return found


def _labels(question: QuestionShape) -> Iterator[tuple[Loc, str]]:
    match question:
        case ChoiceShape() | SeveralShape():
            for place, option in enumerate(question.options):
                yield from (
                    (("options", place, "label"), label) for label in dict.fromkeys([option.label, *option.also])
                )
        case ScaleShape():
            yield from ((("labels", figure), label) for figure, label in question.labels.items())
        case YesNoShape():
            yield from [(("yes",), question.yes), (("no",), question.no)]


def repeat_bounds(built: Built) -> list[Problem]:
    found: list[Problem] = []
    for loc, item in built.file.items:
        if isinstance(item, RepeatShape) and item.min > item.max:
            found.append(built.file.document.problem((*loc, "max"), "bad_range", low=str(item.min), high=str(item.max)))
        if isinstance(item, RepeatShape) and item.min == 0 and not item.any:
            found.append(built.file.document.problem(loc, "repeat_without_any"))
    return found
