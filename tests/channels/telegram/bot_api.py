"""What a Bot API server knows and refuses, without its wire: chats, messages, updates, and every rule we may break."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from typing import Any

from tests.channels.telegram.rules import (
    MB,
    Json,
    Refused,
    Upload,
    caption_of,
    read_params,
    rows_of,
    size_of,
    text_of,
)

__all__ = ["BOT", "TOKEN", "BotApi", "Call", "Json", "Refused", "Shown", "Upload", "read_params"]

BOT = {
    "id": 777000777,
    "is_bot": True,
    "first_name": "Banso",
    "username": "banso_bot",
    "can_join_groups": True,
    "supports_inline_queries": True,
}
TOKEN = "777000777:AAsecretsecretsecretsecretsecret0"


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
    file: Upload | None = None
    kind: str = "text"  # text, document, photo

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
        self.inline: dict[str, Json | None] = {}  # by id: None until answered, then the answer
        self.menus: dict[str, list[Json]] = {}  # by language; of other scopes than the default: scope:language
        self.profile: dict[tuple[str, str], str] = {}
        self.webhook: Json = {"url": ""}
        self.newest: Json = {}  # the update that was pushed last
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
            self.newest = {"update_id": self._update, **content}
            self.updates.append(self.newest)
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
        return self._send(params, text_of(params), params["text"])

    def _send(self, params: Json, text: str, html: str, kind: str = "text") -> Json:
        chat, thread = self._place(params)
        quote = params.get("reply_parameters", {}).get("message_id")
        file = params.get(kind)
        message = Shown(chat, self.next_number(), text, rows_of(params), html, thread, quote, file=file, kind=kind)
        self.shown.append(message)
        return self.as_json(message)

    def _place(self, params: Json) -> tuple[int, int | None]:
        chat = self._open_chat(int(params["chat_id"]))
        thread = params.get("message_thread_id")
        if thread is not None and thread not in self.chats[chat].get("threads", []):
            raise Refused(400, "Bad Request: message thread not found")
        return chat, thread

    def _send_document(self, params: Json) -> Json:
        file = params["document"]
        if not file.content or len(file.content) > 50 * MB:
            raise Refused(400, "Bad Request: file must be non-empty")
        return self._send(params, caption_of(params), params.get("caption", ""), "document")

    def _send_photo(self, params: Json) -> Json:
        file = params["photo"]
        if len(file.content) > 10 * MB or sum(size_of(file.content)) > 10_000:
            raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
        return self._send(params, caption_of(params), params.get("caption", ""), "photo")

    def _send_chat_action(self, params: Json) -> bool:
        self._place(params)
        if params["action"] not in ("typing", "upload_document", "upload_photo"):
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return True

    def _edit_message_text(self, params: Json) -> Json:
        message = self._own(params)
        text, rows = text_of(params), rows_of(params)
        if (text, rows) == (message.text, message.rows):
            raise Refused(400, "Bad Request: message is not modified")
        message.text, message.rows, message.html, message.edits = text, rows, params["text"], message.edits + 1
        return self.as_json(message)

    def _edit_message_reply_markup(self, params: Json) -> Json:
        message = self._own(params)
        rows = rows_of(params)
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

    def _answer_inline_query(self, params: Json) -> bool:
        name, results = str(params["inline_query_id"]), params["results"]
        if name not in self.inline or self.inline[name] is not None:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if len(results) > 50 or len({one["id"] for one in results}) != len(results):
            raise Refused(400, "Bad Request: RESULTS_TOO_MUCH")
        for one in results:
            if one["type"] != "article" or not one["title"] or not 1 <= len(one["id"].encode()) <= 64:
                raise Refused(400, "Bad Request: RESULT_ID_INVALID")
            content = one["input_message_content"]
            text_of({**content, "text": content["message_text"]})
            rows_of(one)
        start = params.get("button", {"text": "-", "start_parameter": "-"})
        if not start["text"] or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start["start_parameter"]):
            raise Refused(400, "Bad Request: START_PARAM_INVALID")
        self.inline[name] = params
        return True

    def _set_my_commands(self, params: Json) -> bool:
        commands = params["commands"]
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        scope = params.get("scope", {}).get("type", "default")
        language = params.get("language_code") or ""
        self.menus[language if scope == "default" else f"{scope}:{language}"] = commands
        return True

    def _get_my_description(self, params: Json) -> Json:
        return {"description": self._profile(params, "description")}

    def _get_my_short_description(self, params: Json) -> Json:
        return {"short_description": self._profile(params, "short_description")}

    def _profile(self, params: Json, name: str) -> str:
        """Of this language, else of every other one."""
        return self.profile.get((name, params.get("language_code") or ""), self.profile.get((name, ""), ""))

    def _set_my_description(self, params: Json) -> bool:
        return self._set_profile(params, "description", 512)

    def _set_my_short_description(self, params: Json) -> bool:
        return self._set_profile(params, "short_description", 120)

    def _set_profile(self, params: Json, name: str, longest: int) -> bool:
        text = str(params.get(name, ""))
        if len(text) > longest:
            raise Refused(400, "Bad Request: BOT_DESCRIPTION_TOO_LONG")
        self.profile[name, params.get("language_code") or ""] = text
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
        content |= {"from": BOT, "text": message.text} if message.kind == "text" else _with_file(message)
        if message.rows:
            content["reply_markup"] = {"inline_keyboard": message.rows}
        if message.thread:
            content |= {"message_thread_id": message.thread, "is_topic_message": True}
        return content


def _with_file(message: Shown) -> Json:
    head: Json = {"file_id": str(message.id), "file_unique_id": str(message.id)}
    file = [{**head, "width": 1, "height": 1}] if message.kind == "photo" else head
    return {"from": BOT, message.kind: file, **({"caption": message.text} if message.text else {})}
