"""Updates that the library cannot read, in an answer to getUpdates: what is left of one is its number.

The rule: one such update must not keep all others from us. The library drops a whole answer in which it meets one and
asks for the same again, for ever: Telegram has new kinds of things before the library has. What stood in it is neither
kept nor logged.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from telegram import Update

_log = logging.getLogger(__name__)


def readable(payload: bytes) -> bytes:
    """The answer as it came, or, where it holds what cannot be read, with the mere numbers of that."""
    try:
        answer = json.loads(payload)
        found = [_checked(update) for update in answer["result"]]
    except (ValueError, TypeError, KeyError):  # no answer with updates: the library says so
        return payload
    if found == answer["result"]:
        return payload
    return json.dumps({**answer, "result": [update for update in found if update is not None]}).encode()


def _checked(update: dict[str, Any]) -> dict[str, Any] | None:
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001  whatever it stumbles over, the others must be served
        number = update.get("update_id")
        _log.error("update %s cannot be read and is passed over: %s", number, type(error).__name__)
        return {"update_id": number} if isinstance(number, int) else None
    return update
