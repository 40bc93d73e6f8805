"""Updates that the library cannot read: what is left of one is its number.

The rule: one such update must not keep all others from us. Telegram has new kinds of things before the library has; the
library then drops the whole answer to getUpdates and asks for the same again, for ever, and a webhook's update would be
brought again and again. What stood in it is neither kept nor logged.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from telegram import Update

if TYPE_CHECKING:
    from telegram import Bot

_log = logging.getLogger(__name__)


def readable(payload: bytes) -> bytes:
    """An answer to getUpdates as it came, or, where it holds what cannot be read, with the mere numbers of that."""
    try:
        answer = json.loads(payload)
        found = [_checked(update) for update in answer["result"]]
    except (ValueError, TypeError, KeyError):  # no answer with updates: the library says so
        return payload
    if found == answer["result"]:
        return payload
    return json.dumps({**answer, "result": [update for update in found if update is not None]}).encode()


def read(data: Any, bot: Bot) -> Update | None:
    """The update of a webhook; None for one that is passed over. ValueError for what is no update."""
    if not isinstance(data, dict) or not isinstance(number := data.get("update_id"), int):
        raise ValueError("no update")  # noqa: TRY004  whoever brings it, not we, is mistaken
    try:
        return Update.de_json(data, bot)
    except Exception as error:  # noqa: BLE001  whatever it stumbles over, the others must be served
        _pass_over(number, error)
        return None


def _checked(update: dict[str, Any]) -> dict[str, Any] | None:
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001  see above
        number = update.get("update_id")
        _pass_over(number, error)
        return {"update_id": number} if isinstance(number, int) else None
    return update


def _pass_over(number: object, error: Exception) -> None:
    _log.error("update %s cannot be read and is passed over: %s", number, type(error).__name__)
