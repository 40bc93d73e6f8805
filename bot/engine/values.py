"""What an answer can be.

A value is plain and frozen; equality is meaning. わからない, とばす and a removed item are values too (semantics §1
and §4), so that a session is its answers and nothing else. Nothing here knows a question or a flow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeAlias


class Gap(Enum):
    """An answer that carries no value."""

    UNKNOWN = "unknown"  # わからない
    SKIPPED = "skipped"  # とばす
    REMOVED = "removed"  # an item of a repeat that the user took out; its key is "<repeat>.<number>"


@dataclass(frozen=True)
class Measures:
    """Several numbers given as one answer, or the band they fall into when only that was asked."""

    figures: tuple[tuple[str, Decimal], ...] = ()
    band: str | None = None

    def figure(self, field: str) -> Decimal | None:
        return dict(self.figures).get(field)


Value: TypeAlias = str | Decimal | date | tuple[str, ...] | Measures | Gap
Answers: TypeAlias = Mapping[str, Value]  # by question id, in the order in which they were given

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | int | bool | None"


def to_plain(value: Value) -> Plain:
    """The value as JSON that says of itself what it is, so that reading it back needs no flow."""
    if isinstance(value, Gap):
        return {"gap": value.value}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Measures):
        return {"figures": {k: str(v) for k, v in value.figures}, "band": value.band}
    return list(value) if isinstance(value, tuple) else value


def from_plain(plain: Plain) -> Value:
    """The inverse of `to_plain`; ValueError for anything that it did not write."""
    try:
        value = _read(plain)
    except ArithmeticError:  # what Decimal raises
        raise ValueError(f"no answer: {plain!r}") from None
    if to_plain(value) != plain:
        raise ValueError(f"no answer: {plain!r}")
    return value


def _read(plain: Plain) -> Value:
    if isinstance(plain, str):
        return plain
    if isinstance(plain, list):
        return tuple(str(part) for part in plain)
    if not isinstance(plain, dict):
        raise ValueError(f"no answer: {plain!r}")  # noqa: TRY004  what was stored is wrong, not the call
    if "gap" in plain:
        return Gap(plain["gap"])
    if "number" in plain:
        return Decimal(str(plain["number"]))
    if "date" in plain:
        return date.fromisoformat(str(plain["date"]))
    return _measures(plain)


def _measures(plain: dict[str, Plain]) -> Measures:
    figures = plain.get("figures")
    if not isinstance(figures, dict):
        raise ValueError(f"no answer: {plain!r}")  # noqa: TRY004  what was stored is wrong, not the call
    band = plain.get("band")
    return Measures(tuple((k, Decimal(str(v))) for k, v in figures.items()), None if band is None else str(band))
