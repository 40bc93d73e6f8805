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
    idle: float = 30.0  # without a turn: then the database's log is emptied into its file
    busy: int = 4  # times `idle` with turns in each: then it is emptied in the midst of them
    look: float = 30.0  # between two looks at whether the webhook is still ours
    again: float = 10.0  # within which the same tap is one with the first
    burst: int = 60  # messages that one person may send at once
    pace: float = 1.0  # messages a second after that, as many as Telegram lets us send to a chat
    rest: int = 10  # messages that must fit again before one who sent too many is heard again
    backlog: int = 100  # turns of one chat that may wait to be sent
    rate: float = 30.0  # messages a second to all chats together, as many as Telegram allows; 0: no bound
    connections: int = 32  # chats that are sent to side by side; one chat never has more than one
