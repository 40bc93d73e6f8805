"""`bansou check --deep`: every fault and issue of `check`, and what examining all answers of each flow adds.

`--witness` prints, for each thing that can happen, the shortest talk that leads there, as a test that can be played.
The time comes from the clock that is handed in; the proof itself knows none.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from bot.channels.once.content import told
from bot.channels.once.output import print_json, print_lines, say
from bot.channels.once.talks import talk_of
from bot.content.load import read_content
from bot.content.problems import as_json, ordered
from bot.content.proofs import Proven, prove_flows
from bot.content.wording import Wording
from bot.conversation.sentences import SENTENCES
from bot.engine.proof.proving import Proof
from bot.engine.proof.targets import Sort

_REACHES = {
    Sort.QUESTION: "reaches_question",
    Sort.REACT: "reaches_react",
    Sort.SAY: "reaches_say",
    Sort.INCLUDE: "reaches_include",
    Sort.RESULT: "reaches_result",
    Sort.OVERLAP: "reaches_overlap",
    Sort.GAP: "reaches_gap",
    Sort.NOTHING: "reaches_nothing",
}
Clock = Callable[[], datetime]


def check_deep(
    root: Path, wording: Wording, out: TextIO, clock: Clock, today: date, *, as_data: bool, talks: bool
) -> int:
    """Issues alone are no failure, here either."""
    start = clock()
    known = read_content(root, sentences=SENTENCES, today=today).problems
    proofs: list[Proven] = []
    for one in prove_flows(root):
        proofs.append(one)
        if not as_data:
            print_lines(out, [_line(wording, one.proof)])
            print_lines(out, _talks(wording, one.proof) if talks else ())
    problems = ordered([*known, *(problem for one in proofs for problem in one.problems)])
    seconds = (clock() - start).total_seconds()
    if as_data:
        rows = [as_json(problem, wording.catalogue) for problem in problems]
        print_json(out, [*rows, *(_row(wording, one.proof, seconds, talks=talks) for one in proofs)])
        return told(problems, wording, None)
    print_lines(out, [say(wording.words, "proven_in", flows=len(proofs), seconds=f"{seconds:.1f}")])
    return told(problems, wording, out)


def _figures(proof: Proof) -> dict[str, object]:
    return {
        "flow": proof.flow.id,
        "questions": len(proof.flow.plain_questions()),
        "results": len(proof.flow.results),
        "states": proof.states,
        "screens": proof.longest.screens,
    }


def _line(wording: Wording, proof: Proof) -> str:
    return say(wording.words, "proven_flow", **_figures(proof))


def _row(wording: Wording, proof: Proof, seconds: float, *, talks: bool) -> dict[str, object]:
    """A row like those of problems, so that one array holds both; `seconds` are those of all flows."""
    row = {"file": f"flows/{proof.flow.id}.yaml", "line": 0, "trail": [], "grade": "proof", "code": "proven_flow"}
    row |= {"message": _line(wording, proof), "hint": None, **_figures(proof), "seconds": round(seconds, 1)}
    return row | ({"talks": dict(_named(wording, proof))} if talks else {})


def _talks(wording: Wording, proof: Proof) -> Iterator[str]:
    for name, talk in _named(wording, proof):
        yield f"# --- {proof.flow.id}/{name}.yaml"
        yield talk.rstrip("\n")


def _named(wording: Wording, proof: Proof) -> Iterator[tuple[str, str]]:
    """Each thing reached with its talk, and the longest way."""
    for claim in proof.claims:
        if claim.answers is not None:
            name = "-".join([claim.target.sort.value, *claim.target.names])
            about = say(wording.words, _REACHES[claim.target.sort], names="」「".join(claim.target.names))
            yield name, talk_of(proof.flow, claim.answers, about)
    yield "longest", talk_of(proof.flow, proof.longest.answers, say(wording.words, "reaches_longest"))
