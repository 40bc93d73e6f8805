"""One turn, one transaction: load the state, converse, do the wants, write, hand back what is to be sent.

The rule (design §8): what the user sees acknowledged is committed before it is sent, and an update delivered twice
counts once. No sentence and no decision of the talk belongs here; the clock and the fresh strings come in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.conversation.converse import converse, standing
from bot.conversation.library import Library
from bot.conversation.messages import (
    Card,
    DeleteSession,
    Forget,
    Got,
    ListSessions,
    Message,
    OpenSession,
    Out,
    Reply,
    Want,
    reply_from_plain,
    reply_to_plain,
)
from bot.conversation.state import (
    Session,
    State,
    session_from_plain,
    session_to_plain,
    state_from_plain,
    state_to_plain,
)
from bot.engine.flow import Flow
from bot.store.keys import user_key
from bot.store.rows import OwedRow, SessionRow
from bot.store.store import Store

CALLS = 4  # of converse in one turn: the message, and at most three wants


@dataclass(frozen=True)
class Incoming:
    """A message as a channel received it. `address`: where replies are owed; none for channels that answer at once."""

    channel: str
    user: str
    message: Message
    update_id: int | str | None = None
    address: str = ""


@dataclass(frozen=True)
class Owed:
    """A reply that is committed and still to be sent."""

    id: int
    address: str
    reply: Reply


@dataclass(frozen=True)
class Outgoing:
    replies: tuple[Reply, ...] = ()
    flow: str | None = None
    question: str | None = None
    progress: tuple[int, int] | None = None  # at, of
    result: Mapping[str, Any] | None = None  # what `bansou run` prints, on the turn that ends a flow
    duplicate: bool = False
    owed: tuple[Owed, ...] = ()


@dataclass(frozen=True)
class Turns:
    """Takes messages of one channel, one after the other."""

    library: Library
    store: Store
    secret: bytes
    clock: Callable[[], datetime]
    fresh: Callable[[], str]
    read_flow: Callable[[str, str], Flow]  # a stored version: id and content -> the flow as it was

    def take(self, incoming: Incoming) -> Outgoing:
        user = user_key(self.secret, incoming.channel, incoming.user)
        with self.store.transaction():
            return self._known(incoming, user) or self._turn(incoming, user)

    def state(self, channel: str, user: str) -> State:
        """Where this user is, for channels that let one choose by name."""
        return self._state(user_key(self.secret, channel, user))

    # --- what is owed ---

    def owed(self, channel: str, limit: int = 100) -> tuple[Owed, ...]:
        """Replies that were committed and never sent: after a crash, before anything else."""
        return tuple(map(_owed, self.store.owed(channel, limit)))

    def sent(self, owed_id: int) -> None:
        self.store.sent(owed_id, self.clock())

    def give_up(self, owed_id: int) -> None:
        self.store.give_up(owed_id, self.clock())

    def tidy(self) -> None:
        """Old updates go, and the log is emptied into the file; once a day and at start."""
        self.store.tidy(self.clock())

    def written(self) -> int:
        """Grows with each change: who finds it as it was knows that nothing happened."""
        return self.store.written()

    def empty_log(self) -> bool:
        """Of the database, into its file, so that what was deleted is gone from there too. False: somebody reads."""
        return self.store.empty_log()

    # --- one turn ---

    def _known(self, incoming: Incoming, user: str) -> Outgoing | None:
        """The first reply to an update that came before; of what is owed only what is not sent yet."""
        if incoming.update_id is None:
            return None
        kept = self.store.seen(incoming.channel, user, incoming.update_id)
        if kept is None:
            return None
        owed = self.store.owed_of(incoming.channel, user, kept.get("owed", []))
        return _outgoing_from_plain(kept, tuple(map(_owed, owed)))

    def _turn(self, incoming: Incoming, user: str) -> Outgoing:
        before = self._state(user)
        now = self.clock()
        fresh = self.fresh()
        out = converse(self.library, before, incoming.message, now, fresh)
        outs = [out]
        self._write(user, before, out, now)
        while out.wants and len(outs) < CALLS:
            answer = self._do(user, out.wants[0])
            before, out = out.state, converse(self.library, out.state, answer, now, fresh)
            outs.append(out)
            self._write(user, before, out, now)
        return self._finish(incoming, user, outs, now)

    def _state(self, user: str) -> State:
        kept = self.store.state(user)
        return State() if kept is None else state_from_plain(kept)

    def _write(self, user: str, before: State, out: Out, now: datetime) -> None:
        session = out.state.session
        if session is not None and session != before.session:
            flow = self.library.flows.get(session.flow)
            if flow is not None and flow.version == session.version:
                self.store.keep_flow(flow.version, flow.id, flow.source)
            self.store.keep_session(user, _row(session, now))
        touched = session is not None and ("flow" in (before.at, out.state.at) or session != before.session)
        session_id = session.id if session is not None and touched else None
        self.store.log(user, session_id, now, [(event.kind, event.data) for event in out.events])

    def _do(self, user: str, want: Want) -> Got:
        match want:
            case ListSessions():
                return Got(want, cards=tuple(map(_card, self.store.sessions(user))))
            case OpenSession(session_id):
                return self._open(user, want, session_id)
            case DeleteSession(session_id):
                self.store.delete_session(user, session_id)
                self.store.blank_answers(user)
            case Forget():
                self.store.forget(user)
        return Got(want)

    def _open(self, user: str, want: Want, session_id: str) -> Got:
        row = self.store.session(user, session_id)
        if row is None:
            return Got(want)
        return Got(want, session=session_from_plain(row.data), flow=self._flow_of(row))

    def _flow_of(self, row: SessionRow) -> Flow | None:
        """The flow in the version that the session ended with."""
        present = self.library.flows.get(row.flow)
        if present is not None and present.version == row.version:
            return present
        kept = self.store.flow(row.version)
        return None if kept is None else self.read_flow(*kept)

    def _finish(self, incoming: Incoming, user: str, outs: list[Out], now: datetime) -> Outgoing:
        state = outs[-1].state
        flow, question, progress = standing(self.library, state)
        replies = tuple(reply for out in outs for reply in out.replies)
        reports = [event.data["report"] for out in outs for event in out.events if event.kind == "finished"]
        outgoing = Outgoing(
            replies,
            flow,
            question,
            None if progress is None else (progress.at, progress.of),
            reports[-1] if reports and isinstance(reports[-1], dict) else None,
        )
        if any(isinstance(want, Forget) for out in outs for want in out.wants):
            return self._promise(incoming, user, outgoing, now)  # nothing of this user is written any more
        self.store.keep_state(user, state_to_plain(state), now)
        outgoing = self._promise(incoming, user, outgoing, now)
        if incoming.update_id is not None:
            kept = _outgoing_to_plain(outgoing, whole=not incoming.address)
            self.store.remember(incoming.channel, user, incoming.update_id, kept, now)
        return outgoing

    def _promise(self, incoming: Incoming, user: str, outgoing: Outgoing, now: datetime) -> Outgoing:
        """Queue the replies where they are to be sent later; the row is wiped when that is done."""
        if not incoming.address:
            return outgoing
        payloads = [reply_to_plain(reply) for reply in outgoing.replies]
        ids = self.store.queue(incoming.channel, user, incoming.address, payloads, now)
        owed = (Owed(i, incoming.address, reply) for i, reply in zip(ids, outgoing.replies, strict=True))
        return replace(outgoing, owed=tuple(owed))


def _row(session: Session, now: datetime) -> SessionRow:
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


def _card(row: SessionRow) -> Card:
    return Card(row.id, row.flow, row.label, row.changed, bool(row.finished))


def _owed(row: OwedRow) -> Owed:
    return Owed(row.id, row.address, reply_from_plain(row.payload))


def _outgoing_to_plain(outgoing: Outgoing, *, whole: bool) -> dict[str, object]:
    """What is kept to answer a second delivery; where replies are queued, only which they are."""
    if not whole:
        return {"owed": [owed.id for owed in outgoing.owed]}
    return {
        "replies": [reply_to_plain(reply) for reply in outgoing.replies],
        "flow": outgoing.flow,
        "question": outgoing.question,
        "progress": outgoing.progress,
        "result": outgoing.result,
    }


def _outgoing_from_plain(plain: Mapping[str, Any], owed: tuple[Owed, ...]) -> Outgoing:
    progress = plain.get("progress")
    return Outgoing(
        replies=tuple(reply_from_plain(reply) for reply in plain.get("replies", [])),
        flow=plain.get("flow"),
        question=plain.get("question"),
        progress=None if progress is None else (progress[0], progress[1]),
        result=plain.get("result"),
        duplicate=True,
        owed=owed,
    )
