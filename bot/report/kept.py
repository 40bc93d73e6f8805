"""All that is kept of one user: as a page to read, and as JSON that leaves nothing out.

The page tells the sessions in the words they were led in, and counts the rest; the JSON holds every row of every table
that has users, so that a table which comes later is in it without a line here. `TABLES` gives each its name for people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.conversation.desk import Desk
from bot.conversation.library import Library
from bot.conversation.putting import groups
from bot.conversation.sessions import who
from bot.conversation.showing import fill, show
from bot.conversation.state import Session, State, session_from_plain
from bot.engine.advance import outcome
from bot.engine.flow import Flow
from bot.engine.view import View
from bot.report.page import Page, Part

TABLES = {
    "codes": "kept_codes",
    "events": "kept_events",
    "guests": "kept_guests",
    "outbox": "kept_outbox",
    "sessions": "kept_sessions",
    "states": "kept_states",
    "updates": "kept_updates",
}

Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Kept:
    """What there is of a user: rows by table, and the flow of each version that their sessions are in."""

    rows: Rows
    flows: Mapping[str, Flow]
    made: datetime


def to_json(kept: Kept) -> str:
    whole = {"made": kept.made.isoformat(timespec="seconds"), "tables": kept.rows}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def to_page(library: Library, kept: Kept) -> Page:
    desk = Desk(library, State(), kept.made, "")
    sessions = [session_from_plain(row["data"]) for row in kept.rows.get("sessions", [])]
    parts = [part for session in sessions for part in _session(desk, session, kept.flows.get(session.version))]
    if not parts:
        parts = [Part(desk.words("kept_sessions"), lines=(desk.words("no_records"),))]
    counts = tuple(
        desk.words("kept_count", name=desk.words(TABLES[name]) if name in TABLES else name, count=len(rows))
        for name, rows in sorted(kept.rows.items())
    )
    rest = Part(desk.words("kept_rest"), lines=(*counts, desk.words("kept_in_json")))
    head = (desk.words("kept_made", day=_day(kept.made.isoformat()), operator=who(desk)["operator"]),)
    return Page(desk.words("kept_title"), head, (*parts, rest))


def _session(desk: Desk, session: Session, flow: Flow | None) -> list[Part]:
    lines = [desk.words("kept_began", day=_day(session.started))]
    if session.finished:
        lines.append(desk.words("kept_finished", day=_day(session.finished)))
    if session.handed:
        lines.append(desk.words("handed", label=session.label))
    title = session.label if flow is None or flow.title == session.label else f"{flow.title}（{session.label}）"
    if flow is None:
        return [Part(title, lines=(*lines, desk.words("flow_gone")))]
    # In the words of its own version, whatever came later.
    library = replace(desk.library, flows={**desk.library.flows, flow.id: flow})
    own = replace(desk, library=library, state=State(session=session))
    return [Part(title, lines=tuple(lines)), *_answers(own), *_results(own)]


def _answers(desk: Desk) -> list[Part]:
    view = desk.view()
    found = []
    for title, questions in groups(view):
        given = [(question, view.answers.get(question.id)) for question in questions]
        pairs = tuple(
            (question.text, desk.words("not_known") if value is None else show(desk, question, value))
            for question, value in given
        )
        found.append(Part(title or desk.words("kept_answers"), 3, pairs=pairs))
    return found


def _results(desk: Desk) -> list[Part]:
    if not desk.session.finished:
        return []
    view = View(desk.flow, desk.session.answers)
    says = tuple(fill(desk, result.says, view) for result in outcome(view).holding)
    return [Part(desk.words("kept_results"), 3, lines=says or (desk.words("no_result"),))]


def _day(at: str) -> str:
    return f"{at[:4]}/{at[5:7]}/{at[8:10]}"
