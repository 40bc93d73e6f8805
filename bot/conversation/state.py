"""All that is kept of a user between two turns: the session at hand, where they are, what was last shown.

`state.session.answers` is the truth for running; the log is history. Everything here can be written as JSON and read
back (`to_plain`, `from_plain`, with a version number): between any two turns of any test that is done. No text that a
user typed stands here but answers, the draft of a `text` answer that was perhaps a question, and a code that is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.conversation.messages import Choice
from bot.engine.values import Plain, Value, from_plain, to_plain

FORMAT = 1


@dataclass(frozen=True)
class Shown:
    """One putting of a question: the number of its `asked` event, the choices as shown, what became of it."""

    number: int
    question: str
    choices: tuple[str, ...]
    fate: str = "open"  # open | answered | withdrawn


@dataclass(frozen=True)
class Session:
    """One user's run of one flow. Answers in the order in which they were given."""

    id: str
    flow: str
    version: str
    label: str
    started: str  # ISO date and time
    answers: Mapping[str, Value] = field(default_factory=dict)
    shown: tuple[Shown, ...] = ()
    drafts: Mapping[str, Value] = field(default_factory=dict)  # choices set so far, or one figure of several
    tries: int = 0  # unreadable answers to the waiting question in a row
    previous: tuple[str, Value] | None = None  # the question and the answer that 戻る withdrew from it
    revived: tuple[str, ...] = ()  # answers that a correction brought back; the review marks them
    finished: str = ""  # ISO date and time of the confirmed review
    handed: str = ""  # ISO date and time since when somebody else goes on with it: closed here for good

    def asked(self) -> int:
        """The number of the last `asked` event."""
        return max((shown.number for shown in self.shown), default=0)


@dataclass(frozen=True)
class Layer:
    """Something open on top of where the user is, closed by 戻る.

    `kind`: gate, clarify, text_or_ask, pick, correct, preview, drop, quit, restart, delete, forget, handover. The
    other fields as that kind needs them (`text` of a gate or a handover: the code that led there); `number` is the
    turn that put its buttons.
    """

    kind: str
    flow: str = ""
    question: str = ""
    session: str = ""
    text: str = ""
    reason: str = ""
    number: int = 0
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class State:
    turn: int = 0
    session: Session | None = None  # the one at hand: open when `at` is flow, else paused or finished
    at: str = "menu"  # menu | flow
    layer: Layer | None = None
    noticed: str = ""  # version of the notice that was shown
    consented: str = ""  # version of the notice that was agreed to, in a public chat
    used: tuple[int, ...] = ()  # turns whose changing button was pressed
    entries: tuple[str, ...] = ()  # ids of the entries last found, best first
    entry: str = ""  # the one last shown
    shown_at: int = 0  # the turn that showed it
    topic: str = ""  # the entry that answered the trouble; its other sides are asked of it, not of the one last shown
    cases: int = 0  # labels given so far
    unfinished: tuple[str, ...] = ()  # ids of the sessions that can be gone on with
    offered: tuple[Choice, ...] = ()  # the newest choices, so that their labels and numbers can be typed
    quiet: bool = False  # no word back between two questions

    def with_session(self, **changes: Any) -> State:
        """The same with the session at hand changed."""
        assert self.session is not None
        return replace(self, session=replace(self.session, **changes))


def state_to_plain(state: State) -> dict[str, Plain]:
    return {
        "format": FORMAT,
        "turn": state.turn,
        "session": None if state.session is None else session_to_plain(state.session),
        "at": state.at,
        "layer": None if state.layer is None else _layer_to_plain(state.layer),
        "noticed": state.noticed,
        "consented": state.consented,
        "used": list(state.used),
        "entries": list(state.entries),
        "entry": state.entry,
        "shown_at": state.shown_at,
        "topic": state.topic,
        "cases": state.cases,
        "unfinished": list(state.unfinished),
        "offered": [[choice.id, choice.label, choice.token, choice.on] for choice in state.offered],
        "quiet": state.quiet,
    }


def state_from_plain(plain: Mapping[str, Any]) -> State:
    """The inverse; ValueError for a format that this version does not know."""
    _check_format(plain)
    return State(
        turn=plain["turn"],
        session=None if plain["session"] is None else session_from_plain(plain["session"]),
        at=plain["at"],
        layer=None if plain["layer"] is None else _layer_from_plain(plain["layer"]),
        noticed=plain["noticed"],
        consented=plain["consented"],
        used=tuple(plain["used"]),
        entries=tuple(plain["entries"]),
        entry=plain["entry"],
        shown_at=plain.get("shown_at", 0),  # younger than the format
        topic=plain.get("topic", ""),
        cases=plain["cases"],
        unfinished=tuple(plain["unfinished"]),
        offered=tuple(Choice(*choice) for choice in plain["offered"]),
        quiet=plain.get("quiet", False),  # younger than the format
    )


def session_to_plain(session: Session) -> dict[str, Plain]:
    return {
        "format": FORMAT,
        "id": session.id,
        "flow": session.flow,
        "version": session.version,
        "label": session.label,
        "started": session.started,
        "answers": [[name, to_plain(value)] for name, value in session.answers.items()],
        "shown": [[one.number, one.question, list(one.choices), one.fate] for one in session.shown],
        "drafts": [[name, to_plain(value)] for name, value in session.drafts.items()],
        "tries": session.tries,
        "previous": None if session.previous is None else [session.previous[0], to_plain(session.previous[1])],
        "revived": list(session.revived),
        "finished": session.finished,
        "handed": session.handed,
    }


def session_from_plain(plain: Mapping[str, Any]) -> Session:
    """The inverse; ValueError for a format that this version does not know."""
    _check_format(plain)
    return Session(
        id=plain["id"],
        flow=plain["flow"],
        version=plain["version"],
        label=plain["label"],
        started=plain["started"],
        answers={name: from_plain(value) for name, value in plain["answers"]},
        shown=tuple(
            Shown(number, question, tuple(choices), fate) for number, question, choices, fate in plain["shown"]
        ),
        drafts={name: from_plain(value) for name, value in plain["drafts"]},
        tries=plain["tries"],
        previous=None if plain["previous"] is None else (plain["previous"][0], from_plain(plain["previous"][1])),
        revived=tuple(plain["revived"]),
        finished=plain["finished"],
        handed=plain.get("handed", ""),  # younger than the format
    )


def _layer_to_plain(layer: Layer) -> dict[str, Plain]:
    return {
        "kind": layer.kind,
        "flow": layer.flow,
        "question": layer.question,
        "session": layer.session,
        "text": layer.text,
        "reason": layer.reason,
        "number": layer.number,
        "values": [to_plain(value) for value in layer.values],
    }


def _layer_from_plain(plain: Mapping[str, Any]) -> Layer:
    return Layer(**{**plain, "values": tuple(from_plain(value) for value in plain["values"])})


def _check_format(plain: Mapping[str, Any]) -> None:
    if plain.get("format") != FORMAT:
        raise ValueError(f"state format {plain.get('format')!r}, this program knows {FORMAT}")
