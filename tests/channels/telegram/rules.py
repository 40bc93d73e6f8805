"""What the Bot API refuses in texts, captions, keyboards and pictures: one function a rule, and no state."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.channels.telegram.markup import BadMarkup, read_html

MB = 1024 * 1024
Json = dict[str, Any]


@dataclass
class Refused(Exception):
    status: int
    description: str
    parameters: Json = field(default_factory=dict)


@dataclass
class Upload:
    name: str
    media_type: str
    content: bytes


def text_of(params: Json) -> str:
    text = _read(params, "text")
    if not text:
        raise Refused(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise Refused(400, "Bad Request: message is too long")
    return text


def caption_of(params: Json) -> str:
    text = _read(params, "caption")
    if len(text.encode("utf-16-le")) // 2 > 1024:
        raise Refused(400, "Bad Request: message caption is too long")
    return text


def _read(params: Json, name: str) -> str:
    text = str(params.get(name, ""))
    if params.get("parse_mode"):
        assert params["parse_mode"] == "HTML"
        try:
            text = read_html(text)
        except BadMarkup as error:
            raise Refused(400, f"Bad Request: can't parse entities: {error}") from error
    return text.strip()


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; nothing else is known to be a picture here."""
    if not content.startswith(b"\x89PNG"):
        raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def rows_of(params: Json) -> list[list[Json]]:
    markup = params.get("reply_markup", {})
    rows: list[list[Json]] = markup.get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100 or any(len(row) > 8 or not row for row in rows):
        raise Refused(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if button["text"].strip() and re.fullmatch(
            r"https://t\.me/\w+\?start=[A-Za-z0-9_-]{1,64}", button.get("url", "")
        ):
            continue
        if not button["text"].strip() or not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows


def read_params(fields: dict[str, str]) -> Json:
    """Form fields, of which anything but a string is written as JSON."""
    return {
        name: value if name in ("text", "caption", "callback_query_id") else _json(value)
        for name, value in fields.items()
    }


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
