"""Telegram brings the updates: what is committed before it hears 200, who may bring, and how it ends."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.telegram.watch import Ending
from tests.channels.telegram.conftest import QUICK, Bot
from tests.channels.telegram.hooks import bring, bringing, free_webhook
from tests.channels.telegram.people import Person, begin, faultless, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Webhook
    from bot.store.store import Store
    from tests.channels.telegram.hooks import Bringer
    from tests.channels.telegram.wire import Server

FLOW = "試しの質問をひと通り"
LOOKING = replace(QUICK, look=0.05)


@pytest.fixture
def webhook() -> Webhook:
    return free_webhook()


@asynccontextmanager
async def brought(bot: Bot) -> AsyncIterator[Bringer]:
    with bringing(bot.server.api) as bringer:
        async with bot.running():
            yield bringer


async def test_a_flow_goes_its_way_and_nobody_polls(
    server: Server, store: Store, webhook: Webhook, person: Person
) -> None:
    async with brought(Bot(server, store, webhook=webhook)) as bringer:
        await begin(person, FLOW)
        await person.tap("していない")
        await person.sees("わけをすべて")
        assert set(bringer.statuses) <= {0, 200}  # 0: before we listened
    asked = server.api.of("setWebhook")[0].params
    assert (asked["url"], asked["allowed_updates"]) == (
        webhook.url,
        ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"],
    )
    assert not asked.get("drop_pending_updates")
    assert server.api.of("getUpdates") == []
    await faultless(server)


async def test_the_turn_is_committed_before_the_200_and_the_200_waits_for_no_sending(
    server: Server, store: Store, webhook: Webhook, person: Person
) -> None:
    bot = Bot(server, store, webhook=webhook)
    take, taken_then = bot.turns.take, []
    async with brought(bot) as bringer:

        def slowly(incoming: Any) -> Any:
            time.sleep(0.1)  # long enough for a 200 that would not wait
            outgoing = take(incoming)
            taken_then.append(list(bringer.taken))
            return outgoing

        object.__setattr__(bot.turns, "take", slowly)
        server.fail("sendMessage", "hang", times=1)
        number = person.say("/start")
        await until(lambda: bringer.taken)
        assert (bringer.taken, taken_then) == ([number], [[]])
        assert len(bot.turns.owed("telegram")) == 2


async def test_an_update_whose_200_was_lost_counts_once(
    server: Server, store: Store, webhook: Webhook, person: Person
) -> None:
    async with brought(Bot(server, store, webhook=webhook)) as bringer:
        person.say("/start")
        await person.counts(2)
        again = {"update_id": server.api._update, "message": person.message(text="/start")}
        server.api.push_again(again)
        await until(lambda: len(bringer.taken) == 2)
        await asyncio.sleep(0.1)
        assert len(person.screen) == 2


async def test_who_does_not_know_the_secret_is_refused(server: Server, store: Store, person: Person) -> None:
    webhook = free_webhook("s" * 20)
    bot = Bot(server, store, webhook=webhook)
    async with bot.running():
        await until(lambda: bot.signs)
        body = json.dumps({"update_id": 1, "message": person.message(text="/start")}).encode()
        tried = [
            (webhook.url, None, "application/json"),
            (webhook.url, "t" * 20, "application/json"),
            (webhook.url.replace("/hook", "/"), "s" * 20, "application/json"),
            (webhook.url, "s" * 20, "text/plain"),
        ]
        statuses = [await asyncio.to_thread(bring, url, body, secret, kind) for url, secret, kind in tried]
        assert statuses == [403, 403, 404, 403]
        assert bot.turns.state("telegram", str(person.id)).turn == 0
        assert await asyncio.to_thread(bring, webhook.url, body, "s" * 20) == 200
        await person.sees("こんにちは")


async def test_a_secret_of_ours_is_new_at_each_start_and_long(server: Server, store: Store, webhook: Webhook) -> None:
    for _ in range(2):
        bot = Bot(server, store, webhook=webhook)
        async with bot.running():
            await until(lambda: server.api.webhook["url"])
        server.api.webhook = {"url": ""}
    secrets = [call.params["secret_token"] for call in server.api.of("setWebhook")]
    assert len(set(secrets)) == 2
    assert all(len(secret) >= 32 for secret in secrets)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b'{"message": {"text": "VERYSECRET"}}', 400),
        (b'{"update_id": 5, "message": {"text": "VERYSECRET"}}', 200),  # of a kind to come: or it would come for ever
        (b'{"update_id": 5, "a_kind_to_come": {"text": "VERYSECRET"}}', 200),
    ],
)
async def test_what_cannot_be_read_harms_nobody_and_is_in_no_log(  # noqa: PLR0917
    body: bytes, status: int, server: Server, store: Store, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    webhook = free_webhook("s" * 20)
    async with brought(Bot(server, store, webhook=webhook)):
        await until(lambda: server.api.webhook["url"])
        person.say("/start")
        await person.sees("こんにちは")
        assert await asyncio.to_thread(bring, webhook.url, body, "s" * 20) == status
        person.say("/page 139")
        await person.sees("139")
    assert "VERYSECRET" not in caplog.text


async def test_what_is_under_way_is_sent_before_it_stops(
    server: Server, store: Store, webhook: Webhook, person: Person
) -> None:
    async with brought(Bot(server, store, webhook=webhook)) as bringer:
        for page in (10, 12, 33):
            person.say(f"/page {page}")
        await until(lambda: len(bringer.taken) == 3)
    assert len(person.screen) == 4


async def test_a_start_through_trouble_gets_there(
    server: Server, store: Store, webhook: Webhook, person: Person
) -> None:
    server.fail("setWebhook", 502, times=2)
    async with brought(Bot(server, store, webhook=webhook)):
        person.say("/start")
        await person.sees("こんにちは")


async def test_another_that_polls_with_our_token_is_noticed(server: Server, store: Store, webhook: Webhook) -> None:
    task = asyncio.create_task(Bot(server, store, LOOKING, webhook=webhook).run())
    await until(lambda: server.api.webhook["url"])
    server.api._delete_webhook({})
    assert await asyncio.wait_for(task, 20) is Ending.CONFLICT


async def test_a_token_that_is_taken_back_ends_it(server: Server, store: Store, webhook: Webhook) -> None:
    task = asyncio.create_task(Bot(server, store, LOOKING, webhook=webhook).run())
    await until(lambda: server.api.webhook["url"])
    server.fail("getWebhookInfo", 401)
    assert await asyncio.wait_for(task, 20) is Ending.REFUSED


async def test_trouble_while_looking_is_only_logged_and_signs_of_life_go_on(
    server: Server, store: Store, webhook: Webhook, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("getWebhookInfo", 502, times=2)
    bot = Bot(server, store, LOOKING, webhook=webhook)
    async with brought(bot):
        await until(lambda: len(server.api.of("getWebhookInfo")) > 3)
        server.api.webhook |= {"last_error_date": 1_800_000_000, "last_error_message": "Connection refused"}
        before = len(bot.signs)
        await until(lambda: len(bot.signs) > before + 3)
        person.say("/start")
        await person.sees("こんにちは")
    assert "could not be looked at" in caplog.text
    assert caplog.text.count("Connection refused") == 1


async def test_an_address_that_telegram_refuses_is_told(
    server: Server, store: Store, webhook: Webhook, caplog: pytest.LogCaptureFixture
) -> None:
    bad = replace(webhook, url="http://bot.example.jp/hook")
    assert await Bot(server, store, webhook=bad).run() is Ending.NO_WEBHOOK
    assert "an https url must be provided" in caplog.text
    assert "TELEGRAM_WEBHOOK_URL" in caplog.text


async def test_a_port_that_is_taken_is_told(
    server: Server, store: Store, webhook: Webhook, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server((webhook.host, webhook.port)):
        assert await Bot(server, store, webhook=webhook).run() is Ending.NO_WEBHOOK
    assert "TELEGRAM_WEBHOOK_LISTEN" in caplog.text
    assert server.api.of("setWebhook") == []


async def test_polling_takes_over_where_a_webhook_was_set(server: Server, store: Store, person: Person) -> None:
    server.api.webhook = {"url": "https://old.example.jp/"}
    async with Bot(server, store).running() as bot:
        person.say("/start")
        await person.sees("こんにちは")
        assert bot.signs
