"""The real `bansou` in a process of its own, as tests hold it: run it, talk with it line by line, kill it; and content
of its own to run on.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from bot import cli
from bot.content.files import content_root


def environment(**more: str) -> dict[str, str]:
    """Nothing of the machine's own settings, and a locale that is not UTF-8's: a pipe is UTF-8 all the same."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("BANSOU_", "TELEGRAM_", "LC_"))}
    return {**kept, "LANG": "en_US.ISO-8859-1", **more}


def bansou(*arguments: str, given: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, input=given, capture_output=True, timeout=60, check=False, env=environment(**more))


def broken_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    """The shipped content with one file of ours in it."""
    for folder in ("flows", "knowledge"):
        for source in (content_root() / folder).rglob("*.yaml"):
            target = tmp_path / source.relative_to(content_root())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source)
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(cli, "_root", lambda: tmp_path)


class Talking:
    """`bansou talk --jsonl` on one database."""

    def __init__(self, database: Path) -> None:
        command = [sys.executable, "-m", "bot", "talk", "--jsonl", "--db", str(database)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment()
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()

    def write(self, **line: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"user": "u1", **line}, ensure_ascii=False) + "\n")
        self.process.stdin.flush()

    def read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def ask(self, **line: object) -> dict[str, Any]:
        self.write(**line)
        return self.read()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()
