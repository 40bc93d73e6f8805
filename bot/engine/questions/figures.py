"""Figures as people write and read them: shared by the types that take numbers.

Exact: Decimal in, Decimal or Fraction out. A figure is never averaged or guessed; what is not one plain figure is
refused. Only `nearest` rounds: where the caller says so to the user.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bot.engine.questions.base import Json
from bot.japanese.numerals import read_quantities

_OKU = 100_000_000
SCALED = {"千円": 1000, "万円": 10_000, "百万円": 1_000_000, "億円": _OKU}
"""The units of money larger than the yen, in yen."""
MONTHS = {"か月": 1, "年": 12}
"""The units of how long something lasts, in months."""


def in_unit(value: Decimal, typed: str, wanted: str) -> Fraction | None:
    """A figure typed with the unit `typed` in the unit `wanted`; None where one cannot be the other."""
    exact = Fraction(value)
    if typed == "円" and wanted in SCALED:
        return exact / SCALED[wanted]
    if typed in MONTHS and lasting(wanted):
        return exact * MONTHS[typed] / MONTHS[spelled(wanted)]
    return exact if typed in ("", wanted, spelled(wanted)) else None


def lasting(unit: str) -> bool:
    """Whether the unit is one of how long something lasts."""
    return spelled(unit) in MONTHS


def in_smaller_money(exact: Fraction, unit: str) -> tuple[Fraction, ...]:
    """What a figure without its unit is in `unit` if it was meant in 千円, and in 円, as papers have them."""
    scale = SCALED.get(unit, 1)
    return tuple(exact * smaller / scale for smaller in (SCALED["千円"], 1) if smaller < scale)


def nearest(exact: Fraction, step: Decimal) -> Decimal:
    """The value on the step that lies nearest, half up."""
    steps = exact / Fraction(step)
    whole = (Decimal(steps.numerator) / Decimal(steps.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    return whole * step


def spelled(unit: str) -> str:
    """The unit in the one spelling that figures are read with: an author's 名 is 人, 才 is 歳."""
    return next((quantity.unit for quantity in read_quantities(f"12{unit}")), "")


def within(value: Decimal | Fraction, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def on_step(value: Decimal, step: Decimal) -> bool:
    return value % step == 0


def with_unit(value: Decimal, unit: str) -> str:
    """1200 and 万円 -> 「1,200万円」; no trailing zeros."""
    whole = value == value.to_integral_value()
    return f"{value:,.0f}{unit}" if whole else f"{value.normalize():,f}{unit}"


def spelled_out(value: Decimal, unit: str) -> str:
    """With 億 beside it from there on, so that two amounts are told apart at a glance: 「12,000万円（1.2億円）」."""
    large = value * SCALED.get(unit, 1) / _OKU
    aside = f"（{with_unit(large, '億円')}）" if unit.endswith("円") and unit != "億円" and large >= 1 else ""
    return with_unit(value, unit) + aside


def as_decimal(plain: Json) -> Decimal | None:
    """A JSON number; not a truth, not a text, not infinite."""
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        return None
    value = Decimal(repr(plain))
    return value if value.is_finite() else None


def as_json(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
