"""Documents and pictures: sent with their caption, as what they are, and never silently left out."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channels.telegram.address import Address
from bot.channels.telegram.courier import Courier, Fate
from bot.channels.telegram.lines import Lines
from bot.channels.telegram.serving import make_bot
from bot.channels.telegram.text import LONGEST_CAPTION, split_caption, utf16_length
from bot.channels.telegram.watch import Watch
from bot.conversation.messages import Choice, File, Reply, reply_from_plain, reply_to_plain
from tests.channels.telegram.bot_api import TOKEN
from tests.channels.telegram.conftest import QUICK
from tests.channels.telegram.library import public_library
from tests.channels.telegram.people import Person, faultless, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.channels.telegram.conftest import Bot
    from tests.channels.telegram.wire import Server

BUTTON = Choice(":back", "戻る", "a.1.back.")


@pytest.fixture
async def courier(server: Server) -> AsyncIterator[Courier]:
    async with make_bot(TOKEN, server.url, QUICK, Watch(QUICK)) as bot:
        yield Courier(bot, QUICK, public_library().words, Lines().beside)


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", zlib.crc32(b"IHDR" + head))


def document(folder: Path, content: bytes = "記録".encode(), name: str = "記録.json") -> File:
    (folder / "x").write_bytes(content)
    return File(name, "application/json", str(folder / "x"))


async def test_a_document_comes_with_its_name_its_caption_and_the_buttons(
    courier: Courier, server: Server, person: Person, tmp_path: Path
) -> None:
    reply = Reply("【きろく】<b>&\nこれがすべてです。", (BUTTON,), files=(document(tmp_path),))
    assert await courier.bring(reply, Address(42)) is Fate.SENT
    (shown,) = person.screen
    assert shown.file is not None
    assert (shown.kind, shown.file.name, shown.file.content.decode()) == ("document", "記録.json", "記録")
    assert (shown.text, shown.labels) == (reply.text, ["戻る"])
    assert shown.html.startswith("<b>【きろく】</b>&lt;b&gt;")
    await faultless(server)


async def test_while_a_file_is_sent_the_chat_shows_it(
    courier: Courier, server: Server, person: Person, tmp_path: Path
) -> None:
    server.fail("sendDocument", 502, times=2)
    await courier.bring(Reply("どうぞ。", files=(document(tmp_path),)), Address(42))
    assert [call.params["action"] for call in server.api.of("sendChatAction")] == ["upload_document"]
    assert len(person.screen) == 1


async def test_no_trouble_with_showing_it_keeps_the_file(
    courier: Courier, server: Server, person: Person, tmp_path: Path
) -> None:
    server.fail("sendChatAction", 500, times=None)
    assert await courier.bring(Reply("どうぞ。", files=(document(tmp_path),)), Address(42)) is Fate.SENT


async def test_a_picture_comes_as_a_picture(courier: Courier, server: Server, person: Person, tmp_path: Path) -> None:
    picture = replace(document(tmp_path, png(800, 600), "地図.png"), media_type="image/png")
    await courier.bring(Reply("見取り図です。", files=(picture,)), Address(42))
    assert [(one.kind, one.text) for one in person.screen] == [("photo", "見取り図です。")]
    await faultless(server)


async def test_a_picture_that_telegram_does_not_take_comes_as_a_document(
    courier: Courier, person: Person, tmp_path: Path
) -> None:
    picture = replace(document(tmp_path, png(800, 60_000), "地図.png"), media_type="image/png")
    assert await courier.bring(Reply("見取り図です。", files=(picture,)), Address(42)) is Fate.SENT
    assert [(one.kind, one.text) for one in person.screen] == [("document", "見取り図です。")]


async def test_a_text_too_long_for_a_caption_comes_before_the_file(
    courier: Courier, server: Server, person: Person, tmp_path: Path
) -> None:
    text = "あいうえお。\n" * 900
    await courier.bring(Reply(text, (BUTTON,), files=(document(tmp_path),)), Address(42))
    assert [one.kind for one in person.screen][-1] == "document"
    assert "".join("".join(one.text for one in person.screen).split()) == "".join(text.split())
    assert [bool(one.rows) for one in person.screen][-2:] == [False, True]
    await faultless(server)


async def test_of_two_files_the_first_has_the_caption_and_the_last_the_buttons(
    courier: Courier, server: Server, person: Person, tmp_path: Path
) -> None:
    file = document(tmp_path)
    await courier.bring(Reply("どうぞ。", (BUTTON,), files=(file, replace(file, name="b.md"))), Address(42))
    assert [(one.text, one.labels) for one in person.screen] == [("どうぞ。", []), ("", ["戻る"])]
    await faultless(server)


@pytest.mark.parametrize("empty", [True, False])
async def test_a_file_that_is_gone_is_said_so(
    empty: bool, courier: Courier, server: Server, person: Person, tmp_path: Path
) -> None:
    file = document(tmp_path, b"") if empty else File("記録.json", "application/json", str(tmp_path / "none"))
    assert await courier.bring(Reply("どうぞ。", files=(file,)), Address(42)) is Fate.SENT
    assert person.last.text.startswith("どうぞ。\n「記録.json」は、もう手元に残っていません")
    await faultless(server)


async def test_a_button_pressed_under_a_document_goes_and_the_answer_comes_anew(
    bot: Bot, server: Server, person: Person, courier: Courier, tmp_path: Path
) -> None:
    entry = Choice("ask:kakuron-139", "問いかけ", "a.1.ask.kakuron-139")
    await courier.bring(Reply("どうぞ。", (entry, BUTTON), files=(document(tmp_path),)), Address(42))
    sent = person.last
    person.press("問いかけ", on=sent)
    await person.offered("要点に戻る")
    person.press("戻る", on=sent)
    await until(lambda: not sent.rows)
    await faultless(server)


def test_a_reply_with_files_is_written_and_read(tmp_path: Path) -> None:
    reply = Reply("x", (BUTTON,), files=(document(tmp_path),))
    assert reply_from_plain(reply_to_plain(reply)) == reply
    old = {name: value for name, value in reply_to_plain(reply).items() if name != "files"}
    assert reply_from_plain(old) == replace(reply, files=())


@pytest.mark.parametrize("length", [0, 5, 1024, 1025, 4096, 4097, 9000])
def test_captions_fit_and_nothing_is_lost(length: int) -> None:
    text = ("あ" * 9 + "。") * (length // 10) + "い" * (length % 10)
    before, caption = split_caption(text)
    assert utf16_length(caption) <= LONGEST_CAPTION
    assert "".join((*before, caption)) == text
