"""Who sends too much at once is asked to slow down: a bucket a person that fills with time, and a bound on what waits.

The rule: what is refused was never taken, nothing of it is kept, and the person is told so; what was taken is never
dropped. The bounds are far above what people type and tap, and far below what would keep others waiting. Words of
danger are always heard: that is the inbox's care.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.channels.telegram.limits import Limits

_REMEMBERED = 1000  # people; above it those whose bucket is full are dropped


class Verdict(Enum):
    HEARD = auto()
    STOPPED = auto()  # from this message on: say it once
    STILL_STOPPED = auto()


@dataclass
class _Bucket:
    room: float  # messages that still fit
    at: float
    stopped: bool = False


class Flood:
    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._buckets: dict[int, _Bucket] = {}

    def judge(self, user: int, waiting: int) -> Verdict:
        """A message of this person came; `waiting`: turns of the chat that are still to be sent."""
        bucket = self._filled(user)
        enough = self._limits.rest if bucket.stopped else 1
        if bucket.room >= enough and waiting < self._limits.backlog:
            bucket.room -= 1
            bucket.stopped = False
            return Verdict.HEARD
        verdict = Verdict.STILL_STOPPED if bucket.stopped else Verdict.STOPPED
        bucket.stopped = True
        return verdict

    def _filled(self, user: int) -> _Bucket:
        now = self._clock()
        if len(self._buckets) > _REMEMBERED:
            self._buckets = {one: bucket for one, bucket in self._buckets.items() if not self._is_full(bucket, now)}
        bucket = self._buckets.setdefault(user, _Bucket(self._limits.burst, now))
        bucket.room, bucket.at = self._room(bucket, now), now
        return bucket

    def _room(self, bucket: _Bucket, now: float) -> float:
        return min(self._limits.burst, bucket.room + (now - bucket.at) * self._limits.pace)

    def _is_full(self, bucket: _Bucket, now: float) -> bool:
        return self._room(bucket, now) >= self._limits.burst
