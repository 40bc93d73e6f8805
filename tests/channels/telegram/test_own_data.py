"""What one has here, over the wire: seen, taken home, given to somebody else, deleted to the last row."""

from __future__ import annotations

import json
import re
import threading
from typing import TYPE_CHECKING

import pytest

from bot.store.keys import user_key
from tests.channels.telegram.conftest import Bot
from tests.channels.telegram.people import Person, begin, faultless, until
from tests.channels.telegram.test_once import settled
from tests.talk import NOON, SECRET

if TYPE_CHECKING:
    from pathlib import Path

    from bot.drawing import Work
    from bot.store.store import Store
    from bot.turn import Owed
    from tests.channels.telegram.bot_api import Shown
    from tests.channels.telegram.wire import Server

FLOW = "試しの質問をひと通り"
SAID = "席を丸くして、<b>ゆっくり話す"


def rows_of(store: Store, user: int) -> dict[str, int]:
    """Of every table that names this user in any column."""
    key = user_key(SECRET, "telegram", str(user))
    tables = {table.name: list(table.rows) for table in store._database.tables}
    return {name: count for name, rows in tables.items() if (count := sum(key in str(row) for row in rows))}


async def to_the_text(person: Person) -> None:
    """Into the flow and past its free text."""
    await begin(person, FLOW)
    await person.tap("毎回している")
    await person.sees("費用は")
    person.say("100万円")
    await person.sees("割合は")
    person.say("65")
    await person.sees("次の会は")
    person.say("11/30")
    for label in ("未満", "少し"):
        await person.tap(label)
    await person.sees("書いてください")
    person.say(SAID)
    await person.sees("場所はありますか")


async def documents(person: Person) -> list[Shown]:
    """The two files of an export."""
    await until(lambda: len([one for one in person.screen if one.kind == "document"]) == 2)
    return [one for one in person.screen if one.kind == "document"]


# --- export ---


async def test_all_that_is_kept_comes_as_a_page_and_as_data(
    bot: Bot, server: Server, store: Store, person: Person
) -> None:
    await to_the_text(person)
    person.say("/export")
    page, data = await documents(person)
    await settled(bot)
    assert page.file is not None
    assert data.file is not None
    assert (page.file.name, data.file.name) == ("きろく-2026-11-23.html", "きろく-2026-11-23.json")
    assert "すべてです" in page.text
    shown = page.file.content.decode()
    assert "<dt>次にしたいことを書いてください</dt><dd>席を丸くして、&lt;b&gt;ゆっくり話す</dd>" in shown
    tables = json.loads(data.file.content)["tables"]
    key = user_key(SECRET, "telegram", "42")
    events = [row for row in store._database.table("events").rows if row["user"] == key]
    assert [row["number"] for row in tables["events"]] == [row["number"] for row in events]
    assert SAID in str(tables["sessions"])
    assert not [*store.files.place(key, "").parent.parent.glob("*/*/*")]  # nothing lies about once it is sent
    await faultless(server)


async def test_while_it_is_made_the_chat_shows_that_somebody_is_typing(
    bot: Bot, server: Server, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, go_on = bot.turns.drawing, threading.Event()

    def slow(owed: Owed) -> Work | None:
        work = drawing(owed)

        def waits() -> None:
            assert go_on.wait(20)
            assert work is not None
            work()

        return work and waits

    object.__setattr__(bot.turns, "drawing", slow)
    other = Person(server.api, 43)
    person.say("/export")
    await until(lambda: server.api.of("sendChatAction"))
    assert server.api.of("sendChatAction")[0].params == {"chat_id": 42, "action": "typing"}
    other.say("/page 139")
    await other.sees("139")  # meanwhile others are served
    assert not any(one.kind == "document" for one in person.screen)
    go_on.set()
    await documents(person)
    await faultless(server)


async def test_an_export_that_a_crash_kept_from_being_sent_is_drawn_after_it(
    server: Server, store: Store, person: Person
) -> None:
    server.fail("sendDocument", 502, times=None)
    impatient = Bot(server, store)
    async with impatient.running():
        person.say("/export")
        await until(lambda: server.api.of("sendDocument"))
    for file in store.files._root.glob("*/*/*"):
        file.unlink()
    server.troubles.clear()
    async with Bot(server, store).running() as bot:
        assert [one.file.name.rpartition(".")[2] for one in await documents(person) if one.file] == ["html", "json"]
        await settled(bot)


async def test_who_forgets_meanwhile_gets_no_file_any_more(bot: Bot, store: Store, person: Person) -> None:
    drawing = bot.turns.drawing

    def after_forgetting(owed: Owed) -> Work | None:
        if owed.reply.files:
            store.forget(owed.user)
        return drawing(owed)

    object.__setattr__(bot.turns, "drawing", after_forgetting)
    person.say("/export")
    await person.sees("もう手元に残っていません")
    assert not any(one.kind == "document" for one in person.screen)


async def test_a_file_that_cannot_be_drawn_is_said_and_the_rest_goes_on(
    bot: Bot, person: Person, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(bot.store.files, "write", full)
    await begin(person, FLOW)
    await person.offered("していない")
    person.say("/export")
    await person.sees("もう手元に残っていません")
    await until(lambda: "目的は共有していますか" in person.last.text)
    assert "a file was not drawn: OSError" in caplog.text
    await settled(bot)


async def test_in_a_group_nothing_is_written_out(bot: Bot, server: Server) -> None:
    member = Person(server.api, 51, group=-100500)
    member.say("/export")
    await member.sees("ここはほかの人も見るところ")
    await settled(bot)
    assert not server.api.of("sendDocument")
    await faultless(server)


# --- settings ---


async def test_settings_lead_to_all_of_it(bot: Bot, server: Server, person: Person) -> None:
    person.say("/settings")
    await person.sees("預かっている記録: 0件")
    await person.tap("ひとことを出さない")
    await person.sees("ひとこと: なし")
    await begin(person, FLOW)
    await person.tap("毎回している")
    question = await person.sees("費用はいくら")
    assert "よいですね" not in question.text
    person.say("/settings")
    await person.sees("預かっている記録: 1件（途中 1件）")
    await person.tap("書き出す")
    await documents(person)
    await faultless(server)


# --- given to somebody else ---


async def test_a_link_hands_a_session_to_whoever_opens_it(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, FLOW)
    await person.tap("していない")
    question = await person.sees("わけをすべて")
    old = question.rows[0][0]["callback_data"]
    person.say("/records")
    await person.tap(next(label for label in (await person.sees("これまでの記録")).labels if label.startswith(FLOW)))
    await person.tap("ほかの人に引き継ぐ")
    link = (await person.sees("引き継ぎのリンク")).text
    payload = re.search(r"https://t\.me/banso_bot\?start=(resume-[A-Za-z0-9_-]{1,57})\n", link)
    assert payload is not None
    taker = Person(server.api, 43)
    taker.say(f"/start {payload[1]}")
    await taker.sees("途中を引き継げます")
    assert bot.turns.state("telegram", "43").session is None
    await taker.tap("同意して始める")
    await taker.sees("わけをすべて選んでください")
    await taker.tap("時間がない")
    await taker.tap("決定")
    await taker.sees("費用はいくら")
    person.press_data(old, question)
    await person.sees("ほかの人が引き継いで進めています")
    third = Person(server.api, 44)
    third.say(f"/start {payload[1]}")
    await third.sees("もう使えません")
    await settled(bot)
    await faultless(server)


# --- deleted ---


async def test_what_was_deleted_is_in_no_row_and_no_file(
    bot: Bot, server: Server, store: Store, person: Person, tmp_path: Path
) -> None:
    await to_the_text(person)
    await settled(bot)
    assert SAID.encode() in everything_in(tmp_path)
    person.say("/delete")
    await person.tap(next(label for label in (await person.sees("これまでの記録")).labels if label.startswith(FLOW)))
    await person.tap("消す")
    await person.tap("消す")
    await person.sees("消しました")
    await settled(bot)
    assert "sessions" not in rows_of(store, person.id)
    store.tidy(NOON)
    assert SAID.encode() not in everything_in(tmp_path)


async def test_who_forgets_is_in_no_row_of_any_table(
    bot: Bot, server: Server, store: Store, person: Person, tmp_path: Path
) -> None:
    await to_the_text(person)
    bot.turns.access.admit("telegram", str(person.id), bot.turns.access.invite()[0])
    person.say("/records")
    await person.tap(next(label for label in (await person.sees("これまでの記録")).labels if label.startswith(FLOW)))
    await person.tap("ほかの人に引き継ぐ")
    await person.sees("引き継ぎのリンク")
    await settled(bot)
    assert rows_of(store, person.id).keys() == set(store._tables.having("user"))
    person.say("/forget")
    await person.tap("すべて消す")
    await person.sees("すべて消しました")
    await settled(bot)
    assert rows_of(store, person.id) == {}
    store.tidy(NOON)
    left = everything_in(tmp_path)
    assert SAID.encode() not in left
    assert user_key(SECRET, "telegram", str(person.id)).encode() not in left
    await faultless(server)


async def test_forgetting_that_comes_twice_brings_nobody_back(
    bot: Bot, server: Server, store: Store, person: Person
) -> None:
    await begin(person, FLOW)
    person.say("/forget")
    asked = await person.offered("すべて消す")
    data = next(b["callback_data"] for row in asked.rows for b in row if b["text"] == "すべて消す")
    seen = server.api.as_json(asked)
    for name in ("7001", "7002"):
        server.api.queries[name] = None
        query = {"id": name, "from": person.user, "chat_instance": "1", "data": data, "message": seen}
        server.api.push_again({"update_id": 900_000, "callback_query": query})
    await person.sees("すべて消しました")
    await until(lambda: all(server.api.queries[name] is not None for name in ("7001", "7002")))
    await settled(bot)
    assert rows_of(store, person.id) == {}
    assert sum("すべて消しました" in one.text for one in person.screen) == 1


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
