"""`bansou entries`, `bansou flows`: what there is. What has faults is left out and told on stderr."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from bot.channels.once.output import print_json, print_lines, say, tell
from bot.content.load import read_entries, read_flows
from bot.content.wording import Wording
from bot.engine.flow import Flow, Kind, Question, Repeat
from bot.engine.questions.figures import as_json
from bot.retrieval.entry import Entry

Row = dict[str, object]
_CHOOSING = (Kind.CHOICE, Kind.SEVERAL, Kind.YES_NO)  # answered by an option's id; a scale is answered by its figure


def entries(root: Path, wording: Wording, out: TextIO, err: TextIO, *, as_data: bool) -> int:
    found = read_entries(root)
    if as_data:
        print_json(out, [_entry(entry) for entry in found.entries.values()])
    else:
        print_lines(out, (_entry_line(wording, entry) for entry in found.entries.values()))
    return tell(err, found.problems, wording)


def _entry(entry: Entry) -> Row:
    keys = ("id", "page", "pages", "name", "title", "part", "theme", "kind")
    return {key: getattr(entry, key) for key in keys}


def _entry_line(wording: Wording, entry: Entry) -> str:
    pages = "・".join(map(str, entry.pages))
    return say(wording.words, "listed_entry", id=entry.id, pages=pages, name=entry.name)


def flows(root: Path, wording: Wording, out: TextIO, err: TextIO, *, as_data: bool) -> int:
    found = read_flows(root)
    if as_data:
        print_json(out, [_flow(flow) for flow in found.flows.values()])
    else:
        print_lines(out, (_flow_line(wording, flow) for flow in found.flows.values()))
    return tell(err, found.problems, wording)


def _flow_line(wording: Wording, flow: Flow) -> str:
    return say(wording.words, "listed_flow", id=flow.id, title=flow.title, minutes=flow.minutes)


def _flow(flow: Flow) -> Row:
    return {
        "id": flow.id,
        "title": flow.title,
        "zone": flow.zone.value,
        "pages": flow.pages,
        "minutes": flow.minutes,
        "version": flow.version,
        "questions": [_question(name, question) for name, question in _named(flow)],
        "results": [result.id for result in flow.results],
    }


def _named(flow: Flow) -> Iterator[tuple[str, Question]]:
    """Every question as written; one in a repeat under the repeat's name, where `run` takes it."""
    for item in flow.items:
        if isinstance(item, Question):
            yield item.id, item
        elif isinstance(item, Repeat):
            yield from ((f"{item.id}.{question.id}", question) for question in item.questions)


def _question(name: str, question: Question) -> Row:
    """`options` and `range` in the values that `run` takes; of several figures, the range of each."""
    named = question.bands if question.kind is Kind.MEASURES else question.options
    choosing = question.kind is Kind.MEASURES or question.kind in _CHOOSING
    return {
        "id": name,
        "type": question.kind.value,
        "options": [one.id for one in named] if choosing else [],
        "range": {field.id: _range(field.low, field.high) for field in question.fields}
        or _range(question.low, question.high),
    }


def _range(low: Decimal | None, high: Decimal | None) -> list[int | float | None] | None:
    if low is None and high is None:
        return None
    return [None if bound is None else as_json(bound) for bound in (low, high)]
