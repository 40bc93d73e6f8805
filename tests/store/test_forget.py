"""Forgetting is complete: no row, and no byte in the file."""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.store.samples import AT, LATER, OTHER, USER, session

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.store import Store

FIRST = datetime(2026, 11, 1, tzinfo=UTC)


def fill(store: Store, user: str) -> None:
    """A row of this user in every table that has users, and its text in every column that takes any."""
    said = {"said": f"{user}の秘密"}
    store.keep_state(user, said, AT)
    store.keep_session(user, session(f"{user} s", **said))
    store.log(user, f"{user} s", AT, [("answered", said)])
    store.remember("telegram", user, f"{user} 1", said, AT)
    owed, done, _ = store.queue("telegram", user, f"{user}の宛先", [said, said, said], AT)
    store.sent(done, AT)
    store.give_up(owed, AT)
    store.codes.invite(f"{user} invitation", LATER, once=True)
    assert store.codes.admit(user, f"{user} invitation", AT)
    store.codes.give(user, f"{user} s", f"{user} code", LATER)


def rows_of(store: Store, user: str) -> dict[str, int]:
    """Of each table that holds anything of a user, whatever its column is called."""
    tables = {table.name: list(table.rows) for table in store._database.tables}
    return {name: count for name, rows in tables.items() if (count := sum(user in str(row) for row in rows))}


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_forget_empties_every_table_for_that_user_and_leaves_the_others(store: Store) -> None:
    fill(store, USER)
    fill(store, OTHER)
    everything = {"updates": 1, "states": 1, "sessions": 1, "events": 1, "outbox": 3, "guests": 1, "codes": 1}
    assert rows_of(store, USER) == everything
    store.forget(USER)
    assert rows_of(store, USER) == {}
    assert rows_of(store, OTHER) == everything


def test_every_table_with_users_is_filled_by_this_test(store: Store) -> None:
    fill(store, USER)
    assert set(rows_of(store, USER)) == set(store._tables.having("user"))


def test_after_tidying_no_byte_of_a_forgotten_user_is_in_the_files(store: Store, path: Path) -> None:
    fill(store, USER)
    fill(store, OTHER)
    assert USER.encode() in bytes_of(path)
    store.forget(USER)
    assert store.tidy(AT)
    assert USER.encode() not in bytes_of(path)
    assert f"{OTHER}の秘密".encode() in bytes_of(path)


@pytest.mark.parametrize("seed", [3, 5, 7])
def test_copies_that_moved_between_pages_go_too(store: Store, path: Path, seed: int) -> None:
    """secure_delete alone leaves some behind with these seeds (SQLite 3.40): why `tidy` writes the file anew."""
    users = [f"u{number:03}" * 8 for number in range(10)]
    many_turns(store, users, random.Random(seed))
    for user in users:
        store.forget(user)
        store.tidy(FIRST)
        assert user[:4].encode() not in bytes_of(path)


def many_turns(store: Store, users: list[str], chance: random.Random) -> None:
    with store.transaction():
        for turn in range(200):
            user, at = chance.choice(users), FIRST + timedelta(hours=turn * 4)
            said = {"said": f"{user}の秘密" * chance.randint(0, chance.choice([2, 20, 200]))}
            store.remember("c", user, turn, said, at)
            store.keep_state(user, said, at)
            if turn % 20 == 0:
                store.prune(at)


def test_a_deleted_session_is_out_of_the_files_too(store: Store, path: Path) -> None:
    store.keep_session(USER, session("s1", said="ひみつの相談"))
    store.log(USER, "s1", AT, [("answered", {"said": "ひみつの相談"})])
    store.delete_session(USER, "s1")
    store.tidy(AT)
    assert "ひみつの相談".encode() not in bytes_of(path)


def test_tidying_says_when_a_reader_kept_the_log_from_being_emptied(store: Store, path: Path) -> None:
    fill(store, USER)
    store._database.execute("PRAGMA busy_timeout = 0")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM states").fetchall()
    store.forget(USER)
    assert not store.tidy(AT)
    reader.close()
    assert store.tidy(AT)
    assert USER.encode() not in bytes_of(path)


def test_tidying_inside_a_turn_is_refused(store: Store) -> None:
    with store.transaction(), pytest.raises(RuntimeError, match="a transaction is open already"):
        store.tidy(AT)
