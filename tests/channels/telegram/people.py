"""People who use the bot: they write, press buttons of messages that they see, send pictures, sit in groups."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.channels.telegram.bot_api import BOT, BotApi, Json, Shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.channels.telegram.wire import Server


async def until(condition: Callable[[], Any], seconds: float = 20) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.005)
    return found


@dataclass
class Person:
    api: BotApi
    id: int
    group: int | None = None
    thread: int | None = None

    def __post_init__(self) -> None:
        if self.group is None:
            chat: Json = {"id": self.id, "type": "private", "first_name": "Test"}
        else:
            chat = {"id": self.group, "type": "supergroup", "title": "Group", "is_forum": self.thread is not None}
        known = self.api.chats.setdefault(self.chat, {"json": chat, "threads": []})
        known["threads"].append(self.thread)

    @property
    def chat(self) -> int:
        return self.id if self.group is None else self.group

    @property
    def screen(self) -> list[Shown]:
        return [message for message in self.api.shown if message.chat == self.chat]

    @property
    def last(self) -> Shown:
        return self.screen[-1]

    @property
    def user(self) -> Json:
        return {"id": self.id, "is_bot": False, "first_name": "Test", "language_code": "ja"}

    # --- what they send ---

    def say(self, text: str, **more: Any) -> int:
        return self.send(text=text, entities=_entities(text), **more)

    def reply(self, message: Shown, text: str) -> int:
        return self.say(text, reply_to_message=self.api.as_json(message))

    def send(self, **content: Any) -> int:
        return self.api.push(message=self.message(**content))

    def edit(self, **content: Any) -> int:
        return self.api.push(edited_message=self.message(edit_date=int(time.time()), **content))

    def message(self, **content: Any) -> Json:
        where: Json = {"message_thread_id": self.thread, "is_topic_message": True} if self.thread else {}
        head = {
            "message_id": self.api.next_number(),
            "date": int(time.time()),
            "chat": self.api.chats[self.chat]["json"],
        }
        return {**head, "from": self.user, **where, **content}

    def stands(self, status: str) -> int:
        """They block the bot or take it back: member, kicked; in groups left too."""
        member = {"user": {name: BOT[name] for name in ("id", "is_bot", "first_name", "username")}}
        until_date = {"until_date": 0} if status == "kicked" else {}
        change = {
            "chat": self.api.chats[self.chat]["json"],
            "from": self.user,
            "date": int(time.time()),
            "old_chat_member": {**member, "status": "left"},
            "new_chat_member": {**member, **until_date, "status": status},
        }
        return self.api.push(my_chat_member=change)

    # --- what they press ---

    def press(self, label: str, *, on: Shown | None = None, gone: bool = False) -> str:
        """The newest button of this label; `gone`: Telegram does not show the bot that message any more."""
        message = on or next(one for one in reversed(self.screen) if label in one.labels)
        data = next(button["callback_data"] for row in message.rows for button in row if button["text"] == label)
        return self.press_data(data, message, gone=gone)

    def press_data(self, data: str, message: Shown, *, gone: bool = False) -> str:
        name = str(self.api.next_number())
        self.api.queries[name] = None
        seen = self.api.as_json(message)
        if gone:
            seen = {"message_id": message.id, "date": 0, "chat": seen["chat"]}
        query = {"id": name, "from": self.user, "chat_instance": "1", "data": data, "message": seen}
        self.api.push(callback_query=query)
        return name

    # --- what they ask from another chat ---

    async def looks_up(self, text: str) -> Json:
        """`@bot text` in any chat: what the list shows."""
        name = str(self.api.next_number())
        self.api.inline[name] = None
        self.api.push(inline_query={"id": name, "from": self.user, "query": text, "offset": "", "chat_type": "group"})
        answer: Json = await until(lambda: self.api.inline[name])
        return answer

    # --- and wait for ---

    async def sees(self, text: str, seconds: float = 20) -> Shown:
        """Some message that holds the text, the newest."""
        return await self._newest(lambda one: text in one.text, text, seconds)

    async def offered(self, label: str) -> Shown:
        return await self._newest(lambda one: label in one.labels, label)

    async def _newest(self, wanted: Callable[[Shown], bool], what: str, seconds: float = 20) -> Shown:
        end = time.monotonic() + seconds
        while not (found := [one for one in self.screen if wanted(one)]):
            assert time.monotonic() < end, f"{what!r} is not on the screen:\n" + "\n".join(map(repr, self.screen[-4:]))
            await asyncio.sleep(0.005)
        return found[-1]

    async def counts(self, messages: int, seconds: float = 20) -> None:
        await until(lambda: len(self.screen) == messages, seconds)

    async def offered_anything(self) -> Shown:
        """The newest message, once it has buttons."""
        message: Shown = await until(lambda: self.screen and self.screen[-1].rows and self.screen[-1])
        return message

    async def tap(self, label: str) -> None:
        """Wait for the button, press it, wait until its message shows it. What comes next is waited for by its text."""
        message = await self.offered(label)
        before = message.edits
        name = self.press(label, on=message)
        await until(lambda: self.api.queries[name] is not None and message.edits > before)


def _entities(text: str) -> list[Json]:
    found = [("bot_command", match) for match in re.finditer(r"(?<!\S)/\w+(@\w+)?", text)]
    found += [("mention", match) for match in re.finditer(rf"@{BOT['username']}\b", text) if not text.startswith("/")]
    return [{"type": kind, "offset": match.start(), "length": len(match[0])} for kind, match in found]


# --- whole steps ---


async def begin(person: Person, title: str, shelf: str = "") -> None:
    """From /start through the gate to the first question; `shelf`: the menu's heading that the flow stands under."""
    person.say("/start")
    for label in (*([shelf] if shelf else []), title, f"{title} をはじめる", "同意して始める"):
        await person.tap(label)


async def faultless(server: Server) -> None:
    """Nothing was refused, and no press stays without its answer."""
    await until(lambda: all(answer is not None for answer in server.api.queries.values()))
    # A poll that the bot has left ends with 409 when its next one comes: nobody hears that.
    calls = [call for call in server.api.calls if call.method != "getUpdates"]
    refused = [(call.method, call.params, call.status) for call in calls if call.status >= 400]
    assert not refused, refused
