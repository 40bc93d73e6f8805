"""What a channel is, and the forms in which text and data go through pipes.

A new channel is one file beside this one and one line in `cli.py` that starts it. No channel decides what is said: it
hands messages to `Turns.take` and draws what comes back.
"""

import json
from io import TextIOWrapper
from typing import ClassVar, Protocol, TextIO

# Line ends to some readers (str.splitlines for one), and JSON lets them stand inside a text.
_LINE_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}


class Channel(Protocol):
    """Something that takes messages from people, one after the other, and shows them the replies."""

    name: ClassVar[str]
    """Under which its users are known to the store: the same person on two channels is two users. Never changed."""

    public: ClassVar[bool]
    """Whether what is said stays on other people's servers; then a person's answers are taken in bands only."""

    def serve(self) -> int:
        """Take messages until there are no more, or until interrupted. The exit code of the process."""
        ...


def as_utf8(stream: TextIO, errors: str) -> TextIO:
    """The stream with UTF-8 and plain line ends, whatever the machine's locale; a terminal keeps its own encoding."""
    if isinstance(stream, TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors=errors)
        else:
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")
    return stream


def json_line(data: object) -> str:
    """The data as JSON on what every reader takes for one line, with its end."""
    return json.dumps(data, ensure_ascii=False).translate(_LINE_ENDS) + "\n"
