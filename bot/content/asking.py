"""How people ask: `knowledge/neighbours.yaml`, `thesaurus.yaml`, `asking_on.yaml`, and the examples in `asked_as/`.

The examples are plain text, one a line, in `asked_as/entries/<id>.txt`, `asked_as/neighbours/<id>.txt` and
`asked_as/asking_on/<kind>.txt`: some thirteen thousand, too many to be read as YAML at every start.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.content.book import listed
from bot.content.document import Document
from bot.content.entries import EntryFile
from bot.content.files import KNOWLEDGE, read_document, read_lines
from bot.content.problems import Grade, Problem
from bot.content.shapes import Shape, Text, at_most
from bot.engine.expressions.names import did_you_mean
from bot.japanese.width import fold
from bot.retrieval.asking import NOTHING, Asking, EverydayWord, Neighbour, WayOfAskingOn
from bot.retrieval.entry import Entry

EXAMPLES, ENTRIES = f"{KNOWLEDGE}/asked_as", "entries"
NAME, SAYS, WHY = 20, 110, 40  # longest, in characters
_FILES = ("neighbours", "thesaurus", "asking_on")
_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


class NeighbourShape(Shape):
    id: _Id
    name: Annotated[Text, at_most(NAME)]
    says: Annotated[Text, at_most(SAYS)]
    near: bool = False


class EverydayShape(Shape):
    said: list[Text]
    means: Text
    why: Annotated[Text, at_most(WHY)]


class AskingOnShape(Shape):
    kind: Literal["more", "another", "money", "other", "page", "next", "questions", "example", "short"]
    towards: str = ""
    sides: dict[str, list[str]] = {}  # noqa: RUF012  pydantic copies it


@dataclass(frozen=True)
class Examples:
    """The examples in one file: the id of what they ask for, and the lines by their number."""

    file: str
    of: str
    lines: Mapping[int, str]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(self.lines.values())


@dataclass(frozen=True)
class AskingFile:
    asking: Asking = NOTHING
    examples: tuple[Examples, ...] = ()
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_asking(root: Path, files: Iterable[EntryFile]) -> AskingFile:
    documents = {name: read_document(root, f"{KNOWLEDGE}/{name}.yaml") for name in _FILES}
    problems = [problem for document in documents.values() for problem in document.problems]
    neighbours = listed(documents["neighbours"], NeighbourShape, problems)
    everyday = listed(documents["thesaurus"], EverydayShape, problems)
    ways = listed(documents["asking_on"], AskingOnShape, problems)
    known: dict[str, list[str]] = {
        ENTRIES: [file.id for file in files],
        "neighbours": [one.id for one in neighbours],
        "asking_on": [one.kind for one in ways],
    }
    examples = {folder: _examples(root, folder, ids, problems) for folder, ids in known.items()}
    asked = {folder: {one.of: one.texts for one in files} for folder, files in examples.items()}
    for folder in ("neighbours", "asking_on"):
        problems += _without_examples(documents[folder], known[folder], asked[folder])
    problems += _said_twice(documents["thesaurus"], everyday)
    problems += _unknown_sides(documents["asking_on"], ways, known[ENTRIES])
    asking = Asking(
        tuple(Neighbour(o.id, o.name, o.says, asked["neighbours"].get(o.id, ()), o.near) for o in neighbours),
        tuple(EverydayWord(tuple(one.said), one.means, one.why) for one in everyday),
        tuple(_way(one, asked["asking_on"]) for one in ways),
    )
    read = tuple(one for files in examples.values() for one in files)
    return AskingFile(asking, read, tuple(documents.values()), tuple(problems))


def _way(one: AskingOnShape, examples: Mapping[str, tuple[str, ...]]) -> WayOfAskingOn:
    sides = {theme: tuple(entries) for theme, entries in one.sides.items()}
    return WayOfAskingOn(one.kind, examples.get(one.kind, ()), one.towards, sides)


def with_examples(entries: Mapping[str, Entry], file: AskingFile) -> dict[str, Entry]:
    """The entries with the examples that stand in files of their own beside those written in the entry."""
    more = {one.of: one.texts for one in file.examples if one.file.startswith(f"{EXAMPLES}/{ENTRIES}/")}
    return {name: replace(entry, asked_as=(*entry.asked_as, *more.get(name, ()))) for name, entry in entries.items()}


def _examples(root: Path, folder: str, known: list[str], problems: list[Problem]) -> list[Examples]:
    found = []
    for path in sorted((root / EXAMPLES / folder).glob("*.txt")):
        name = path.relative_to(root).as_posix()
        lines, problem = read_lines(root, name)
        if problem is not None:
            problems.append(problem)
        elif path.stem in known:
            found.append(Examples(name, path.stem, lines))
        else:
            slots = {"name": path.stem, "hint": did_you_mean(path.stem, known)}
            problems.append(Problem(name, 0, (), Grade.FAULT, "examples_of_nothing", slots))
    return found


def _without_examples(document: Document, ids: list[str], examples: Mapping[str, object]) -> Iterator[Problem]:
    for place, one in enumerate(ids):
        if not examples.get(one):
            yield document.problem((place,), "no_examples", name=one)


def _unknown_sides(document: Document, ways: list[AskingOnShape], entries: list[str]) -> Iterator[Problem]:
    for place, way in enumerate(ways):
        for theme, ids in way.sides.items():
            for at, one in enumerate(ids):
                if one not in entries:
                    hint = did_you_mean(one, entries)
                    yield document.problem((place, "sides", theme, at), "unknown_entry", name=one, hint=hint)


def _said_twice(document: Document, lines: list[EverydayShape]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for place, line in enumerate(lines):
        for word in line.said:
            other = first.setdefault(fold(word), line.means)
            if other != line.means:
                yield document.problem((place,), "said_twice", word=word, other=other)
