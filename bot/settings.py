"""What can be set from outside: frozen `Settings` out of the environment, which comes in as a mapping.

`SETTINGS` is the table of all keys; README's table is tested against it. The rule: a value that cannot be is told by
its key and itself, before anything is opened. No file is touched here, and no sentence stands here: what a setting
means and what was wanted instead are keys of `knowledge/words/cli.yaml`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

PUBLIC_SERVER = "https://api.telegram.org"
INVITED = "invited"  # in the list of users: those who hold an invitation, as every list lets in
LISTEN = "127.0.0.1:8080"
_FILE = "bansou.db"
_BASES = {
    "darwin": ("Library", "Application Support"),
    "linux": (".local", "share"),  # and every other
    "win32": ("AppData", "Local"),
}
_SEPARATORS = re.compile(r"[,、，\s]+")


class Setting(NamedTuple):
    key: str
    default: str  # as the table shows it; empty: not set
    meaning: str


SETTINGS = (
    Setting("BANSOU_ALLOWED_USERS", "", "setting_allowed_users"),
    Setting("BANSOU_CONTACT", "", "setting_contact"),
    Setting("BANSOU_DB", f"~/.local/share/bansou/{_FILE}", "setting_db"),
    Setting("BANSOU_KEY", "", "setting_key"),
    Setting("BANSOU_OPERATOR", "", "setting_operator"),
    Setting("TELEGRAM_API_BASE_URL", PUBLIC_SERVER, "setting_telegram_api_base_url"),
    Setting("TELEGRAM_BOT_TOKEN", "", "setting_telegram_bot_token"),
    Setting("TELEGRAM_WEBHOOK_LISTEN", LISTEN, "setting_telegram_webhook_listen"),
    Setting("TELEGRAM_WEBHOOK_SECRET", "", "setting_telegram_webhook_secret"),
    Setting("TELEGRAM_WEBHOOK_URL", "", "setting_telegram_webhook_url"),
)


@dataclass(eq=False)  # not frozen: contextlib sets the traceback of what it lets through
class BadSetting(ValueError):
    """`wanted` is the key of the sentence that says what would do."""

    key: str
    value: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.key}={self.value!r}: {self.wanted}"


@dataclass(frozen=True)
class Webhook:
    """`url`: where Telegram brings updates; `host`, `port`: where we take them from what ends the encryption."""

    url: str
    host: str
    port: int
    secret: str = field(default="", repr=False)  # empty: a new one at each start


@dataclass(frozen=True)
class Settings:
    """`allowed_users` None: everybody gets in; empty: only those who were invited."""

    database: Path
    key: str | None = None
    operator: str = ""
    contact: str = ""
    allowed_users: frozenset[int] | None = None
    telegram_token: str = ""
    telegram_server: str = PUBLIC_SERVER
    webhook: Webhook | None = None  # None: we ask for updates
    kept: Path | None = None  # folder for what can be made anew, such as the index; None: nothing is kept


def read_settings(environment: Mapping[str, str], platform: str) -> Settings:
    """`platform` as `sys.platform` names it. A key set to blanks counts as not set."""
    given = {setting.key: environment.get(setting.key, "").strip() for setting in SETTINGS}
    folder = _data_folder(environment, platform)
    return Settings(
        database=_database(given["BANSOU_DB"], folder),
        key=given["BANSOU_KEY"] or None,
        operator=given["BANSOU_OPERATOR"],
        contact=given["BANSOU_CONTACT"],
        allowed_users=_users("BANSOU_ALLOWED_USERS", given["BANSOU_ALLOWED_USERS"]),
        telegram_token=given["TELEGRAM_BOT_TOKEN"],
        telegram_server=_server("TELEGRAM_API_BASE_URL", given["TELEGRAM_API_BASE_URL"]),
        webhook=_webhook(given),
        kept=folder,
    )


def _database(text: str, folder: Path | None) -> Path:
    if text:
        return Path(text).expanduser()
    if folder is None:
        raise BadSetting("BANSOU_DB", text, "wanted_db")
    return folder / _FILE


def _data_folder(environment: Mapping[str, str], platform: str) -> Path | None:
    """Where the system keeps such things; None for a user without a home, as in a container."""
    base = _given_base(environment, platform)
    home = None if base is not None else _home(environment)
    if home is not None:
        base = home.joinpath(*_BASES.get(platform, _BASES["linux"]))
    return None if base is None else base / "bansou"


def _given_base(environment: Mapping[str, str], platform: str) -> Path | None:
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return Path(local) if local else None
    given = environment.get("XDG_DATA_HOME", "") if platform != "darwin" else ""
    return Path(given) if given.startswith("/") else None  # a relative one is to be ignored


def _home(environment: Mapping[str, str]) -> Path | None:
    given = environment.get("HOME") or environment.get("USERPROFILE")
    try:
        return Path(given) if given else Path.home()
    except RuntimeError:
        return None


def _users(key: str, text: str) -> frozenset[int] | None:
    """Telegram's numbers, and `invited` for no more than to close the door. Nobody writes a list that says nothing."""
    if not text:
        return None
    parts = [part for part in _SEPARATORS.split(text) if part]
    numbers = [part for part in parts if part != INVITED]
    for part in numbers:
        if not re.fullmatch(r"[0-9]{1,18}", part):
            raise BadSetting(key, part, "wanted_users")
    if not parts:
        raise BadSetting(key, text, "wanted_users")
    return frozenset(map(int, numbers))


def _server(key: str, text: str) -> str:
    """The root that `/bot<token>` is put behind."""
    if not text:
        return PUBLIC_SERVER
    root = text.rstrip("/")
    try:
        parts = urlsplit(root)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, half an IPv6 address
        good = False
    if not good or root.endswith("/bot") or re.search(r"\s", root):
        raise BadSetting(key, text, "wanted_server")
    return root


def _webhook(given: Mapping[str, str]) -> Webhook | None:
    """What is set is looked at even where no webhook is wanted: a mistake should not wait for the day it is."""
    host, port = _listen("TELEGRAM_WEBHOOK_LISTEN", given["TELEGRAM_WEBHOOK_LISTEN"] or LISTEN)
    secret = given["TELEGRAM_WEBHOOK_SECRET"]
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):  # Telegram takes 1 to 256 of these
        raise BadSetting("TELEGRAM_WEBHOOK_SECRET", "…", "wanted_secret")
    url = given["TELEGRAM_WEBHOOK_URL"]
    if not url:
        return None
    # The path becomes a pattern in the library's server.
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[A-Za-z0-9_/-]*)?", url) or not _has_good_port(url):
        raise BadSetting("TELEGRAM_WEBHOOK_URL", url, "wanted_webhook")
    return Webhook(url, host, port, secret)


def _listen(key: str, text: str) -> tuple[str, int]:
    """127.0.0.1:8080, [::1]:8080."""
    host, _, port = text.rpartition(":")
    good = re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 2**16
    if not good or not re.fullmatch(r"\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+", host):
        raise BadSetting(key, text, "wanted_listen")
    return host.strip("[]"), int(port)


def _has_good_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False
