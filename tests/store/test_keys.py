"""Users are stored under a keyed hash, and the key is made once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.store import keys
from bot.store.keys import load_secret, user_key

SECRET = b"0123456789abcdef0123456789abcdef"
GO = "import sys; from pathlib import Path; from bot.store.keys import load_secret; input()"
MAKE_KEY = f"{GO}; print(load_secret(Path(sys.argv[1]), None).decode())"


def key_file(database: Path) -> Path:
    return Path(f"{database}.key")


def test_a_user_key_says_nothing_about_the_user() -> None:
    key = user_key(SECRET, "telegram", "123456789")
    # by openssl dgst -sha256 -hmac
    assert key == "880b503e99c74ef58201c88d936de86a3d4789e33a0e68676393265059ae9f93"


@pytest.mark.parametrize(
    ("secret", "channel", "user"),
    [(b"x" * 32, "telegram", "12"), (SECRET, "terminal", "12"), (SECRET, "telegram", "2"), (SECRET, "telegram1", "2")],
)
def test_another_key_channel_or_name_is_another_user(secret: bytes, channel: str, user: str) -> None:
    assert user_key(secret, channel, user) != user_key(SECRET, "telegram", "12")


def test_half_a_surrogate_pair_as_a_name_is_a_name() -> None:
    assert user_key(SECRET, "jsonl", "\ud83d") != user_key(SECRET, "jsonl", "\ud83e")


def test_the_key_that_was_given_is_used_and_none_is_made(path: Path) -> None:
    assert load_secret(path, f" {SECRET.decode()}\n") == SECRET
    assert not key_file(path).exists()


@pytest.mark.parametrize("given", [None, "", " \n"])
def test_without_a_given_key_one_is_made_beside_the_database(path: Path, given: str | None) -> None:
    secret = load_secret(path, given)
    assert len(bytes.fromhex(secret.decode())) == 32
    assert key_file(path).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["bansou.db.key"]


def test_the_key_stays_the_same_and_its_file_can_move_into_the_environment(path: Path) -> None:
    secret = load_secret(path, None)
    assert load_secret(path, None) == secret
    assert load_secret(path, key_file(path).read_text(encoding="ascii")) == secret


def test_two_databases_have_two_keys(tmp_path: Path) -> None:
    assert load_secret(tmp_path / "a.db", None) != load_secret(tmp_path / "folder" / "b.db", None)


def test_a_key_that_others_could_read_is_tightened(path: Path) -> None:
    secret = load_secret(path, None)
    key_file(path).chmod(0o644)
    assert load_secret(path, None) == secret
    assert key_file(path).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "\n", "abc"])
def test_a_damaged_key_is_refused_by_name_and_not_replaced(path: Path, content: str) -> None:
    key_file(path).write_text(content, encoding="ascii")
    with pytest.raises(ValueError, match=r"bansou\.db\.key: damaged key, \d characters, at least 32 expected"):
        load_secret(path, None)
    assert key_file(path).read_text(encoding="ascii") == content


def test_a_database_in_memory_has_a_key_that_is_gone_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_secret(Path(":memory:"), None) != load_secret(Path(":memory:"), None)
    assert not list(tmp_path.iterdir())


def test_the_one_who_comes_second_takes_the_first_ones_key(path: Path) -> None:
    """Both saw no file; the first one's link is there when the second one links."""
    secret = load_secret(path, None)
    keys._make(key_file(path))
    assert load_secret(path, None) == secret


def test_processes_that_start_together_agree_on_one_key(path: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", MAKE_KEY, str(path)], stdin=-1, stdout=-1, text=True) for _ in range(3)
    ]
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    secrets = {child.communicate()[0].strip() for child in children}
    assert secrets == {key_file(path).read_text(encoding="ascii").strip()}
