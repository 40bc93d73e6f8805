"""In groups: commands, replies and mentions only; a session is the person's, and so are its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.channels.telegram.bot_api import BOT
from tests.channels.telegram.conftest import Bot
from tests.channels.telegram.people import Person, begin, faultless, until
from tests.channels.telegram.test_once import kinds, settled

if TYPE_CHECKING:
    from bot.store.store import Store
    from tests.channels.telegram.wire import Server

FLOW = "試しの質問をひと通り"
ME = {name: BOT[name] for name in ("id", "is_bot", "first_name", "username")}


@pytest.fixture
def ann(server: Server) -> Person:
    return Person(server.api, 51, group=-100500)


@pytest.fixture
def ben(server: Server) -> Person:
    return Person(server.api, 52, group=-100500)


async def test_what_people_say_to_each_other_is_not_heard(bot: Bot, ann: Person, ben: Person) -> None:
    for text in ("協議体が形骸化しています", "/start@other_bot", "@other_bot 139ページ", "山田さんに電話"):
        ann.say(text)
    ben.send(photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}])
    ben.edit(text="何か")
    ann.say("/page@banso_bot 139")
    await ann.sees("139")
    await settled(bot)
    assert len(ann.screen) == 2  # the entry and the notice
    assert bot.turns.state("telegram", "51").turn == 1
    assert bot.turns.state("telegram", "52").turn == 0


async def test_mentions_and_replies_are_heard_without_the_name(bot: Bot, server: Server, ann: Person) -> None:
    ann.say("@banso_bot 139ページ")
    entry = await ann.sees("139ページ")
    assert entry.quote is not None
    ann.reply(entry, "10ページ")
    await until(lambda: len(ann.screen) == 3)
    assert "10" in ann.last.text.rpartition("ハンドブック")[2]
    await faultless(server)


async def test_a_reply_to_somebody_else_is_not_heard(bot: Bot, server: Server, ann: Person, ben: Person) -> None:
    ann.say("139ページ", reply_to_message=ben.message(text="どのページ"))
    topic = {
        **ann.message(forum_topic_created={"name": "t", "icon_color": 1}),
        "from": {"id": 777000777, "is_bot": True},
    }
    topic["from"]["first_name"] = "Banso"
    ann.say("10ページ", reply_to_message=topic)
    ann.say("/start")
    await ann.sees("こんにちは")
    await settled(bot)
    assert bot.turns.state("telegram", "51").turn == 1


async def test_who_writes_as_the_group_is_nobody(bot: Bot, server: Server, ann: Person) -> None:
    ann.say("/start", sender_chat={"id": -100500, "type": "supergroup", "title": "Group"})
    ann.say("/page 139")
    await ann.sees("139")
    assert not any("こんにちは" in message.text for message in ann.screen)


async def test_another_members_press_is_refused_with_a_word(bot: Bot, server: Server, ann: Person, ben: Person) -> None:
    await begin(ann, FLOW)
    question = await ann.offered("していない")
    name = ben.press("していない", on=question)
    await until(lambda: server.api.queries[name] is not None)
    assert server.api.queries[name] == bot.turns.library.words.say("not_yours")
    await settled(bot)
    assert "していない" in question.labels
    assert kinds(bot, ann).count("answered") == 0
    assert bot.turns.state("telegram", "52").turn == 0
    await ann.tap("していない")
    await ann.sees("わけをすべて")
    await faultless(server)


async def test_what_must_be_typed_says_how_it_reaches_us(bot: Bot, server: Server, ann: Person) -> None:
    await begin(ann, FLOW)
    chosen = await ann.offered("していない")
    for label in ("していない", "時間がない", "決定"):
        await ann.tap(label)
    typed = await ann.sees("費用は")
    how = bot.turns.library.words.say("reply_here")
    assert how in typed.text
    assert not any(how in one.text for one in ann.screen if one is not typed)
    ann.say("1,200万円")  # to nobody: not heard
    ann.reply(typed, "1,200万円")
    await ann.sees("「1,200万円」として記録しました")
    await settled(bot)
    assert kinds(bot, ann).count("answered") == 3
    assert chosen.labels == []
    await faultless(server)


async def test_a_group_that_invites_the_bot_hears_how_to_talk_to_it_once(bot: Bot, server: Server, ann: Person) -> None:
    ann.send(new_chat_members=[{"id": 60, "is_bot": False, "first_name": "New"}])
    ann.send(new_chat_members=[ME])
    await ann.sees("お招きありがとうございます")
    await settled(bot)
    assert len(ann.screen) == 1
    assert bot.turns.state("telegram", "51").turn == 0
    Person(server.api, 54, group=-100700).send(group_chat_created=True)
    await until(lambda: any(one.chat == -100700 for one in server.api.shown))
    await faultless(server)


async def test_who_may_not_talk_to_the_bot_cannot_make_it_speak_to_a_group(
    server: Server, store: Store, ann: Person, ben: Person
) -> None:
    async with Bot(server, store, allowed=frozenset({52})).running() as bot:
        ann.send(new_chat_members=[ME])
        ann.say("/start")
        ben.say("/start")
        await ben.sees("こんにちは")
        await settled(bot)
    assert not any("お招き" in one.text for one in ben.screen)


async def test_a_talk_goes_on_when_the_group_becomes_a_supergroup(bot: Bot, server: Server) -> None:
    before, after = (Person(server.api, 55, group=number) for number in (-55, -100055))
    await begin(before, FLOW)
    question = await before.offered("していない")
    server.api.migrated[-55] = -100055
    before.send(migrate_to_chat_id=-100055)
    after.send(migrate_from_chat_id=-55)
    number = len(server.api.calls)
    before.press("していない", on=question)  # on its way when it happened
    reasons = await after.offered("時間がない")
    after.press("時間がない", on=reasons)
    await after.offered("✓ 時間がない")
    await settled(bot)
    sent = [call for call in server.api.calls[number:] if call.method == "sendMessage"]
    assert {call.params["chat_id"] for call in sent} == {-100055}
    assert kinds(bot, after).count("answered") == 1


async def test_numbers_of_the_old_groups_messages_are_not_used_in_the_new_one(bot: Bot, server: Server) -> None:
    """They would be other messages there."""
    before, after = (Person(server.api, 56, group=number) for number in (-56, -100056))
    await begin(before, FLOW)
    await before.tap("していない")
    reasons = await before.offered("時間がない")
    server.api.migrated[-56] = -100056
    before.press("時間がない", on=reasons)  # is shown in the place of the message that was tapped
    await after.offered("✓ 時間がない")
    await settled(bot)
    edited = [call.params for call in server.api.of("editMessageText") if call.params["chat_id"] == -100056]
    assert edited == []


async def test_replies_stay_in_their_topic(bot: Bot, server: Server) -> None:
    member = Person(server.api, 53, group=-100600, thread=9)
    await begin(member, FLOW)
    await member.offered("していない")
    assert {message.thread for message in member.screen} == {9}
    await faultless(server)
