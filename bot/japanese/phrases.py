"""A phrase with all that comparing it needs, worked out once: of a message, or of an option.

An option is its label, then its synonyms. Options are remembered, messages never are. Which phrase matches which is
decided in steps.py.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.japanese.forms import readings, spoken_forms
from bot.japanese.polarity import Leaning, differ, leaning
from bot.japanese.width import fold

_PARENTHESIS: Final = re.compile(r"\(.*?\)")


@dataclass(frozen=True)
class Phrase:
    """`readings` begins with the unified text; see forms.py."""

    folded: str
    readings: tuple[str, ...]
    leaning: Leaning


@dataclass(frozen=True)
class Option:
    """The label, the label without what stands in parentheses, and all phrases that mean this option."""

    label: str
    bare: str
    phrases: tuple[tuple[Phrase, frozenset[str]], ...]

    def agreeing(self, typed: Phrase) -> list[tuple[str, frozenset[str]]]:
        """The unified phrases and their forms, less those whose polarity is not the message's."""
        return [(phrase.readings[0], forms) for phrase, forms in self.phrases if not _opposite(typed, phrase)]


def read_phrase(text: str) -> Phrase:
    """The phrase a text is."""
    return Phrase(fold(text), readings(text), leaning(text))


def read_options(options: Sequence[Sequence[str]]) -> tuple[Option, ...]:
    """The options, in order."""
    return tuple(_read_option(tuple(option)) for option in options)


@lru_cache(maxsize=4096)
def _read_option(option: tuple[str, ...]) -> Option:
    bare = _PARENTHESIS.sub("", unicodedata.normalize("NFKC", option[0]))
    texts = [text for text in dict.fromkeys((option[0], bare, *option[1:])) if fold(text)]
    return Option(fold(option[0]), fold(bare), tuple((read_phrase(text), spoken_forms(text)) for text in texts))


def _opposite(a: Phrase, b: Phrase) -> bool:
    return a.folded != b.folded and differ(a.leaning, b.leaning)
