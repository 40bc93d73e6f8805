"""What is given away as a code: invitations to use the bot, and sessions that somebody else may go on with.

The rule: a code itself is never stored, only what `keys.code_key` makes of it; one past its time counts as not there,
whether it was pruned or not. Who holds an invitation is a guest; that is all that is known of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.store.rows import moment

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.tables import Tables

_IN_TIME = "julianday(until) > julianday(?)"


class Given(NamedTuple):
    """A session that its user gave a code for."""

    user: str
    session: str


class Codes:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    # --- invitations and guests ---

    def invite(self, code: str, until: str | datetime, *, once: bool) -> None:
        self._tables.insert("invitations", code=code, until=moment(until), once=str(int(once)))

    def admit(self, user: str, code: str, now: str | datetime) -> bool:
        """Whether the invitation holds; then its bearer is a guest, and one for a single person is used up."""
        with self._tables.writing():
            found = self._tables.one("invitations", f"code = ? AND {_IN_TIME}", [code, moment(now)])
            if found is None:
                return False
            if found["once"]:
                self._tables.delete("invitations", "code = ?", [code])
            self._tables.upsert("guests", "user", user=user, since=moment(now))
            return True

    def is_guest(self, user: str) -> bool:
        return self._tables.one("guests", "user = ?", [user]) is not None

    def cancel_invitations(self) -> int:
        """How many there were. Guests stay."""
        with self._tables.writing():
            count = len(self._tables.rows("invitations", "1", []))
            self._tables.delete("invitations", "1", [])
            return count

    # --- sessions ---

    def give(self, user: str, session: str, code: str, until: str | datetime) -> None:
        """One code a session: an older one holds no longer."""
        with self._tables.writing():
            self.take_back(session)
            self._tables.insert("codes", code=code, user=user, session=session, until=moment(until))

    def given(self, code: str, now: str | datetime) -> Given | None:
        found = self._tables.one("codes", f"code = ? AND {_IN_TIME}", [code, moment(now)])
        return None if found is None else Given(found["user"], found["session"])

    def take_back(self, session: str) -> None:
        self._tables.delete("codes", "session = ?", [session])

    def prune(self, now: str) -> None:
        for table in ("invitations", "codes"):
            self._tables.delete(table, f"NOT {_IN_TIME}", [now])
