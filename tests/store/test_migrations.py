"""A database of any age opens; one from the future is left alone."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from bot.store import migrations
from bot.store.database import open_database
from bot.store.migrations import STEPS, bring_up_to_date
from bot.store.tables import immediate
from tests.store.samples import AT, USER, session

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [step.__name__ for step in STEPS]


def m999_added(database: Database) -> None:
    database.execute("ALTER TABLE states ADD COLUMN added TEXT")


def m999_broken(database: Database) -> None:
    m999_added(database)
    raise RuntimeError("half way")


def schema(path: Path) -> str:
    database = Database(path)
    text = database.schema
    database.close()
    return text


def made_by(path: Path, number: int) -> None:
    """A database as the first `number` steps left it."""
    database = Database(path)
    migrations.migrations().apply(database, stop_before=NAMES[number] if number < len(NAMES) else None)
    database.close()


def test_steps_are_numbered_in_order() -> None:
    assert [name[:5] for name in NAMES] == [f"m{number:03}_" for number in range(1, len(NAMES) + 1)]


@pytest.mark.parametrize("number", range(len(NAMES) + 1))
def test_a_database_made_by_each_older_number_is_brought_up_to_date(tmp_path: Path, number: int) -> None:
    made_by(tmp_path / "old.db", number)
    open_database(tmp_path / "old.db").close()
    open_database(tmp_path / "new.db").close()
    assert schema(tmp_path / "old.db") == schema(tmp_path / "new.db")


def test_a_step_that_is_added_later_keeps_what_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_database(path)
    store.keep_state(USER, {"at": "flow"}, AT)
    store.keep_session(USER, session())
    store.close()
    monkeypatch.setattr(migrations, "STEPS", (*STEPS, m999_added))
    store = open_database(path)
    assert (store.state(USER), store.sessions(USER)) == ({"at": "flow"}, (session(),))
    store.close()
    assert "added TEXT" in schema(path)


def test_a_step_that_fails_leaves_the_database_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_database(path).close()
    before = schema(path)
    monkeypatch.setattr(migrations, "STEPS", (*STEPS, m999_broken))
    with pytest.raises(RuntimeError, match="half way"):
        open_database(path)
    assert schema(path) == before


def test_a_database_of_a_newer_program_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(migrations, "STEPS", (*STEPS, m999_added))
        open_database(path).close()
    with pytest.raises(RuntimeError, match="the database is newer than this program: m999_added"):
        open_database(path)


def test_a_database_that_is_up_to_date_is_opened_while_another_process_writes(path: Path) -> None:
    open_database(path).close()
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    reader = Database(path)
    bring_up_to_date(reader)
    reader.close()
    writer.close()


def test_of_two_programs_that_start_together_the_second_waits_and_finds_it_done(path: Path) -> None:
    first = Database(sqlite3.connect(path, isolation_level=None))
    first.enable_wal()
    second = Database(sqlite3.connect(path, isolation_level=None, check_same_thread=False))
    with ThreadPoolExecutor(1) as other:
        with immediate(first):
            waiting = other.submit(bring_up_to_date, second)
            time.sleep(0.1)  # so that the second has seen an empty database
            migrations.migrations().apply(first)
        waiting.result()
    assert [step.name for step in migrations.migrations().applied(second)] == NAMES
    first.close()
    second.close()
