"""One process only: a locked file beside the database, which also shows whether its holder is still at work.

The rule: the system holds the lock, so it goes with the process however that ends, and a file that lies about says
nothing. Its content is the holder's number, for people; its time is the holder's last sign of life. What the process
does is unknown here. (Two that share a token but no database meet at Telegram, which answers 409.)
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store.files import MEMORY, make_folder, make_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SUFFIX = ".lock"
_TRIES, _PAUSE = 3, 0.1  # who asks whether it is held holds it for a moment

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, 1 << 30, os.SEEK_SET)  # what is locked cannot be read there: not where the number stands
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(eq=False)
class AlreadyRunning(Exception):
    holder: str  # its process number; in a container it means nothing outside


@contextmanager
def only_one(database: Path) -> Iterator[Callable[[], None]]:
    """Holds the lock; what it hands out gives a sign of life. AlreadyRunning where another process holds it."""
    if str(database) == MEMORY:
        yield lambda: None
        return
    path = lock_file(database)
    make_folder(path)
    make_private(path)
    handle = os.open(path, os.O_RDWR)
    try:
        _take(handle, path)
        yield lambda: os.utime(path)
    finally:
        os.close(handle)


def lock_file(database: Path) -> Path:
    return Path(f"{database}{_SUFFIX}")


def last_sign(database: Path) -> float | None:
    """Seconds since the holder's last sign of life; None where nobody holds the lock."""
    path = lock_file(database)
    with suppress(FileNotFoundError):
        handle = os.open(path, os.O_RDONLY)
        try:
            _lock(handle)
        except OSError:
            return max(0.0, time.time() - path.stat().st_mtime)
        finally:
            os.close(handle)
    return None


def _take(handle: int, path: Path) -> None:
    for left in range(_TRIES, 0, -1):
        try:
            _lock(handle)
            break
        except OSError:
            if left == 1:
                holder = path.read_text(encoding="ascii", errors="replace").strip()
                raise AlreadyRunning(holder) from None
            time.sleep(_PAUSE)
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, f"{os.getpid()}\n".encode("ascii"))
