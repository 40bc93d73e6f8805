"""The index as a file, so that it is built once and not at every start.

It can always be made anew: a file that is not there, not ours or not whole is built over, and where nothing can be
written nothing is. The name says of what it was made; others of its kind are swept away.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.japanese import width, words
from bot.retrieval import features, index, space
from bot.retrieval.index import Index, Unit
from bot.retrieval.space import Space

_DICTIONARY = ("sudachipy", "sudachidict-core")
_NAME = "index-{}.npz"
_ARRAYS = ("keys", "rarity", "starts", "units", "shares")


def kept_index(folder: Path, units: tuple[Unit, ...], build: Callable[[], Index]) -> Index:
    """The index out of its file, or built and put there."""
    path = folder / _NAME.format(_made_of(units))
    with suppress(OSError, EOFError, ValueError, KeyError, BadZipFile):
        return _read(path, units)
    made = build()
    with suppress(OSError):
        _put(path, made)
    return made


def _read(path: Path, units: tuple[Unit, ...]) -> Index:
    with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
        spaces = {kind: _space(file, kind, len(units)) for kind in features.KINDS}
    return Index(units, spaces)


def _space(file: Mapping[str, Any], kind: str, count: int) -> Space:
    keys, rarity, starts, units, shares = (file[f"{kind}.{name}"] for name in _ARRAYS)
    return Space(keys, rarity, starts, units, shares, count)


def _made_of(units: tuple[Unit, ...]) -> str:
    """Changes with any text of a unit, with the code that reads it and with the dictionary."""
    made = hashlib.sha256(repr(units).encode("utf-8", "surrogatepass"))
    for module in (features, index, space, width, words):
        made.update(Path(str(module.__file__)).read_bytes())
    made.update("".join(version(name) for name in _DICTIONARY).encode())
    return made.hexdigest()[:16]


def _put(path: Path, made: Index) -> None:
    """Whole or not at all; what was made of other words goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for other in [*path.parent.glob("index-*.npz"), *path.parent.glob("index-*.bin")]:  # .bin: before version 0.2
        other.unlink(missing_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.npz")
    arrays = {f"{kind}.{name}": getattr(one, name) for kind, one in made.spaces.items() for name in _ARRAYS}
    np.savez(draft, **arrays)
    draft.replace(path)
