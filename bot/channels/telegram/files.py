"""A reply's files as Telegram takes them: what is a picture, and the bytes, read beside the talk.

Nothing is made or deleted here: a file is its maker's until the reply is settled.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversation.messages import File

_log = logging.getLogger(__name__)
_PICTURES = ("image/jpeg", "image/png")  # others, such as SVG, Telegram shows as documents only


def is_picture(file: File) -> bool:
    return file.media_type in _PICTURES


async def read(file: File) -> bytes | None:
    """None where there is nothing (any more), which must be said: waiting would not bring it back."""
    try:
        return await asyncio.to_thread(Path(file.path).read_bytes) or None
    except OSError as error:
        _log.error("a file that was to be sent could not be read: %s", type(error).__name__)
        return None
