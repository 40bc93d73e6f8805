"""The door to everything that authors write: flows alone, entries alone, or all of it with every fault.

Each reader reads only what it needs, because a command must answer within half a second. What has faults is left out
and told under `problems`; nothing an author can write makes a reader raise.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.content.asking import AskingFile, read_asking, with_examples
from bot.content.book import FRAMES, BookFile, read_book
from bot.content.checks import links, together
from bot.content.checks.book import book_problems, old_notes, phrasings_twice
from bot.content.checks.sentences import sentence_problems
from bot.content.entries import PARTS, EntryFile, entries_of, read_entry_files, read_works
from bot.content.files import FLOWS, KNOWLEDGE, content_root, names_in, not_read, read_document
from bot.content.flows import Outcome, Shelf, flow_from_source, proven
from bot.content.problems import Catalogue, Grade, Problem, as_json, faults, ordered, render, sentence
from bot.content.shapes import FLOW_ID_PATTERN
from bot.content.wording import WORDS, Avoid, Wording, read_catalogue, read_wording
from bot.conversation.library import Danger, Words
from bot.engine.flow import Flow
from bot.retrieval.asking import NOTHING, Asking
from bot.retrieval.book import Book
from bot.retrieval.entry import Entry, Work

__all__ = [
    "Content",
    "Entries",
    "Flows",
    "Grade",
    "Problem",
    "as_json",
    "content_root",
    "faults",
    "flow_from_source",
    "read_catalogue",
    "read_content",
    "read_entries",
    "read_flow",
    "read_flows",
    "render",
    "sentence",
]


Sentences = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Flows:
    flows: dict[str, Flow]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Entries:
    entries: dict[str, Entry]
    works: dict[str, Work]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Content:
    flows: dict[str, Flow]
    entries: dict[str, Entry]
    works: dict[str, Work]
    words: Words
    danger: Danger
    avoid: tuple[Avoid, ...]
    family_names: tuple[str, ...]
    faults_catalogue: Catalogue
    problems: tuple[Problem, ...]
    book: Book = field(default_factory=Book)
    asking: Asking = NOTHING


def flow_ids(root: Path) -> list[str]:
    return [name.removeprefix(f"{FLOWS}/").removesuffix(".yaml") for name in names_in(root, FLOWS)]


def shelf_of(root: Path) -> Shelf:
    return Shelf(lambda one: read_document(root, f"{FLOWS}/{one}.yaml", f"flow「{one}」"), flow_ids(root))


def read_flows(root: Path) -> Flows:
    """Every flow without faults of its own; links to knowledge are not followed."""
    outcomes = shelf_of(root).all()
    return Flows(_whole(outcomes), _problems(outcomes))


def read_flow(root: Path, flow_id: str) -> Flows:
    """One flow, and the faults of it and of all it includes; no flow and no problem where there is no such file."""
    outcomes = shelf_of(root).needed(flow_id)
    return Flows(_whole(outcomes[:1]), _problems(outcomes))


def _whole(outcomes: list[Outcome]) -> dict[str, Flow]:
    return {outcome.flow.id: outcome.flow for outcome in outcomes if outcome.flow is not None}


def _problems(outcomes: list[Outcome]) -> tuple[Problem, ...]:
    return ordered(problem for outcome in outcomes for problem in outcome.problems)


def read_entries(root: Path) -> Entries:
    files, works = read_entry_files(root), read_works(root)
    problems = ordered([*works.problems, *(p for file in files for p in file.problems)])
    return Entries(entries_of(files, works.works), works.works, problems)


def read_content(
    root: Path, *, prove: bool = True, sentences: Sentences | None = None, today: date | None = None
) -> Content:
    """All of it, with every fault and every issue.

    `prove` looks for rules that can never hold, which takes longest; `sentences`: the keys and slots the program uses;
    `today`: to tell dated facts that nobody looked at for a year.
    """
    shelf, files, works, wording = shelf_of(root), read_entry_files(root), read_works(root), read_wording(root)
    book, asking, outcomes = read_book(root), read_asking(root, files), shelf.all()
    problems = ordered(
        [
            *_folder_problems(root, shelf),
            *wording.problems,
            *works.problems,
            *(p for file in files for p in file.problems),
            *book.problems,
            *asking.problems,
            *_knowledge_problems(files, frozenset(works.works), wording, book, asking),
            *(() if today is None else old_notes(book, today)),
            *(p for outcome in outcomes for p in outcome.problems),
            *(p for outcome in outcomes if prove for p in proven(outcome)),
            *_flow_problems(outcomes, files, wording),
            *(() if sentences is None else sentence_problems(wording.documents, sentences, f"{WORDS}/")),
        ]
    )
    bad = {problem.file for problem in faults(problems)}
    flows = {name: flow for name, flow in _whole(outcomes).items() if f"{FLOWS}/{name}.yaml" not in bad}
    entries = entries_of((file for file in files if file.document.file not in bad), works.works)
    return Content(
        flows,
        with_examples(entries, asking),
        works.works,
        wording.words,
        wording.danger,
        wording.avoid,
        wording.family_names,
        wording.catalogue,
        problems,
        book.book,
        asking.asking,
    )


def _folder_problems(root: Path, shelf: Shelf) -> Iterator[Problem]:
    yield from not_read(root, [WORDS, FRAMES, *(f"{KNOWLEDGE}/{part}" for part in PARTS)])
    if not (root / FLOWS).is_dir():
        yield Problem(f"{FLOWS}/", 0, (), Grade.FAULT, "missing_file", {"file": f"{FLOWS}/"})
    for one in shelf.known:
        if not re.match(FLOW_ID_PATTERN, one):
            yield Problem(f"{FLOWS}/{one}.yaml", 0, (), Grade.FAULT, "bad_flow_id", {"name": one})


def _knowledge_problems(
    files: tuple[EntryFile, ...], works: frozenset[str], wording: Wording, book: BookFile, asking: AskingFile
) -> Iterator[Problem]:
    yield from together.misplaced_entries(files)
    yield from together.entries_twice(files)
    for file in files:
        yield from links.unknown_references(file.document, works)
        yield from links.avoided_words(file.document, wording.avoid)
    for document in (*wording.documents, *book.documents, *asking.documents):
        yield from links.avoided_words(document, wording.avoid)
    yield from book_problems(files, book)
    yield from phrasings_twice(files, asking)


def _flow_problems(outcomes: list[Outcome], files: tuple[EntryFile, ...], wording: Wording) -> Iterator[Problem]:
    flow_files = [outcome.file for outcome in outcomes if outcome.file is not None]
    yield from together.flow_names_twice(flow_files)
    yield from together.unknown_shelves(flow_files, wording.words.texts.get("shelves", "").split("、"))
    entries = [file.id for file in files]
    for document in (file.document for file in flow_files):
        yield from links.unknown_entries(document, entries)
        yield from links.command_words(document, wording.words.commands)
        yield from links.avoided_words(document, wording.avoid)
