"""The terminal as a process: a whole conversation through a real pipe, and somebody at a real terminal."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

from tests.channels.processes import bansou, environment

DREAM = [
    "いいえ" if number in (6, 7) else "はい" if number <= 8 or number in (10, 16, 19) else "いいえ"
    for number in range(1, 26)
]
DREAM[11] = "160cm 52kg"


def talk(database: Path, *lines: str) -> str:
    done = bansou("talk", "--db", str(database), given="".join(line + "\n" for line in lines).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_a_whole_conversation_goes_through_a_pipe(tmp_path: Path) -> None:
    """夢さん of p.93: items 6, 7 and 10, both by habit, nothing hard to do, a place lost."""
    begin = ["基本チェックリストをやりたい", "1"]
    deep = ["わからない"] * 12
    said = talk(tmp_path / "x.db", *begin, *DREAM[:11], DREAM[11], *DREAM[12:], *deep, "この内容で結果を見る")
    assert "（1/25）" in said
    assert "の結果" in said
    assert "足腰を使う動作に、気をつけたい点があります" in said
    assert "\x1b" not in said


def test_the_next_process_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    talk(tmp_path / "x.db", "/start flow-kihon-checklist", "1", "はい", "はい")
    assert "（3/25）" in talk(tmp_path / "x.db", "")


def test_bytes_that_are_no_utf8_are_a_message_like_any_other(tmp_path: Path) -> None:
    done = bansou("talk", "--db", str(tmp_path / "x.db"), given=b"\xff\xfe\x00\n\xe3\x81\n\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().count("今日は、何から始めましょうか。") >= 1


def test_an_empty_pipe_says_nothing_and_is_fine(tmp_path: Path) -> None:
    done = bansou("--db", str(tmp_path / "x.db"))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


# The terminal becomes the process's own, so that Ctrl-C reaches it; a shell's background jobs are started deaf to that.
_SIT_DOWN = """
import fcntl, runpy, signal, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("bot", run_name="__main__")
"""


class Seat:
    """A real terminal, of which we are the person."""

    def __init__(self, database: Path) -> None:
        self.master, slave = pty.openpty()
        command = [sys.executable, "-c", _SIT_DOWN, "talk", "--db", str(database)]
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, close_fds=True, start_new_session=True,
            env=environment(LANG="C.UTF-8", TERM="xterm", COLUMNS="80"),
        )  # fmt: skip
        os.close(slave)
        self.seen = ""

    def waits_for(self, text: str) -> str:
        """What came until then, without colours."""
        end = time.monotonic() + 20
        while text not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            assert ready, f"{text!r} did not come; what came: {self.seen!r}"
            self.seen += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", os.read(self.master, 65536).decode("utf-8", "replace"))
        before, _, self.seen = self.seen.partition(text)
        return before + text

    def interrupts(self) -> None:
        """Ctrl-C until it is heard: readline is deaf for a moment after it wrote the prompt."""
        for _ in range(20):
            self.types("\x03")
            if select.select([self.master], [], [], 1)[0]:
                return

    def types(self, text: str) -> None:
        os.write(self.master, text.encode())

    def ends(self) -> int:
        code = self.process.wait(20)
        os.close(self.master)
        return code


def test_at_a_terminal_there_is_a_greeting_and_ctrl_d_says_that_all_is_kept(tmp_path: Path) -> None:
    seat = Seat(tmp_path / "x.db")
    assert "こんにちは。" in seat.waits_for("> ")
    seat.types("/start flow-kihon-checklist\n")
    assert "1 基本チェックリストから、聞き取りを深める をはじめる" in seat.waits_for("> ")
    seat.types("1\n")
    assert "（1/25）" in seat.waits_for("> ")
    seat.types("\x04")
    seat.waits_for("すべて残っています。")
    assert seat.ends() == 0


def test_at_a_terminal_ctrl_c_says_that_all_is_kept(tmp_path: Path) -> None:
    seat = Seat(tmp_path / "x.db")
    seat.waits_for("> ")
    seat.interrupts()
    seat.waits_for("すべて残っています。")
    assert seat.ends() == 0
