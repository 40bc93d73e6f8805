"""The shapes of the files in `knowledge/`: an entry, the bibliography, danger, avoid.

Field names are the keys that authors write; an alias stands in where Python keeps the word for itself. How entries
hang together is no matter of shape: see `checks/knowledge.py`.
"""

# ruff: noqa: RUF012  pydantic copies a default list for each value

from typing import Annotated

from pydantic import Field

from bot.content.shapes import Page, Pages, Shape, Text, at_most

ENTRY_NAME, SHORT, VIEWPOINT = 16, 120, 140  # longest, in characters: a button; a phone's screen; one idea
EntryId = Annotated[str, Field(pattern=r"^(soron|process|kakuron|appendix)-[0-9]{3}(-[1-9][0-9]*)?$")]
WorkId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


class AskShape(Shape):
    of: Text
    q: Text


class RelatedShape(Shape):
    page: Page
    why: Text


class EntryShape(Shape):
    id: EntryId
    page: Page
    name: Annotated[Text, at_most(ENTRY_NAME)]
    title: Text
    theme: Text
    kind: Text
    short: Annotated[Text, at_most(SHORT)]
    pages: Pages = []
    part_of: EntryId | None = None
    viewpoints: list[Annotated[Text, at_most(VIEWPOINT)]] = []
    ask: list[AskShape] = []
    next: list[Text] = []
    related: list[RelatedShape] = []
    references: list[str] = []
    doubtful: str = ""
    asked_as: list[Text] = []


class WorkShape(Shape):
    id: WorkId
    title: Text
    publisher: str = ""
    date: str = ""
    programme: str = ""
    url: str = ""
    address_uncertain: bool = False


class SourceShape(Shape):
    """Where a dated fact comes from: kept for those who look after the file."""

    what: Text
    source: Text
    checked_on: Text


class DangerShape(Shape):
    patterns: list[Text]
    work: list[Text]
    sources: list[SourceShape] = []


class GuardShape(Shape):
    family_names: list[Text]


class AvoidShape(Shape):
    word: Text
    instead: Text
    except_: list[Text] = Field(default=[], alias="except")
