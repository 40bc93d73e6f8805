"""What clients show around the talk: commands by kind of chat and language, and what the bot says of itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.channels.telegram.conftest import Bot
from tests.channels.telegram.library import public_library
from tests.channels.telegram.people import faultless, until

if TYPE_CHECKING:
    import pytest

    from bot.conversation.library import Library
    from bot.store.store import Store
    from tests.channels.telegram.people import Person
    from tests.channels.telegram.wire import Server

SET = ("setMyDescription", "setMyShortDescription")


async def test_private_chats_and_groups_have_commands_of_their_own(bot: Bot, server: Server) -> None:
    kinds = {"", "all_private_chats:", "all_group_chats:"}
    await until(lambda: server.api.menus.keys() >= {kind + language for kind in kinds for language in ("", "ja")})
    for language in ("", "ja"):
        names = {kind: [one["command"] for one in server.api.menus[kind + language]] for kind in kinds}
        assert names[""] == names["all_private_chats:"]
        assert names["all_group_chats:"] == ["start", "help", "flows", "page", "privacy"]
    await faultless(server)


async def test_the_bot_says_what_it_is_in_every_language(bot: Bot, server: Server) -> None:
    await until(lambda: len(server.api.profile) >= 2)
    assert "手元の伴走役" in server.api._profile({"language_code": "ja"}, "description")
    assert "手元の伴走役" in server.api._profile({"language_code": "fr"}, "short_description")
    await faultless(server)


async def _started(server: Server, store: Store, library: Library | None = None) -> list[str]:
    """Which of the texts a start sets: whatever the first language needs is set before the second one is asked for."""
    before, asked = len(server.api.calls), len(server.api.of("getMyShortDescription"))
    async with Bot(server, store, library=library).running():
        await until(lambda: len(server.api.of("getMyShortDescription")) >= asked + 2)
    return [call.method for call in server.api.calls[before:] if call.method in SET]


async def test_what_has_not_changed_is_not_set_again(server: Server, store: Store) -> None:
    assert await _started(server, store) == list(SET)  # ja is found set by what all languages have
    assert await _started(server, store) == []


async def test_what_has_changed_is_set(server: Server, store: Store) -> None:
    await _started(server, store)
    words = public_library().words
    changed = replace(words, texts={**words.texts, "profile": "ほかのことば。"})
    assert await _started(server, store, replace(public_library(), words=changed)) == ["setMyDescription"]


async def test_a_refused_profile_does_not_hinder_the_talk(
    server: Server, store: Store, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("setMyDescription", 400)
    async with Bot(server, store).running():
        await until(lambda: "refused" in caplog.text)
        person.say("/start")
        await person.sees("こんにちは")
