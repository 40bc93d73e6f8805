"""The token stays out of the logs, and so does what people write.

The token stands in the path of every request, and httpx writes each of them at INFO. What people write is in the
updates, and the library writes an update down whole where it cannot read it.
"""

from __future__ import annotations

import logging

_LOUD = ("httpx", "httpcore")
_HIDDEN = "…"
_DATA = ("received data", "invalid json data")  # how the library begins, before the data itself


class Redacted(logging.Filter):
    """On handlers, not loggers: a logger's filter does not see what its children log."""

    def __init__(self, token: str) -> None:
        super().__init__()
        # The half behind the colon is the secret, and it is found even where the colon was written as %3A.
        self._secret = token.rpartition(":")[2] or token

    def filter(self, record: logging.LogRecord) -> bool:
        template = str(record.msg)
        begins = [at + len(data) for data in _DATA if (at := template.lower().rfind(data)) >= 0]
        if begins and record.args:
            record.msg, record.args = template[: max(begins)] + ": " + _HIDDEN, ()
        text = record.getMessage()
        if self._secret in text:
            record.msg, record.args = text.replace(self._secret, _HIDDEN), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text and self._secret in record.exc_text:
            record.exc_text = record.exc_text.replace(self._secret, _HIDDEN)
            record.exc_info = None  # or another handler's formatter writes it anew
        return True


def keep_token_out(token: str) -> None:
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    redacted = Redacted(token)
    for handler in (*logging.getLogger().handlers, logging.lastResort):
        if handler is not None:
            handler.addFilter(redacted)
