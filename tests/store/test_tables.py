"""A transaction is all or nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.store.samples import AT, LATER, OTHER, USER, session

if TYPE_CHECKING:
    from bot.store.store import Store


def stopped_turn(store: Store) -> None:
    with store.transaction():
        store.keep_state(USER, {"turn": 1}, AT)
        store.keep_session(USER, session())
        store.log(USER, "s1", AT, [("asked", {})])
        store.keep_flow("0123456789ab", "kyogitai", "…")
        store.queue("telegram", USER, "1", [{"text": "はい"}], AT)
        store.remember("telegram", USER, 1, {}, AT)
        raise KeyboardInterrupt


def stopped_forgetting(store: Store) -> None:
    with store.transaction():
        store.forget(USER)
        assert store.state(USER) is None
        raise KeyboardInterrupt


def repeated_turn(store: Store) -> None:
    with store.transaction():
        store.keep_state(USER, {"turn": 2}, AT)
        store.remember("telegram", USER, 7, {"text": "いいえ"}, AT)


def test_rollback_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped_turn(store)
    assert store.state(USER) is None
    assert store.sessions(USER) == ()
    assert store.events(USER) == ()
    assert store.flow("0123456789ab") is None
    assert store.owed("telegram", 10) == ()
    assert store.seen("telegram", USER, 1) is None


def test_a_deletion_that_is_rolled_back_has_not_happened(store: Store) -> None:
    store.keep_state(USER, {"turn": 1}, AT)
    with pytest.raises(KeyboardInterrupt):
        stopped_forgetting(store)
    assert store.state(USER) == {"turn": 1}


def test_a_transaction_inside_another_is_refused_and_the_outer_one_goes_on(store: Store) -> None:
    with store.transaction():
        store.keep_state(USER, {"turn": 1}, AT)
        with pytest.raises(RuntimeError, match="a transaction is open already"), store.transaction():
            pass
        store.keep_state(OTHER, {"turn": 2}, AT)
    assert (store.state(USER), store.state(OTHER)) == ({"turn": 1}, {"turn": 2})


def test_after_a_rollback_the_next_transaction_counts(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        raise ZeroDivisionError
    with store.transaction():
        store.keep_state(USER, {"turn": 1}, LATER)
    assert store.state(USER) == {"turn": 1}


def test_the_same_update_taken_twice_undoes_the_whole_second_turn(store: Store) -> None:
    store.remember("telegram", USER, 7, {"text": "はい"}, AT)
    with pytest.raises(sqlite3.IntegrityError):
        repeated_turn(store)
    assert store.seen("telegram", USER, 7) == {"text": "はい"}
    assert store.state(USER) is None


def test_half_a_surrogate_pair_in_any_column_is_kept_as_a_question_mark(store: Store) -> None:
    half = "青\ud83d"
    store.keep_session(USER, replace(session(half, said=half), label=half))
    store.log(USER, half, AT, [(half, {"said": half})])
    store.keep_flow(half, half, half)
    store.queue("telegram", USER, half, [{"text": half}], AT)
    (kept,) = store.sessions(USER)
    assert (kept.id, kept.label, kept.data) == ("青?", "青?", {"said": half})
    assert [(row.session, row.kind, row.data) for row in store.events(USER, half)] == [("青?", "青?", {"said": half})]
    assert store.flow(half) == ("青?", "青?")
    assert [(row.address, row.payload) for row in store.owed("telegram", 1)] == [("青?", {"text": half})]
