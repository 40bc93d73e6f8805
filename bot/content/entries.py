"""Entries and the bibliography: `knowledge/<part>/*.yaml` and `knowledge/bibliography.yaml`.

An entry with a fault of its own is not there; what other files say of it is judged by its id all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.content.checks.ids import twice
from bot.content.document import Document
from bot.content.files import KNOWLEDGE, names_in, read_document
from bot.content.knowledge_shapes import EntryShape, WorkShape
from bot.content.problems import Problem, faults
from bot.content.shapes import shown
from bot.content.shaping import shape, told
from bot.retrieval.entry import Entry, Question, Related, Work

PARTS = ("soron", "process", "kakuron", "appendix")  # in the book's order


@dataclass(frozen=True)
class EntryFile:
    """`entry` is None where the file has faults; `id` is set wherever it could be made out."""

    document: Document
    part: str  # by its folder
    id: str
    shape: EntryShape | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Works:
    document: Document
    works: dict[str, Work]
    problems: tuple[Problem, ...]


def read_entry_files(root: Path) -> tuple[EntryFile, ...]:
    return tuple(_entry_file(root, part, name) for part in PARTS for name in names_in(root, f"{KNOWLEDGE}/{part}"))


def _entry_file(root: Path, part: str, name: str) -> EntryFile:
    named = f"{part}-{name.rpartition('/')[2].removesuffix('.yaml')}"
    document = read_document(root, name, f"entry「{named}」")
    written = document.data.get("id") if isinstance(document.data, dict) else None
    if not document.readable:
        return EntryFile(document, part, named, None, document.problems)
    shaped = shape(EntryShape, document.data)
    problems = (*document.problems, *told(document, shaped.flaws))
    return EntryFile(document, part, written if isinstance(written, str) else named, shaped.value, problems)


def read_works(root: Path) -> Works:
    document = read_document(root, f"{KNOWLEDGE}/bibliography.yaml")
    if not document.readable:
        return Works(document, {}, document.problems)
    if not isinstance(document.data, list):
        return Works(document, {}, (*document.problems, document.problem((), "not_a_list", found=shown(document.data))))
    shaped = [shape(WorkShape, data) for data in document.data]
    problems = [p for place, one in enumerate(shaped) for p in told(document, one.flaws, (place,))]
    good = [(one.value, place) for place, one in enumerate(shaped) if one.value is not None]
    problems += twice(document, ((work.id, (place, "id")) for work, place in good))
    return Works(document, {work.id: Work(**work.model_dump()) for work, _ in good}, (*document.problems, *problems))


def entries_of(files: Iterable[EntryFile], works: dict[str, Work]) -> dict[str, Entry]:
    """By id, in the book's order; only those without faults."""
    good = [(file.part, file.shape) for file in files if file.shape is not None and not faults(file.problems)]
    ordered = sorted(good, key=lambda one: (PARTS.index(one[0]), one[1].page, _number(one[1].id)))
    return {shape.id: _entry(part, shape, works) for part, shape in ordered}


def _number(entry_id: str) -> int:
    """The last figure of `soron-042-10`: stages in their order."""
    last = entry_id.split("-")[2:]
    return int(last[0]) if last else 0


def _entry(part: str, shape: EntryShape, works: dict[str, Work]) -> Entry:
    return Entry(
        id=shape.id,
        page=shape.page,
        pages=tuple(shape.pages) or (shape.page,),
        name=shape.name,
        title=shape.title,
        part=part,
        theme=shape.theme,
        kind=shape.kind,
        short=shape.short,
        viewpoints=tuple(shape.viewpoints),
        ask=tuple(Question(ask.of, ask.q) for ask in shape.ask),
        next=tuple(shape.next),
        related=tuple(Related(related.page, related.why) for related in shape.related),
        references=tuple(works[name] for name in shape.references if name in works),
        asked_as=tuple(shape.asked_as),
        part_of=shape.part_of,
        doubtful=shape.doubtful,
    )
