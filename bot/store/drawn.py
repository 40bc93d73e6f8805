"""Files that were made of what is kept, until they are sent or a week old: `<database>-files/<user>/<turn>/<name>`.

The rule: they are their user's as any row is: private, gone when that user forgets, never outliving KEPT_DAYS. They can
always be drawn again, so that nothing is lost with one. What stands in them is the caller's.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

DRAWN_DAYS = 7
_SHORT = 16  # of a user's key: enough to keep users apart, and a path that one can read


class Drawn:
    def __init__(self, root: Path | None) -> None:
        """`root` None: a database without a file has its files where temporary ones go, until it is closed."""
        self._fleeting = root is None
        self._root = root.absolute() if root else Path(tempfile.gettempdir()) / f"bansou-{secrets.token_hex(8)}"

    def place(self, user: str, turn: str) -> Path:
        """The folder for the files of one turn; nothing is made yet."""
        return self._root / user[:_SHORT] / turn

    def has(self, path: str) -> bool:
        """Whether this is one of ours."""
        return Path(path).is_relative_to(self._root) and ".." not in Path(path).parts

    def write(self, path: str, text: str) -> None:
        """Whole or not at all."""
        for folder in (self._root, Path(path).parent.parent, Path(path).parent):  # `parents` would not keep the mode
            folder.mkdir(mode=0o700, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=Path(path).parent)  # 0600
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        Path(draft).replace(path)

    def remove(self, path: str) -> None:
        """The file, and the folders that are empty without it. Nothing happens to what is not ours, or is gone."""
        if self.has(path):
            Path(path).unlink(missing_ok=True)
            with suppress(OSError):  # other files stand there
                Path(path).parent.rmdir()
                Path(path).parent.parent.rmdir()

    def forget(self, user: str) -> None:
        shutil.rmtree(self._root / user[:_SHORT], ignore_errors=True)

    def sweep(self, now: datetime) -> None:
        """What is older than DRAWN_DAYS: of a crash, or taken home long ago."""
        oldest = now.timestamp() - DRAWN_DAYS * 24 * 3600
        for path in [*self._root.glob("*/*/*")]:
            with suppress(FileNotFoundError):  # another process sweeps too
                if path.stat().st_mtime < oldest:
                    self.remove(str(path))

    def close(self) -> None:
        if self._fleeting:
            shutil.rmtree(self._root, ignore_errors=True)
