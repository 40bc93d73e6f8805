"""What the store takes and gives, and how it is written down: JSON as text, times as ISO text with their zone.

Small frozen records of plain data. Nothing here knows what a session means or what an answer is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_HALF_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class SessionRow:
    """A session as kept. `started` and `finished` are the caller's text ("" = not finished), `changed` is a time."""

    id: str
    flow: str
    version: str
    label: str
    started: str
    changed: str
    finished: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class EventRow:
    number: int
    session: str | None
    at: str
    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class OwedRow:
    """A message that was promised and is not known to have been sent."""

    id: int
    user: str
    address: str
    payload: Mapping[str, Any]
    made: str


def session_columns(session: SessionRow) -> dict[str, str]:
    return {
        "id": session.id,
        "flow": session.flow,
        "version": session.version,
        "label": session.label,
        "started": session.started,
        "changed": moment(session.changed),
        "finished": session.finished,
        "data": to_json(session.data),
    }


def session_row(row: Mapping[str, Any]) -> SessionRow:
    return SessionRow(**_named(row, SessionRow, "data"))


def event_row(row: Mapping[str, Any]) -> EventRow:
    return EventRow(**_named(row, EventRow, "data"))


def owed_row(row: Mapping[str, Any]) -> OwedRow:
    return OwedRow(**_named(row, OwedRow, "payload"))


def whole_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """All columns but whose it is, each that is a JSON object as what it says."""
    return {name: _read(value) for name, value in row.items() if name != "user"}


def _read(value: Any) -> Any:
    return from_json(value) if isinstance(value, str) and value.startswith("{") else value


def as_time(at: str | datetime) -> datetime:
    """ValueError without a zone, because then it cannot be compared."""
    when = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    if when.tzinfo is None:
        raise ValueError(f"a time without its zone: {at}")
    return when


def moment(at: str | datetime) -> str:
    """A time as it is stored, in the zone it came in."""
    return as_time(at).isoformat()


def to_json(data: Mapping[str, object]) -> str:
    """Readable in any tool (Japanese stays Japanese); half a surrogate pair, which SQLite refuses, is escaped."""
    text = json.dumps(dict(data), ensure_ascii=False)
    return _HALF_PAIR.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def from_json(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    return data


def clean(text: str) -> str:
    """Text for a column of its own: half a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _named(row: Mapping[str, Any], record: type, json_column: str) -> dict[str, Any]:
    """The columns that the record has, with the JSON one read."""
    return {field.name: row[field.name] for field in fields(record)} | {json_column: from_json(row[json_column])}
