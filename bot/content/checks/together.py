"""What only all files side by side can show: ids and names given twice, entries in the wrong place."""

from collections.abc import Iterable, Iterator

from bot.content.entries import EntryFile
from bot.content.flow_file import FlowFile
from bot.content.problems import Problem
from bot.engine.expressions.names import did_you_mean
from bot.japanese.width import fold


def misplaced_entries(files: Iterable[EntryFile]) -> Iterator[Problem]:
    """The id says part and page; the folder and `page:` must say the same."""
    for file in files:
        if file.shape is None:
            continue
        part, page, *_ = file.shape.id.split("-")
        if part != file.part:
            yield file.document.problem(("id",), "entry_folder", id=file.shape.id, folder=file.part)
        if int(page) != file.shape.page:
            yield file.document.problem(("page",), "entry_page", id=file.shape.id, found=str(file.shape.page))
        whole = file.shape.part_of
        if whole is not None and not file.shape.id.startswith(whole + "-"):
            yield file.document.problem(("part_of",), "entry_part_of", id=file.shape.id, found=whole)


def entries_twice(files: Iterable[EntryFile]) -> Iterator[Problem]:
    ids: dict[str, str] = {}
    names: dict[tuple[str, str], str] = {}
    for file in files:
        if file.shape is None:
            continue
        shape, document = file.shape, file.document
        first = ids.setdefault(shape.id, document.file)
        if first != document.file:
            yield document.problem(("id",), "entry_twice", id=shape.id, first=first)
        first = names.setdefault((shape.theme, fold(shape.name)), document.file)
        if first != document.file:
            yield document.problem(("name",), "entry_name_twice", name=shape.name, theme=shape.theme, first=first)


def unknown_shelves(files: Iterable[FlowFile], shelves: Iterable[str]) -> Iterator[Problem]:
    """A flow stands under a heading that the menu has."""
    known = list(shelves)
    for file in files:
        if file.shape is not None and file.shape.shelf and file.shape.shelf not in known:
            hint = did_you_mean(file.shape.shelf, known)
            yield file.document.problem(("shelf",), "unknown_shelf", name=file.shape.shelf, hint=hint)


def flow_names_twice(files: Iterable[FlowFile]) -> Iterator[Problem]:
    """What people type to start a flow must lead to one flow."""
    first: dict[str, str] = {}
    for file in files:
        if file.shape is None:
            continue
        named = [(("title",), file.shape.title), *((("also", n), name) for n, name in enumerate(file.shape.also))]
        for loc, name in named:
            other = first.setdefault(fold(name), file.id)
            if other != file.id:
                yield file.document.problem(loc, "flow_name_twice", name=name, other=other)
