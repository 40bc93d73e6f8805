"""How a database and its key are doing, seen without changing them: for `bansou doctor`.

The rule: nothing is made, migrated or repaired here; a database that is not there stays so. What follows from what is
found, and in which words, is the caller's.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from enum import Enum, auto
from pathlib import Path

from sqlite_utils import Database

from bot.store.keys import read_key
from bot.store.migrations import unknown_steps

_WAIT = 1.0  # seconds for another process's transaction


class Condition(Enum):
    FINE = auto()
    ABSENT = auto()
    CLOSED = auto()  # we may not read and write it
    DAMAGED = auto()
    NEWER = auto()  # made by a later version of this program


def look_at_database(path: Path) -> Condition:
    if not path.exists():
        return Condition.ABSENT
    if not os.access(path, os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK | os.X_OK):
        return Condition.CLOSED  # SQLite writes its log beside it
    try:
        return _look_into(path)
    except sqlite3.DatabaseError:
        return Condition.DAMAGED


def _look_into(path: Path) -> Condition:
    uri = f"{path.absolute().as_uri()}?mode=rw"  # rw: a log that a crash left is read too
    with closing(sqlite3.connect(uri, uri=True, timeout=_WAIT)) as connection:
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            return Condition.DAMAGED
        newer = unknown_steps(Database(connection, execute_plugins=False))
        return Condition.NEWER if newer else Condition.FINE


def look_at_key(database: Path) -> Condition:
    path = Path(f"{database}.key")
    if not path.exists():
        return Condition.ABSENT
    try:
        read_key(path)
    except OSError:
        return Condition.CLOSED
    except ValueError:
        return Condition.DAMAGED
    return Condition.FINE


def open_to_others(database: Path) -> tuple[Path, ...]:
    """The files that not only their owner may read."""
    found = [Path(f"{database}{suffix}") for suffix in ("", "-wal", "-shm", ".key", ".lock")]
    return tuple(path for path in found if path.exists() and path.stat().st_mode & 0o077)
