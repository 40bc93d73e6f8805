"""One person sends far too much: it costs others nothing, what was taken is answered, the rest is told once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.channels.telegram.flood import _REMEMBERED, Flood, Verdict
from bot.channels.telegram.limits import Limits
from bot.store.keys import user_key
from tests.channels.telegram.conftest import QUICK, Bot
from tests.channels.telegram.people import Person, faultless, until
from tests.talk import SECRET

if TYPE_CHECKING:
    from bot.store.store import Store
    from tests.channels.telegram.wire import Server

LITTLE = Limits(burst=5, pace=1, rest=3, backlog=4)
NARROW = replace(QUICK, burst=10, pace=0.0, rest=3)
HEARD, STOPPED, STILL = Verdict.HEARD, Verdict.STOPPED, Verdict.STILL_STOPPED


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_heard_then_one_is_stopped_until_some_fit_again() -> None:
    clock = Clock()
    flood = Flood(LITTLE, clock)
    assert [flood.judge(1, 0) for _ in range(8)] == [HEARD] * 5 + [STOPPED, STILL, STILL]
    clock.now = 2.9
    assert flood.judge(1, 0) is STILL
    clock.now = 3
    assert [flood.judge(1, 0) for _ in range(4)] == [HEARD] * 3 + [STOPPED]


def test_who_keeps_the_pace_is_never_stopped() -> None:
    clock = Clock()
    flood = Flood(LITTLE, clock)
    for second in range(100):
        clock.now = second
        assert flood.judge(1, 0) is HEARD


def test_another_person_is_not_stopped_with_one() -> None:
    flood = Flood(LITTLE, Clock())
    assert [flood.judge(1, 0) for _ in range(6)][-1] is STOPPED
    assert flood.judge(2, 0) is HEARD


def test_where_too_much_waits_to_be_sent_nothing_more_is_taken() -> None:
    flood = Flood(LITTLE, Clock())
    assert [flood.judge(1, waiting) for waiting in (3, 4, 4, 3)] == [HEARD, STOPPED, STILL, HEARD]


def test_those_who_are_quiet_again_are_forgotten() -> None:
    clock = Clock()
    flood = Flood(LITTLE, clock)
    for user in range(_REMEMBERED + 1):
        flood.judge(user, 0)
    clock.now = 10
    flood.judge(0, 0)
    assert len(flood._buckets) == 1


def taken(bot: Bot, person: Person) -> int:
    return bot.turns.state("telegram", str(person.id)).turn


async def test_a_flood_is_answered_as_far_as_it_was_taken_then_told_once(
    server: Server, store: Store, person: Person
) -> None:
    async with Bot(server, store, NARROW).running() as bot:
        pages = [10, 12, 33, 38, 139]
        for number in range(40):
            person.say(f"/page {pages[number % 5]}")
        sentence = bot.turns.library.words.say("too_fast")
        await person.sees(sentence)
        other = Person(server.api, 43)
        other.say("/start")
        await other.sees("こんにちは")
        await until(lambda: not bot.turns.owed("telegram"))
    assert taken(bot, person) == 10
    texts = [message.text for message in person.screen]
    assert texts.count(sentence) == 1
    assert texts.index(sentence) == len(texts) - 1 == 11  # ten entries, the notice
    await faultless(server)


async def test_what_is_refused_leaves_no_trace(server: Server, store: Store, person: Person) -> None:
    async with Bot(server, store, NARROW).running() as bot:
        for _ in range(10):
            person.say("/page 139")
        for _ in range(5):
            person.say("担い手がいない")
        await person.sees(bot.turns.library.words.say("too_fast"))
        await until(lambda: not server.api.updates)
        events = store.events(user_key(SECRET, "telegram", str(person.id)))
        assert not any("担い手" in str(event.data) for event in events)
        assert taken(bot, person) == 10


async def test_a_press_too_many_is_answered_with_the_word_and_changes_nothing(
    server: Server, store: Store, person: Person
) -> None:
    async with Bot(server, store, NARROW).running() as bot:
        for _ in range(10):
            person.say("/start")
        menu = await person.offered("きろく")
        await until(lambda: taken(bot, person) == 10)
        names = [person.press("きろく", on=menu) for _ in range(3)]
        await until(lambda: all(server.api.queries[name] is not None for name in names))
        assert {server.api.queries[name] for name in names} == {bot.turns.library.words.say("too_fast")}
        assert taken(bot, person) == 10


async def test_words_of_danger_are_heard_in_any_flood(server: Server, store: Store, person: Person) -> None:
    async with Bot(server, store, NARROW).running() as bot:
        for _ in range(20):
            person.say("/page 139")
        person.say("もう死にたい")
        await person.sees(bot.turns.library.words.say("danger")[:20])


async def test_in_a_group_one_member_s_flood_does_not_stop_another(server: Server, store: Store) -> None:
    async with Bot(server, store, NARROW).running() as bot:
        loud, quiet = Person(server.api, 42, group=-400), Person(server.api, 43, group=-400)
        for _ in range(30):
            loud.say("/page 139")
        quiet.say("/page 12")
        await until(lambda: taken(bot, quiet) == 1 and taken(bot, loud) == 10)
