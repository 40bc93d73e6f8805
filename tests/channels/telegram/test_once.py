"""Each update counts once, in the order of its chat, and no chat waits for another."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from telegram import CallbackQuery, User

from bot.channels.telegram.again import Taps
from bot.channels.telegram.limits import Limits
from bot.store.keys import user_key
from tests.channels.telegram.conftest import QUICK, Bot
from tests.channels.telegram.people import Person, begin, faultless, until
from tests.talk import SECRET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.store import Store
    from tests.channels.telegram.bot_api import Shown
    from tests.channels.telegram.wire import Server

FLOW = "試しの質問をひと通り"


@pytest.fixture
async def unbound(server: Server, store: Store) -> AsyncIterator[Bot]:
    """Without our own bound on messages a second, which is what a hundred people would wait for."""
    async with Bot(server, store, replace(QUICK, rate=0.0)).running() as bot:
        yield bot


def kinds(bot: Bot, person: Person) -> list[str]:
    return [event.kind for event in bot.store.events(user_key(SECRET, "telegram", str(person.id)))]


async def settled(bot: Bot) -> None:
    """Everything that was taken has been sent."""
    await asyncio.sleep(0.1)
    await until(lambda: not bot.server.api.updates and not bot.turns.owed("telegram"))
    await asyncio.sleep(0.05)


async def test_an_update_that_comes_twice_changes_nothing(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, FLOW)
    await person.tap("していない")
    await person.sees("わけをすべて")
    before, state, shown = kinds(bot, person), bot.turns.state("telegram", "42"), len(person.screen)
    number = server.api._update
    server.api.push_again({"update_id": number, "again": True, "message": person.message(text="はい")})
    await settled(bot)
    assert (kinds(bot, person), bot.turns.state("telegram", "42"), len(person.screen)) == (before, state, shown)


async def test_a_press_that_comes_twice_is_answered_and_counts_once(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, FLOW)
    question = await person.offered("していない")
    person.press("していない", on=question)
    server.api.push_again({**server.api.newest, "again": True})
    await settled(bot)
    assert kinds(bot, person).count("answered") == 1
    await faultless(server)


async def test_the_same_tap_again_is_one_with_the_first(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, FLOW)
    question = await person.offered("していない")
    for _ in range(3):
        person.press("していない", on=question)
    await person.sees("わけをすべて")
    await settled(bot)
    assert kinds(bot, person).count("answered") == 1
    assert "わけをすべて" in person.last.text
    await faultless(server)


async def test_who_presses_again_later_is_told_that_it_is_there(server: Server, store: Store, person: Person) -> None:
    async with Bot(server, store, replace(QUICK, again=0.0)).running() as bot:
        await begin(person, FLOW)
        question = await person.offered("していない")
        data = next(b["callback_data"] for row in question.rows for b in row if b["text"] == "していない")
        for _ in range(2):
            person.press_data(data, question)
        await person.sees("記録してあります")
        await settled(bot)
        assert kinds(bot, person).count("answered") == 1
        await faultless(server)


def test_something_between_two_taps_makes_them_two() -> None:
    now = [100.0]
    taps = Taps(Limits(again=10), lambda: now[0])
    press = CallbackQuery("1", User(1, "Test", is_bot=False), "1", data="q.1", inline_message_id="m")
    other = CallbackQuery("2", User(1, "Test", is_bot=False), "1", data="q.2", inline_message_id="m")
    assert not taps.is_again(1, press)
    taps.note(1, press)
    assert taps.is_again(1, press)
    assert not taps.is_again(1, other)
    assert not taps.is_again(1, None)
    assert not taps.is_again(2, press)
    now[0] = 109.9
    assert taps.is_again(1, press)
    now[0] = 110.0
    assert not taps.is_again(1, press)
    taps.note(1, press)
    taps.note(1, None)  # a message came
    assert not taps.is_again(1, press)


def test_how_many_last_taps_are_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.again.MOST", 2)
    taps = Taps(Limits())
    press = CallbackQuery("1", User(1, "Test", is_bot=False), "1", data="q.1", inline_message_id="m")
    for user in (1, 2, 3):
        taps.note(user, press)
    assert [taps.is_again(user, press) for user in (1, 2, 3)] == [False, True, True]


async def test_of_two_taps_on_one_message_the_first_is_what_it_shows(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, FLOW)
    question = await person.offered("していない")
    data = [button["callback_data"] for row in question.rows for button in row][:2]
    for one in data:
        person.press_data(one, question)
    await person.sees("直しますか")  # the second one came too late for this question
    await settled(bot)
    assert kinds(bot, person).count("answered") == 1
    assert [line for line in question.text.splitlines() if line.startswith("→")] == ["→ 毎回している"]
    await faultless(server)


async def test_a_tap_on_an_old_question_offers_to_correct(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, FLOW)
    question = await person.offered("していない")
    old = next(button for row in question.rows for button in row if button["text"] == "毎回している")["callback_data"]
    await person.tap("していない")
    person.press_data(old, question)
    await person.sees("「毎回している」に直しますか")
    await settled(bot)
    assert kinds(bot, person).count("answered") == 1
    await faultless(server)


async def test_a_press_on_a_message_that_is_out_of_reach_counts(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, FLOW)
    await person.offered("していない")
    person.press("していない", gone=True)
    await person.sees("わけをすべて")
    person.press("時間がない", gone=True)  # would be edited in place, and comes anew
    await person.offered("✓ 時間がない")
    await faultless(server)


async def test_presses_without_a_message_or_data_are_answered(bot: Bot, server: Server, person: Person) -> None:
    """Under a message sent by way of inline mode, and on the button of a game."""
    person.say("/start")
    menu = await person.offered("きろく")
    data = next(button for row in menu.rows for button in row if button["text"] == "きろく")["callback_data"]
    for name, more in (("8001", {"data": data, "inline_message_id": "i"}), ("8002", {"game_short_name": "g"})):
        server.api.queries[name] = None
        server.api.push(callback_query={"id": name, "from": person.user, "chat_instance": "1", **more})
    await person.sees("きろくはまだありません")
    await until(lambda: all(server.api.queries[name] is not None for name in ("8001", "8002")))
    await faultless(server)


async def test_a_press_that_nobody_can_have_made_gets_a_sentence(bot: Bot, server: Server, person: Person) -> None:
    person.say("/start")
    menu = await person.sees("こんにちは")
    person.press_data("nonsense", menu)
    await person.sees("そのボタンは、もう使えません")
    await faultless(server)


class Hasty(Person):
    """Every update comes twice, and what they press they press again under a new number."""

    def say(self, text: str, **more: Any) -> int:
        number = super().say(text, **more)
        self.api.push_again({**self.api.newest, "again": True})
        return number

    def press_data(self, data: str, message: Shown, *, gone: bool = False) -> str:
        name = super().press_data(data, message, gone=gone)
        self.api.push_again({**self.api.newest, "again": True})
        super().press_data(data, message, gone=gone)
        return name


async def test_a_whole_flow_with_everything_twice_leaves_the_same_behind(bot: Bot, server: Server) -> None:
    calm, hasty = Person(server.api, 61), Hasty(server.api, 62)
    for person in (calm, hasty):
        await begin(person, FLOW)
        for label in ("していない", "時間がない", "決定"):
            await person.tap(label)
        for asked, said in (("費用は", "1,200万円"), ("割合は", "65"), ("次の会は", "11/30")):
            await person.sees(asked)
            person.say(said)
        for label in ("未満", "少し"):
            await person.tap(label)
        await person.sees("書いてください")
        person.say("席を丸くする")
        await person.tap("いいえ")
        await person.tap("この内容で結果を見る")
        await person.sees(f"「{FLOW}」の結果")
        await settled(bot)
    assert kinds(bot, hasty) == kinds(bot, calm)
    assert answers(bot, hasty) == answers(bot, calm)
    await faultless(server)


def answers(bot: Bot, person: Person) -> Any:
    session = bot.turns.state("telegram", str(person.id)).session
    assert session is not None
    return session.answers


async def test_a_hundred_people_at_once_are_served_side_by_side_each_in_their_order(
    unbound: Bot, server: Server
) -> None:
    people = [Person(server.api, 100 + number) for number in range(100)]
    pages = [10, 33, 139]
    for page in pages:
        for person in people:
            person.say(f"/page {page}")
    for person in people:
        await person.counts(len(pages) + 1, 60)  # and the notice
        cited = [
            message.text.rpartition("ハンドブック ")[2] for message in person.screen if "ハンドブック " in message.text
        ]
        assert [one.split("-")[0].removesuffix("ページ") for one in cited] == [str(page) for page in pages]


async def test_presses_are_answered_though_nothing_else_gets_through(unbound: Bot, server: Server) -> None:
    people = [Person(server.api, 100 + number) for number in range(20)]
    for person in people:
        person.say("/page 139")
    for person in people:
        await person.counts(2, 60)
    server.fail("editMessageText", "hang", times=None)
    names = [person.press("問いかけ") for person in people]
    await until(lambda: all(server.api.queries[name] is not None for name in names))


async def test_a_chat_that_floods_does_not_keep_others_waiting(bot: Bot, server: Server, person: Person) -> None:
    other = Person(server.api, 43)
    for _ in range(60):
        person.say("/page 139")
    other.say("/page 10")
    await until(lambda: other.screen)
    assert len(person.screen) < 30
