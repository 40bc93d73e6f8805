"""What a channel is, and the one form in which text goes through pipes.

A new channel is one file beside this one and one line in `cli.py` that starts it. No channel decides what is said: it
hands messages to `Turns.take` and draws what comes back.
"""

from io import TextIOWrapper
from typing import ClassVar, Protocol, TextIO


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
