"""A store in a file of its own for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bansou.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_database(path)
    yield opened
    opened.close()
