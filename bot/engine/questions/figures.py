"""Figures as people write and read them: shared by the types that take numbers.

Exact: Decimal in, Decimal out. A figure is never averaged, rounded or guessed; what is not one plain figure is refused.
"""

from __future__ import annotations

from decimal import Decimal

from bot.engine.questions.base import Json
from bot.japanese.numerals import read_quantities

_SCALED = {"千円": Decimal(1000), "万円": Decimal(10_000), "百万円": Decimal(1_000_000), "億円": Decimal(100_000_000)}


def in_unit(value: Decimal, typed: str, wanted: str) -> Decimal | None:
    """A figure typed with the unit `typed` in the unit `wanted`; None where one cannot be the other."""
    if typed == "円" and wanted in _SCALED:
        return value / _SCALED[wanted]
    return value if typed in ("", wanted, spelled(wanted)) else None


def spelled(unit: str) -> str:
    """The unit in the one spelling that figures are read with: an author's 名 is 人, 才 is 歳."""
    return next((quantity.unit for quantity in read_quantities(f"12{unit}")), "")


def within(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def on_step(value: Decimal, step: Decimal) -> bool:
    return value % step == 0


def with_unit(value: Decimal, unit: str) -> str:
    """1200 and 万円 -> 「1,200万円」; no trailing zeros."""
    whole = value == value.to_integral_value()
    return f"{value:,.0f}{unit}" if whole else f"{value.normalize():,f}{unit}"


def as_decimal(plain: Json) -> Decimal | None:
    """A JSON number; not a truth, not a text, not infinite."""
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        return None
    value = Decimal(repr(plain))
    return value if value.is_finite() else None


def as_json(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
