"""The shape of a flow file: its keys, what each may hold, and which type of question has which.

The field names are the keys that authors write (an alias stands in where Python keeps the word for itself). This is
the one place where a key is added; `build.py` then carries it into the model.
"""

# ruff: noqa: RUF012  pydantic copies a default list for each value

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from bot.content.shapes import Expression, Figure, FlowId, Id, Page, Pages, Range, Shape, Text, at_most, short_form

NAME, REACTION = 14, 80  # longest, in characters: fits a button; fits beside the next question
PLAIN_ITEMS = ("say", "section", "repeat", "include")
TAG = "type:"  # before the names of shapes in pydantic's places, so that no key is taken for one


class AskOfShape(Shape):
    of: Text
    q: Text


class ReactShape(Shape):
    when: Expression
    says: Annotated[Text, at_most(REACTION)]
    entries: list[str] = []


class OptionShape(Shape):
    id: Id
    label: Text
    also: list[Text] = []


class LoneOptionShape(OptionShape):
    alone: bool = False


class FieldShape(Shape):
    id: Id
    name: Text
    unit: str
    range: Range
    step: Figure = Decimal(1)
    also: list[Text] = []


class BandShape(Shape):
    label: str = ""
    when: Expression | None = None
    otherwise: Literal[True] | None = None


def _band(value: object) -> object:
    """`under: <expression>` and `at_least: otherwise` for short."""
    return {"otherwise": True} if value == "otherwise" else short_form("when")(value)


class QuestionShape(Shape):
    """What every type of question has."""

    id: Id
    type: str
    text: Text
    name: Annotated[str, at_most(NAME)] = ""
    why: str = ""
    source: str = ""
    page: Pages = []
    when: Expression | None = None
    optional: bool = False
    sheet: bool = False
    reacts: list[ReactShape] = []


class ChoiceShape(QuestionShape):
    options: Annotated[list[OptionShape], Field(min_length=2)]


class SeveralShape(QuestionShape):
    options: Annotated[list[LoneOptionShape], Field(min_length=2)]


class YesNoShape(QuestionShape):
    yes: Text = "はい"
    no: Text = "いいえ"
    says_yes: list[Text] = []
    says_no: list[Text] = []


class NumberShape(QuestionShape):
    range: Range
    example: Annotated[Text, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
    unit: str = ""
    usual: Range | None = None
    per: Literal["月", "年", ""] = ""
    step: Figure = Decimal(1)


class ScaleShape(QuestionShape):
    labels: Annotated[dict[str, Text], Field(min_length=2)]


class DateShape(QuestionShape):
    example: str = ""


class TextShape(QuestionShape):
    example: str = ""


class MeasuresShape(QuestionShape):
    fields_: Annotated[list[FieldShape], Field(min_length=1, alias="fields")]
    bands: dict[Id, Annotated[BandShape, BeforeValidator(_band)]] = {}
    ask_band: str = ""
    example: str = ""


class SayShape(Shape):
    say: Id
    text: Text
    when: Expression | None = None
    entries: list[str] = []


class SectionShape(Shape):
    section: Text


class IncludeShape(Shape):
    include: FlowId
    as_: Id = Field(alias="as")
    when: Expression | None = None


QUESTION_SHAPES: dict[str, type[QuestionShape]] = {
    "choice": ChoiceShape,
    "date": DateShape,
    "measures": MeasuresShape,
    "number": NumberShape,
    "scale": ScaleShape,
    "several": SeveralShape,
    "text": TextShape,
    "yes_no": YesNoShape,
}


def _tag(value: Any) -> str | None:
    """Which shape an item wants: by its first word if it is no question, else by its type."""
    if not isinstance(value, dict):
        return None
    plain = next((key for key in PLAIN_ITEMS if key in value), None)
    return TAG + str(plain or value.get("type"))


_Question = (
    Annotated[ChoiceShape, Tag("type:choice")]
    | Annotated[DateShape, Tag("type:date")]
    | Annotated[MeasuresShape, Tag("type:measures")]
    | Annotated[NumberShape, Tag("type:number")]
    | Annotated[ScaleShape, Tag("type:scale")]
    | Annotated[SeveralShape, Tag("type:several")]
    | Annotated[TextShape, Tag("type:text")]
    | Annotated[YesNoShape, Tag("type:yes_no")]
)
AnyQuestion = Annotated[_Question, Discriminator(_tag)]


class RepeatShape(Shape):
    repeat: Id
    more: Text
    max: Page
    min: Annotated[int, Field(ge=0)] = 1
    any: str = ""
    name: Annotated[str, at_most(NAME)] = ""
    when: Expression | None = None
    questions: Annotated[list[AnyQuestion], Field(min_length=1)]


ITEM_SHAPES: dict[str, type[Shape]] = {
    **QUESTION_SHAPES,
    "include": IncludeShape,
    "repeat": RepeatShape,
    "say": SayShape,
    "section": SectionShape,
}
AnyItem = Annotated[
    Annotated[IncludeShape, Tag("type:include")]
    | Annotated[RepeatShape, Tag("type:repeat")]
    | Annotated[SayShape, Tag("type:say")]
    | Annotated[SectionShape, Tag("type:section")]
    | _Question,
    Discriminator(_tag),
]


class ScoreShape(Shape):
    is_: Expression = Field(alias="is")
    unit: str = ""
    name: str = ""


class ResultShape(Shape):
    id: Id
    says: Text
    when: Expression | None = None
    otherwise: Literal[True] | None = None
    group: Id | None = None
    rank: Expression | None = None
    level: Literal["ok", "note", "warning"] = "note"
    page: Pages = []
    pages: Pages = []
    entries: list[str] = []
    official: str = ""
    supplement: bool = False
    ask: list[AskOfShape] = []
    agenda: list[Text] = []
    next: list[Text] = []


class FlowShape(Shape):
    title: Text
    zone: Literal["person", "town"]
    about: Text
    questions: Annotated[list[AnyItem], Field(min_length=1)]
    for_: list[Text] = Field(default=[], alias="for")
    also: list[Text] = []
    shelf: str = ""
    minutes: Page = 5
    pages: Pages = []
    long: bool = False
    scores: dict[Id, Annotated[ScoreShape, BeforeValidator(short_form("is"))]] = {}
    results: list[ResultShape] = []
