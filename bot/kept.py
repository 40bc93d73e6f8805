"""The index as a file, so that it is built once and not at every start.

It can always be made anew: a file that is not there, not ours or not whole is built over, and where nothing can be
written nothing is. The name says of what it was made; others of its kind are swept away.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from bot.japanese import width, words
from bot.japanese.words import Tokenise
from bot.retrieval import index as indexing
from bot.retrieval.entry import Entry
from bot.retrieval.index import Index, from_plain, to_plain

_DICTIONARY = ("sudachipy", "sudachidict-core")
_NAME = "index-{}.bin"


def kept_index(folder: Path, entries: Iterable[Entry], tokenise: Tokenise, build: Callable[[], Index]) -> Index:
    """The index out of its file, or built and put there."""
    told = tuple(entries)
    path = folder / _NAME.format(_made_of(told))
    with suppress(OSError, EOFError, ValueError, TypeError):
        return from_plain(marshal.loads(path.read_bytes()), told, tokenise)  # noqa: S302  our own file, of plain data
    index = build()
    with suppress(OSError):
        _put(path, marshal.dumps(to_plain(index)))
    return index


def _made_of(entries: tuple[Entry, ...]) -> str:
    """Changes with any word of an entry, with the code that reads it and with the dictionary."""
    made = hashlib.sha256("\n".join(map(repr, entries)).encode("utf-8", "surrogatepass"))
    for module in (indexing, width, words):
        made.update(Path(str(module.__file__)).read_bytes())
    made.update("".join(version(name) for name in _DICTIONARY).encode())
    return made.hexdigest()[:16]


def _put(path: Path, data: bytes) -> None:
    """Whole or not at all; what was made of other words goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for other in path.parent.glob(_NAME.format("*")):
        other.unlink(missing_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(path)
