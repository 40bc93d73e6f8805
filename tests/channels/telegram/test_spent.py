"""Old buttons go: of what was tapped, and of a question that was answered by typing or left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.telegram import spent
from tests.channels.telegram.people import Person, begin, faultless, until
from tests.channels.telegram.test_once import FLOW, settled

if TYPE_CHECKING:
    import pytest

    from tests.channels.telegram.bot_api import Shown
    from tests.channels.telegram.conftest import Bot
    from tests.channels.telegram.wire import Server


async def asked(person: Person) -> Shown:
    await begin(person, FLOW)
    return await person.offered("していない")


async def test_a_question_answered_by_typing_loses_its_buttons(bot: Bot, server: Server, person: Person) -> None:
    question = await asked(person)
    before = question.text
    person.say("していない")
    reasons = await person.offered("時間がない")
    await until(lambda: not question.rows)
    assert question.text == before
    assert reasons.rows
    await faultless(server)


async def test_of_a_question_put_again_only_the_newest_has_buttons(bot: Bot, server: Server, person: Person) -> None:
    first = await asked(person)
    person.say("なぜ")
    await until(lambda: not first.rows)
    person.say("139ページ")
    entry = await person.offered("くわしく")
    await until(lambda: sum("していない" in one.labels for one in person.screen) == 1)
    await settled(bot)
    assert entry.rows  # what only shows stays
    await person.tap("していない")
    await person.sees("わけをすべて")
    await faultless(server)


async def test_an_entry_can_be_read_on_whatever_was_opened_from_it(bot: Bot, server: Server, person: Person) -> None:
    person.say("139ページ")
    entry = await person.offered("問いかけ")
    before = len(person.screen)
    person.press("ほかの答え")
    await person.counts(before + 1)
    await settled(bot)
    short = entry.text
    person.press("問いかけ", on=entry)
    await until(lambda: entry.text != short)
    await faultless(server)


async def test_a_flow_that_rests_leaves_no_buttons_behind(bot: Bot, server: Server, person: Person) -> None:
    question = await asked(person)
    person.say("休む")
    menu = await person.offered("続きから")
    await until(lambda: not question.rows)
    assert menu.rows
    await faultless(server)


async def test_people_in_danger_do_not_lose_their_place(bot: Bot, server: Server, person: Person) -> None:
    question = await asked(person)
    person.say("緊急")
    await person.sees("119")
    await settled(bot)
    assert "していない" in question.labels
    await faultless(server)


async def test_a_confirmation_keeps_its_buttons_until_it_is_answered(bot: Bot, server: Server, person: Person) -> None:
    person.say("/forget")
    confirm = await person.offered("すべて消す")
    await settled(bot)
    assert confirm.rows
    person.say("やめておく")
    await person.sees("今日は、何から")
    await until(lambda: not confirm.rows)
    await faultless(server)


async def test_a_message_that_is_edited_in_place_stays_the_newest(bot: Bot, server: Server, person: Person) -> None:
    await asked(person)
    await person.tap("していない")
    await person.tap("時間がない")
    reasons = await person.offered("✓ 時間がない")
    await settled(bot)
    assert reasons.rows
    person.say("決定")
    await person.sees("費用は")
    await until(lambda: not reasons.rows)
    await faultless(server)


async def test_in_a_group_each_person_has_a_newest_question(bot: Bot, server: Server) -> None:
    ann, ben = (Person(server.api, number, group=-100500) for number in (51, 52))
    question = await asked(ann)
    ben.say("/start")
    for label in (FLOW, f"{FLOW} をはじめる", "同意して始める"):
        await ben.tap(label)
    await until(lambda: sum("していない" in one.labels for one in ann.screen) == 2)
    await settled(bot)
    assert question.rows
    await faultless(server)


async def test_trouble_with_old_buttons_is_no_trouble(bot: Bot, server: Server, person: Person) -> None:
    await asked(person)
    server.fail("editMessageReplyMarkup", 400)
    person.say("していない")
    await person.offered("時間がない")
    person.say("1 3")
    await person.sees("費用は")


async def test_only_so_many_people_are_remembered(
    bot: Bot, server: Server, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spent, "MOST", 1)
    question = await asked(person)
    await asked(Person(server.api, 43))
    person.say("していない")
    await person.offered("時間がない")
    await settled(bot)
    assert question.rows
