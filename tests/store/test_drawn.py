"""Files made of what is kept: private, their user's, gone in time."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.store.database import open_database
from bot.store.drawn import DRAWN_DAYS
from tests.store.samples import OTHER, USER

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.store import Store


def written(store: Store, user: str = USER, turn: str = "t1", name: str = "a.json") -> Path:
    path = store.files.place(user, turn) / name
    store.files.write(str(path), f"{user} \ud83d")
    return path


def test_they_stand_beside_the_database_and_nobody_else_may_look(store: Store, path: Path) -> None:
    file = written(store)
    folder = path.parent / f"{path.name}-files"
    assert file.is_relative_to(folder)
    assert [one.stat().st_mode & 0o777 for one in (folder, file.parent.parent, file.parent, file)] == [
        0o700,
        0o700,
        0o700,
        0o600,
    ]
    assert [one.name for one in file.parent.iterdir()] == ["a.json"]
    assert file.read_text(encoding="utf8") == f"{USER} ?"


def test_the_folder_goes_with_its_last_file(store: Store) -> None:
    first, second = written(store), written(store, name="b.html")
    store.files.remove(str(first))
    assert second.exists()
    store.files.remove(str(first))
    store.files.remove(str(second))
    assert not second.parent.parent.exists()


def test_nothing_else_on_the_machine_is_touched(store: Store, tmp_path: Path) -> None:
    written(store)
    for other in (tmp_path / "mine.json", store.files.place(USER, "t1") / ".." / ".." / ".." / "mine.json"):
        (tmp_path / "mine.json").write_text("x")
        store.files.remove(str(other))
        assert not store.files.has(str(other))
        assert (tmp_path / "mine.json").exists()


def test_who_forgets_leaves_no_file_and_others_keep_theirs(store: Store) -> None:
    mine, other = written(store), written(store, OTHER)
    store.forget(USER)
    assert not mine.parent.parent.exists()
    assert other.exists()


def test_what_is_a_week_old_is_swept_away_with_the_rest(store: Store) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    old, young = written(store), written(store, turn="t2")
    os.utime(old, ((now - timedelta(days=DRAWN_DAYS, seconds=1)).timestamp(),) * 2)
    os.utime(young, ((now - timedelta(days=DRAWN_DAYS - 1)).timestamp(),) * 2)
    store.tidy(now)
    assert not old.exists()
    assert young.exists()


def test_a_database_without_a_file_takes_its_files_with_it() -> None:
    store = open_database(":memory:")
    file = written(store)
    assert file.exists()
    store.close()
    assert not file.parent.parent.parent.exists()


def test_everything_of_a_user_has_every_table_and_nothing_of_others(store: Store) -> None:
    store.keep_state(USER, {"said": "これ"}, "2026-11-23T10:00:00+09:00")
    store.keep_state(OTHER, {"said": "ほか"}, "2026-11-23T10:00:00+09:00")
    found = store.everything(USER)
    assert set(found) == set(store._tables.having("user"))
    assert found["states"] == [{"state": {"said": "これ"}, "changed": "2026-11-23T10:00:00+09:00"}]
    assert "ほか" not in str(found)
