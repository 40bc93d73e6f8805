"""Files that only their owner may read: the database, its write-ahead log, its key.

What people said stands in them, so the rule is 0600 in a folder made 0700, also for a file that was copied in with
wider rights. No content is read or written here.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MEMORY = ":memory:"  # SQLite's own word for a database without a file

_OTHERS = 0o077


def make_folder(path: Path) -> None:
    """The folder that `path` will stand in. One that is there already keeps its rights: it may be anybody's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_private(path: Path) -> None:
    """An empty file if there is none. SQLite would make it with the rights that the umask leaves."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def tighten(path: Path) -> None:
    """Take all rights from everybody but the owner; nothing happens where that is so already, or there is no file."""
    with suppress(FileNotFoundError):  # another process may take its log away between two steps
        if path.stat().st_mode & _OTHERS:
            path.chmod(0o600)


def sync_folder(path: Path) -> None:
    """Make the name of a new file survive a power cut; syncing the file itself saves only its content."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
