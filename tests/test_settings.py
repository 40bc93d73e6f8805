"""Settings out of an environment: each key, each default, and a bad value told by its key and itself."""

from pathlib import Path

import pytest

from bot.content.files import content_root
from bot.content.wording import read_wording
from bot.settings import LISTEN, PUBLIC_SERVER, SETTINGS, BadSetting, Settings, Webhook, read_settings

HOME = {"HOME": "/home/me"}


def test_nothing_set_is_enough_to_talk() -> None:
    folder = Path("/home/me/.local/share/bansou")
    assert read_settings(HOME, "linux") == Settings(folder / "bansou.db", kept=folder)


@pytest.mark.parametrize(
    ("environment", "platform", "database"),
    [
        ({"XDG_DATA_HOME": "/data"}, "linux", "/data/bansou/bansou.db"),
        ({"XDG_DATA_HOME": "relative"}, "linux", "/home/me/.local/share/bansou/bansou.db"),
        ({}, "darwin", "/home/me/Library/Application Support/bansou/bansou.db"),
        ({}, "win32", "/home/me/AppData/Local/bansou/bansou.db"),
        ({"LOCALAPPDATA": "/local"}, "win32", "/local/bansou/bansou.db"),
        ({"BANSOU_DB": "/else/where.db"}, "win32", "/else/where.db"),
        ({"BANSOU_DB": "  "}, "linux", "/home/me/.local/share/bansou/bansou.db"),
        ({"BANSOU_DB": ":memory:"}, "linux", ":memory:"),
    ],
)
def test_the_database_stands_where_the_system_keeps_such_things(
    environment: dict[str, str], platform: str, database: str
) -> None:
    assert read_settings(HOME | environment, platform).database == Path(database)


def test_a_home_in_the_database_s_path_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    assert read_settings({"BANSOU_DB": "~/x.db"}, "linux").database == Path("/home/me/x.db")


def test_without_a_home_the_place_must_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nowhere)
    with pytest.raises(BadSetting, match="BANSOU_DB"):
        read_settings({}, "linux")
    assert read_settings({"XDG_DATA_HOME": "/data"}, "linux").database == Path("/data/bansou/bansou.db")
    settings = read_settings({"BANSOU_DB": "/data/x.db"}, "linux")
    assert (settings.database, settings.kept) == (Path("/data/x.db"), None)


def test_everything_else_is_taken_without_the_blanks_around_it() -> None:
    settings = read_settings(
        HOME
        | {
            "BANSOU_KEY": " secret ",
            "BANSOU_OPERATOR": "A町",
            "BANSOU_CONTACT": "0000-00-0000",
            "TELEGRAM_BOT_TOKEN": "1:a\n",
            "TELEGRAM_API_BASE_URL": "http://127.0.0.1:8081/",
        },
        "linux",
    )
    assert (settings.key, settings.operator, settings.contact) == ("secret", "A町", "0000-00-0000")
    assert (settings.telegram_token, settings.telegram_server) == ("1:a", "http://127.0.0.1:8081")


@pytest.mark.parametrize("text", ["7,11", " 7 , 11 ", "7 11", "7、11", "11,7,", "7\n11"])
def test_the_allow_list_is_numbers_however_they_are_set_apart(text: str) -> None:
    assert read_settings(HOME | {"BANSOU_ALLOWED_USERS": text}, "linux").allowed_users == frozenset({7, 11})


def test_a_list_may_close_the_door_to_all_but_the_invited() -> None:
    assert read_settings(HOME | {"BANSOU_ALLOWED_USERS": "invited"}, "linux").allowed_users == frozenset()
    assert read_settings(HOME | {"BANSOU_ALLOWED_USERS": "7, invited"}, "linux").allowed_users == frozenset({7})


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("BANSOU_ALLOWED_USERS", "7,@tanaka", "@tanaka"),
        ("BANSOU_ALLOWED_USERS", "-7", "-7"),
        ("BANSOU_ALLOWED_USERS", "７", "７"),
        ("BANSOU_ALLOWED_USERS", "9" * 19, "9" * 19),
        ("BANSOU_ALLOWED_USERS", ",", ","),
        ("TELEGRAM_API_BASE_URL", "api.telegram.org", "api.telegram.org"),
        ("TELEGRAM_API_BASE_URL", "ftp://x", "ftp://x"),
        ("TELEGRAM_API_BASE_URL", "https://", "https://"),
        ("TELEGRAM_API_BASE_URL", "https://x:port", "https://x:port"),
        ("TELEGRAM_API_BASE_URL", "https://[x", "https://[x"),
        ("TELEGRAM_API_BASE_URL", "https://x/bot", "https://x/bot"),
        ("TELEGRAM_API_BASE_URL", "https://x /y", "https://x /y"),
        ("TELEGRAM_WEBHOOK_URL", "bot.example.jp/hook", "bot.example.jp/hook"),
        ("TELEGRAM_WEBHOOK_URL", "https://x/hook?a=1", "https://x/hook?a=1"),
        ("TELEGRAM_WEBHOOK_URL", "https://x/(a+)+", "https://x/(a+)+"),
        ("TELEGRAM_WEBHOOK_URL", "https://x:0/hook", "https://x:0/hook"),
        ("TELEGRAM_WEBHOOK_URL", "https://x:port/hook", "https://x:port/hook"),
        ("TELEGRAM_WEBHOOK_LISTEN", "8080", "8080"),
        ("TELEGRAM_WEBHOOK_LISTEN", "127.0.0.1:0", "127.0.0.1:0"),
        ("TELEGRAM_WEBHOOK_LISTEN", "127.0.0.1:65536", "127.0.0.1:65536"),
        ("TELEGRAM_WEBHOOK_LISTEN", "127.0.0.1:http", "127.0.0.1:http"),
        ("TELEGRAM_WEBHOOK_LISTEN", "a b:80", "a b:80"),
        ("TELEGRAM_WEBHOOK_SECRET", "short", "…"),
        ("TELEGRAM_WEBHOOK_SECRET", "with space in the middle", "…"),
    ],
)
def test_a_bad_value_is_told_by_its_key_and_itself(key: str, text: str, value: str) -> None:
    with pytest.raises(BadSetting) as caught:
        read_settings(HOME | {key: text}, "linux")
    assert (caught.value.key, caught.value.value) == (key, value)
    assert str(caught.value).startswith(f"{key}={value!r}: wanted_")


def test_a_webhook_is_an_address_for_telegram_and_one_for_us() -> None:
    given = HOME | {"TELEGRAM_WEBHOOK_URL": "https://bot.example.jp/hook"}
    assert read_settings(given, "linux").webhook == Webhook("https://bot.example.jp/hook", "127.0.0.1", 8080)
    more = given | {"TELEGRAM_WEBHOOK_LISTEN": "[::1]:9000", "TELEGRAM_WEBHOOK_SECRET": "s" * 20}
    webhook = read_settings(more, "linux").webhook
    assert webhook == Webhook("https://bot.example.jp/hook", "::1", 9000, "s" * 20)
    assert "sss" not in repr(webhook)


def test_without_its_address_there_is_no_webhook() -> None:
    assert read_settings(HOME | {"TELEGRAM_WEBHOOK_LISTEN": "0.0.0.0:80"}, "linux").webhook is None


def test_the_table_lists_every_key_in_order_and_each_has_its_meaning_in_words() -> None:
    keys = [setting.key for setting in SETTINGS]
    assert keys == sorted(set(keys))
    texts = read_wording(content_root()).words.texts
    assert [setting.meaning for setting in SETTINGS if setting.meaning not in texts] == []


def test_the_defaults_of_the_table_are_the_defaults() -> None:
    defaults = {setting.key: setting.default for setting in SETTINGS if setting.default}
    assert defaults == {
        "BANSOU_DB": str(read_settings(HOME, "linux").database).replace("/home/me", "~"),
        "TELEGRAM_API_BASE_URL": PUBLIC_SERVER,
        "TELEGRAM_WEBHOOK_LISTEN": LISTEN,
    }
