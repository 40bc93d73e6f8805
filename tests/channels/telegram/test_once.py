"""Each update counts once, in the order of its chat, and no chat waits for another."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.store.keys import user_key
from tests.channels.telegram.people import Person, begin, faultless, until
from tests.talk import SECRET

if TYPE_CHECKING:
    from tests.channels.telegram.conftest import Bot
    from tests.channels.telegram.wire import Server

FLOW = "試しの質問をひと通り"


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


async def test_a_press_that_comes_twice_is_answered_twice_and_counts_once(
    bot: Bot, server: Server, person: Person
) -> None:
    await begin(person, FLOW)
    question = await person.offered("していない")
    data = question.rows[0][0]["callback_data"]
    seen = server.api.as_json(question)
    names = ["7001", "7002"]
    server.api.queries.update(dict.fromkeys(names))
    for name in names:
        query = {"id": name, "from": person.user, "chat_instance": "1", "data": data, "message": seen}
        server.api.push_again({"update_id": 900_000, "callback_query": query})
    await until(lambda: all(server.api.queries[name] is not None for name in names))
    await settled(bot)
    assert kinds(bot, person).count("answered") == 1


async def test_a_double_tap_answers_once(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, FLOW)
    question = await person.offered("していない")
    names = [person.press("していない", on=question) for _ in range(2)]
    await until(lambda: all(server.api.queries[name] is not None for name in names))
    await settled(bot)
    assert kinds(bot, person).count("answered") == 1
    assert "記録してあります" in "".join(message.text for message in person.screen)
    faultless_but_unmodified(server)


def faultless_but_unmodified(server: Server) -> None:
    """The second edit of a double tap is refused as unmodified: that is its success."""
    refused = [call.method for call in server.api.calls if call.status >= 400]
    assert set(refused) <= {"editMessageText"}


async def test_a_tap_on_an_old_question_offers_to_correct(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, FLOW)
    question = await person.offered("していない")
    old = next(button for row in question.rows for button in row if button["text"] == "毎回している")["callback_data"]
    await person.tap("していない")
    person.press_data(old, question)
    await person.sees("「毎回している」に直しますか")
    await settled(bot)
    assert kinds(bot, person).count("answered") == 1
    faultless(server)


async def test_a_press_on_a_message_that_is_out_of_reach_counts(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, FLOW)
    await person.offered("していない")
    person.press("していない", gone=True)
    await person.sees("わけをすべて")
    person.press("時間がない", gone=True)  # would be edited in place, and comes anew
    await person.offered("✓ 時間がない")
    faultless(server)


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
    faultless(server)


async def test_a_press_that_nobody_can_have_made_gets_a_sentence(bot: Bot, server: Server, person: Person) -> None:
    person.say("/start")
    menu = await person.sees("こんにちは")
    person.press_data("nonsense", menu)
    await person.sees("そのボタンは、もう使えません")
    faultless(server)


async def test_chats_are_served_side_by_side_each_in_its_order(bot: Bot, server: Server) -> None:
    people = [Person(server.api, 100 + number) for number in range(6)]
    pages = [10, 12, 33, 38, 139]
    for page in pages:
        for person in people:
            person.say(f"/page {page}")
    for person in people:
        await person.counts(len(pages) + 1)  # and the notice
        cited = [
            message.text.rpartition("ハンドブック ")[2] for message in person.screen if "ハンドブック " in message.text
        ]
        assert [one.split("-")[0].removesuffix("ページ") for one in cited] == [str(page) for page in pages]


async def test_a_chat_that_floods_does_not_keep_others_waiting(bot: Bot, server: Server, person: Person) -> None:
    other = Person(server.api, 43)
    for _ in range(60):
        person.say("/page 139")
    other.say("/page 10")
    await until(lambda: other.screen)
    assert len(person.screen) < 30
