"""Is polling alive? Stamps every good getUpdates, and says when the process had better leave and be started anew.

python-telegram-bot's polling ends for ever on one 401 or 404, and can hang in timeouts without a word; the process
lives on and serves nobody. Starting it again inside the process is known to hang too, so the rule is: leave with a
non-zero status and a clear line, and let systemd or the container start us again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from enum import IntEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from telegram.request import HTTPXRequest

from bot.channels.telegram.unreadable import readable

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.channels.telegram.limits import Limits

_log = logging.getLogger(__name__)


class Ending(IntEnum):
    """Exit statuses, after sysexits.h."""

    STOPPED = 0
    CONFLICT = 69  # another process polls with this token
    STALE = 70  # no good getUpdates for too long
    NO_WEBHOOK = 73  # Telegram does not take our address, or we cannot listen
    REFUSED = 78  # the server does not know this token


_REASONS = {
    Ending.CONFLICT: "another process takes the updates of this token (409, or the webhook is not ours any more):"
    " stop one of the two",
    Ending.NO_WEBHOOK: "the webhook was not set: check TELEGRAM_WEBHOOK_URL and TELEGRAM_WEBHOOK_LISTEN (is it free?)",
    Ending.STALE: "no good getUpdates for too long: polling is dead, leaving so that it can be started anew",
    Ending.REFUSED: "the server refused the token (401 or 404): check TELEGRAM_BOT_TOKEN and TELEGRAM_API_BASE_URL",
}


def log_ending(ending: Ending) -> None:
    if ending is not Ending.STOPPED:
        _log.critical("exit %d: %s", ending, _REASONS[ending])


class Watch:
    """`sign` tells the outside that we are alive: for those who look from another process."""

    def __init__(
        self, limits: Limits, clock: Callable[[], float] = time.monotonic, sign: Callable[[], None] = lambda: None
    ) -> None:
        self._limits = limits
        self._sign = sign
        self._clock = clock
        self._good = clock()
        self._refused = False
        self._conflicts: deque[float] = deque(maxlen=limits.conflicts)

    def start(self) -> None:
        """From now on updates are expected to come."""
        self._good = self._clock()
        self._sign()

    def note(self, status: int) -> None:
        """How a getUpdates was answered."""
        if status in (HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS):  # told to wait is alive too
            self.start()
        elif status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self._refused = True
        elif status == HTTPStatus.CONFLICT:
            self._conflicts.append(self._clock())

    def ending(self) -> Ending | None:
        """Why to leave. Conflicts are counted in a window: between two of them an update may well arrive."""
        now = self._clock()
        if self._refused:
            return Ending.REFUSED
        full = len(self._conflicts) == self._limits.conflicts
        if full and now - self._conflicts[0] <= self._limits.conflict_window:
            return Ending.CONFLICT
        return Ending.STALE if now - self._good > self._limits.stale else None

    async def wait(self) -> Ending:
        while (ending := self.ending()) is None:  # noqa: ASYNC110  that nothing happens is what we wait for
            await asyncio.sleep(min(1.0, self._limits.stale / 10))
        return ending


class WatchedRequest(HTTPXRequest):
    """What getUpdates goes through, and nothing else."""

    def __init__(self, watch: Watch, **options: Any) -> None:
        super().__init__(**options)
        self._watch = watch

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*args, **options)
        self._watch.note(status)
        return status, readable(payload) if status == HTTPStatus.OK else payload
