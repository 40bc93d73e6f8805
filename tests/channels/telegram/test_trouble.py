"""What the network and people do to us: 429, 5xx, resets, blocked, moved, refused. Nothing is lost."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channels.telegram.limits import Limits
from tests.channels.telegram.conftest import QUICK, Bot
from tests.channels.telegram.library import public_library
from tests.channels.telegram.people import Person, begin, faultless, until
from tests.channels.telegram.test_once import settled

if TYPE_CHECKING:
    from bot.store.store import Store
    from tests.channels.telegram.wire import Server


async def test_429_is_waited_for(bot: Bot, server: Server, person: Person) -> None:
    server.fail("sendMessage", 429, retry_after=1)
    began = time.monotonic()
    person.say("/start")
    await person.sees("こんにちは")
    assert time.monotonic() - began >= 1
    assert len(server.api.of("sendMessage")) >= 2


async def test_429_of_one_chat_keeps_nobody_else_waiting(bot: Bot, server: Server, person: Person) -> None:
    other = Person(server.api, 43)
    other.say("/start")
    await other.offered("きろく")
    server.fail("sendMessage", 429, retry_after=3, chat=person.id)
    person.say("/start")
    await until(lambda: any(call.status == 429 for call in server.api.of("sendMessage")))
    began = time.monotonic()
    name = other.press("きろく")
    await until(lambda: server.api.queries[name] is not None)
    await other.sees("きろくはまだありません")
    assert time.monotonic() - began < 1.5
    assert not person.screen
    await person.sees("こんにちは")


@pytest.mark.parametrize("kind", [500, 502, 404, "reset"])
async def test_a_reply_is_sent_again_after(kind: int | str, bot: Bot, server: Server, person: Person) -> None:
    server.fail("sendMessage", kind, times=2)
    person.say("/start")
    await person.sees("こんにちは")
    await settled(bot)
    assert sum("こんにちは" in message.text for message in person.screen) == 1


async def test_a_reply_whose_answer_was_lost_is_rather_sent_twice_than_never(
    bot: Bot, server: Server, person: Person
) -> None:
    server.fail("sendMessage", "reset_after")
    person.say("/start")
    await until(lambda: len([one for one in person.screen if "こんにちは" in one.text]) == 2)


async def test_a_press_is_answered_through_trouble(bot: Bot, server: Server, person: Person) -> None:
    person.say("/start")
    await person.offered("きろく")
    server.fail("answerCallbackQuery", 502)
    server.fail("editMessageText", 502)
    name = person.press("きろく")
    await until(lambda: server.api.queries[name] is not None)
    await person.sees("きろくはまだありません")


async def test_what_the_network_kept_from_us_goes_before_the_next_reply(
    server: Server, store: Store, person: Person
) -> None:
    impatient = Limits(poll=1, timeout=2, stale=20, tries=2, pause=0.01, drain=2)
    async with Bot(server, store, impatient).running() as bot:
        server.fail("sendMessage", 502, times=2)
        person.say("/page 10")
        await until(lambda: len(server.api.of("sendMessage")) == 2)
        assert len(bot.turns.owed("telegram")) == 2
        person.say("/page 12")
        await until(lambda: len(person.screen) == 3)
        assert "10" in person.screen[0].text.rpartition("ハンドブック")[2]
        await settled(bot)


async def test_who_blocked_us_gets_nothing_until_they_write_again(bot: Bot, server: Server, person: Person) -> None:
    server.api.blocked.add(person.id)
    person.say("/start")
    await until(lambda: server.api.of("sendMessage"))
    await settled(bot)
    assert len(server.api.of("sendMessage")) == 1  # the notice was not even tried
    server.api.blocked.clear()
    person.say("/page 139")
    await person.sees("139")
    await settled(bot)


async def test_who_says_that_they_block_us_gets_not_even_what_is_owed(bot: Bot, server: Server, person: Person) -> None:
    server.fail("sendMessage", 502, times=2)  # meanwhile more is owed
    person.say("/start")
    await until(lambda: server.api.of("sendMessage"))
    server.api.blocked.add(person.id)
    person.stands("kicked")
    await settled(bot)
    sent = len(server.api.of("sendMessage"))
    assert not person.screen
    person.stands("member")
    server.api.blocked.clear()
    person.say("/page 139")
    await person.sees("139")
    await settled(bot)
    assert sum("こんにちは" in message.text for message in person.screen) == 0
    assert len(server.api.of("sendMessage")) == sent + len(person.screen)


async def test_what_is_refused_with_markup_is_sent_without(bot: Bot, server: Server, person: Person) -> None:
    server.fail("sendMessage", 400)
    person.say("139ページ")
    shown = await person.sees("【")
    assert "<b>" not in shown.html


async def test_what_is_refused_for_good_is_given_up_and_the_rest_goes_on(
    bot: Bot, server: Server, person: Person
) -> None:
    server.fail("sendMessage", 400, times=2)
    person.say("/start")
    await person.sees("はじめに")  # the notice, behind the greeting
    await settled(bot)


async def test_a_group_that_became_a_supergroup_is_answered_there(bot: Bot, server: Server) -> None:
    member = Person(server.api, 44, group=-400)
    there = Person(server.api, 44, group=-100400)
    server.api.migrated[-400] = -100400
    member.say("/start")
    await there.sees("こんにちは")


async def test_long_texts_come_in_parts_with_the_buttons_on_the_last(
    server: Server, store: Store, person: Person
) -> None:
    library = public_library()
    words = replace(library.words, texts={**library.words.texts, "help_menu": "ながい文です。\n" * 1400})
    async with Bot(server, store, library=replace(library, words=words)).running() as bot:
        person.say("ヘルプ")
        await until(lambda: len(person.screen) == 4)
        await settled(bot)
    *parts, last, _notice = person.screen
    assert len(parts) == 2
    assert not any(part.rows for part in parts)
    assert last.rows
    assert all(part.text.endswith("ながい文です。") for part in parts)
    await faultless(server)


async def test_a_full_message_loses_its_buttons_and_keeps_its_text(
    server: Server, store: Store, person: Person
) -> None:
    library = public_library()
    words = replace(library.words, texts={**library.words.texts, "menu": "あ" * 4094})
    async with Bot(server, store, library=replace(library, words=words)).running():
        person.say("メニュー")
        menu = await person.offered("きろく")
        await person.tap("きろく")
    assert menu.rows == []
    assert menu.text == "あ" * 4094
    await faultless(server)


async def test_what_cannot_be_replaced_comes_anew(bot: Bot, server: Server, person: Person) -> None:
    person.say("139ページ")
    await person.offered("問いかけ")
    server.fail("editMessageText", 400, times=2)
    person.press("問いかけ")
    await person.offered("要点に戻る")
    assert len(person.screen) == 3


async def test_a_press_that_comes_too_late_to_be_answered_still_counts(
    bot: Bot, server: Server, person: Person
) -> None:
    person.say("/start")
    await person.offered("きろく")
    server.fail("answerCallbackQuery", 400)
    person.press("きろく")
    await person.sees("きろくはまだありません")


async def test_an_update_that_cannot_be_understood_does_not_end_polling(
    bot: Bot, person: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("bot.channels.telegram.inbox.hear", None)
        person.say("/start")
        await until(lambda: "was not understood: TypeError" in caplog.text)
    person.say("/start")
    await person.sees("こんにちは")


async def test_an_update_that_the_library_cannot_read_does_not_keep_others_from_us(
    bot: Bot, server: Server, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    server.api.push(message={"message_id": 1, "date": "たなか", "chat": []})
    person.say("/start")
    await person.sees("こんにちは")
    await settled(bot)
    assert "cannot be read and is passed over" in caplog.text
    assert "たなか" not in caplog.text


async def test_a_turn_that_fails_is_said_and_others_are_served(bot: Bot, server: Server, person: Person) -> None:
    other = Person(server.api, 43)
    take = bot.turns.take

    def broken(incoming: object) -> object:
        if getattr(incoming, "user", "") == "42":
            raise RuntimeError("disk full")
        return take(incoming)  # type: ignore[arg-type]

    object.__setattr__(bot.turns, "take", broken)
    person.say("/start")
    other.say("/start")
    await other.sees("こんにちは")
    await person.sees(bot.turns.library.words.say("trouble"))


async def test_people_in_danger_get_the_fixed_words_where_nothing_can_be_kept(bot: Bot, person: Person) -> None:
    def broken(_: object) -> object:
        raise sqlite3.OperationalError("database or disk is full")

    object.__setattr__(bot.turns, "take", broken)
    person.say("死にたいです")
    await person.sees(bot.turns.library.words.say("danger"))
    person.say("つかれました")
    await person.sees(bot.turns.library.words.say("trouble"))
    assert len(person.screen) == 2


async def test_who_is_not_on_the_list_gets_one_sentence(server: Server, store: Store, person: Person) -> None:
    stranger = Person(server.api, 43)
    async with Bot(server, store, QUICK, frozenset({42})).running() as bot:
        stranger.say("/start")
        stranger.say("139ページ")
        await begin(person, "試しの質問をひと通り")
        await settled(bot)
    assert [message.text for message in stranger.screen] == [bot.turns.library.words.say("not_on_list")]
    assert bot.turns.state("telegram", "43").turn == 0
