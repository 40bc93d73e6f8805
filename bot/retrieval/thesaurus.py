"""Everyday words and the field's words for them (`knowledge/thesaurus.yaml`): ネタ切れ is 議題, ハコ is 活動の場所.

A line counts where one of its words stands in the message as it is typed; what it means is then asked for as well,
with less weight than the person's own words.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.japanese.words import letters_of
from bot.retrieval.asking import EverydayWord


class Thesaurus:
    def __init__(self, lines: Iterable[EverydayWord] = ()) -> None:
        self._lines = tuple((tuple(map(letters_of, line.said)), line) for line in lines)

    def lines_for(self, text: str) -> tuple[EverydayWord, ...]:
        """The lines that speak of something in this text."""
        letters = letters_of(text)
        return tuple(line for said, line in self._lines if any(word in letters for word in said))

    def meant_by(self, text: str) -> str:
        """The field's words for what is said in everyday ones."""
        return " ".join(line.means for line in self.lines_for(text))


def said_in(line: EverydayWord, text: str) -> str:
    """Which of the line's words stands in the text."""
    letters = letters_of(text)
    return next((word for word in line.said if letters_of(word) in letters), "")
