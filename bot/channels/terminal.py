"""The chat in a terminal, and on a pipe: streams in, streams out.

`live`: somebody sits there, so there is a greeting, a prompt, colour and a word at the end. On a pipe one line is one
message and nothing is added. What is typed goes to the conversation as it is, numbers and labels too: only the
numbering shown here must be the one in which the conversation counts. No update ids: a line is read once.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from sqlite3 import Error as StoreError
from typing import ClassVar, TextIO

from bot.conversation.messages import Choice, Reply, Typed
from bot.turn import Incoming, Turns

ME = "わたし"  # the user's name here, never the login name; it goes into the hash, so another word finds nobody
PROMPT = "> "
_ANSWERS = frozenset({"yes", "no"})


class Look(Enum):
    """How a line is to stand out; the values are rich's styles."""

    TEXT = ""
    CHOICE = "bold"
    COMMANDS = "dim"


@dataclass(frozen=True)
class Terminal:
    name: ClassVar[str] = "terminal"
    public: ClassVar[bool] = False

    turns: Turns
    source: TextIO
    out: TextIO
    user: str = ME
    live: bool = False

    def serve(self) -> int:
        try:
            if self.live:
                self._take(self._opening())
            while line := self._read():
                self._take(line)
        except KeyboardInterrupt:
            self._say_kept()
        else:
            if self.live:
                self._say_kept()
        return 0

    def _opening(self) -> str:
        """The greeting; in the middle of a flow an empty line, which puts its question again."""
        return "" if self.turns.state(self.name, self.user).at == "flow" else "/start"

    def _take(self, line: str) -> None:
        try:
            outgoing = self.turns.take(Incoming(self.name, self.user, Typed(line.rstrip("\r\n"))))
        except StoreError:  # another process holds the file, the disk is full: nothing of this line was kept
            self._show([(self.turns.library.words.say("trouble"), Look.TEXT), ("", Look.TEXT)])
        else:
            self._show(lines_of(outgoing.replies))

    def _read(self) -> str:
        """The next line with its end; nothing at the end of input."""
        if not self.live:
            return self.source.readline()
        if self.source is sys.stdin:
            return _edited()
        self._write(PROMPT)
        return self.source.readline()

    def _say_kept(self) -> None:
        self._write("\n")
        self._show([(self.turns.library.words.say("kept"), Look.TEXT)])

    def _show(self, lines: Iterator[tuple[str, Look]] | list[tuple[str, Look]]) -> None:
        if self.live:
            _print(self.out, lines)
        else:
            self._write("".join(f"{text}\n" for text, _ in lines))

    def _write(self, text: str) -> None:
        self.out.write(text)
        self.out.flush()


def _edited() -> str:
    """A line with the arrow keys working, where the machine has that."""
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415  only somebody who types needs it; importing is its whole use
    try:
        return input(PROMPT) + "\n"
    except EOFError:
        return ""


def _print(out: TextIO, lines: Iterator[tuple[str, Look]] | list[tuple[str, Look]]) -> None:
    from rich.console import Console  # noqa: PLC0415  a pipe has no use for it
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=out, highlight=False, markup=False, emoji=False)
    for text, look in lines:
        console.print(Text(text, style=look.value))


# --- layout ---


def lines_of(replies: tuple[Reply, ...]) -> Iterator[tuple[str, Look]]:
    """Every reply with its choices: numbered those of the newest that has any, the others by their words only."""
    newest = next((reply for reply in reversed(replies) if reply.choices), None)
    for reply in replies:
        yield reply.text, Look.TEXT
        yield from ((f"  {file.path}", Look.TEXT) for file in reply.files)
        if reply is newest:
            yield from _choice_lines(reply.choices)
        elif reply.choices:
            yield "  " + " / ".join(choice.label for choice in reply.choices), Look.COMMANDS
        yield "", Look.TEXT


def _choice_lines(choices: tuple[Choice, ...]) -> Iterator[tuple[str, Look]]:
    """The choices with the numbers by which they can be typed, and at the end the commands on one line."""
    asks = any(choice.token.startswith("q.") for choice in choices)
    end = len(choices)
    while end and choices[end - 1].id.startswith(":"):
        end -= 1
    shown = choices[:end] if asks or end else choices  # a confirmation has nothing but commands: they are its choices
    unnumbered = not _ANSWERS.isdisjoint(choice.id for choice in choices)
    number = 0
    for choice in shown:
        counts = not (asks and choice.id.startswith(":"))
        number += counts
        head = f"{number} " if counts and not unnumbered and not choice.id.isdecimal() else ""
        yield f"  {head}{choice.label}{' ✓' if choice.on else ''}", Look.CHOICE
    if rest := choices[len(shown) :]:
        yield "  " + " / ".join(choice.label for choice in rest), Look.COMMANDS
