"""How the tables came to be: numbered steps, each in one transaction with the record that it was taken.

The rule: a step is never edited once a database outside this folder may have taken it; a change is a new function at
the end and a new name in STEPS. Steps are plain SQL: code that they would call may change, they may not. A table with
rows of a user has a column `user`: `Store.forget` goes by that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from bot.store.tables import immediate

if TYPE_CHECKING:
    from sqlite_utils import Database


def m001_initial(database: Database) -> None:
    # AUTOINCREMENT: a number that a deletion set free must not come back, a stored answer may still name it.
    # No foreign keys: the fact that a session was deleted may be logged after it is gone.
    database.executescript("""
        CREATE TABLE updates (
            channel TEXT NOT NULL,
            user TEXT NOT NULL,
            update_id TEXT NOT NULL,
            at TEXT NOT NULL,
            answer TEXT NOT NULL,
            UNIQUE (channel, user, update_id)
        );
        CREATE TABLE states (
            user TEXT PRIMARY KEY,
            state TEXT NOT NULL,
            changed TEXT NOT NULL
        );
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY,
            user TEXT NOT NULL,
            flow TEXT NOT NULL,
            version TEXT NOT NULL,
            label TEXT NOT NULL,
            started TEXT NOT NULL,
            changed TEXT NOT NULL,
            finished TEXT NOT NULL,
            data TEXT NOT NULL
        );
        CREATE INDEX sessions_of_user ON sessions (user);
        CREATE TABLE events (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            user TEXT NOT NULL,
            session TEXT,
            at TEXT NOT NULL,
            kind TEXT NOT NULL,
            data TEXT NOT NULL
        );
        CREATE INDEX events_of_session ON events (user, session);
        CREATE TABLE flow_versions (
            version TEXT PRIMARY KEY,
            flow TEXT NOT NULL,
            content TEXT NOT NULL
        );
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            channel TEXT NOT NULL,
            user TEXT NOT NULL,
            address TEXT,
            payload TEXT NOT NULL,
            made TEXT NOT NULL,
            sent TEXT,
            given_up TEXT
        );
        CREATE INDEX outbox_owed ON outbox (channel, id) WHERE sent IS NULL AND given_up IS NULL;
    """)


def m002_codes(database: Database) -> None:
    # `code` is a keyed hash everywhere: who reads the file, or a copy of it, holds no code.
    database.executescript("""
        CREATE TABLE invitations (
            code TEXT PRIMARY KEY,
            until TEXT NOT NULL,
            once INTEGER NOT NULL
        );
        CREATE TABLE guests (
            user TEXT PRIMARY KEY,
            since TEXT NOT NULL
        );
        CREATE TABLE codes (
            code TEXT PRIMARY KEY,
            user TEXT NOT NULL,
            session TEXT NOT NULL UNIQUE,
            until TEXT NOT NULL
        );
    """)


STEPS = (m001_initial, m002_codes)


def migrations() -> Migrations:
    known = Migrations("bansou")
    for step in STEPS:
        known()(step)
    return known


def unknown_steps(database: Database) -> list[str]:
    """Those that a later version of this program took."""
    return sorted({step.name for step in migrations().applied(database)} - {step.__name__ for step in STEPS})


def bring_up_to_date(database: Database) -> None:
    """Take the steps that this database has not taken; RuntimeError if it took one that this program does not know."""
    known = migrations()
    if unknown := unknown_steps(database):
        raise RuntimeError(f"the database is newer than this program: {', '.join(unknown)}")
    if known.pending(database):
        # Two processes that start together: the second waits here, then finds nothing pending.
        with immediate(database):
            known.apply(database)
