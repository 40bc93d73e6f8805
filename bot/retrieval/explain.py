"""Why an entry was found: the words that the message shares with it, its nearest example, lines of the thesaurus."""

from __future__ import annotations

from bot.japanese.words import Tokenise, letters_of, runs
from bot.retrieval.asking import EverydayWord
from bot.retrieval.features import Told, shares_for, told
from bot.retrieval.found import Why
from bot.retrieval.index import Index, features_of
from bot.retrieval.thesaurus import said_in

WORDS = 6  # the most that are named
RUNS = (2, 3)  # by which examples are compared


def why(index: Index, place: int, one: Told, lines: tuple[EverydayWord, ...], tokenise: Tokenise) -> Why:
    """`place` is the entry's in the index; `lines` are those of the thesaurus that were used."""
    meant = told(" ".join(line.means for line in lines), tokenise) if lines else None
    told_by = index.spaces["words"].told_by(features_of("words", one, meant), place)
    words = sorted(told_by, key=lambda word: -told_by[word])[:WORDS]
    given = {
        kind: share * float(index.spaces[kind].scores(features_of(kind, one, meant))[place])
        for kind, share in shares_for(one).items()
    }
    whole = sum(given.values()) or 1.0
    return Why(
        tuple(words),
        nearest(one.text, [text for _, text in index.units[place].texts]),
        tuple((said_in(line, one.text), line.means) for line in lines),
        tuple((kind, round(part / whole, 2)) for kind, part in given.items()),
    )


def nearest(text: str, examples: list[str]) -> str:
    """The example that shares most runs of letters with the text."""
    own = set(runs(letters_of(text), *RUNS))
    return max(examples, key=lambda example: _alike(own, set(runs(letters_of(example), *RUNS))), default="")


def _alike(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)
