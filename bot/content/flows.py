"""All flows of a folder, or only the one asked for with its includes. A flow with a fault is not there at all.

A `Shelf` reads each file once and builds each flow once; included flows are built by themselves first, so each fault is
told by the file that holds it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.content.build import Built, build
from bot.content.checks import FLOW_CHECKS
from bot.content.checks.reading import rules_that_never_hold
from bot.content.document import Document
from bot.content.flow_file import FlowFile, read_flow_file
from bot.content.parts import include_problems, lay_out
from bot.content.problems import Problem, faults
from bot.content.versions import content_of, source_of, version_of
from bot.engine.flow import Flow

Fetch = Callable[[str], Document | None]


@dataclass(frozen=True)
class Outcome:
    """`built` is None where too little could be read, `flow` is None where there are faults."""

    file: FlowFile | None
    problems: tuple[Problem, ...] = ()
    built: Built | None = None
    flow: Flow | None = None


class Shelf:
    """`fetch` gives a flow's document by id; `known` are the ids there are."""

    def __init__(self, fetch: Fetch, known: Iterable[str]) -> None:
        self._fetch = fetch
        self.known = sorted(known)
        self._files: dict[str, FlowFile | None] = {}
        self._outcomes: dict[str, Outcome] = {}

    def file(self, flow_id: str) -> FlowFile | None:
        if flow_id not in self._files:
            document = self._fetch(flow_id) if flow_id in self.known else None
            self._files[flow_id] = None if document is None else read_flow_file(flow_id, document)
        return self._files[flow_id]

    def outcome(self, flow_id: str) -> Outcome:
        if flow_id not in self._outcomes:
            self._outcomes[flow_id] = self._work_out(flow_id)
        return self._outcomes[flow_id]

    def _work_out(self, flow_id: str) -> Outcome:
        file = self.file(flow_id)
        if file is None or file.shape is None:
            return Outcome(file, () if file is None else file.problems)
        circular = include_problems(file, self.file, self.known)
        broken = [item.as_ for _, item in file.includes() if circular or self.outcome(item.include).flow is None]
        file = replace(file, lost=file.lost | frozenset(broken))
        built = build(file, *lay_out(file, lambda _: None) if broken else lay_out(file, self._good))
        found = [*file.problems, *circular, *built.problems]
        for check in FLOW_CHECKS:
            found += check(built)
        if faults(found) or broken:
            return Outcome(file, tuple(found), built)
        return Outcome(file, tuple(found), built, self._versioned(built))

    def _good(self, flow_id: str) -> FlowFile | None:
        return None if self.outcome(flow_id).flow is None else self.file(flow_id)

    def _versioned(self, built: Built) -> Flow:
        included = {one.part.file.id: one.part.file.document.data for one in built.placed if one.part.prefix}
        source = source_of(built.file.document.data, included)
        return replace(built.flow, source=source, version=version_of(source))

    def all(self) -> list[Outcome]:
        return [self.outcome(one) for one in self.known]

    def needed(self, flow_id: str) -> list[Outcome]:
        """The outcomes of a flow and of all it includes, itself first."""
        ids = [flow_id]
        for one in ids:
            file = self.file(one)
            ids += [item.include for _, item in (file.includes() if file else []) if item.include not in ids]
        return [self.outcome(one) for one in ids]


def proven(outcome: Outcome) -> tuple[Problem, ...]:
    """What is only worth looking for in a flow that is otherwise in order: rules that can never hold."""
    return tuple(rules_that_never_hold(outcome.built)) if outcome.flow is not None and outcome.built else ()


def flow_from_source(flow_id: str, source: str) -> Flow:
    """The flow that `source` kept; ValueError where it is none. It is not compared with today's knowledge."""
    flow, includes = content_of(source)
    contents = {**includes, flow_id: flow}
    shelf = Shelf(lambda one: Document(one, contents[one]), contents)
    outcome = shelf.outcome(flow_id)
    if outcome.flow is None:
        raise ValueError(f"{flow_id}: no flow: {[problem.code for problem in outcome.problems]}")
    return outcome.flow
