"""Opening the database: what makes an acknowledged answer survive, and a deleted one not.

WAL with synchronous=FULL: a commit returns when it is on the disk, so neither kill -9 nor a power cut takes it back.
secure_delete writes zeros over what is deleted. Whatever must hold for every connection is set here and nowhere else.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from sqlite_utils import Database

from bot.store.drawn import Drawn
from bot.store.files import MEMORY, make_folder, make_private, tighten
from bot.store.migrations import bring_up_to_date
from bot.store.store import Store

_WAIT = 5.0  # seconds for another process's transaction
_TRIES = 50

_SETTINGS = (
    f"busy_timeout = {int(_WAIT * 1000)}",
    "synchronous = FULL",
    "fullfsync = ON",  # macOS: its fsync stops at the disk's own cache
    "foreign_keys = ON",
    "secure_delete = ON",
)


def open_database(path: Path | str) -> Store:
    """The store in this file, made if absent and brought up to date; ":memory:" for one that is gone at close."""
    if str(path) != MEMORY:
        _prepare(Path(path))
    # isolation_level None: Python opens no transaction behind our back. One thread at a time is the caller's promise.
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    files = Drawn(None if str(path) == MEMORY else Path(f"{path}-files"))
    try:
        return Store(_set_up(connection), files)
    except BaseException:
        connection.close()
        raise


def _prepare(path: Path) -> None:
    make_folder(path)
    make_private(path)
    for suffix in ("", "-wal", "-shm"):  # SQLite gives new ones the rights of the database
        tighten(Path(f"{path}{suffix}"))


def _set_up(connection: sqlite3.Connection) -> Database:
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    _switch_to_wal(connection)
    database = Database(connection, execute_plugins=False)
    bring_up_to_date(database)
    return database


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Two processes that make the database together: SQLite refuses one of them here without waiting, so we wait."""
    switch = "PRAGMA journal_mode = WAL"
    for _ in range(_TRIES):
        with suppress(sqlite3.OperationalError):
            connection.execute(switch)
            return
        time.sleep(_WAIT / _TRIES)
    connection.execute(switch)  # once more, for its error
