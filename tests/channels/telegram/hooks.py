"""Telegram's side of a webhook: brings updates one after the other, and each again until it is taken with a 200."""

from __future__ import annotations

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.settings import Webhook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.channels.telegram.bot_api import BotApi


def free_webhook(secret: str = "", path: str = "/hook") -> Webhook:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return Webhook(f"http://127.0.0.1:{port}{path}", "127.0.0.1", port, secret)


def bring(url: str, body: bytes, secret: str | None, kind: str = "application/json") -> int:
    headers = {"Content-Type": kind} | ({"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {})
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


class Bringer(threading.Thread):
    """`taken`: the numbers of the updates that got their 200, in that order."""

    def __init__(self, api: BotApi) -> None:
        super().__init__(daemon=True)
        self.api = api
        self.taken: list[int] = []
        self.statuses: list[int] = []
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            update = self._next()
            if update is None:
                continue
            webhook = self.api.webhook
            status = bring(webhook["url"], json.dumps(update).encode(), webhook.get("secret_token"))
            self.statuses.append(status)
            if status == 200:
                self.taken.append(update["update_id"])
                self.api.updates.remove(update)
            else:
                time.sleep(0.05)

    def _next(self) -> dict[str, Any] | None:
        with self.api.changed:
            if not self.api.webhook["url"] or not self.api.updates:
                self.api.changed.wait(0.1)
                return None
            return self.api.updates[0]


@contextmanager
def bringing(api: BotApi) -> Iterator[Bringer]:
    bringer = Bringer(api)
    bringer.start()
    try:
        yield bringer
    finally:
        bringer.over.set()
        bringer.join()
