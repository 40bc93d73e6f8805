"""What has come already, among the newest so many: for what must be done once and may be done twice after a restart."""

from __future__ import annotations

from collections.abc import Hashable

MOST = 10_000


class Remembered:
    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: dict[Hashable, None] = {}

    def again(self, one: Hashable) -> bool:
        """Whether it came before; from now on it has. The oldest are forgotten."""
        known = one in self._known
        self._known[one] = None
        if len(self._known) > self._most:
            del self._known[next(iter(self._known))]
        return known
