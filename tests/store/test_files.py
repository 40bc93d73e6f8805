"""What is kept of people is for its owner only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.database import open_database
from bot.store.files import tighten
from tests.store.samples import AT, USER

if TYPE_CHECKING:
    from pathlib import Path


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_new_database_and_its_log_are_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "share" / "bansou" / "bansou.db"
    store = open_database(path)
    store.keep_state(USER, {}, AT)
    files = {file.name: rights(file) for file in path.parent.iterdir()}
    store.close()
    assert files == {"bansou.db": 0o600, "bansou.db-wal": 0o600, "bansou.db-shm": 0o600}
    assert rights(path.parent) == 0o700


def test_a_database_that_others_could_read_is_tightened(path: Path) -> None:
    path.touch(0o644)
    open_database(path).close()
    assert rights(path) == 0o600


def test_a_folder_that_was_there_keeps_its_rights(path: Path) -> None:
    path.parent.chmod(0o755)
    open_database(path).close()
    assert rights(path.parent) == 0o755


def test_tightening_a_file_that_is_not_there_does_nothing(path: Path) -> None:
    tighten(path)
    assert not path.exists()
