"""The book as a whole: every section told once, no page that it does not have, no abbreviation left unexplained."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from unicodedata import normalize

from bot.content.asking import AskingFile
from bot.content.book import BookFile
from bot.content.document import Document
from bot.content.entries import EntryFile
from bot.content.problems import Grade, Problem
from bot.engine.expressions.names import did_you_mean
from bot.japanese.width import fold
from bot.retrieval.book import Section

SECTIONS, GLOSSARY, DATED = "knowledge/sections.yaml", "knowledge/glossary.yaml", "knowledge/dated.yaml"
OLD = timedelta(days=365)  # a dated fact wants looking at again
_ABBREVIATION = re.compile(r"[A-Za-z][A-Za-z0-9&]*[A-Z&][A-Za-z0-9&]*")
_UNITS = frozenset({"BMI"})


def book_problems(files: tuple[EntryFile, ...], book: BookFile) -> Iterator[Problem]:
    sections = {section.entry: section for heading in book.book.headings for section in heading.sections}
    if sections:
        yield from _untold(files, sections)
        for file in files:
            yield from _outline(file, sections)
    yield from _unexplained(files, book)
    yield from _terms(files, book)


def _untold(files: tuple[EntryFile, ...], sections: dict[str, Section]) -> Iterator[Problem]:
    told = {file.id for file in files}
    for entry, section in sections.items():
        if entry not in told:
            slots = {"entry": entry, "title": section.title, "page": str(section.page)}
            yield Problem(SECTIONS, 0, (), Grade.FAULT, "section_untold", slots)


def _outline(file: EntryFile, sections: dict[str, Section]) -> Iterator[Problem]:
    """An entry must tell a section that there is, by its title; what it refers to must be in the book."""
    if file.shape is None:
        return
    section = sections.get(file.shape.part_of or file.shape.id)
    if section is None:
        hint = did_you_mean(file.shape.id, sections)
        yield file.document.problem(("id",), "no_such_section", id=file.shape.id, hint=hint)
    elif file.shape.part_of is None and file.shape.title != section.title:
        yield file.document.problem(("title",), "other_title", wanted=section.title)
    pages = {page for one in sections.values() for page in range(one.page, one.last + 1)}
    for place, related in enumerate(file.shape.related):
        if related.page not in pages:
            yield file.document.problem(("related", place, "page"), "no_such_page", page=str(related.page))


def phrasings_twice(files: tuple[EntryFile, ...], asking: AskingFile) -> Iterator[Problem]:
    """An example must point to one thing only."""
    first: dict[str, str] = {}
    for file in files:
        for place, text in enumerate(file.shape.asked_as if file.shape else []):
            other = first.setdefault(_plain(text), file.id)
            if other != file.id:
                yield file.document.problem(("asked_as", place), "asked_twice", text=text, other=other)
    for one in asking.examples:
        for number, text in one.lines.items():
            other = first.setdefault(_plain(text), one.of)
            if other != one.of:
                slots = {"text": text, "other": other}
                yield Problem(one.file, number, (), Grade.FAULT, "asked_twice", slots)


def _plain(text: str) -> str:
    return normalize("NFKC", text).lower()  # `fold` would take half of the time


def _unexplained(files: tuple[EntryFile, ...], book: BookFile) -> Iterator[Problem]:
    """Abbreviations in what people read that the glossary does not have."""
    terms = book.book.terms
    if not terms:
        return
    known = {fold(name) for term in terms for name in (term.term, *term.also)}
    for file in files:
        for loc, text in _read_aloud(file):
            for found in sorted(set(_ABBREVIATION.findall(text))):
                if fold(found) not in known and found not in _UNITS:
                    yield file.document.problem(loc, "unexplained", name=found)


def _read_aloud(file: EntryFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if file.shape is not None:
        yield ("short",), file.shape.short
        yield from ((("viewpoints", place), text) for place, text in enumerate(file.shape.viewpoints))


def _terms(files: tuple[EntryFile, ...], book: BookFile) -> Iterator[Problem]:
    document = next((one for one in book.documents if one.file == GLOSSARY), Document(GLOSSARY, None))
    entries = [file.id for file in files]
    first: dict[str, str] = {}
    for place, term in enumerate(book.book.terms):
        for name in (term.term, *term.also):
            other = first.setdefault(fold(name), term.term)
            if other != term.term:
                yield document.problem((place,), "term_twice", name=name, other=other)
        if term.entry and term.entry not in entries:
            hint = did_you_mean(term.entry, entries)
            yield document.problem((place, "entry"), "unknown_entry", name=term.entry, hint=hint)


def old_notes(book: BookFile, today: date) -> Iterator[Problem]:
    """Dated facts that nobody looked at for a year."""
    document = next((one for one in book.documents if one.file == DATED), Document(DATED, None))
    for place, one in enumerate(book.book.dated):
        if today - date.fromisoformat(one.checked_on) > OLD:
            yield document.issue((place, "checked_on"), "dated_old", about=one.about, day=one.checked_on)
