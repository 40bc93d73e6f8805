"""How fast we send: what waits for room, what is left out, and who is not kept."""

from __future__ import annotations

import asyncio

import pytest
from telegram.error import RetryAfter

from bot.channels.telegram.pace import FOR_THE_EYE, NoRoom, Pace

GROUP, OTHER_GROUP, PERSON = -100500, -100501, 42


async def send(pace: Pace, chat: object, kind: str | None = None, seconds: float = 0.15) -> str:
    async def call() -> str:
        return "sent"

    data = {} if chat is None else {"chat_id": chat}
    answer = await asyncio.wait_for(pace.process_request(call, (), {}, "sendMessage", data, kind), seconds)
    assert isinstance(answer, str)
    return answer


async def test_a_group_gets_twenty_messages_a_minute_and_others_are_not_kept_by_that() -> None:
    pace = Pace(0)
    for _ in range(20):
        assert await send(pace, GROUP) == "sent"
    with pytest.raises(TimeoutError):
        await send(pace, GROUP)
    for chat in (OTHER_GROUP, PERSON, None):
        assert await send(pace, chat) == "sent"


async def test_what_is_for_the_eye_leaves_messages_their_room_and_comes_later() -> None:
    pace = Pace(0)
    for _ in range(16):
        await send(pace, GROUP, FOR_THE_EYE)
    with pytest.raises(TimeoutError):
        await send(pace, GROUP, FOR_THE_EYE)
    for _ in range(4):
        assert await send(pace, GROUP) == "sent"
    assert await send(pace, OTHER_GROUP, FOR_THE_EYE) == "sent"


async def test_all_chats_together_are_bounded_but_not_the_answers_to_presses() -> None:
    pace = Pace(2)
    assert await send(pace, PERSON) == await send(pace, PERSON + 1) == "sent"
    for kind in (FOR_THE_EYE, None):
        with pytest.raises(TimeoutError):
            await send(pace, PERSON + 2, kind)
    assert await send(pace, None) == "sent"


async def test_what_is_for_the_eye_is_done_as_soon_as_there_is_room() -> None:
    pace = Pace(8)
    for _ in range(8):
        await send(pace, PERSON)
    later = asyncio.create_task(send(pace, PERSON, FOR_THE_EYE, 1))
    assert await send(pace, PERSON, None, 1) == "sent"  # who came after goes before
    assert not later.done()
    assert await later == "sent"


async def test_what_is_for_the_eye_is_left_out_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.pace._LONGEST", 0.1)
    pace = Pace(0)
    for _ in range(20):
        await send(pace, GROUP)
    with pytest.raises(NoRoom):
        await send(pace, GROUP, FOR_THE_EYE)


async def test_a_group_that_has_to_wait_takes_no_room_from_others() -> None:
    pace = Pace(30)
    for _ in range(20):
        await send(pace, GROUP)
    waiting = [asyncio.create_task(send(pace, GROUP)) for _ in range(20)]
    await asyncio.sleep(0.05)
    for chat in range(1, 11):
        assert await send(pace, chat) == "sent"
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_429_is_handed_on_at_once_and_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")

    async def refused() -> None:
        raise RetryAfter(30)

    pace = Pace(30)
    for chat in ({"chat_id": PERSON}, {}):
        with pytest.raises(RetryAfter):
            await asyncio.wait_for(pace.process_request(refused, (), {}, "sendMessage", chat, None), 0.15)
    assert await send(pace, PERSON) == await send(pace, None) == "sent"


async def test_quiet_groups_are_forgotten_and_busy_ones_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.pace._MANY", 2)
    monkeypatch.setattr("bot.channels.telegram.pace._MINUTE", 0.02)
    pace = Pace(0)
    await send(pace, GROUP)
    await asyncio.sleep(0.05)
    monkeypatch.setattr("bot.channels.telegram.pace._MINUTE", 60.0)
    await send(pace, OTHER_GROUP)
    await send(pace, -3)
    assert set(pace._groups) == {OTHER_GROUP, -3}
