"""On this machine: who runs the bot, the database with its key, who may read them, room on the disk, is it at work.

Each function looks at one thing and finds at least one sentence about it. Nothing is changed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.channels.doctor.finding import Finding, bad, good, note
from bot.settings import Settings
from bot.store.files import MEMORY
from bot.store.lock import last_sign
from bot.store.looking import Condition, look_at_database, look_at_key, open_to_others

LONGEST_SILENCE = 120.0  # seconds; a living bot gives a sign at least every half minute
_ROOM = 200 * 2**20  # bytes


def look_here(settings: Settings) -> Iterator[Finding]:
    yield from who(settings)
    if str(settings.database) == MEMORY:
        yield note("doctor_memory", path=MEMORY)
        return
    yield from database(settings.database)
    yield from key(settings)
    yield from rights(settings.database)
    yield from room(settings.database)
    yield from at_work(settings.database)


def who(settings: Settings) -> Iterator[Finding]:
    yield good("doctor_operator", name=settings.operator) if settings.operator else note("doctor_operator_unset")
    yield good("doctor_contact", name=settings.contact) if settings.contact else note("doctor_contact_unset")


def database(path: Path) -> Iterator[Finding]:
    match look_at_database(path):
        case Condition.FINE:
            yield good("doctor_database", path=path)
        case Condition.ABSENT:
            folder = _nearest(path)
            writable = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
            yield good("doctor_database_new", path=path) if writable else bad("doctor_folder_closed", path=folder)
        case Condition.CLOSED:
            yield bad("doctor_database_closed", path=path)
        case Condition.NEWER:
            yield bad("doctor_database_newer", path=path)
        case _:
            yield bad("doctor_database_damaged", path=path)


def key(settings: Settings) -> Iterator[Finding]:
    """A key that went missing is made anew without a word, and then nobody's records are found again."""
    if settings.key:
        yield good("doctor_key_given")
        return
    path = f"{settings.database}.key"
    match look_at_key(settings.database):
        case Condition.FINE:
            yield good("doctor_key", path=path)
        case Condition.ABSENT:
            yield bad("doctor_key_gone", path=path) if settings.database.exists() else good("doctor_key_new", path=path)
        case Condition.CLOSED:
            yield bad("doctor_key_closed", path=path)
        case _:
            yield bad("doctor_key_damaged", path=path)


def rights(path: Path) -> Iterator[Finding]:
    open_files = open_to_others(path)
    if open_files:
        yield bad("doctor_readable", paths=" ".join(map(str, open_files)))
    elif path.exists():
        yield good("doctor_private")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield note("doctor_root")


def room(path: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(_nearest(path)).free
    found = good if free >= _ROOM else bad
    yield found("doctor_room" if free >= _ROOM else "doctor_no_room", megabytes=free // 2**20)


def at_work(path: Path) -> Iterator[Finding]:
    try:
        silence = last_sign(path)
    except OSError:
        yield bad("doctor_lock_closed", path=path)
        return
    if silence is None:
        yield good("doctor_not_running")
    elif silence <= LONGEST_SILENCE:
        yield good("doctor_running", seconds=round(silence))
    else:
        yield bad("doctor_silent", seconds=round(silence))


def _nearest(path: Path) -> Path:
    """The folder that is there, on the way to where the file would be."""
    return next(folder for folder in path.absolute().parents if folder.exists())
