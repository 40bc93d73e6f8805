"""What goes into a turn and what comes out of it. Frozen data; a channel turns its own protocol into these and back.

A button is a `Choice`: its `id` is for programs, its label for people, its `token` (at most 64 bytes, ASCII) is what
comes back when it is pressed, however old the message it hangs on (semantics §7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from bot.conversation.state import Session, State
    from bot.engine.flow import Flow
    from bot.engine.values import Plain

# --- in ---


@dataclass(frozen=True)
class Typed:
    """A line of text; slash commands and deep links (/start flow-x) are text too."""

    text: str


@dataclass(frozen=True)
class Pressed:
    token: str


@dataclass(frozen=True)
class Sent:
    """Something that is not text: photo, voice, file, sticker, contact, location, edited, other."""

    kind: str


@dataclass(frozen=True)
class Card:
    """A session in a list, without its answers."""

    id: str
    flow: str
    label: str
    changed: str  # ISO date
    finished: bool
    handed: bool = False  # somebody else goes on with it


@dataclass(frozen=True)
class Got:
    """What `turn.py` brings back for a want; `flow` is the session's own version of its flow, if it is known."""

    want: Want
    cards: tuple[Card, ...] = ()
    session: Session | None = None
    flow: Flow | None = None
    own: bool = False  # the session that a code leads to is this user's
    link: str = ""  # the deep link that was made, as this channel writes them
    until: str = ""  # ISO date: the last day on which it holds
    files: tuple[File, ...] = ()


Message = Typed | Pressed | Sent | Got


# --- out ---


@dataclass(frozen=True)
class Choice:
    id: str
    label: str
    token: str
    on: bool = False  # of a multi choice: set now


@dataclass(frozen=True)
class Cite:
    entry: str
    page: int


@dataclass(frozen=True)
class File:
    """A document or a picture that goes with a reply. Whoever made it keeps it at `path` until the reply is sent."""

    name: str  # as people see it
    media_type: str
    path: str


@dataclass(frozen=True)
class Reply:
    """One message to show. `in_place`: where the channel can, it replaces the message whose button was pressed.

    With `files`, the text is what is said of them: a caption, where the channel has such.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    cites: tuple[Cite, ...] = ()
    in_place: bool = False
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Event:
    """A fact for the log. Never a text that the privacy guard or the danger table caught."""

    kind: str
    data: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True)
class ListSessions:
    purpose: str  # records | delete | resume | settings


@dataclass(frozen=True)
class OpenSession:
    """Bring one session of this user; `purpose` says what for, `press` the button that asked for it."""

    id: str
    purpose: str
    press: str = ""


@dataclass(frozen=True)
class DeleteSession:
    id: str


@dataclass(frozen=True)
class GiveCode:
    """Make a code with which somebody else may go on with this session."""

    session: str


@dataclass(frozen=True)
class FindByCode:
    """Whose session a code leads to, and which; nothing is used up."""

    code: str


@dataclass(frozen=True)
class TakeOver:
    """Use the code up: the giver's session is closed, and what it holds is brought."""

    code: str


@dataclass(frozen=True)
class Export:
    """All that is kept of this user, as files."""


@dataclass(frozen=True)
class Forget:
    """Delete all that is kept of this user."""


Want = ListSessions | OpenSession | DeleteSession | GiveCode | FindByCode | TakeOver | Export | Forget


class Out(NamedTuple):
    state: State
    events: tuple[Event, ...]
    replies: tuple[Reply, ...]
    wants: tuple[Want, ...] = ()


def reply_to_plain(reply: Reply) -> dict[str, Plain]:
    return {
        "text": reply.text,
        "choices": [[choice.id, choice.label, choice.token, choice.on] for choice in reply.choices],
        "cites": [[cite.entry, cite.page] for cite in reply.cites],
        "in_place": reply.in_place,
        "files": [[file.name, file.media_type, file.path] for file in reply.files],
    }


def reply_from_plain(plain: Mapping[str, Any]) -> Reply:
    choices = tuple(Choice(*choice) for choice in plain["choices"])
    cites = tuple(Cite(*cite) for cite in plain["cites"])
    files = tuple(File(*file) for file in plain.get("files", []))  # younger than the rows of an outbox may be
    return Reply(plain["text"], choices, cites, plain["in_place"], files)
