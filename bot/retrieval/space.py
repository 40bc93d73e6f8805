"""One kind of features over all units: which unit has each, and how much. TF-IDF and cosine, nothing learned.

A unit's vector is the root of the sum of its texts' own unit vectors: a short complaint says as much as a long
explanation, and what many say weighs more, but not in proportion. Kept as plain arrays, so that a file of them is
read back in a moment; a feature stands in them as a number that its letters give.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Floats = NDArray[np.float32]
TINY = 1e-9
ROOT = 0.42  # the power that tames what many texts of a unit say


@dataclass(frozen=True)
class Space:
    """`keys` are sorted; `starts[i]:starts[i + 1]` are the places of feature i in `units` and `shares`."""

    keys: Numbers
    rarity: Floats
    starts: NDArray[np.int64]
    units: NDArray[np.uint16]
    shares: Floats
    count: int  # of units

    def weights(self, features: Mapping[str, float]) -> tuple[NDArray[np.int64], Floats]:
        """The places of the features that are known, and their weights in a question of length 1.

        What no unit has lowers the others, or noise would look like a match.
        """
        if not features or not len(self.keys):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        keys = np.fromiter(map(_number, features), np.uint32, len(features))
        amounts = np.fromiter(features.values(), np.float32, len(features))
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[places] == keys
        weights = amounts * np.where(known, self.rarity[places], log(1 + self.count) + 1)
        length = np.sqrt(np.sum(weights * weights)) or np.float32(1)
        return places[known], (weights[known] / length).astype(np.float32)

    def scores(self, features: Mapping[str, float]) -> Floats:
        """Cosine of the question with every unit."""
        places, weights = self.weights(features)
        starts, lengths = self.starts[places], self.starts[places + 1] - self.starts[places]
        steps = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        at = np.repeat(starts, lengths) + steps
        worth = self.shares[at] * np.repeat(weights, lengths)
        return np.bincount(self.units[at], worth, self.count).astype(np.float32)

    def told_by(self, features: Mapping[str, float], unit: int) -> dict[str, float]:
        """What each feature of the question adds to this unit's score; those that add nothing are left out."""
        found = {feature: self._adds(feature, amount, unit) for feature, amount in features.items()}
        return {feature: worth for feature, worth in found.items() if worth}

    def _adds(self, feature: str, amount: float, unit: int) -> float:
        place = int(np.searchsorted(self.keys, _number(feature)))
        if place == len(self.keys) or self.keys[place] != _number(feature):
            return 0.0
        span = slice(self.starts[place], self.starts[place + 1])
        return amount * float(self.rarity[place]) * float(self.shares[span][self.units[span] == unit].sum())


def counted(features: Iterable[str]) -> dict[str, float]:
    """Each feature with what it weighs in its text: the second time it stands there says less."""
    return {feature: 1 + log(times) for feature, times in Counter(features).items()}


class Rows:
    """The texts that a space is made of, gathered one by one: one row a feature of a text."""

    def __init__(self) -> None:
        self._key, self._times = array("I"), array("H")
        self._rows, self._unit, self._weight = array("I"), array("H"), array("f")  # of each text

    def add(self, unit: int, weight: float, features: Iterable[str]) -> None:
        """A text of this unit, and how much it counts."""
        times = Counter(features)
        self._key.extend(map(_number, times))
        self._times.extend(times.values())
        self._rows.append(len(times))
        self._unit.append(unit)
        self._weight.append(weight)

    def space(self, count: int) -> Space:
        """Over `count` units."""
        unit_of, rows = np.array(self._unit, np.int64), np.array(self._rows, np.int64)
        text = np.repeat(np.arange(len(rows), dtype=np.int32), rows)
        keys, feature = np.unique(np.array(self._key, np.uint32), return_inverse=True)
        pairs, pair = np.unique(feature * count + unit_of[text], return_inverse=True)
        features, units = pairs // count, pairs % count
        rarity = np.log((1 + count) / (1 + np.bincount(features, minlength=len(keys)))) + 1
        worth = (1 + np.log(np.array(self._times, np.float32))) * rarity[feature]
        length = np.sqrt(np.bincount(text, worth * worth, len(unit_of)))
        worth *= (np.array(self._weight) / np.maximum(length, TINY))[text]
        summed = np.bincount(pair, worth, len(pairs)) ** ROOT
        shares = summed / np.sqrt(np.bincount(units, summed * summed, count))[units]
        return Space(
            keys,
            rarity.astype(np.float32),
            np.searchsorted(features, np.arange(len(keys) + 1)),
            units.astype(np.uint16),
            shares.astype(np.float32),
            count,
        )


def _number(feature: str) -> int:
    """The same in every process; that two features of some hundred thousand share one does no harm."""
    return crc32(feature.encode("utf-8", "surrogatepass"))
