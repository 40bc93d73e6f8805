"""Who a user is to the store: a keyed hash, never a name or a chat service's number.

The rule: every `user` that reaches the store has gone through `user_key`. A chat service's numbers are short enough
to be tried out one by one, hence a key and not a bare hash. The key comes from BANSOU_KEY or from `<database>.key`,
and the same characters in either place find the same users. Without it nobody's sessions can be found again: it
belongs in the backup.
"""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.store.files import MEMORY, make_folder, sync_folder, tighten

_KEY_BYTES = 32
_SHORTEST = 32  # characters of a key file; ours have 64, one that an operator wrote may have fewer


def user_key(secret: bytes, channel: str, user: str) -> str:
    """What a user is stored under. The same person on two channels is two users."""
    # NUL keeps ("ab", "c") apart from ("a", "bc"); JSON can carry half a surrogate pair, which strict UTF-8 refuses.
    return hmac.new(secret, f"{channel}\0{user}".encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def code_key(secret: bytes, code: str) -> str:
    """What a code that somebody holds is stored under."""
    return user_key(secret, "\0code", code)  # no channel is called so


def load_secret(database: Path, given: str | None) -> bytes:
    """The key to hash with: `given` (BANSOU_KEY) if it says anything, else the database's own, made if absent."""
    if given and given.strip():
        return given.strip().encode("utf-8", "surrogatepass")
    if str(database) == MEMORY:
        return secrets.token_hex(_KEY_BYTES).encode()
    path = Path(f"{database}.key")
    if not path.exists():
        make_folder(path)
        _make(path)
    tighten(path)
    return read_key(path)


def _make(path: Path) -> None:
    """Written whole under another name, then linked: nobody ever meets half a key, and the first one wins."""
    handle, draft = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # 0600 and O_EXCL
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
    sync_folder(path)


def read_key(path: Path) -> bytes:
    # An empty key would give the same hashes on every machine.
    secret = path.read_bytes().strip()
    if len(secret) < _SHORTEST:
        raise ValueError(f"{path}: damaged key, {len(secret)} characters, at least {_SHORTEST} expected")
    return secret
