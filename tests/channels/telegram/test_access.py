"""Who gets in where the bot is not for everybody: the list, the invited, and nobody else."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.access import Access
from bot.channels.telegram.inviting import invite
from bot.channels.telegram.remembered import Remembered
from bot.settings import Settings
from tests.channels.telegram.bot_api import TOKEN
from tests.channels.telegram.conftest import QUICK, Bot
from tests.channels.telegram.library import public_library
from tests.channels.telegram.people import Person, faultless, until
from tests.channels.telegram.test_once import settled
from tests.talk import NOON, real_library

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.store import Store
    from tests.channels.telegram.wire import Server

NOBODY: frozenset[int] = frozenset()


@pytest.fixture
async def closed(server: Server, store: Store) -> AsyncIterator[Bot]:
    async with Bot(server, store, QUICK, NOBODY, replace(public_library(), closed=True)).running() as running:
        yield running


def rows(store: Store) -> int:
    """Of all tables that have users."""
    return sum(len(list(store._database.table(name).rows)) for name in store._tables.having("user"))


async def test_who_brings_an_invitation_is_in_and_stays_in(closed: Bot, server: Server, store: Store) -> None:
    guest = Person(server.api, 61)
    code, _ = closed.turns.access.invite()
    guest.say(f"/start {code}")
    await guest.sees("こんにちは")
    guest.say("139ページ")
    await guest.sees("139")
    await settled(closed)
    await faultless(server)
    said = "".join(str(row) for name in store._tables.having("user") for row in store._database.table(name).rows)
    assert code.removeprefix("invite-") not in said


async def test_an_invitation_for_one_person_lets_no_second_one_in(closed: Bot, server: Server) -> None:
    first, second = Person(server.api, 61), Person(server.api, 62)
    code, _ = closed.turns.access.invite()
    first.say(f"/start {code}")
    await first.sees("こんにちは")
    second.say(f"/start {code}")
    await second.sees("この招待は、もう使えません")
    second.say("139ページ")
    await second.sees("決まった方だけ")
    await settled(closed)
    assert len(second.screen) == 2
    assert closed.turns.state("telegram", "62").turn == 0


async def test_an_invitation_until_a_day_lets_in_whoever_comes_before(closed: Bot, server: Server) -> None:
    code, _ = closed.turns.access.invite(NOON + timedelta(days=1))
    late, _ = closed.turns.access.invite(NOON)
    for number in (61, 62, 63):
        guest = Person(server.api, number)
        guest.say(f"/start {code}")
        await guest.sees("こんにちは")
    other = Person(server.api, 64)
    other.say(f"/start {late}")
    await other.sees("この招待は、もう使えません")


async def test_strangers_cost_one_sentence_and_leave_nothing(closed: Bot, server: Server, store: Store) -> None:
    stranger = Person(server.api, 65)
    for text in (
        "/start",
        "139ページ",
        "/start flow-kyogitai-keigaika",
        "/start invite-guessed",
        "/start invite-again",
    ):
        stranger.say(text)
    stranger.send(photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}])
    stranger.edit(text="何か")
    await until(lambda: len(stranger.screen) == 2)
    await settled(closed)
    words = closed.turns.library.words
    assert [one.text for one in stranger.screen] == [words.say("not_on_list"), words.say("invitation_gone")]
    assert rows(store) == 0
    await faultless(server)


async def test_a_stranger_in_danger_gets_the_fixed_words(closed: Bot, server: Server, store: Store) -> None:
    stranger = Person(server.api, 65)
    stranger.say("/start")
    stranger.say("もう死にたい")
    await stranger.sees(closed.turns.library.words.say("danger"))
    assert rows(store) == 0


async def test_in_a_group_strangers_hear_nothing_and_their_code_stays_whole(closed: Bot, server: Server) -> None:
    member = Person(server.api, 66, group=-100700)
    code, _ = closed.turns.access.invite()
    member.say(f"/start {code}")
    member.say("/start@banso_bot")
    await settled(closed)
    assert member.screen == []
    alone = Person(server.api, 66)
    alone.say(f"/start {code}")
    await alone.sees("こんにちは")


async def test_who_is_in_already_does_not_use_an_invitation_up(server: Server, store: Store) -> None:
    async with Bot(server, store, QUICK, frozenset({61})).running() as bot:
        listed, guest = Person(server.api, 61), Person(server.api, 62)
        code, _ = bot.turns.access.invite()
        listed.say(f"/start {code}")
        await listed.sees("こんにちは")
        guest.say(f"/start {code}")
        await guest.sees("こんにちは")


async def test_a_guest_who_has_all_deleted_is_a_stranger_again(closed: Bot, server: Server, store: Store) -> None:
    guest = Person(server.api, 61)
    guest.say(f"/start {closed.turns.access.invite()[0]}")
    await guest.sees("こんにちは")
    guest.say("/forget")
    await guest.sees("もう一度招待が要ります")
    await guest.tap("すべて消す")
    await guest.sees("すべて消しました")
    guest.say("139ページ")
    await guest.sees("決まった方だけ")
    await settled(closed)


async def test_where_nobody_can_be_looked_up_it_is_said(
    closed: Bot, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = Person(server.api, 61)
    code, _ = closed.turns.access.invite()
    with monkeypatch.context() as broken:

        def locked(*_: object) -> bool:
            raise sqlite3.OperationalError("database is locked")

        broken.setattr(Access, "admit", locked)
        guest.say(f"/start {code}")
        await guest.sees(closed.turns.library.words.say("trouble"))
    guest.say(f"/start {code}")
    await guest.sees("こんにちは")


async def test_guests_may_look_things_up_in_any_chat_and_strangers_may_not(
    closed: Bot, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, stranger = Person(server.api, 61), Person(server.api, 62)
    guest.say(f"/start {closed.turns.access.invite()[0]}")
    await guest.sees("こんにちは")
    assert (await guest.looks_up("協議体"))["results"]
    assert (await stranger.looks_up("協議体"))["results"] == []

    def locked(*_: object) -> bool:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(Access, "has", locked)
    assert (await guest.looks_up("形骸化"))["results"] == []


def test_what_is_remembered_is_bounded() -> None:
    told = Remembered(2)
    assert [told.again(person) for person in (71, 72, 72, 73)] == [False, False, True, False]
    assert told.again(73)
    assert not told.again(71)


# --- bansou invite ---


def made(server_url: str, store: Store, token: str = TOKEN, listed: frozenset[int] | None = NOBODY) -> tuple[int, str]:
    settings = Settings(Path("unused"), telegram_token=token, telegram_server=server_url, allowed_users=listed)
    out = StringIO()
    access = Access(store, b"secret", lambda: NOON)
    return invite(access, settings, real_library().words, out, None), out.getvalue()


def test_the_command_prints_a_link_that_holds(server: Server, store: Store) -> None:
    code, printed = made(server.url, store)
    link = printed.splitlines()[0]
    assert code == 0
    assert "2026-12-23まで" in printed
    payload = re.fullmatch(r"https://t\.me/banso_bot\?start=(invite-[A-Za-z0-9_-]{1,57})", link)
    assert payload is not None
    assert Access(store, b"secret", lambda: NOON).admit("telegram", "1", payload[1])
    assert "だれでも使える設定" not in printed


def test_where_everybody_gets_in_anyway_it_says_so(server: Server, store: Store) -> None:
    assert "だれでも使える設定" in made(server.url, store, listed=None)[1]


def test_without_the_server_it_prints_what_is_to_be_sent(store: Store) -> None:
    code, printed = made("http://127.0.0.1:9", store)
    assert code == 0
    assert re.fullmatch(r"/start invite-\w+", printed.splitlines()[0])
    assert "Telegram に届かなかった" in printed


def test_with_a_refused_token_nothing_is_made(server: Server, store: Store) -> None:
    code, printed = made(server.url, store, token="1:wrong")
    assert code == 1
    assert "invite-" not in printed
    assert Access(store, b"secret", lambda: NOON).cancel() == 0
