"""Telegram as seen from here: is the server reached, does it know the token, do the clocks agree, who gets the updates.

Two harmless questions (getMe, getWebhookInfo) over plain HTTP, because the library hides the server's clock; a bot
that is at work meanwhile notices nothing. The token stands in the address of each request: no error's text is shown.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx

from bot.channels.doctor.finding import Finding, bad, good, note
from bot.channels.telegram.serving import is_loopback
from bot.settings import Settings, Webhook

_WAIT = 10.0  # seconds
_CLOCKS = 60  # seconds that clocks may differ
_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


@dataclass(frozen=True)
class Answer:
    status: int
    date: str
    body: Mapping[str, Any]


def look_there(settings: Settings, now: datetime) -> Iterator[Finding]:
    if not settings.telegram_token:
        yield bad("doctor_no_token")
        return
    me = ask(settings, "getMe")
    if isinstance(me, str):
        yield bad("doctor_unreachable", server=settings.telegram_server, error=me)
        return
    if me.date:
        yield clocks(me.date, now)
    if me.status in _REFUSED:
        yield bad("doctor_token_refused")
    elif me.status != HTTPStatus.OK:
        yield bad("doctor_server_trouble", server=settings.telegram_server, status=me.status)
    else:
        yield good("doctor_bot", name=me.body.get("username", ""))
        yield from updates(settings)


def clocks(date: str, now: datetime) -> Finding:
    """An answer takes a moment, so seconds do not matter."""
    apart = round(abs((parsedate_to_datetime(date) - now).total_seconds()))
    return good("doctor_clock") if apart <= _CLOCKS else bad("doctor_clock_wrong", seconds=apart)


def updates(settings: Settings) -> Iterator[Finding]:
    found = ask(settings, "getWebhookInfo")
    if isinstance(found, str) or found.status != HTTPStatus.OK:
        yield note("doctor_webhook_unknown")
        return
    yield webhook(settings.webhook, str(found.body.get("url", "")))
    if found.body.get("last_error_message") and settings.webhook is not None:
        yield note("doctor_webhook_trouble", error=found.body["last_error_message"])


def webhook(wanted: Webhook | None, url: str) -> Finding:
    if wanted is None:
        return note("doctor_webhook_left", url=url) if url else good("doctor_polling")
    return good("doctor_webhook", url=url) if url == wanted.url else note("doctor_webhook_unset", url=wanted.url)


def ask(settings: Settings, method: str) -> Answer | str:
    """What the server answers; the kind of error where it does not."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would write the address down
    url = f"{settings.telegram_server}/bot{settings.telegram_token}/{method}"
    try:
        with httpx.Client(timeout=_WAIT, trust_env=not is_loopback(url)) as client:
            found = client.post(url)
            result = dict(found.json()["result"]) if found.status_code == HTTPStatus.OK else {}
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
        return type(error).__name__
    return Answer(found.status_code, found.headers.get("Date", ""), result)
