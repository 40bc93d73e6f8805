"""The files that authors write: where they are, and their text as documents.

The only module here that touches a disk; what cannot be read there is a fault, never an exception.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.content.document import Document
from bot.content.problems import Grade, Problem
from bot.content.strict import read_yaml

FLOWS, KNOWLEDGE = "flows", "knowledge"
_BOT = Path(__file__).resolve().parents[1]


def content_root() -> Path:
    """The checkout's own folder where there is one, else the copy inside the wheel."""
    checkout = _BOT.parent
    return checkout if (checkout / FLOWS).is_dir() and (checkout / KNOWLEDGE).is_dir() else _BOT / "_data"


def read_document(root: Path, name: str, label: str = "") -> Document:
    """The file `name` under `root`; `label` names it in trails. What cannot be read is a document with that fault."""
    try:
        text = (root / name).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return _unreadable(name, "not_utf8")
    except OSError:
        return _unreadable(name, "missing_file")
    return read_yaml(text, name, label)


def read_lines(root: Path, name: str) -> tuple[dict[int, str], Problem | None]:
    """The lines of a plain text that have something in them, by number; those that begin with # are notes."""
    try:
        text = (root / name).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return {}, Problem(name, 0, (), Grade.FAULT, "not_utf8", {"file": name})
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    return {number: line for number, line in lines if line and not line.startswith("#")}, None


def _unreadable(name: str, code: str) -> Document:
    return Document(name, None, problems=(Problem(name, 0, (), Grade.FAULT, code, {"file": name}),), readable=False)


def not_read(root: Path, folders: Iterable[str]) -> Iterator[Problem]:
    """Files that look like content but that no reader opens: another ending, or a folder of no meaning."""
    known = {FLOWS, KNOWLEDGE, *folders}
    for top in (FLOWS, KNOWLEDGE):
        for path in sorted([*(root / top).rglob("*.yml"), *(root / top).rglob("*.yaml")]):
            name = path.relative_to(root).as_posix()
            if path.suffix == ".yml" or name.rpartition("/")[0] not in known:
                yield Problem(name, 0, (), Grade.FAULT, "not_read")


def names_in(root: Path, folder: str) -> Iterator[str]:
    """The YAML files of a folder, by their names from the root."""
    yield from (f"{folder}/{path.name}" for path in sorted((root / folder).glob("*.yaml")))
