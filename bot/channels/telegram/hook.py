"""Where Telegram brings updates to: a small HTTP server in our own loop.

The rule: 200 only after the inbox has taken the update, and 200 too for one that nobody can read, because Telegram
would bring it again and again. Who does not know the secret is not listened to. Nothing that is brought is logged. (The
library's own server refuses what it cannot read, and writes it into the log.)
"""

from __future__ import annotations

import hmac
import json
import logging
import socket
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from bot.channels.telegram.unreadable import read

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator

    from telegram import Bot

    from bot.settings import Webhook

_log = logging.getLogger(__name__)
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
_LARGEST = 4 * 2**20  # bytes; updates hold no files


@asynccontextmanager
async def hooked(webhook: Webhook, secret: str, bot: Bot, inbox: asyncio.Queue[object]) -> AsyncIterator[None]:
    """Listening as long as the block lasts; OSError where that cannot be."""
    options = {"secret": secret, "bot": bot, "inbox": inbox}
    path = urlsplit(webhook.url).path.rstrip("/")
    application = Application([(rf"{path}/?", _Hook, options)], log_function=lambda _handler: None)
    server = HTTPServer(application, max_buffer_size=_LARGEST)
    family = socket.AF_INET6 if ":" in webhook.host else socket.AF_INET
    listening = socket.create_server((webhook.host, webhook.port), family=family)  # tornado leaves open what fails
    listening.setblocking(False)
    server.add_socket(listening)
    try:
        yield
    finally:
        server.stop()
        await server.close_all_connections()


class _Hook(RequestHandler):
    SUPPORTED_METHODS = ("POST",)

    def initialize(self, secret: str, bot: Bot, inbox: asyncio.Queue[object]) -> None:
        self._secret = secret
        self._bot = bot
        self._inbox = inbox

    async def post(self) -> None:
        """One update. 403 without the secret, 400 for what is no update at all."""
        told = self.request.headers.get(_SECRET, "")
        if not hmac.compare_digest(told.encode(), self._secret.encode()):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        if self.request.headers.get("Content-Type") != "application/json":
            raise HTTPError(HTTPStatus.FORBIDDEN)
        try:
            update = read(json.loads(self.request.body), self._bot)
        except ValueError:
            raise HTTPError(HTTPStatus.BAD_REQUEST) from None
        if update is not None:
            await self._inbox.put(update)

    def write_error(self, status_code: int, **_: Any) -> None:
        self.finish(str(status_code))

    def log_exception(self, kind: type[BaseException] | None, *_: object) -> None:
        """By its type only: messages of errors may quote what somebody wrote."""
        if kind is not HTTPError:
            _log.error("what was brought could not be taken: %s", kind and kind.__name__)
