"""The bot's own sentences and word lists: `knowledge/words/*.yaml`, `danger.yaml`, `guard.yaml`, `avoid.yaml`.

`commands.yaml` holds what people type for each command, `faults.yaml` what authors read about their files; every other
file under `words/` holds sentences by key. A file that is missing or broken leaves its part empty.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from bot.content.document import Document
from bot.content.files import KNOWLEDGE, names_in, read_document
from bot.content.knowledge_shapes import AvoidShape, DangerShape, GuardShape
from bot.content.problems import Catalogue, Problem
from bot.content.shapes import shown
from bot.content.shaping import shape, told
from bot.conversation.library import Danger, Words
from bot.japanese.width import fold

WORDS = f"{KNOWLEDGE}/words"
COMMANDS, FAULTS = f"{WORDS}/commands.yaml", f"{WORDS}/faults.yaml"


@dataclass(frozen=True)
class Avoid:
    """A word that hurts, the longer words in which it is a name, and what to write instead."""

    word: str
    instead: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wording:
    words: Words = field(default_factory=lambda: Words({}, {}))
    catalogue: Catalogue = field(default_factory=dict)
    danger: Danger = field(default_factory=Danger)
    avoid: tuple[Avoid, ...] = ()
    family_names: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()  # of the sentences that people read
    problems: tuple[Problem, ...] = ()


def read_wording(root: Path) -> Wording:
    problems: list[Problem] = []
    commands = _commands(_read(root, COMMANDS, problems), problems)
    catalogue = _sentences(_read(root, FAULTS, problems), {}, problems)
    texts: dict[str, str] = {}
    seen: dict[str, str] = {}
    others = [name for name in names_in(root, WORDS) if name not in (COMMANDS, FAULTS)]
    documents = [_read(root, name, problems) for name in others]
    for document in documents:
        texts |= _sentences(document, seen, problems)
    danger = _danger(_read(root, f"{KNOWLEDGE}/danger.yaml", problems), problems)
    avoid = _avoid(_read(root, f"{KNOWLEDGE}/avoid.yaml", problems), problems)
    names = _family_names(_read(root, f"{KNOWLEDGE}/guard.yaml", problems), problems)
    return Wording(Words(texts, commands), catalogue, danger, avoid, names, tuple(documents), tuple(problems))


def read_catalogue(root: Path) -> Catalogue:
    """Only the sentences for authors."""
    return _sentences(read_document(root, FAULTS), {}, [])


def _read(root: Path, name: str, problems: list[Problem]) -> Document:
    document = read_document(root, name)
    problems += document.problems
    return document


def _mapping(document: Document, problems: list[Problem]) -> Mapping[str, object]:
    if isinstance(document.data, dict):
        return document.data
    if document.readable:
        problems.append(document.problem((), "not_a_mapping", found=shown(document.data)))
    return {}


def _sentences(document: Document, seen: dict[str, str], problems: list[Problem]) -> dict[str, str]:
    """`seen` is shared by the files whose keys must differ: key -> where it stands."""
    texts: dict[str, str] = {}
    for key, text in _mapping(document, problems).items():
        if not isinstance(text, str):
            problems.append(document.problem((key,), "not_a_text", found=shown(text)))
        elif not _has_good_braces(text):
            problems.append(document.problem((key,), "bad_braces"))
        elif key in seen:
            problems.append(document.problem((key,), "sentence_twice", key=key, first=seen[key]))
        else:
            seen[key] = f"{document.file}:{document.line((key,))}"
            texts[key] = text.rstrip("\n")
    return texts


def _has_good_braces(text: str) -> bool:
    try:
        return all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(text))
    except ValueError:
        return False


def _commands(document: Document, problems: list[Problem]) -> dict[str, str]:
    known: dict[str, str] = {}
    for key, words in _mapping(document, problems).items():
        if not isinstance(words, list):
            problems.append(document.problem((key,), "not_a_list", found=shown(words)))
            continue
        for place, word in enumerate(words):
            if not isinstance(word, str):
                problems.append(document.problem((key, place), "not_a_text", found=shown(word)))
            elif known.setdefault(fold(word), key) != key:
                problems.append(document.problem((key, place), "command_twice", word=word, other=known[fold(word)]))
    return known


def _danger(document: Document, problems: list[Problem]) -> Danger:
    if not document.readable:
        return Danger()
    shaped = shape(DangerShape, document.data)
    problems += told(document, shaped.flaws)
    if shaped.value is None:
        return Danger()
    broken = list(_bad_patterns(document, shaped.value))
    problems += broken
    return Danger() if broken else Danger(tuple(shaped.value.patterns), tuple(shaped.value.work))


def _family_names(document: Document, problems: list[Problem]) -> tuple[str, ...]:
    if not document.readable:
        return ()
    shaped = shape(GuardShape, document.data)
    problems += told(document, shaped.flaws)
    return () if shaped.value is None else tuple(shaped.value.family_names)


def _bad_patterns(document: Document, shape: DangerShape) -> Iterator[Problem]:
    for key, patterns in (("patterns", shape.patterns), ("work", shape.work)):
        for place, pattern in enumerate(patterns):
            try:
                re.compile(pattern)
            except re.error:
                yield document.problem((key, place), "bad_pattern", text=pattern)


def _avoid(document: Document, problems: list[Problem]) -> tuple[Avoid, ...]:
    if not document.readable:
        return ()
    if not isinstance(document.data, list):
        problems.append(document.problem((), "not_a_list", found=shown(document.data)))
        return ()
    shaped = [shape(AvoidShape, data) for data in document.data]
    problems += [p for place, one in enumerate(shaped) for p in told(document, one.flaws, (place,))]
    return tuple(Avoid(o.value.word, o.value.instead, tuple(o.value.except_)) for o in shaped if o.value is not None)
