"""What no talk in `tests/talks/` meets, by flow, with the line in the author's file (`make cover-flows`).

Every talk is played as it stands; after each turn the answers say which questions, options, reactions and sentences
were met, and the turn that ends a flow which results, and with them their advice.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.content.strict import read_yaml
from bot.conversation.messages import Pressed, Sent, Typed
from bot.engine.advance import due_says, reaction
from bot.engine.flow import Flow, Question, Say
from bot.engine.values import Value
from bot.engine.view import View
from tests.talk import ROOT, Talk, real_library

TALKS = ROOT / "tests" / "talks"
Thing = tuple[str, str]  # what sort, and its name
SORTS = ("question", "option", "reaction", "say", "result")


@dataclass
class Coverage:
    flow: Flow
    met: set[Thing] = field(default_factory=set)

    def there(self) -> list[Thing]:
        """Everything that a talk could meet."""
        return list(dict.fromkeys([*_questions(self.flow), *_says(self.flow), *_results(self.flow)]))

    def missed(self, sort: str = "") -> list[Thing]:
        return [thing for thing in self.there() if thing not in self.met and sort in ("", thing[0])]

    def share(self, sort: str) -> str:
        there = [thing for thing in self.there() if thing[0] == sort]
        return f"{sum(thing in self.met for thing in there)}/{len(there)}"


def _questions(flow: Flow) -> Iterator[Thing]:
    for question in flow.plain_questions():
        yield "question", question.id
        yield from (("option", f"{question.id}/{option.id}") for option in question.options)
        yield from (("reaction", f"{question.id}/{place}") for place in range(len(question.reacts)))


def _says(flow: Flow) -> Iterator[Thing]:
    yield from (("say", item.id) for item in flow.items if isinstance(item, Say))


def _results(flow: Flow) -> Iterator[Thing]:
    yield from (("result", result.id) for result in flow.results)


@cache
def coverages() -> dict[str, Coverage]:
    """All talks played, once."""
    found = {name: Coverage(flow) for name, flow in real_library().flows.items()}
    for path in sorted(TALKS.glob("*/*.yaml")):
        _play(path, found)
    return found


def _play(path: Path, found: Mapping[str, Coverage]) -> None:
    script = yaml.safe_load(path.read_text(encoding="utf8"))
    talk = Talk(library=replace(real_library(), public=script.get("public", False)))
    before: dict[str, Value] = {}
    for line in script["talk"]:
        take(talk, line)
        session = talk.state.session
        if session is None or session.flow not in found:
            before = {}
            continue
        after = dict(session.answers)
        _note(found[session.flow], before, after)
        before = after
        if talk.last.result is not None:
            found[session.flow].met |= {("result", result["id"]) for result in talk.last.result["results"]}


def take(talk: Talk, line: Mapping[str, Any]) -> None:
    """One line of a talk."""
    if line.get("restart"):
        talk.restart()
    if "press" in line:
        talk.take(Pressed(talk.choice(str(line["press"])).token))
    elif "send" in line:
        talk.take(Sent(line["send"]))
    else:
        talk.take(Typed(str(line["you"])))


def _note(coverage: Coverage, before: Mapping[str, Value], after: Mapping[str, Value]) -> None:
    view = View(coverage.flow, after)
    coverage.met |= {("question", _written(question)) for question in view.visible()}
    coverage.met |= {("say", say.id) for say in due_says(view)}
    for name in (name for name, value in after.items() if before.get(name) != value and name in view.questions):
        question = view.questions[name]
        value = after[name]
        chosen = value if isinstance(value, tuple) else (str(value),)
        coverage.met |= {("option", f"{_written(question)}/{one}") for one in chosen}
        said = reaction(view, question)
        if said is not None:
            coverage.met.add(("reaction", f"{_written(question)}/{question.reacts.index(said)}"))


def _written(question: Question) -> str:
    return question.id if question.item is None else question.id.rpartition(".")[2]


def lines_of(flow: str) -> dict[Thing, int]:
    """Where each thing stands in the flow's own file."""
    document = read_yaml((ROOT / "flows" / f"{flow}.yaml").read_text(encoding="utf8"), flow)
    found: dict[Thing, int] = {}
    data: Any = document.data
    for place, item in enumerate(data["questions"]):
        loc = ("questions", place)
        found |= _lines_of_item(item, loc, document.line)
        for inner, question in enumerate(item.get("questions", [])):
            found |= _lines_of_item(question, (*loc, "questions", inner), document.line)
    found |= {("result", result["id"]): document.line(("results", n)) for n, result in enumerate(data["results"])}
    return found


def _lines_of_item(item: dict[str, Any], loc: tuple[Any, ...], line: Any) -> dict[Thing, int]:
    if "say" in item:
        return {("say", item["say"]): line(loc)}
    if "id" not in item:
        return {}
    options = {
        ("option", f"{item['id']}/{one['id']}"): line((*loc, "options", n))
        for n, one in enumerate(item.get("options", []))
    }
    reacts = {("reaction", f"{item['id']}/{n}"): line((*loc, "reacts", n)) for n in range(len(item.get("reacts", [])))}
    return {("question", item["id"]): line(loc), **options, **reacts}


def main() -> int:
    for name, coverage in coverages().items():
        lines = lines_of(name)
        shares = ", ".join(f"{sort} {coverage.share(sort)}" for sort in SORTS)
        print(f"{name}: {shares}")  # noqa: T201
        for sort, thing in coverage.missed():
            owner = ("question", thing.partition("/")[0])  # はい and いいえ have no line of their own
            at = lines.get((sort, thing), lines.get(owner, 0))
            print(f"  flows/{name}.yaml:{at} {sort} {thing}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
