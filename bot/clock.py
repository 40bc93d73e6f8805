"""The one clock. Everything else is handed the time (design §3); a fixed zone: dates are those of the office."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

JAPAN = timezone(timedelta(hours=9))  # no summer time since 1951: a fixed zone needs no table of zones


def clock() -> datetime:
    return datetime.now(JAPAN)  # noqa: TID251  the one place


def end_of(day: date) -> datetime:
    """The last moment of a day, here."""
    return datetime.combine(day, time.max, JAPAN)
