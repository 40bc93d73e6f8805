"""`bansou run`: a flow over a whole set of answers. Nothing on stdout unless every answer could be taken."""

import json
from pathlib import Path
from typing import NoReturn, TextIO

from bot.channels.once.output import FAULTY, FINE, print_json, print_lines, say, tell
from bot.content.load import flow_ids, read_flow
from bot.content.problems import Problem, sentence
from bot.content.wording import Wording
from bot.engine.questions.base import Json
from bot.engine.run import Refused, accept_answers, report


def run(root: Path, wording: Wording, flow_id: str, answers: bytes, *, out: TextIO, err: TextIO) -> int:
    found = read_flow(root, flow_id)
    flow = found.flows.get(flow_id)
    if flow is None:
        return _no_flow(root, flow_id, found.problems, wording, err)
    try:
        accepted = accept_answers(flow, _read_object(answers))
    except ValueError:
        print_lines(err, [say(wording.words, "answers_no_object")])
        return FAULTY
    except Refused as refused:
        print_lines(err, (sentence(one.code, one.slots, wording.catalogue) for one in refused.reasons))
        return FAULTY
    print_json(out, report(flow, accepted))
    return FINE


def _no_flow(root: Path, flow_id: str, problems: tuple[Problem, ...], wording: Wording, err: TextIO) -> int:
    """Its faults, or that there is none of that name."""
    if not problems:
        print_lines(err, [say(wording.words, "no_such_flow", name=flow_id, known="、".join(flow_ids(root)))])
    tell(err, problems, wording)
    return FAULTY


def _read_object(data: bytes) -> dict[str, Json]:
    """ValueError for anything else, also for an object that gives a key twice: one of the two would be lost."""
    try:
        held = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(held, dict):
        raise ValueError("no object")  # noqa: TRY004  a fault of the input, not of a call
    return held


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
