"""What a conversation wants of the store, done inside its turn's transaction: lists, sessions, codes, forgetting.

The rule: a want names what is to be done, never how; whatever is brought back is this user's own, but for a session
that its user gave a code for. No sentence stands here. Files of an export are only named here: they are drawn when
they are sent (`bot/drawing.py`), from what is kept then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversation import handover
from bot.conversation.library import Library
from bot.conversation.messages import (
    Card,
    DeleteSession,
    Export,
    File,
    FindByCode,
    Forget,
    GiveCode,
    Got,
    ListSessions,
    OpenSession,
    TakeOver,
    Want,
)
from bot.conversation.state import (
    Session,
    session_from_plain,
    session_to_plain,
    state_from_plain,
    state_to_plain,
)
from bot.engine.flow import Flow
from bot.store.keys import code_key
from bot.store.rows import SessionRow
from bot.store.store import Store

KINDS = (("html", "text/html"), ("json", "application/json"))  # of an export
DAYS = 7  # that a code for a session holds, the last one to its end


@dataclass(frozen=True)
class Asking:
    """Who wants it, where, and when."""

    user: str
    now: datetime
    link: str  # how this channel writes a deep link, with {} for its payload
    shared: bool  # others read along


@dataclass(frozen=True)
class Wants:
    library: Library
    store: Store
    secret: bytes
    fresh: Callable[[], str]
    read_flow: Callable[[str, str], Flow]  # a stored version: id and content -> the flow as it was

    def do(self, asking: Asking, want: Want) -> Got:
        user = asking.user
        match want:
            case ListSessions():
                return Got(want, cards=tuple(map(_card, self.store.sessions(user))))
            case OpenSession(session_id):
                return self._open(user, want, session_id)
            case GiveCode(session_id):
                return self._give(asking, want, session_id)
            case FindByCode(code):
                found = self._given(code, asking.now)
                return Got(want) if found is None else Got(want, session=found[1], own=found[0] == user)
            case TakeOver(code):
                return self._take(asking, want, code)
            case Export():
                return Got(want, files=() if asking.shared else self._files(user, asking.now))
            case DeleteSession(session_id):
                self.store.delete_session(user, session_id)
                self.store.blank_answers(user)
                self.store.files.forget(user)  # it stands in what was written out, too
            case Forget():
                self.store.forget(user)
        return Got(want)

    def flow_of(self, row: SessionRow) -> Flow | None:
        """The flow in the version that the session ended with."""
        present = self.library.flows.get(row.flow)
        if present is not None and present.version == row.version:
            return present
        kept = self.store.flow(row.version)
        return None if kept is None else self.read_flow(*kept)

    def _open(self, user: str, want: Want, session_id: str) -> Got:
        row = self.store.session(user, session_id)
        if row is None:
            return Got(want)
        return Got(want, session=session_from_plain(row.data), flow=self.flow_of(row))

    def _files(self, user: str, now: datetime) -> tuple[File, ...]:
        folder = self.store.files.place(user, self.fresh())
        day = now.strftime("%Y-%m-%d")
        name = self.library.words.say("export_name", day=day)
        # On the disk ASCII: not every machine's file system has a name for きろく.
        return tuple(File(f"{name}.{end}", kind, str(folder / f"bansou-{day}.{end}")) for end, kind in KINDS)

    # --- sessions given away ---

    def _give(self, asking: Asking, want: Want, session_id: str) -> Got:
        row = self.store.session(asking.user, session_id)
        if row is None or not _is_open(session_from_plain(row.data)):
            return Got(want)
        code = self.fresh() + self.fresh()
        until = (asking.now + timedelta(days=DAYS)).replace(hour=23, minute=59, second=59)
        self.store.codes.give(asking.user, session_id, code_key(self.secret, code), until)
        link = asking.link.format(f"{handover.PREFIX}-{code}")
        return Got(want, link=link, until=until.date().isoformat())

    def _given(self, code: str, now: datetime) -> tuple[str, Session] | None:
        """The giver and the session that a code leads to, while it can be gone on with."""
        given = self.store.codes.given(code_key(self.secret, code), now)
        row = None if given is None else self.store.session(*given)
        if given is None or row is None:
            return None
        session = session_from_plain(row.data)
        return (given.user, session) if _is_open(session) else None

    def _take(self, asking: Asking, want: Want, code: str) -> Got:
        found = self._given(code, asking.now)
        if found is None or found[0] == asking.user:
            return Got(want)
        giver, session = found
        self.store.codes.take_back(session.id)
        at = asking.now.isoformat(timespec="seconds")
        self.store.keep_session(giver, session_row(handover.closed(session, at), asking.now))
        self.store.log(giver, session.id, asking.now, [("handed_over", {})])
        state = self.store.state(giver)
        if state is not None:
            left = handover.without(state_from_plain(state), session.id, at)
            self.store.keep_state(giver, state_to_plain(left), asking.now)
        return Got(want, session=session)


def session_row(session: Session, now: datetime) -> SessionRow:
    return SessionRow(
        id=session.id,
        flow=session.flow,
        version=session.version,
        label=session.label,
        started=session.started,
        changed=now.isoformat(timespec="seconds"),
        finished=session.finished,
        data=session_to_plain(session),
    )


def _is_open(session: Session) -> bool:
    return not session.finished and not session.handed


def _card(row: SessionRow) -> Card:
    return Card(row.id, row.flow, row.label, row.changed, bool(row.finished), bool(row.data.get("handed")))
