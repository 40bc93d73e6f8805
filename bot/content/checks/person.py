"""What a flow about a person's health may not do: it is taken anonymously in public chats (semantics §9)."""

from bot.content.build import Built
from bot.content.checks.ids import questions_of
from bot.content.document import Loc
from bot.content.flow_shapes import IncludeShape, MeasuresShape, RepeatShape, TextShape
from bot.content.parts import Part, Placed
from bot.content.problems import Problem
from bot.engine.flow import Zone


def no_free_text(built: Built) -> list[Problem]:
    """Those of included flows are told at the include."""
    if built.flow.zone is not Zone.PERSON:
        return []
    found: dict[tuple[Loc, str], Problem] = {}
    for one in built.placed:
        inner = list(enumerate(one.item.questions)) if isinstance(one.item, RepeatShape) else []
        shapes = [(one.loc, one.item), *(((*one.loc, "questions", n), question) for n, question in inner)]
        for loc, shape in shapes:
            if isinstance(shape, TextShape):
                at = _own_loc(built, one, loc)
                name = one.part.full(shape.id)
                found[at, name] = built.file.document.problem(at, "text_about_a_person", name=name)
    return list(found.values())


def _own_loc(built: Built, one: Placed, loc: Loc) -> Loc:
    """Where the flow's own file brings this in."""
    part: Part = one.part
    while part.parent is not None and part.parent.prefix:
        part = part.parent
    return built.placed[part.place - 1].loc if part.prefix else loc


def bands_for_public_chats(built: Built) -> list[Problem]:
    if built.flow.zone is not Zone.PERSON:
        return []
    return [
        built.file.document.problem(loc, "measures_about_a_person", name=question.id)
        for loc, question in questions_of(built.file)
        if isinstance(question, MeasuresShape) and not (question.bands and question.ask_band)
    ]


def included_zones(built: Built) -> list[Problem]:
    """A town's flow that takes in a person's would take health answers without that care."""
    if built.flow.zone is Zone.PERSON:
        return []
    return [
        built.file.document.problem((*one.loc, "include"), "person_in_town", name=one.item.include)
        for one, following in zip(built.placed, [*built.placed[1:], None], strict=True)
        if isinstance(one.item, IncludeShape) and not one.part.prefix and following is not None
        if following.part.file.shape and following.part.file.shape.zone == "person"
    ]
