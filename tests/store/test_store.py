"""What is kept, and whose it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.store.samples import AT, LATER, OTHER, USER, session

if TYPE_CHECKING:
    from bot.store.store import Store

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_an_update_is_known_again_by_channel_user_and_number(store: Store) -> None:
    store.remember("telegram", USER, 7, {"text": "はい"}, AT)
    assert store.seen("telegram", USER, 7) == {"text": "はい"}
    assert store.seen("telegram", USER, 8) is None
    assert store.seen("telegram", OTHER, 7) is None
    assert store.seen("terminal", USER, 7) is None


@pytest.mark.parametrize("number", [0, -1, 10**30, "7", "", "\ud83d"])
def test_any_number_of_an_update_will_do(store: Store, number: int | str) -> None:
    store.remember("jsonl", USER, number, {"text": "はい"}, AT)
    assert store.seen("jsonl", USER, number) == {"text": "はい"}


def test_the_state_kept_last_counts(store: Store) -> None:
    store.keep_state(USER, {"turn": 1, "said": "半分\ud83d"}, AT)
    store.keep_state(USER, {"turn": 2, "said": "半分\ud83d"}, LATER)
    assert store.state(USER) == {"turn": 2, "said": "半分\ud83d"}
    assert store.state(OTHER) is None


def test_a_session_comes_back_as_it_was_kept(store: Store) -> None:
    kept = session(answers=[["purpose_shared", "never"]])
    store.keep_session(USER, kept)
    assert store.session(USER, "s1") == kept
    finished = replace(kept, changed=LATER, finished=LATER, label="駅前の協議体")
    store.keep_session(USER, finished)
    assert store.sessions(USER) == (finished,)


def test_the_session_changed_last_comes_first_whatever_its_zone(store: Store) -> None:
    store.keep_session(USER, session("old", "2026-11-23T10:00:00+09:00"))
    store.keep_session(USER, session("new", "2026-11-23T02:00:00+00:00"))
    store.keep_session(USER, session("same moment", "2026-11-23T11:00:00+09:00"))
    assert [row.id for row in store.sessions(USER)] == ["same moment", "new", "old"]


def test_another_users_session_cannot_be_read_changed_or_deleted(store: Store) -> None:
    store.keep_session(USER, session())
    store.log(USER, "s1", AT, [("asked", {})])
    assert store.session(OTHER, "s1") is None
    assert store.sessions(OTHER) == ()
    assert store.events(OTHER, "s1") == ()
    store.delete_session(OTHER, "s1")
    with pytest.raises(PermissionError, match="session s1 is another user's"):
        store.keep_session(OTHER, session(stolen=True))
    assert store.session(USER, "s1") == session()
    assert len(store.events(USER, "s1")) == 1


@pytest.mark.parametrize("name", ["", "x" * 10_000, "\ud83d", "' OR 1=1 --", "\0"])
def test_a_session_id_that_nobody_gave_finds_and_deletes_nothing(store: Store, name: str) -> None:
    store.keep_session(USER, session())
    store.delete_session(USER, name)
    assert store.session(USER, name) is None
    assert store.events(USER, name) == ()
    assert store.sessions(USER) == (session(),)


def test_events_come_in_the_order_in_which_they_happened(store: Store) -> None:
    store.log(USER, "s1", LATER, [("asked", {"question": "q1"}), ("answered", {"value": "はい"})])
    store.log(USER, None, AT, [("searched", {})])
    store.log(USER, "s1", AT, [])
    assert [(row.session, row.at, row.kind, row.data) for row in store.events(USER)] == [
        ("s1", LATER, "asked", {"question": "q1"}),
        ("s1", LATER, "answered", {"value": "はい"}),
        (None, AT, "searched", {}),
    ]
    assert [row.kind for row in store.events(USER, "s1")] == ["asked", "answered"]
    numbers = [row.number for row in store.events(USER)]
    assert numbers == sorted(set(numbers))


def test_a_deleted_session_takes_its_events_and_leaves_the_rest(store: Store) -> None:
    for name in ("s1", "s2"):
        store.keep_session(USER, session(name))
        store.log(USER, name, AT, [("asked", {})])
    (owed,) = store.queue("telegram", USER, "1", [{"text": "消しました"}], AT)
    store.delete_session(USER, "s1")
    assert [row.id for row in store.sessions(USER)] == ["s2"]
    assert [row.session for row in store.events(USER)] == ["s2"]
    assert [row.id for row in store.owed("telegram", 10)] == [owed]


def test_the_content_of_a_flow_version_is_kept_once(store: Store) -> None:
    store.keep_flow("0123456789ab", "kyogitai", "title: はじめ")
    store.keep_flow("0123456789ab", "kyogitai", "title: あとから")
    assert store.flow("0123456789ab") == ("kyogitai", "title: はじめ")
    assert store.flow("ba9876543210") is None


def test_what_is_owed_comes_oldest_first_and_by_channel(store: Store) -> None:
    first = store.queue("telegram", USER, "11", [{"text": "一"}, {"text": "二"}], AT)
    other = store.queue("telegram", OTHER, "22", [{"text": "三"}], LATER)
    store.queue("line", USER, "33", [{"text": "四"}], AT)
    rows = store.owed("telegram", 10)
    assert tuple(row.id for row in rows) == first + other
    assert [(row.user, row.address, row.payload, row.made) for row in rows] == [
        (USER, "11", {"text": "一"}, AT),
        (USER, "11", {"text": "二"}, AT),
        (OTHER, "22", {"text": "三"}, LATER),
    ]
    assert [row.id for row in store.owed("telegram", 2)] == list(first)


def test_of_given_rows_only_the_users_own_that_are_still_owed_come_back(store: Store) -> None:
    ours = store.queue("telegram", USER, "11", [{"text": "一"}, {"text": "二"}, {"text": "三"}], AT)
    theirs = store.queue("telegram", OTHER, "22", [{"text": "四"}], AT)
    elsewhere = store.queue("line", USER, "33", [{"text": "五"}], AT)
    store.sent(ours[0], AT)
    rows = store.owed_of("telegram", USER, [*ours[:2], *theirs, *elsewhere, 999])
    assert [row.id for row in rows] == [ours[1]]


def test_what_was_sent_or_given_up_is_wiped_and_owed_no_more(store: Store) -> None:
    done, lost, waits = store.queue("telegram", USER, "11", [{"text": "一"}, {"text": "二"}, {"text": "三"}], AT)
    store.sent(done, LATER)
    store.give_up(lost, LATER)
    assert [row.id for row in store.owed("telegram", 10)] == [waits]
    rows = list(store._database.query("SELECT address, payload, sent, given_up FROM outbox ORDER BY id"))
    assert [tuple(row.values()) for row in rows] == [
        (None, "", LATER, None),
        (None, "", None, LATER),
        ("11", '{"text": "三"}', None, None),
    ]


def test_settling_again_or_after_forgetting_changes_nothing(store: Store) -> None:
    (number,) = store.queue("telegram", USER, "11", [{"text": "一"}], AT)
    store.sent(number, AT)
    store.give_up(number, LATER)
    store.sent(999, LATER)
    rows = list(store._database.query("SELECT sent, given_up FROM outbox"))
    assert rows == [{"sent": AT, "given_up": None}]


def test_a_number_of_the_outbox_is_never_used_again(store: Store) -> None:
    (forgotten,) = store.queue("telegram", USER, "11", [{"text": "一"}], AT)
    store.forget(USER)
    (after,) = store.queue("telegram", USER, "11", [{"text": "二"}], AT)
    assert after > forgotten


def test_updates_are_known_for_seven_days(store: Store) -> None:
    for name, age in {"old": timedelta(days=7, seconds=1), "kept": timedelta(days=6, hours=23)}.items():
        store.remember("telegram", USER, name, {}, NOW - age)
    store.remember("telegram", USER, "other zone", {}, "2026-11-16T09:00:01+09:00")
    store.prune("2026-11-23T09:00:00+09:00")
    assert [store.seen("telegram", USER, name) for name in ("old", "kept", "other zone")] == [None, {}, {}]


def test_settled_rows_go_after_seven_days_and_owed_ones_stay(store: Store) -> None:
    old = NOW - timedelta(days=8)
    done, lost, _ = store.queue("telegram", USER, "11", [{}, {}, {}], old)
    store.sent(done, old)
    store.give_up(lost, NOW)
    store.prune(NOW)
    assert [row["id"] for row in store._database.query("SELECT id FROM outbox")] == [lost, lost + 1]


def test_a_store_may_be_handed_to_another_thread(store: Store) -> None:
    with ThreadPoolExecutor(1) as other:
        other.submit(store.keep_state, USER, {"turn": 1}, AT).result()
    assert store.state(USER) == {"turn": 1}
