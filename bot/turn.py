"""One turn, one transaction: load the state, converse, do the wants, write, hand back what is to be sent.

The rule (design §8): what the user sees acknowledged is committed before it is sent, and an update delivered twice
counts once. No sentence and no decision of the talk belongs here; the clock and the fresh strings come in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from bot.access import Access
from bot.conversation.converse import converse, standing
from bot.conversation.library import Library
from bot.conversation.messages import (
    Forget,
    Message,
    Out,
    Reply,
    reply_from_plain,
    reply_to_plain,
)
from bot.conversation.state import State, state_from_plain, state_to_plain
from bot.drawing import Drawing, Work
from bot.engine.flow import Flow
from bot.store.keys import user_key
from bot.store.rows import OwedRow
from bot.store.store import Store
from bot.wants import Asking, Wants, session_row

CALLS = 4  # of converse in one turn: the message, and at most three wants


@dataclass(frozen=True)
class Incoming:
    """A message as a channel received it. `address`: where replies are owed; none for channels that answer at once."""

    channel: str
    user: str
    message: Message
    update_id: int | str | None = None
    address: str = ""
    link: str = "/start {}"  # a deep link, as people use it on this channel, with {} for its payload
    shared: bool = False  # others read along: a group


@dataclass(frozen=True)
class Owed:
    """A reply that is committed and still to be sent."""

    id: int
    address: str
    reply: Reply
    user: str  # as the store knows them


@dataclass(frozen=True)
class Outgoing:
    replies: tuple[Reply, ...] = ()
    flow: str | None = None
    question: str | None = None
    progress: tuple[int, int] | None = None  # at, of
    result: Mapping[str, Any] | None = None  # what `bansou run` prints, on the turn that ends a flow
    duplicate: bool = False
    waits: bool = False  # a question, the review or a confirmation is open; not known of a duplicate
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
            outgoing = self._known(incoming, user) or self._turn(incoming, user)
        if incoming.address:
            return outgoing
        return replace(outgoing, replies=tuple(self._drawn(user, reply) for reply in outgoing.replies))

    @cached_property
    def _wants(self) -> Wants:
        return Wants(self.library, self.store, self.secret, self.fresh, self.read_flow)

    @property
    def access(self) -> Access:
        return Access(self.store, self.secret, self.clock)

    def state(self, channel: str, user: str) -> State:
        """Where this user is, for channels that let one choose by name."""
        return self._state(user_key(self.secret, channel, user))

    # --- what is owed ---

    def owed(self, channel: str, limit: int = 100) -> tuple[Owed, ...]:
        """Replies that were committed and never sent: after a crash, before anything else."""
        return tuple(map(_owed, self.store.owed(channel, limit)))

    def drawing(self, owed: Owed) -> Work | None:
        """What is to be done, in any thread, before a reply that brings files can be sent; None: nothing, or not for
        somebody who has been forgotten since.
        """
        if not owed.reply.files or self.store.promised(owed.id) is None:
            return None
        return Drawing(self._wants).work(owed.user, owed.reply.files, self.clock())

    def sent(self, owed_id: int) -> None:
        self._drop_files(owed_id)
        self.store.sent(owed_id, self.clock())

    def give_up(self, owed_id: int) -> None:
        self._drop_files(owed_id)
        self.store.give_up(owed_id, self.clock())

    def _drop_files(self, owed_id: int) -> None:
        row = self.store.promised(owed_id)
        for file in reply_from_plain(row.payload).files if row is not None else ():
            self.store.files.remove(file.path)

    def _drawn(self, user: str, reply: Reply) -> Reply:
        """The reply with its files there, for channels that show it at once; without them where the disk is full."""
        try:
            work = Drawing(self._wants).work(user, reply.files, self.clock())
            if work is not None:
                work()
        except OSError:
            gone = [self.library.words.say("file_gone", name=file.name) for file in reply.files]
            return replace(reply, text="\n".join(gone), files=())
        return reply

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
        for one in (user, self._nobody(incoming)):
            kept = self.store.seen(incoming.channel, one, incoming.update_id)
            if kept is not None:
                owed = self.store.owed_of(incoming.channel, one, kept.get("owed", []))
                return _outgoing_from_plain(kept, tuple(map(_owed, owed)))
        return None

    def _turn(self, incoming: Incoming, user: str) -> Outgoing:
        before = self._state(user)
        now = self.clock()
        fresh = self.fresh()
        out = converse(self.library, before, incoming.message, now, fresh)
        outs = [out]
        asking = Asking(user, now, incoming.link, incoming.shared)
        self._write(user, before, out, now)
        while out.wants and len(outs) < CALLS:
            answer = self._wants.do(asking, out.wants[0])
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
            self.store.keep_session(user, session_row(session, now))
        touched = session is not None and ("flow" in (before.at, out.state.at) or session != before.session)
        session_id = session.id if session is not None and touched else None
        self.store.log(user, session_id, now, [(event.kind, event.data) for event in out.events])

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
            waits=flow is not None or state.layer is not None,
        )
        if any(isinstance(want, Forget) for out in outs for want in out.wants):
            user = self._nobody(incoming)  # nothing of this user is written any more
        else:
            self.store.keep_state(user, state_to_plain(state), now)
        outgoing = self._promise(incoming, user, outgoing, now)
        if incoming.update_id is not None:
            kept = _outgoing_to_plain(outgoing, whole=not incoming.address)
            self.store.remember(incoming.channel, user, incoming.update_id, kept, now)
        return outgoing

    def _nobody(self, incoming: Incoming) -> str:
        """Under whom the turn that forgot a user is known again: made of that one update, and of nobody else's use."""
        return user_key(self.secret, f"{incoming.channel}\0forgotten\0{incoming.update_id}", incoming.user)

    def _promise(self, incoming: Incoming, user: str, outgoing: Outgoing, now: datetime) -> Outgoing:
        """Queue the replies where they are to be sent later; the row is wiped when that is done."""
        if not incoming.address:
            return outgoing
        payloads = [reply_to_plain(reply) for reply in outgoing.replies]
        ids = self.store.queue(incoming.channel, user, incoming.address, payloads, now)
        owed = (Owed(i, incoming.address, reply, user) for i, reply in zip(ids, outgoing.replies, strict=True))
        return replace(outgoing, owed=tuple(owed))


def _owed(row: OwedRow) -> Owed:
    return Owed(row.id, row.address, reply_from_plain(row.payload), row.user)


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
