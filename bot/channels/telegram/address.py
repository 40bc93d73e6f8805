"""Where a reply goes: what the outbox keeps of a chat until the reply is sent, as JSON. Nothing about people but ids.

`owner` marks buttons in groups: a tag of who may press them, so that no table of messages is needed. The tag is a
short hash because callback data has 64 bytes for everything; it guards against a wrong thumb, `Turns` guards the rest.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass

_TAG_LENGTH = 6


@dataclass(frozen=True)
class Address:
    chat: int
    thread: int | None = None  # topic of a forum
    tapped: int | None = None  # the message whose button was pressed, where it can be edited
    quote: int | None = None  # in groups: the message that is answered
    owner: str = ""  # in groups: the tag of the person whose buttons these are

    def to_text(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if value})

    @classmethod
    def from_text(cls, text: str) -> Address:
        return cls(**json.loads(text))


def deep_link(name: str, payload: str) -> str:
    """Opens a private chat with the bot of this name, which hears `/start <payload>`."""
    return f"https://t.me/{name}?start={payload}"


def owner_tag(user: int) -> str:
    digest = hashlib.sha256(str(user).encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:_TAG_LENGTH]
