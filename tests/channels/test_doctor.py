"""`bansou doctor`: what is wrong is said with what to do, nothing is changed, and the token is not shown."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.doctor.finding import Grade
from bot.channels.doctor.here import LONGEST_SILENCE, look_here
from bot.channels.doctor.there import look_there
from bot.channels.doctor.visit import alive, visit
from bot.clock import clock
from bot.content.files import content_root
from bot.content.wording import read_wording
from bot.settings import Settings, Webhook
from bot.store.database import open_database
from bot.store.keys import load_secret
from bot.store.lock import lock_file, only_one
from tests.channels.telegram.bot_api import TOKEN
from tests.channels.telegram.wire import Server

WORDS = read_wording(content_root()).words
HOOK = Webhook("https://bot.example.jp/hook", "127.0.0.1", 8080)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def settings(tmp_path: Path, server: Server) -> Settings:
    """All is well, and the bot ran before."""
    path = tmp_path / "bansou.db"
    open_database(path).close()
    load_secret(path, None)
    return Settings(path, operator="A町", contact="内線 1", telegram_token=TOKEN, telegram_server=server.url)


def here(settings: Settings) -> dict[str, Grade]:
    return {one.key: one.grade for one in look_here(settings)}


def there(settings: Settings, *, late: int = 0) -> dict[str, Grade]:
    return {one.key: one.grade for one in look_there(settings, clock() + timedelta(seconds=late))}


def visited(settings: Settings) -> tuple[int, str]:
    out = io.StringIO()
    return visit(settings, WORDS, out, clock()), out.getvalue()


def test_where_all_is_well_it_says_so_and_the_token_is_not_shown(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    code, said = visited(settings)
    assert code == 0
    assert said.endswith("\nすべて整っています。\n")
    assert {line[0] for line in said.splitlines()[:-2]} == {"○"}
    assert "@banso_bot" in said
    assert TOKEN.partition(":")[2] not in said


def test_what_is_only_to_be_looked_at_is_no_failure(settings: Settings) -> None:
    code, said = visited(replace(settings, operator="", contact=""))
    assert code == 0
    assert "△ 設置者の名前が未設定です" in said
    assert "△ 設置者の連絡先が未設定です" in said
    assert "件）も見てください。" in said


def test_what_is_bad_fails(settings: Settings) -> None:
    code, said = visited(replace(settings, telegram_token=""))
    assert code == 1
    assert "× TELEGRAM_BOT_TOKEN が未設定です" in said
    assert "×のところ（1件）" in said


# --- here ---


def test_before_the_first_start_nothing_is_missing_and_nothing_is_made(tmp_path: Path) -> None:
    found = here(Settings(tmp_path / "new" / "folder" / "bansou.db"))
    assert found["doctor_database_new"] is Grade.GOOD
    assert found["doctor_key_new"] is Grade.GOOD
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert here(Settings(tmp_path / "file" / "bansou.db"))["doctor_folder_closed"] is Grade.BAD


def test_a_database_in_memory_is_told() -> None:
    assert here(Settings(Path(":memory:")))["doctor_memory"] is Grade.NOTE


def test_a_database_that_we_may_not_write_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _rights: path != settings.database)
    assert here(settings)["doctor_database_closed"] is Grade.BAD


@pytest.mark.parametrize("damage", ["head", "middle"])
def test_a_damaged_database_is_told(damage: str, settings: Settings) -> None:
    content = bytearray(settings.database.read_bytes())
    place = 0 if damage == "head" else 4096 * 2
    content[place : place + 64] = b"\x7f" * 64
    settings.database.write_bytes(content)
    assert here(settings)["doctor_database_damaged"] is Grade.BAD


def test_a_database_of_a_later_version_is_told(settings: Settings) -> None:
    with sqlite3.connect(settings.database) as connection:
        connection.execute("UPDATE _sqlite_migrations SET name = 'm999_later' WHERE name = 'm001_initial'")
    connection.close()
    assert here(settings)["doctor_database_newer"] is Grade.BAD


def test_a_key_that_is_gone_or_damaged_is_told_and_not_made_anew(settings: Settings) -> None:
    key = Path(f"{settings.database}.key")
    key.write_text("short")
    assert here(settings)["doctor_key_damaged"] is Grade.BAD
    key.unlink()
    assert here(settings)["doctor_key_gone"] is Grade.BAD
    assert not key.exists()
    assert here(replace(settings, key="given"))["doctor_key_given"] is Grade.GOOD


def test_a_key_that_cannot_be_read_is_told(settings: Settings) -> None:
    key = Path(f"{settings.database}.key")
    key.unlink()
    key.mkdir()
    assert here(settings)["doctor_key_closed"] is Grade.BAD


def test_files_that_others_may_read_are_named_with_the_command_that_mends_it(settings: Settings) -> None:
    settings.database.chmod(0o644)
    code, said = visited(settings)
    assert code == 1
    assert f"chmod 600 {settings.database}" in said


def test_who_runs_it_as_root_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert here(settings)["doctor_root"] is Grade.NOTE
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "doctor_root" not in here(settings)


def test_a_full_disk_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024  as shutil's own
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(1, 1, 5 * 2**20))
    assert here(settings)["doctor_no_room"] is Grade.BAD


def test_it_tells_a_bot_at_work_from_one_that_went_silent(settings: Settings) -> None:
    out = io.StringIO()
    assert alive(settings, WORDS, out) == 1
    with only_one(settings.database):
        assert here(settings)["doctor_running"] is Grade.GOOD
        assert alive(settings, WORDS, out) == 0
        long_ago = clock().timestamp() - LONGEST_SILENCE - 60
        os.utime(lock_file(settings.database), (long_ago, long_ago))
        assert here(settings)["doctor_silent"] is Grade.BAD
        assert alive(settings, WORDS, out) == 1
    assert out.getvalue().count("\n") == 3


def test_a_lock_that_cannot_be_looked_at_is_told(settings: Settings) -> None:
    lock_file(settings.database).symlink_to(lock_file(settings.database))
    assert here(settings)["doctor_lock_closed"] is Grade.BAD


# --- there ---


@pytest.mark.parametrize("status", [401, 404])
def test_a_token_that_is_refused_is_told(status: int, settings: Settings, server: Server) -> None:
    server.fail("getMe", status)
    assert there(settings)["doctor_token_refused"] is Grade.BAD


@pytest.mark.parametrize("kind", ["reset", "nobody"])
def test_a_server_that_is_not_reached_is_told(kind: str, settings: Settings, server: Server) -> None:
    server.fail("getMe", "reset")
    wanted = settings if kind == "reset" else replace(settings, telegram_server="http://127.0.0.1:9")
    code, said = visited(wanted)
    assert code == 1
    assert f"届きません（{wanted.telegram_server}" in said
    assert TOKEN.partition(":")[2] not in said


def test_a_server_in_trouble_is_told(settings: Settings, server: Server) -> None:
    server.fail("getMe", 502)
    assert there(settings)["doctor_server_trouble"] is Grade.BAD


def test_what_is_no_bot_api_at_all_is_told(settings: Settings, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.api, "method", lambda *_: "hello")
    assert "doctor_bot" not in there(settings)


def test_a_clock_that_is_wrong_is_told(settings: Settings) -> None:
    assert there(settings)["doctor_clock"] is Grade.GOOD
    assert there(settings, late=300)["doctor_clock_wrong"] is Grade.BAD
    assert there(settings, late=-300)["doctor_clock_wrong"] is Grade.BAD


def test_who_gets_the_updates_is_told(settings: Settings, server: Server) -> None:
    hooked = replace(settings, webhook=HOOK)
    assert there(settings)["doctor_polling"] is Grade.GOOD
    assert there(hooked)["doctor_webhook_unset"] is Grade.NOTE
    server.api.webhook = {"url": HOOK.url, "last_error_message": "Connection refused"}
    assert there(settings)["doctor_webhook_left"] is Grade.NOTE
    found = there(hooked)
    assert found["doctor_webhook"] is Grade.GOOD
    assert found["doctor_webhook_trouble"] is Grade.NOTE
    server.fail("getWebhookInfo", 502)
    assert there(hooked)["doctor_webhook_unknown"] is Grade.NOTE


def test_it_looks_and_changes_nothing(settings: Settings, server: Server, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    visited(settings)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert {call.method for call in server.api.calls} == {"getMe", "getWebhookInfo"}


def test_each_sentence_has_what_it_needs(settings: Settings, server: Server) -> None:
    """Nothing of the form {slot} is left, and no key is shown in place of its words."""
    server.api.webhook = {"url": HOOK.url, "last_error_message": "x"}
    for found in (settings, replace(settings, webhook=HOOK, operator=""), replace(settings, telegram_token="")):
        said = visited(found)[1]
        assert "{" not in said
        assert "doctor_" not in said
