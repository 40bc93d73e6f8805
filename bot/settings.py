"""What can be set from outside: frozen `Settings` out of the environment, which comes in as a mapping.

`SETTINGS` is the table of all keys; README's table is tested against it. The rule: a value that cannot be is told by
its key and itself, before anything is opened. No file is touched here, and no sentence stands here: what a setting
means and what was wanted instead are keys of `knowledge/words/cli.yaml`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

PUBLIC_SERVER = "https://api.telegram.org"
INVITED = "invited"  # in the list of users: those who hold an invitation, as every list lets in
_FILE = "bansou.db"
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
class Settings:
    """`allowed_users` None: everybody gets in; empty: only those who were invited."""

    database: Path
    key: str | None = None
    operator: str = ""
    contact: str = ""
    allowed_users: frozenset[int] | None = None
    telegram_token: str = ""
    telegram_server: str = PUBLIC_SERVER
    kept: Path | None = None  # folder for what can be made anew, such as the index; None: nothing is kept


def read_settings(environment: Mapping[str, str], platform: str) -> Settings:
    """`platform` as `sys.platform` names it. A key set to blanks counts as not set."""
    given = {setting.key: environment.get(setting.key, "").strip() for setting in SETTINGS}
    return Settings(
        database=Path(given["BANSOU_DB"]).expanduser() if given["BANSOU_DB"] else _data_folder(environment, platform),
        key=given["BANSOU_KEY"] or None,
        operator=given["BANSOU_OPERATOR"],
        contact=given["BANSOU_CONTACT"],
        allowed_users=_users("BANSOU_ALLOWED_USERS", given["BANSOU_ALLOWED_USERS"]),
        telegram_token=given["TELEGRAM_BOT_TOKEN"],
        telegram_server=_server("TELEGRAM_API_BASE_URL", given["TELEGRAM_API_BASE_URL"]),
        kept=_data_folder(environment, platform).parent,
    )


def _data_folder(environment: Mapping[str, str], platform: str) -> Path:
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or Path.home())
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        base = Path(local) if local else home / "AppData" / "Local"
    elif platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        given = environment.get("XDG_DATA_HOME", "")
        base = Path(given) if given.startswith("/") else home / ".local" / "share"  # a relative one is to be ignored
    return base / "bansou" / _FILE


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
