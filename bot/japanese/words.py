"""What a word is, and the runs of letters that search falls back on.

`Tokenise` is a type only: a dictionary is built outside and handed down, never here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.japanese.width import fold


@dataclass(frozen=True)
class Word:
    """One word of a text, as a dictionary sees it; `parts` are the normal forms of its short units."""

    surface: str
    normal: str
    reading: str
    kind: str
    parts: tuple[str, ...] = ()


Tokenise = Callable[[str], tuple[Word, ...]]


def letters_of(text: str) -> str:
    """The folded text without signs and spaces."""
    return "".join(char for char in fold(text) if char.isalnum())


def read_aloud(words: Iterable[Word]) -> str:
    """How the text sounds, in hiragana: what was converted wrongly still sounds right."""
    return letters_of("".join(word.reading or word.surface for word in words))


def runs(letters: str, low: int, high: int) -> Iterator[str]:
    """Every run of `low` to `high` letters, short runs first."""
    for size in range(low, high + 1):
        for start in range(len(letters) - size + 1):
            yield letters[start : start + size]
