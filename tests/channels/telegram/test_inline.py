"""Inline mode over the wire: entries to put into any chat, each with the way to the bot; nothing is kept."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.channels.telegram.conftest import Bot
from tests.channels.telegram.library import public_library
from tests.channels.telegram.people import Person, faultless, until
from tests.channels.telegram.test_once import settled

if TYPE_CHECKING:
    from bot.store.store import Store
    from tests.channels.telegram.wire import Server


def rows(store: Store) -> dict[str, int]:
    tables = store._database.tables
    return {table.name: table.count for table in tables if table.name != "_sqlite_migrations"}


async def test_entries_come_with_page_text_and_a_button_into_the_bot(bot: Bot, server: Server, person: Person) -> None:
    answer = await person.looks_up("協議体 形骸化")
    assert 2 <= len(answer["results"]) <= 10
    first = answer["results"][0]
    assert first["title"].endswith("（139ページ）")
    assert first["description"]
    assert first["input_message_content"]["message_text"].startswith("<b>【")
    ((button,),) = first["reply_markup"]["inline_keyboard"]
    assert button["url"] == "https://t.me/banso_bot?start=page-139"
    assert answer["is_personal"] is True
    person.say("/start page-139")
    await person.sees("ハンドブック 139ページ")
    await faultless(server)


@pytest.mark.parametrize("text", ["協議体 形骸化", "死にたい", "田中さんの電話", "カレー", "<b>&"])
async def test_nothing_of_it_is_kept(
    text: str, bot: Bot, server: Server, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    before = rows(bot.store)
    await person.looks_up(text)
    await settled(bot)
    assert rows(bot.store) == before
    assert text not in caplog.text
    assert not person.screen
    await faultless(server)


async def test_danger_gets_the_fixed_words_as_the_only_result(bot: Bot, server: Server, person: Person) -> None:
    answer = await person.looks_up("死にたい")
    (one,) = answer["results"]
    assert one["input_message_content"]["message_text"] == bot.turns.library.words.say("danger")
    assert "reply_markup" not in one
    assert "button" not in answer
    await faultless(server)


async def test_a_name_gets_no_result_and_a_word(bot: Bot, server: Server, person: Person) -> None:
    answer = await person.looks_up("田中さんの電話")
    assert (answer["results"], answer["cache_time"]) == ([], 0)
    assert answer["button"]["text"] == bot.turns.library.words.say("inline_guarded")
    person.say(f"/start {answer['button']['start_parameter']}")
    await person.sees("こんにちは")
    await faultless(server)


async def test_who_is_not_on_the_list_gets_an_empty_list(server: Server, store: Store, person: Person) -> None:
    friend = Person(server.api, 7)
    async with Bot(server, store, allowed=frozenset({7})).running():
        assert (await friend.looks_up("協議体"))["results"]
        answer = await person.looks_up("協議体")
    assert (answer["results"], "button" in answer) == ([], False)


async def test_a_search_that_fails_is_answered_and_not_quoted(
    server: Server, store: Store, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    class Fails:
        def __call__(self, text: str, shown: str = "") -> None:
            raise RuntimeError(text)

        why = __call__

    library = replace(public_library(), search=Fails())  # type: ignore[arg-type]
    async with Bot(server, store, library=library).running():
        answer = await person.looks_up("ふしぎなことば")
    assert answer["results"] == []
    assert "RuntimeError" in caplog.text
    assert "ふしぎなことば" not in caplog.text


async def test_a_query_that_is_too_old_does_no_harm(
    bot: Bot, server: Server, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    server.fail("answerInlineQuery", 400)
    server.api.inline["1"] = None
    server.api.push(inline_query={"id": "1", "from": person.user, "query": "協議体", "offset": ""})
    await until(lambda: "an inline query was not answered" in caplog.text)
    assert (await person.looks_up("協議体"))["results"]


async def test_an_entry_put_into_the_bots_own_chat_is_no_message_to_it(bot: Bot, person: Person) -> None:
    me = {"id": 777000777, "is_bot": True, "first_name": "Banso"}
    person.say(bot.turns.library.words.say("danger"), via_bot=me)
    person.say("/page 139")
    await person.sees("139")
    await settled(bot)
    assert len(person.screen) == 2  # the entry and the notice
