"""The Bot API over HTTP on loopback, with trouble on demand: statuses, resets before or after the work, hanging."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.channels.telegram.bot_api import TOKEN, BotApi, Call
from tests.channels.telegram.rules import Json, Refused, Upload, read_params


@dataclass
class Trouble:
    kind: int | str  # a status, or reset, reset_after, hang
    left: int | None  # how often; None for ever
    retry_after: int = 0
    chat: int | None = None  # None: whatever chat it is for


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.api = BotApi()
        self.troubles: dict[str, Trouble] = {}
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def fail(
        self, method: str, kind: int | str, times: int | None = 1, retry_after: int = 0, chat: int | None = None
    ) -> None:
        self.troubles[method] = Trouble(kind, times, retry_after, chat)

    def trouble(self, call: Call) -> Trouble | None:
        found = self.troubles.get(call.method)
        if found is None or found.left == 0 or found.chat not in (None, call.params.get("chat_id")):
            return None
        if found.left is not None:
            found.left -= 1
        return found

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that were killed: nothing to tell."""

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.closing.set()
        with self.api.changed:
            self.api._poller += 1  # wakes long polls
            self.api.changed.notify_all()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, *_args: Any) -> None:
        pass

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body_sent = self.rfile.read(length)
        if len(body_sent) < length:  # whoever sent it was killed in the middle: that is no request
            self.close_connection = True
            return
        fields, files = read_body(self.headers.get("Content-Type", ""), body_sent)
        _, _, rest = self.path.partition("/bot")
        token, _, method = rest.partition("/")
        call = Call(method, {**read_params(fields), **files}, time.monotonic())
        self.server.api.calls.append(call)
        trouble = self.server.trouble(call)
        if trouble is not None and trouble.kind == "hang":
            self.server.closing.wait()
        if trouble is not None and trouble.kind == "reset":
            self._reset()
            return
        call.status, body = self._answer(token, call, trouble)
        if trouble is not None and trouble.kind == "reset_after":
            self._reset()
            return
        payload = json.dumps(body).encode()
        self.send_response(call.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def _answer(self, token: str, call: Call, trouble: Trouble | None) -> tuple[int, Json]:
        if trouble is not None and isinstance(trouble.kind, int):
            return _refusal(
                Refused(trouble.kind, "on demand", {"retry_after": trouble.retry_after} if trouble.retry_after else {})
            )
        if token != TOKEN:
            return _refusal(Refused(401, "Unauthorized"))
        try:
            return 200, {"ok": True, "result": self.server.api.method(call.method, call.params)}
        except Refused as refused:
            return _refusal(refused)

    def _reset(self) -> None:
        """An RST instead of an answer."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


def read_body(kind: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    """Fields and files of a form, in either of the two ways in which forms are sent."""
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    parsed = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    fields, files = {}, {}
    for part in parsed.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        file_name = part.get_filename()
        if file_name is None:
            fields[name] = content.decode()
        else:
            files[name] = Upload(unquote(file_name), part.get_content_type(), content)
    return fields, files


def _refusal(refused: Refused) -> tuple[int, Json]:
    body = {"ok": False, "error_code": refused.status, "description": refused.description}
    return refused.status, body | ({"parameters": refused.parameters} if refused.parameters else {})
