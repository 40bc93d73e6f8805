"""Every kind of message gets a reply, what is no message gets none, and nothing is downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.channels.telegram.people import faultless, until
from tests.channels.telegram.test_once import settled

if TYPE_CHECKING:
    from tests.channels.telegram.bot_api import Json
    from tests.channels.telegram.conftest import Bot
    from tests.channels.telegram.people import Person
    from tests.channels.telegram.wire import Server

FILE: Json = {"file_id": "f", "file_unique_id": "u"}
SIZED: Json = {**FILE, "width": 1, "height": 1}
TIMED: Json = {**FILE, "duration": 1}
PHOTO: Json = {"photo": [SIZED]}
PLACE: Json = {"latitude": 35.0, "longitude": 135.0}
STICKER: Json = {**SIZED, "type": "regular", "is_animated": False, "is_video": False}
FILM: Json = {**SIZED, "duration": 1}
DICE: Json = {"emoji": "🎲", "value": 3}

CASES: list[tuple[str, Json]] = [
    ("sent_photo", PHOTO),
    ("sent_photo", {**PHOTO, "caption": "これです"}),
    ("sent_voice", {"voice": TIMED}),
    ("sent_voice", {"audio": TIMED}),
    ("sent_voice", {"video_note": {**TIMED, "length": 1}}),
    ("sent_file", {"document": FILE}),
    ("sent_sticker", {"sticker": STICKER}),
    ("sent_contact", {"contact": {"phone_number": "0", "first_name": "A"}}),
    ("sent_location", {"location": PLACE}),
    ("sent_location", {"location": PLACE, "venue": {"location": PLACE, "title": "t", "address": "a"}}),
    ("sent_other", {"video": FILM}),
    ("sent_other", {"animation": FILM, "document": FILE}),
    ("sent_other", {"dice": DICE}),
]


@pytest.mark.parametrize(("key", "content"), CASES)
async def test_gets_its_sentence(key: str, content: Json, bot: Bot, server: Server, person: Person) -> None:
    person.send(**content)
    await person.sees(bot.turns.library.words.say(key))
    assert not server.api.of("getFile")
    await faultless(server)


async def test_an_edited_text_is_no_new_answer(bot: Bot, person: Person) -> None:
    person.edit(text="いいえ")
    await person.sees(bot.turns.library.words.say("sent_edited"))


SILENT: list[Json] = [{"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 42, "type": "private"}}}]


@pytest.mark.parametrize("content", [*SILENT, {"message_auto_delete_timer_changed": {"message_auto_delete_time": 1}}])
async def test_service_messages_get_no_reply(content: Json, bot: Bot, person: Person) -> None:
    person.send(**content)
    await quiet(bot, person)


async def test_a_live_location_on_its_way_gets_no_reply(bot: Bot, person: Person) -> None:
    person.edit(location=PLACE)
    await quiet(bot, person)


async def test_other_bots_get_no_reply(bot: Bot, server: Server, person: Person) -> None:
    message: dict[str, Any] = person.message(text="/start")
    message["from"] = {**person.user, "is_bot": True}
    server.api.push(message=message)
    await quiet(bot, person)


async def test_pictures_sent_together_get_one_reply(bot: Bot, person: Person) -> None:
    for _ in range(4):
        person.send(**PHOTO, media_group_id="album1")
    await settled(bot)
    photo = bot.turns.library.words.say("sent_photo")
    assert sum(photo in message.text for message in person.screen) == 1


async def quiet(bot: Bot, person: Person) -> None:
    """Nothing came of it; a later message shows that it was passed."""
    person.say("/page 139")
    await person.sees("139")
    await until(lambda: len(person.screen) == 2)  # the entry and the notice
    await settled(bot)
    assert len(person.screen) == 2
