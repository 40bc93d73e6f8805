"""The book beside its entries: `knowledge/sections.yaml`, `glossary.yaml`, `dated.yaml`, and the frames.

Each is a list of small things; one with a fault is left out. Frames are lists and tables of the book as data: they are
checked here and kept for flows and pictures.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from bot.content.document import Document
from bot.content.files import KNOWLEDGE, names_in, read_document
from bot.content.problems import Problem
from bot.content.shapes import Page, Pages, Shape, Text, at_most, shown
from bot.content.shaping import shape, told
from bot.retrieval.book import Book, Dated, Heading, Section, Term

FRAMES = f"{KNOWLEDGE}/frames"
TERM, NOTE, POINT = 90, 110, 100  # longest, in characters
S = TypeVar("S", bound=Shape)


class SectionShape(Shape):
    part: Literal["soron", "process", "kakuron", "appendix"]
    page: Page
    last: Page
    kind: Text
    title: Text


class HeadingShape(Shape):
    heading: Text
    sections: list[SectionShape]


class TermShape(Shape):
    term: Text
    says: Annotated[Text, at_most(TERM)]
    pages: Pages = []  # noqa: RUF012  pydantic copies it
    also: list[Text] = []  # noqa: RUF012
    entry: str = ""
    supplement: bool = False


class DatedShape(Shape):
    pages: Pages
    about: Text
    note: Annotated[Text, at_most(NOTE)]
    source: Text
    checked_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    certain: bool = False


class PointShape(Shape):
    """One line of a list; `asks`, `data`, `of`: what to ask about it, what to look at, whom to ask."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    text: Annotated[Text, at_most(POINT)]
    group: str = ""
    asks: str = ""
    data: list[Text] | str = ""
    of: str = ""


class FrameShape(Shape):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    pages: Pages
    kind: Literal["list", "table"]
    note: str = ""
    items: list[PointShape] = []  # noqa: RUF012
    columns: list[Text] = []  # noqa: RUF012
    rows: list[list[str]] = []  # noqa: RUF012


@dataclass(frozen=True)
class BookFile:
    book: Book = field(default_factory=Book)
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_book(root: Path) -> BookFile:
    documents = {name: read_document(root, f"{KNOWLEDGE}/{name}.yaml") for name in ("sections", "glossary", "dated")}
    problems = [problem for document in documents.values() for problem in document.problems]
    headings = listed(documents["sections"], HeadingShape, problems)
    terms = listed(documents["glossary"], TermShape, problems)
    dated = listed(documents["dated"], DatedShape, problems)
    frames = _frames(root, problems)
    book = Book(tuple(map(_heading, headings)), tuple(map(_term, terms)), tuple(map(_dated, dated)))
    return BookFile(book, (*documents.values(), *frames), tuple(problems))


def listed(document: Document, model: type[S], problems: list[Problem]) -> list[S]:
    """The things of a file that is a list of them; one with a fault is left out."""
    if not document.readable:
        return []
    if not isinstance(document.data, list):
        problems.append(document.problem((), "not_a_list", found=shown(document.data)))
        return []
    shaped = [shape(model, data) for data in document.data]
    problems += [p for place, one in enumerate(shaped) for p in told(document, one.flaws, (place,))]
    return [one.value for one in shaped if one.value is not None]


def _heading(one: HeadingShape) -> Heading:
    return Heading(one.heading, tuple(Section(s.part, s.page, s.last, s.kind, s.title) for s in one.sections))


def _term(one: TermShape) -> Term:
    return Term(one.term, one.says, tuple(one.pages), tuple(one.also), one.entry, one.supplement)


def _dated(one: DatedShape) -> Dated:
    return Dated(tuple(one.pages), one.about, one.note, one.source, one.checked_on, one.certain)


def _frames(root: Path, problems: list[Problem]) -> list[Document]:
    """The frames that there are; whether a table is square and a list has points is told here too."""
    documents = [read_document(root, name, f"frame「{Path(name).stem}」") for name in names_in(root, FRAMES)]
    for document in documents:
        problems.extend(document.problems)
        if document.readable:
            shaped = shape(FrameShape, document.data)
            problems += told(document, shaped.flaws)
            if shaped.value is not None:
                problems += _frame_problems(document, shaped.value)
    return documents


def _frame_problems(document: Document, frame: FrameShape) -> list[Problem]:
    found = []
    if frame.id != Path(document.file).stem:
        found.append(document.problem(("id",), "frame_id", id=frame.id))
    if frame.kind == "table":
        wide = len(frame.columns)
        found += [
            document.problem(("rows", place), "frame_row", count=str(len(row)), wanted=str(wide))
            for place, row in enumerate(frame.rows)
            if len(row) != wide
        ]
    if not (frame.items if frame.kind == "list" else frame.rows):
        found.append(document.problem(("kind",), "frame_empty", kind=frame.kind))
    return found
