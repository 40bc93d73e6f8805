"""What a Bot API server knows and refuses, without its wire: chats, messages, updates, and every rule we may break."""

from __future__ import annotations

import json
import re
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.channels.telegram.markup import BadMarkup, read_html

BOT = {"id": 777000777, "is_bot": True, "first_name": "Banso", "username": "banso_bot", "can_join_groups": True}
TOKEN = "777000777:AAsecretsecretsecretsecretsecret0"
Json = dict[str, Any]


@dataclass
class Refused(Exception):
    status: int
    description: str
    parameters: Json = field(default_factory=dict)


@dataclass
class Call:
    method: str
    params: Json
    at: float
    status: int = 0


@dataclass
class Shown:
    """A message of the bot as people see it now."""

    chat: int
    id: int
    text: str
    rows: list[list[Json]]
    html: str
    thread: int | None = None
    quote: int | None = None
    edits: int = 0

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.rows for button in row]


class BotApi:
    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.calls: list[Call] = []
        self.updates: list[Json] = []
        self.shown: list[Shown] = []
        self.chats: dict[int, Json] = {}
        self.blocked: set[int] = set()
        self.migrated: dict[int, int] = {}
        self.queries: dict[str, str | None] = {}  # by id: None until answered, then the text
        self.menus: dict[str, list[Json]] = {}
        self.webhook: Json = {"url": ""}
        self._poller = 0
        self._numbers = 1000
        self._update = 500_000

    def next_number(self) -> int:
        self._numbers += 1
        return self._numbers

    def push(self, **content: Any) -> int:
        """A new update for whoever polls."""
        with self.changed:
            self._update += 1
            self.updates.append({"update_id": self._update, **content})
            self.changed.notify_all()
            return self._update

    def push_again(self, update: Json) -> None:
        with self.changed:
            self.updates.append(update)
            self.changed.notify_all()

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    # --- methods, as the wire calls them ---

    def method(self, name: str, params: Json) -> Any:
        handler = getattr(self, f"_{re.sub('([A-Z])', lambda m: '_' + m[1].lower(), name)}", None)
        if handler is None:
            raise Refused(404, "Not Found")
        return handler(params)

    def _get_me(self, _params: Json) -> Json:
        return BOT

    def _set_webhook(self, params: Json) -> bool:
        """A server of one's own takes http too; the public one says what this one says of other hosts."""
        if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", params["url"]):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", params.get("secret_token", "-")):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        with self.changed:
            self.webhook = params
            self.changed.notify_all()
        return True

    def _get_webhook_info(self, _params: Json) -> Json:
        more = {key: value for key, value in self.webhook.items() if key.startswith("last_error")}
        return {
            "url": self.webhook["url"],
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
            **more,
        }

    def _delete_webhook(self, params: Json) -> bool:
        self.webhook = {"url": ""}
        if params.get("drop_pending_updates"):
            self.updates.clear()
        return True

    def _get_updates(self, params: Json) -> list[Json]:
        offset, until = int(params.get("offset", 0)), time.monotonic() + int(params.get("timeout", 0))
        if self.webhook["url"]:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        with self.changed:
            self._poller += 1
            mine = self._poller
            self.changed.notify_all()
            # Repeats of an update keep their old number and come after newer ones: delivered once, then gone.
            self.updates = [update for update in self.updates if update["update_id"] >= offset or "again" in update]
            while not self.updates and (left := until - time.monotonic()) > 0:
                self.changed.wait(left)
                if self._poller != mine:
                    raise Refused(409, "Conflict: terminated by other getUpdates request")
            found = self.updates[: int(params.get("limit", 100))]
            self.updates = [update for update in self.updates if "again" not in update]
        allowed = params.get("allowed_updates") or []
        assert all(set(update) & set(allowed) for update in found), (found, allowed)
        return [{key: value for key, value in update.items() if key != "again"} for update in found]

    def _send_message(self, params: Json) -> Json:
        chat = self._open_chat(int(params["chat_id"]))
        thread = params.get("message_thread_id")
        if thread is not None and thread not in self.chats[chat].get("threads", []):
            raise Refused(400, "Bad Request: message thread not found")
        text, rows = _text(params), _rows(params)
        quote = params.get("reply_parameters", {}).get("message_id")
        message = Shown(chat, self.next_number(), text, rows, params["text"], thread, quote)
        self.shown.append(message)
        return self.as_json(message)

    def _edit_message_text(self, params: Json) -> Json:
        message = self._own(params)
        text, rows = _text(params), _rows(params)
        if (text, rows) == (message.text, message.rows):
            raise Refused(400, "Bad Request: message is not modified")
        message.text, message.rows, message.html, message.edits = text, rows, params["text"], message.edits + 1
        return self.as_json(message)

    def _edit_message_reply_markup(self, params: Json) -> Json:
        message = self._own(params)
        rows = _rows(params)
        if rows == message.rows:
            raise Refused(400, "Bad Request: message is not modified")
        message.rows, message.edits = rows, message.edits + 1
        return self.as_json(message)

    def _answer_callback_query(self, params: Json) -> bool:
        name = params["callback_query_id"]
        if self.queries.get(name, "") is not None:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if len(params.get("text", "")) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        self.queries[name] = params.get("text", "")
        return True

    def _set_my_commands(self, params: Json) -> bool:
        commands = params["commands"]
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        self.menus[params.get("language_code", "")] = commands
        return True

    # --- rules ---

    def _open_chat(self, chat: int) -> int:
        if chat in self.migrated:
            to = self.migrated[chat]
            raise Refused(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": to})
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat not in self.chats:
            raise Refused(400, "Bad Request: chat not found")
        return chat

    def _own(self, params: Json) -> Shown:
        chat = self._open_chat(int(params["chat_id"]))
        wanted = (chat, int(params["message_id"]))
        found = next((message for message in self.shown if (message.chat, message.id) == wanted), None)
        if found is None:
            raise Refused(400, "Bad Request: message to edit not found")
        return found

    def as_json(self, message: Shown) -> Json:
        content: Json = {"message_id": message.id, "date": int(time.time()), "chat": self.chats[message.chat]["json"]}
        content |= {"from": BOT, "text": message.text}
        if message.rows:
            content["reply_markup"] = {"inline_keyboard": message.rows}
        if message.thread:
            content |= {"message_thread_id": message.thread, "is_topic_message": True}
        return content


def _text(params: Json) -> str:
    text = str(params["text"])
    if params.get("parse_mode"):
        assert params["parse_mode"] == "HTML"
        try:
            text = read_html(text)
        except BadMarkup as error:
            raise Refused(400, f"Bad Request: can't parse entities: {error}") from error
    text = text.strip()
    if not text:
        raise Refused(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise Refused(400, "Bad Request: message is too long")
    return text


def _rows(params: Json) -> list[list[Json]]:
    markup = params.get("reply_markup", {})
    rows: list[list[Json]] = markup.get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100 or any(len(row) > 8 or not row for row in rows):
        raise Refused(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if not button["text"].strip() or not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows


def read_params(fields: dict[str, str]) -> Json:
    """Form fields, of which anything but a string is written as JSON."""
    return {name: value if name in ("text", "callback_query_id") else _json(value) for name, value in fields.items()}


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
