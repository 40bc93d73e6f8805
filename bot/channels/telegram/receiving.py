"""How updates reach us: we ask for them, or Telegram brings them to a webhook. Either way they end in the inbox.

The rule is the inbox's: the turn is committed before the library confirms the update (the next offset, or the 200).
Each way ends only when it is beyond help, and says why. Telegram brings the updates of one chat to a webhook one after
the other, so their order is kept there too.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.hook import hooked
from bot.channels.telegram.reading import HANDLED
from bot.channels.telegram.watch import Ending

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import WebhookInfo
    from telegram.ext import Updater

    from bot.channels.telegram.limits import Limits
    from bot.channels.telegram.watch import Watch
    from bot.settings import Webhook

_log = logging.getLogger(__name__)


async def poll(updater: Updater, watch: Watch, limits: Limits) -> Ending:
    await updater.start_polling(
        timeout=timedelta(seconds=limits.poll),
        bootstrap_retries=-1,
        allowed_updates=HANDLED,
        drop_pending_updates=False,  # people write while the bot is being restarted
        error_callback=lambda error: _log.warning("getUpdates failed: %s", type(error).__name__),
    )
    watch.start()
    return await watch.wait()


async def listen(updater: Updater, webhook: Webhook, watch: Watch, limits: Limits) -> Ending:
    secret = webhook.secret or secrets.token_urlsafe(32)
    bring_here = partial(
        updater.bot.set_webhook,
        webhook.url,
        secret_token=secret,
        allowed_updates=HANDLED,
        drop_pending_updates=False,
    )
    try:
        async with hooked(webhook, secret, updater.bot, updater.update_queue):
            await until_reached(bring_here, limits, final=(BadRequest, InvalidToken))
            return await _until_taken_away(updater, webhook, watch, limits)
    except (BadRequest, OSError) as error:
        _log.error("the webhook was not set: %s", error)
        return Ending.NO_WEBHOOK


async def _until_taken_away(updater: Updater, webhook: Webhook, watch: Watch, limits: Limits) -> Ending:
    told: object = None
    while True:
        watch.start()
        await asyncio.sleep(limits.look)
        found = await _look(updater)
        if found is not None and found.url != webhook.url:
            return Ending.CONFLICT
        if found is not None and found.last_error_date != told:
            told = found.last_error_date
            _log.warning("Telegram could not bring an update: %s", found.last_error_message)


async def _look(updater: Updater) -> WebhookInfo | None:
    """Another process that polls with our token, or sets its own address, takes our updates without a word."""
    try:
        return await updater.bot.get_webhook_info()
    except InvalidToken:
        raise
    except TelegramError as error:
        _log.warning("the webhook could not be looked at: %s", type(error).__name__)
        return None


async def until_reached(
    call: Callable[[], Awaitable[object]], limits: Limits, final: tuple[type[Exception], ...] = (InvalidToken,)
) -> None:
    """Again until the server answers: at boot the network may come up after us. What is `final` does not pass."""
    pause = limits.pause
    while True:
        try:
            await call()
        except final:
            raise
        except TelegramError as error:
            _log.warning("Telegram was not reached (%s), next try in %.0f s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, limits.longest_pause)
        else:
            return
