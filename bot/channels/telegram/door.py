"""Who gets in, where the bot is not for everybody: the operator's list, guests, and who brings an invitation.

The rule: all others hear one polite sentence, never in a group, and cost no more than a look into an index. Nothing of
them is kept but, until the process ends, that they were told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access import PREFIX
from bot.channels.telegram.outbox import CHANNEL
from bot.channels.telegram.remembered import Remembered
from bot.conversation.messages import Typed

if TYPE_CHECKING:
    from bot.access import Access
    from bot.channels.telegram.reading import Heard


class Door:
    def __init__(self, access: Access, listed: frozenset[int] | None) -> None:
        """`listed` None: everybody gets in."""
        self._access = access
        self._listed = listed
        self._told = Remembered()

    def knows(self, user: int) -> bool:
        return self._listed is None or user in self._listed or self._access.has(CHANNEL, str(user))

    def refusal(self, heard: Heard) -> str | None:
        """The key of the sentence to turn this person away with, empty where that is silence; None: they are in."""
        if self.knows(heard.user):
            return None
        group = bool(heard.address.owner)
        payload = _invitation(heard)
        if payload and not group and self._access.admit(CHANNEL, str(heard.user), payload):
            return None
        key = "invitation_gone" if payload else "not_on_list"
        return "" if group or self._told.again((heard.user, key)) else key


def _invitation(heard: Heard) -> str:
    """The payload of a deep link that invites."""
    text = heard.message.text.strip() if isinstance(heard.message, Typed) else ""
    command, _, payload = text.partition(" ")
    return payload.strip() if command == "/start" and payload.strip().startswith(PREFIX) else ""
