"""How long, how often, how many: the figures of this channel that an operator or a test may want to change. No code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds, where nothing else is said."""

    poll: int = 25  # how long one getUpdates may wait for news; whole seconds, the server wants them so
    timeout: float = 15.0  # for an answer of the server, for getUpdates on top of `poll`
    stale: float = 90.0  # without a good getUpdates: polling is dead, leave
    conflicts: int = 5  # 409s within `conflict_window`: another process polls with this token
    conflict_window: float = 120.0
    tries: int = 8  # to send one message while the network fails; then it stays owed until the next start
    pause: float = 1.0  # before the second try, doubled each time
    longest_pause: float = 30.0
    drain: float = 10.0  # at the end, for what is under way; the rest stays owed
    tidy: float = 24 * 3600.0  # between two times that what is old is taken from the database
    connections: int = 64  # chats that are sent to side by side; one chat never has more than one
