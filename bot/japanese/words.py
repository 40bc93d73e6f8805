"""What a word is, and the runs of letters that search falls back on.

`Tokenise` is a type only: a dictionary is built outside and handed down, never here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.japanese.width import fold


@dataclass(frozen=True)
class Word:
    """One word of a text, as a dictionary sees it."""

    surface: str
    normal: str
    reading: str
    kind: str


Tokenise = Callable[[str], tuple[Word, ...]]


def ngrams(text: str, low: int, high: int) -> Iterator[str]:
    """Every run of `low` to `high` letters of the folded text, short runs first."""
    letters = "".join(char for char in fold(text) if char.isalnum())
    for size in range(low, high + 1):
        for start in range(len(letters) - size + 1):
            yield letters[start : start + size]
