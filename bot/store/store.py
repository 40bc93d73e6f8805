"""All that is kept. The tables are in `migrations.py`, the records in `rows.py`.

The rules: a `user` is always a key from `keys.py`; whatever is read or deleted of a user names that user, so nobody
reaches another's rows; times come in, there is no clock here; a method that writes joins the open transaction or is
one of its own. No meaning: what is in a state, a session's data or a payload is the caller's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.store.codes import Codes
from bot.store.drawn import Drawn
from bot.store.rows import (
    EventRow,
    OwedRow,
    SessionRow,
    as_time,
    event_row,
    from_json,
    moment,
    owed_row,
    session_columns,
    session_row,
    to_json,
    whole_row,
)
from bot.store.tables import Tables, immediate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlite_utils import Database

KEPT_DAYS = 7  # how long an update is known again (contracts)

_OWED = "sent IS NULL AND given_up IS NULL"
_OLD = f"< julianday(?) - {KEPT_DAYS}"


class Store:
    """One thread at a time; it may be handed from one to another."""

    def __init__(self, database: Database, files: Drawn) -> None:
        self._database = database
        self._tables = Tables(database)
        self.codes = Codes(self._tables)
        self.files = files

    def transaction(self) -> AbstractContextManager[None]:
        """A turn: all of it is kept or, whatever is raised, none of it. RuntimeError inside another one."""
        return immediate(self._database)

    def close(self) -> None:
        self._database.close()
        self.files.close()

    # --- updates: what was answered to each message that came in ---

    def seen(self, channel: str, user: str, update_id: int | str) -> dict[str, Any] | None:
        """The answer that this update got, if it came before."""
        where = "channel = ? AND user = ? AND update_id = ?"
        row = self._tables.one("updates", where, [channel, user, str(update_id)])
        return None if row is None else from_json(row["answer"])

    def remember(
        self, channel: str, user: str, update_id: int | str, answer: Mapping[str, object], at: str | datetime
    ) -> None:
        """IntegrityError for an update that has its answer: the turn that overlooked it must not count."""
        known = {"channel": channel, "user": user, "update_id": str(update_id)}
        self._tables.insert("updates", **known, at=moment(at), answer=to_json(answer))

    def blank_answers(self, user: str) -> None:
        """What was answered is gone; that the updates came is still known."""
        with self._tables.writing():
            self._database.execute("UPDATE updates SET answer = '{}' WHERE user = ?", [user])

    # --- states: where each user is ---

    def state(self, user: str) -> dict[str, Any] | None:
        row = self._tables.one("states", "user = ?", [user])
        return None if row is None else from_json(row["state"])

    def keep_state(self, user: str, state: Mapping[str, object], at: str | datetime) -> None:
        self._tables.upsert("states", "user", user=user, state=to_json(state), changed=moment(at))

    # --- sessions and their events ---

    def keep_session(self, user: str, session: SessionRow) -> None:
        """New or changed. PermissionError for an id that is another user's."""
        with self._tables.writing():
            kept = self._tables.one("sessions", "id = ?", [session.id])
            if kept is not None and kept["user"] != user:
                raise PermissionError(f"session {session.id} is another user's")
            self._tables.upsert("sessions", "id", user=user, **session_columns(session))

    def session(self, user: str, session: str) -> SessionRow | None:
        row = self._tables.one("sessions", "user = ? AND id = ?", [user, session])
        return None if row is None else session_row(row)

    def sessions(self, user: str) -> tuple[SessionRow, ...]:
        """The one changed last comes first."""
        # julianday compares across zones; rowid settles two of the same moment.
        rows = self._tables.rows("sessions", "user = ?", [user], "julianday(changed) DESC, rowid DESC")
        return tuple(map(session_row, rows))

    def delete_session(self, user: str, session: str) -> None:
        """The session, its events, the code that hands it over. What is still to be sent to that user stays."""
        with self._tables.writing():
            self._tables.delete("codes", "user = ? AND session = ?", [user, session])
            self._tables.delete("sessions", "user = ? AND id = ?", [user, session])
            self._tables.delete("events", "user = ? AND session = ?", [user, session])

    def log(
        self, user: str, session: str | None, at: str | datetime, events: Iterable[tuple[str, Mapping[str, object]]]
    ) -> None:
        """Facts, each a kind and its data, in the order in which they happened."""
        with self._tables.writing():
            for kind, data in events:
                self._tables.insert("events", user=user, session=session, at=moment(at), kind=kind, data=to_json(data))

    def events(self, user: str, session: str | None = None) -> tuple[EventRow, ...]:
        """Of one session, or all of this user; oldest first."""
        where, values = ("user = ?", [user]) if session is None else ("user = ? AND session = ?", [user, session])
        return tuple(map(event_row, self._tables.rows("events", where, values, "number")))

    # --- flow versions: each content once, so that a finished session keeps its own words ---

    def keep_flow(self, version: str, flow: str, content: str) -> None:
        """The first content of a version stands."""
        with self._tables.writing():
            if self.flow(version) is None:
                self._tables.insert("flow_versions", version=version, flow=flow, content=content)

    def flow(self, version: str) -> tuple[str, str] | None:
        """The flow's id and its content."""
        row = self._tables.one("flow_versions", "version = ?", [version])
        return None if row is None else (row["flow"], row["content"])

    # --- outbox: what was promised and is still to be sent ---

    def queue(
        self, channel: str, user: str, address: str, payloads: Sequence[Mapping[str, object]], at: str | datetime
    ) -> tuple[int, ...]:
        """The ids of the new rows, in the order of the payloads."""
        columns = {"channel": channel, "user": user, "address": address, "made": moment(at)}
        with self._tables.writing():
            return tuple(self._tables.insert("outbox", **columns, payload=to_json(payload)) for payload in payloads)

    def owed(self, channel: str, limit: int) -> tuple[OwedRow, ...]:
        """Oldest first."""
        return tuple(map(owed_row, self._tables.rows("outbox", f"channel = ? AND {_OWED}", [channel], "id", limit)))

    def owed_of(self, channel: str, user: str, ids: Collection[int]) -> tuple[OwedRow, ...]:
        """Those of the given rows that are this user's and still to be sent, oldest first."""
        rows = self._tables.rows("outbox", f"channel = ? AND user = ? AND {_OWED}", [channel, user], "id")
        return tuple(owed_row(row) for row in rows if row["id"] in ids)

    def sent(self, number: int, at: str | datetime) -> None:
        """Wipes address and text. Nothing happens to a row that is settled or gone."""
        self._settle(number, sent=moment(at))

    def promised(self, number: int) -> OwedRow | None:
        """The row, while it is still to be sent."""
        row = self._tables.one("outbox", f"id = ? AND {_OWED}", [str(number)])
        return None if row is None else owed_row(row)

    def give_up(self, number: int, at: str | datetime) -> None:
        """The same for one that will never arrive."""
        self._settle(number, given_up=moment(at))

    def _settle(self, number: int, sent: str | None = None, given_up: str | None = None) -> None:
        update = "UPDATE outbox SET sent = ?, given_up = ?, address = NULL, payload = '' WHERE id = ? AND "
        with self._tables.writing():
            self._database.execute(update + _OWED, [sent, given_up, number])

    # --- showing and deleting all of a user ---

    def everything(self, user: str) -> dict[str, list[dict[str, Any]]]:
        """Every row of this user in every table that has users, by table; what is JSON in it is read."""
        return {table: list(map(whole_row, self._tables.rows(table, "user = ?", [user]))) for table in self._users()}

    def _users(self) -> tuple[str, ...]:
        return self._tables.having("user")

    def forget(self, user: str) -> None:
        """Every row of this user in every table that has users, and their files. `tidy` then takes the last traces
        from the database's file.
        """
        self.files.forget(user)
        with self._tables.writing():
            for table in self._users():
                self._tables.delete(table, "user = ?", [user])

    def prune(self, now: str | datetime) -> None:
        """Updates and settled outbox rows older than KEPT_DAYS, and codes past their time."""
        with self._tables.writing():
            self.codes.prune(moment(now))
            self._tables.delete("updates", f"julianday(at) {_OLD}", [moment(now)])
            self._tables.delete("outbox", f"julianday(coalesce(sent, given_up)) {_OLD}", [moment(now)])

    def tidy(self, now: str | datetime) -> bool:
        """Prune, and leave nothing deleted in the files; RuntimeError in a transaction. False: somebody was reading."""
        self.files.sweep(as_time(now))
        with self.transaction():
            self.prune(now)
        # secure_delete misses copies left in a page when SQLite moves rows to another: only a new file is sure.
        return self._tables.rewrite()

    def written(self) -> int:
        """How many rows this connection changed so far."""
        return self._database.conn.total_changes

    def empty_log(self) -> bool:
        """The write-ahead log into the file. False, at once: somebody was reading the old one."""
        with self._tables.hurrying():
            return self._tables.empty_log()
