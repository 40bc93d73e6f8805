"""The channel's door: what `cli.py` starts. Signals end here; everything else is `serving`."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from bot.channels.telegram.limits import Limits
from bot.channels.telegram.outbox import CHANNEL
from bot.channels.telegram.serving import serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Webhook
    from bot.turn import Turns

PUBLIC_SERVER = "https://api.telegram.org"


@dataclass(frozen=True)
class TelegramChannel:
    name: ClassVar[str] = CHANNEL
    public: ClassVar[bool] = True  # what is said passes Telegram's servers

    turns: Turns
    token: str = field(repr=False)
    base_url: str = PUBLIC_SERVER  # without /bot
    allowed: frozenset[int] | None = None  # Telegram's numbers of those who may, beside the invited; None: everybody
    limits: Limits = field(default_factory=Limits)
    webhook: Webhook | None = None  # None: we ask for updates
    sign: Callable[[], None] = lambda: None  # called as long as we are alive

    def serve(self) -> int:
        """Until SIGTERM or SIGINT (0), or until polling is beyond help (not 0, and a line in the log says why)."""
        return asyncio.run(self._serve())

    async def _serve(self) -> int:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows
                asyncio.get_running_loop().add_signal_handler(number, stop.set)
        return await serve(
            self.turns,
            self.token,
            self.base_url,
            allowed=self.allowed,
            limits=self.limits,
            stop=stop,
            webhook=self.webhook,
            sign=self.sign,
        )


def run_telegram(
    turns: Turns,
    token: str,
    base_url: str = PUBLIC_SERVER,
    allowed: frozenset[int] | None = None,
    *,
    webhook: Webhook | None = None,
    sign: Callable[[], None] = lambda: None,
) -> int:
    return TelegramChannel(turns, token, base_url, allowed, webhook=webhook, sign=sign).serve()
