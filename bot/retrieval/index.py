"""The index: everything that a message can turn out to be about, compared with it by several kinds of features.

A unit is an entry of the book, a neighbour that the book does not answer, or a way of asking on about what was just
shown; all stand side by side, so that what is not in the book is recognised and not only missed. What each part adds
is measured in `docs/decisions/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

import numpy as np

from bot.japanese.words import Tokenise
from bot.retrieval.asking import Asking
from bot.retrieval.entry import Entry
from bot.retrieval.features import KINDS, Told, shares_for, told
from bot.retrieval.space import Floats, Rows, Space, counted

FIELDS = {"asked_as": 1.0, "viewpoints": 0.5, "next": 0.5, "ask": 0.5}
FIELDS |= {"name": 2.0, "title": 2.0, "short": 0.5, "theme": 24.0}  # few examples name their theme, many messages do
MEANT = 0.2  # of the weight of the person's own words: what the thesaurus adds


class Kind(StrEnum):
    ENTRY = "entry"
    NEIGHBOUR = "neighbour"
    ASKING_ON = "asking_on"


@dataclass(frozen=True)
class Unit:
    """Something that can be found; units of one `group` answer once. `texts` with how much each counts.

    `gist`: what it is about in a sentence, to find what stands near it.
    """

    kind: Kind
    id: str
    group: str
    texts: tuple[tuple[float, str], ...]
    gist: str = ""
    theme: str = ""


@dataclass(frozen=True)
class Index:
    units: tuple[Unit, ...]
    spaces: Mapping[str, Space]

    def scores(self, one: Told, meant: Told | None = None) -> Floats:
        """How near the message is to each unit, 0 to 1; `meant` is what the thesaurus says of it."""
        shares = shares_for(one)
        parts = [share * self.spaces[kind].scores(features_of(kind, one, meant)) for kind, share in shares.items()]
        whole: Floats = np.sum(parts, axis=0, dtype=np.float32)
        return whole


def features_of(kind: str, one: Told, meant: Told | None = None) -> dict[str, float]:
    own = counted(KINDS[kind](one))
    if meant is None:
        return own
    return {feature: MEANT * amount for feature, amount in counted(KINDS[kind](meant)).items()} | own


def units_of(entries: Iterable[Entry], asking: Asking) -> tuple[Unit, ...]:
    found = [
        Unit(Kind.ENTRY, one.id, one.section, tuple(_texts(one)), one.title + one.short, one.theme) for one in entries
    ]
    found += [Unit(Kind.NEIGHBOUR, one.id, f"neighbour:{one.id}", _plain(one.asked_as)) for one in asking.neighbours]
    found += [Unit(Kind.ASKING_ON, one.kind, f"asking on:{one.kind}", _plain(one.asked_as)) for one in asking.asking_on]
    return tuple(found)


def _plain(texts: Iterable[str]) -> tuple[tuple[float, str], ...]:
    return tuple((1.0, text) for text in texts)


def _texts(entry: Entry) -> Iterator[tuple[float, str]]:
    for name in ("asked_as", "viewpoints", "next"):
        yield from ((FIELDS[name], text) for text in attrgetter(name)(entry))
    yield from ((FIELDS[name], attrgetter(name)(entry)) for name in ("name", "title", "short", "theme"))
    yield from ((FIELDS["ask"], one.q) for one in entry.ask)


def build_index(units: Iterable[Unit], tokenise: Tokenise) -> Index:
    whole = tuple(units)
    rows = {name: Rows() for name in KINDS}
    for place, unit in enumerate(whole):
        for weight, text in unit.texts:
            one = told(text, tokenise)
            for name, kind in KINDS.items():
                rows[name].add(place, weight, kind(one))
    return Index(whole, {name: rows.pop(name).space(len(whole)) for name in KINDS})  # one after the other, for memory
