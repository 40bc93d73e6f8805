"""The same tap again: a thumb that was too quick, or a client that sends its press once more after it lost the network.

Telegram gives it a new number, so only what was pressed tells. The rule: it counts as one with the first while nothing
else has come from that person in between, and only for some seconds: who presses again later wants an answer.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.channels.telegram.remembered import MOST

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import CallbackQuery

    from bot.channels.telegram.limits import Limits


class Taps:
    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._last: OrderedDict[int, tuple[str, float]] = OrderedDict()  # by person: what was pressed, when

    def is_again(self, user: int, query: CallbackQuery | None) -> bool:
        """Whether this is what the person pressed last. A message of another kind (None) is no press."""
        pressed, at = self._last.get(user, ("", 0.0))
        return query is not None and pressed == _what(query) and self._clock() - at < self._limits.again

    def note(self, user: int, query: CallbackQuery | None) -> None:
        """What was taken just now is what came last from that person."""
        self._last.pop(user, None)
        if query is not None:
            self._last[user] = _what(query), self._clock()
        if len(self._last) > MOST:
            self._last.popitem(last=False)


def _what(query: CallbackQuery) -> str:
    """The button: which one, on which message."""
    message = query.message
    place = f"{message.chat.id} {message.message_id}" if message is not None else query.inline_message_id
    return f"{place} {query.data}"
