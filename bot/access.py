"""Who may use a bot that is not for everybody: those on the operator's list, and those who hold an invitation.

The rule: whoever is asked about leaves no trace unless they get in. Which list there is, is the channel's; an
invitation is a code that `bansou invite` makes, for one person or until a day.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.keys import code_key, user_key
from bot.store.store import Store

PREFIX = "invite-"  # of a deep link
DAYS = 30  # that an invitation for one person holds
_BYTES = 16


@dataclass(frozen=True)
class Access:
    store: Store
    secret: bytes
    clock: Callable[[], datetime]

    def invite(self, until: datetime | None = None) -> tuple[str, datetime]:
        """A new code and the time until which it holds: for one person, or until that time for everybody."""
        code = secrets.token_hex(_BYTES)
        ends = until or self.clock() + timedelta(days=DAYS)
        self.store.codes.invite(code_key(self.secret, code), ends, once=until is None)
        return PREFIX + code, ends

    def cancel(self) -> int:
        """Take back all invitations that nobody used."""
        return self.store.codes.cancel_invitations()

    def has(self, channel: str, user: str) -> bool:
        return self.store.codes.is_guest(user_key(self.secret, channel, user))

    def admit(self, channel: str, user: str, payload: str) -> bool:
        """Whether the payload of a deep link is an invitation that holds; then this user is in from now on."""
        code = code_key(self.secret, payload.removeprefix(PREFIX))
        return self.store.codes.admit(user_key(self.secret, channel, user), code, self.clock())
