"""Codes: what is stored of them, how long they hold, how often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.access import DAYS, Access
from bot.store.codes import Given
from bot.store.keys import code_key
from tests.store.samples import AT, LATER, OTHER, USER, session

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.store import Store

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
SECRET = b"s" * 32


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def test_an_invitation_for_one_person_holds_once(store: Store) -> None:
    access = Access(store, SECRET, Clock())
    code, _ = access.invite()
    assert access.admit("telegram", "1", code)
    assert not access.admit("telegram", "2", code)
    assert [access.has("telegram", user) for user in "12"] == [True, False]
    assert not access.has("jsonl", "1")


def test_an_invitation_until_a_day_holds_for_all_until_then(store: Store) -> None:
    clock = Clock()
    access = Access(store, SECRET, clock)
    code, ends = access.invite(NOW + timedelta(days=1))
    assert ends == NOW + timedelta(days=1)
    assert all(access.admit("telegram", user, code) for user in "123")
    clock.now = ends
    assert not access.admit("telegram", "4", code)
    assert access.has("telegram", "3")


def test_an_invitation_for_one_person_does_not_hold_for_ever(store: Store) -> None:
    clock = Clock()
    access = Access(store, SECRET, clock)
    code, _ = access.invite()
    clock.now = NOW + timedelta(days=DAYS)
    assert not access.admit("telegram", "1", code)


def test_invitations_can_be_cancelled_and_guests_stay(store: Store) -> None:
    access = Access(store, SECRET, Clock())
    used, open_, until = access.invite()[0], access.invite()[0], access.invite(NOW + timedelta(days=9))[0]
    assert access.admit("telegram", "1", used)
    assert access.cancel() == 2
    assert not access.admit("telegram", "2", open_)
    assert not access.admit("telegram", "2", until)
    assert access.has("telegram", "1")


def test_no_code_stands_in_the_file(store: Store, path: Path) -> None:
    access = Access(store, SECRET, Clock())
    codes = [access.invite()[0], access.invite(NOW + timedelta(days=1))[0]]
    store.codes.give(USER, "s1", code_key(SECRET, "given away"), LATER)
    files = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert not any(code.removeprefix("invite-").encode() in files for code in codes)
    assert b"given away" not in files
    assert len(set(codes)) == 2
    assert all(len(code) <= 64 for code in codes)  # of a deep link


def test_of_a_session_only_the_newest_code_holds(store: Store) -> None:
    store.codes.give(USER, "s1", "first", LATER)
    store.codes.give(USER, "s1", "second", LATER)
    store.codes.give(USER, "s2", "other", LATER)
    assert store.codes.given("first", AT) is None
    assert store.codes.given("second", AT) == Given(USER, "s1")
    assert store.codes.given("other", AT) == Given(USER, "s2")
    store.codes.take_back("s1")
    assert store.codes.given("second", AT) is None


def test_a_code_holds_until_its_time_and_is_pruned_then(store: Store) -> None:
    store.codes.give(USER, "s1", "code", LATER)
    store.codes.invite("early", AT, once=False)
    store.codes.invite("late", LATER, once=False)
    assert store.codes.given("code", LATER) is None
    store.prune(AT)
    assert store.codes.given("code", AT) is not None
    assert not store.codes.admit(OTHER, "early", "2026-11-23T00:00:00+00:00")
    assert store.codes.admit(OTHER, "late", AT)


def test_deleting_a_session_takes_its_code_back(store: Store) -> None:
    store.keep_session(USER, session())
    store.codes.give(USER, "s1", "code", LATER)
    store.delete_session(OTHER, "s1")
    assert store.codes.given("code", AT) is not None
    store.delete_session(USER, "s1")
    assert store.codes.given("code", AT) is None
