"""Small real rows that the tests of the store share."""

from __future__ import annotations

from bot.store.rows import SessionRow

AT = "2026-11-23T10:00:00+09:00"
LATER = "2026-11-23T11:00:00+09:00"
USER, OTHER = "a" * 64, "b" * 64


def session(name: str = "s1", changed: str = AT, **data: object) -> SessionRow:
    return SessionRow(name, "kyogitai", "0123456789ab", "ケース青-07", AT, changed, "", data)
