"""Whatever stands at whatever place of a flow, reading it ends in a flow or in faults, never in an exception."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.content.flows import Shelf
from bot.content.strict import read_yaml
from tests.content.roots import HERE

ODD: tuple[Any, ...] = (None, True, -1, "", "x", "a.b", "a ==", [], [None], {}, {"id": "x"})


def _flow(name: str) -> Any:
    return read_yaml((HERE / f"good/flows/{name}.yaml").read_text(encoding="utf-8"), name).data


def _mutations(data: Any) -> Iterator[Any]:
    """The data with one place replaced by something odd, or taken out; each place gets three odd things in turn."""
    for number, way in enumerate(_ways(data)):
        for odd in (*ODD, *ODD)[number % len(ODD) :][:3]:
            changed = copy.deepcopy(data)
            _holder(changed, way)[way[-1]] = odd
            yield changed
        shorter = copy.deepcopy(data)
        del _holder(shorter, way)[way[-1]]
        yield shorter


def _ways(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield (*way, key)
        yield from _ways(value, (*way, key))


def _holder(data: Any, way: tuple[Any, ...]) -> Any:
    for part in way[:-1]:
        data = data[part]
    return data


@pytest.mark.parametrize("name", ["kaigi", "karada", "nemuri"])
def test_no_mutation_of_a_flow_makes_the_reader_fail(name: str) -> None:
    others = {other: _flow(other) for other in ("kaigi", "karada", "nemuri")}
    for changed in _mutations(others[name]):
        texts = {one: json.dumps(data, default=float) for one, data in {**others, name: changed}.items()}
        shelf = Shelf(lambda one, texts=texts: read_yaml(texts[one], f"flows/{one}.yaml"), texts)  # type: ignore[misc]
        for one in {name, "karada" if name == "nemuri" else name}:
            assert shelf.outcome(one).flow is not None or shelf.outcome(one).problems or shelf.outcome(name).problems
