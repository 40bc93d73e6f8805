"""What is acknowledged stays, whatever happens to the process, and several processes get along."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from bot.store import database
from bot.store.database import open_database
from tests.store.samples import AT, USER

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.store import Store

BEGIN = """
import sys
from bot.store.database import open_database
AT, USER = "2026-11-23T10:00:00+09:00", "a" * 64
"""

KEEPS_AND_HANGS = f"""{BEGIN}
store = open_database(sys.argv[1])
with store.transaction():
    store.keep_state(USER, {{"turn": 1}}, AT)
    store.log(USER, None, AT, [("answered", {{"value": "はい"}})])
    store.remember("telegram", USER, 1, {{"text": "記録しました"}}, AT)
with store.transaction():
    store.keep_state(USER, {{"turn": 2}}, AT)
    print("kept", flush=True)
    sys.stdin.read()
"""

COUNTS = f"""{BEGIN}
sys.stdin.readline()
store = open_database(sys.argv[1])
for _ in range(40):
    with store.transaction():
        state = store.state(USER) or {{"turn": 0}}
        store.keep_state(USER, {{"turn": state["turn"] + 1}}, AT)
        store.log(USER, None, AT, [("answered", {{}})])
"""


def child(script: str, path: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", script, str(path)], stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_kill_9_after_a_commit_loses_nothing_and_keeps_nothing_half_done(path: Path) -> None:
    running = child(KEEPS_AND_HANGS, path)
    assert running.stdout
    assert running.stdout.readline() == "kept\n"
    running.kill()
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    store = open_database(path)
    assert store.state(USER) == {"turn": 1}
    assert [row.data for row in store.events(USER)] == [{"value": "はい"}]
    assert store.seen("telegram", USER, 1) == {"text": "記録しました"}
    store.close()


def test_processes_that_make_the_database_together_and_write_at_once_lose_nothing(path: Path) -> None:
    running = [child(COUNTS, path) for _ in range(3)]
    for one in running:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    assert [one.communicate()[1] for one in running] == [""] * 3
    store = open_database(path)
    assert store.state(USER) == {"turn": 120}
    assert len(store.events(USER)) == 120
    store.close()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("fullfsync", 1),
        ("busy_timeout", 5000),
        ("foreign_keys", 1),
        ("secure_delete", 1),
    ],
)
def test_every_connection_is_set_to_keep_and_to_wipe(store: Store, setting: str, value: object) -> None:
    assert store._database.execute(f"PRAGMA {setting}").fetchone() == (value,)


def test_what_was_kept_is_there_after_closing(path: Path) -> None:
    store = open_database(path)
    store.keep_state(USER, {"turn": 1}, AT)
    store.close()
    again = open_database(str(path))
    assert again.state(USER) == {"turn": 1}
    again.close()


def test_a_database_in_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_database(":memory:")
    store.keep_state(USER, {"turn": 1}, AT)
    assert store.tidy(AT)
    assert store.state(USER) == {"turn": 1}
    store.close()
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path) -> None:
    path.write_text("これは日記です。" * 200, encoding="utf-8")
    with pytest.raises(sqlite3.DatabaseError):
        open_database(path)
    assert path.read_text(encoding="utf-8") == "これは日記です。" * 200


class Busy(sqlite3.Connection):
    """Refuses the switch to WAL so many times, as SQLite does to one of two that make a database together."""

    refusals = 0

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if "journal_mode" in sql and self.refusals:
            self.refusals -= 1
            raise sqlite3.OperationalError("database is locked")
        return super().execute(sql, parameters)


@pytest.fixture
def busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> Busy:
    monkeypatch.setattr("bot.store.database.time.sleep", lambda seconds: None)
    return sqlite3.connect(path, factory=Busy)


def test_the_switch_to_wal_waits_for_another_process(busy: Busy) -> None:
    busy.refusals = 3
    database._switch_to_wal(busy)
    assert busy.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    busy.close()


def test_the_switch_to_wal_does_not_wait_for_ever(busy: Busy) -> None:
    busy.refusals = 1000
    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        database._switch_to_wal(busy)
    busy.close()
