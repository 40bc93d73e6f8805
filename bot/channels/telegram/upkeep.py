"""The database is kept small and clean while the bot runs: what is old goes, and the log is emptied into the file.

The rule: what somebody deleted must not lie in the log until the next day. So the log is emptied (TRUNCATE) as soon as
there is a pause, and where none comes, every few minutes all the same.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.channels.telegram.lines import log_failure

if TYPE_CHECKING:
    from bot.channels.telegram.limits import Limits
    from bot.turn import Turns


async def tidy(turns: Turns, limits: Limits) -> None:
    """At start, and again a day later."""
    while True:
        try:
            turns.tidy()
        except Exception as error:  # noqa: BLE001  another process may be at the database; tomorrow is soon enough
            log_failure("the database was not tidied", error)
        await asyncio.sleep(limits.tidy)


async def empty_log_when_idle(turns: Turns, limits: Limits) -> None:
    """In the first pause after something was written, at the latest after `busy` looks; again if somebody reads."""
    emptied = before = turns.written()
    looks = 0
    while True:
        await asyncio.sleep(limits.idle)
        now = turns.written()
        looks = looks + 1 if now != emptied else 0
        try:
            if looks and (now == before or looks > limits.busy) and turns.empty_log():
                emptied, looks = now, 0
        except Exception as error:  # noqa: BLE001  see above
            log_failure("the log of the database was not emptied", error)
        before = now
