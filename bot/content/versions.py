"""What a version of a flow is: its content with its includes as canonical JSON, and the first digits of its hash.

Comments, key order and quoting change nothing; any word does. The JSON is kept with finished sessions, so the form
may only grow: what was written once must be read for ever.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal

from bot.content.document import Yaml

DIGITS = 12
_ORDERED = "bands"  # the one mapping whose order has a meaning: the first band that fits counts


def source_of(flow: Yaml, includes: Mapping[str, Yaml]) -> str:
    content = {"flow": _listed(flow), "includes": {name: _listed(data) for name, data in includes.items()}}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def version_of(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:DIGITS]


def content_of(source: str) -> tuple[Yaml, dict[str, Yaml]]:
    """The flow's data and that of its includes by id, out of what `source_of` wrote."""
    content = json.loads(source, parse_float=Decimal)
    return _keyed(content["flow"]), {name: _keyed(data) for name, data in content["includes"].items()}


def _plain(value: object) -> int | float:
    """0.10 and 0.1 are the same; a decimal fraction of an author has far fewer digits than a float keeps."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"no YAML value of ours: {value!r}")


def _listed(data: Yaml) -> Yaml:
    """Bands as a list of pairs, because sorted keys would lose their order."""
    if isinstance(data, list):
        return [_listed(one) for one in data]
    if not isinstance(data, dict):
        return data
    return {key: _pairs(value) if key == _ORDERED else _listed(value) for key, value in data.items()}


def _pairs(value: Yaml) -> Yaml:
    return [[key, held] for key, held in value.items()] if isinstance(value, dict) else value


def _keyed(data: Yaml) -> Yaml:
    if isinstance(data, list):
        return [_keyed(one) for one in data]
    if not isinstance(data, dict):
        return data
    return {key: _mapping(value) if key == _ORDERED else _keyed(value) for key, value in data.items()}


def _mapping(value: Yaml) -> Yaml:
    return {str(one[0]): one[1] for one in value if isinstance(one, list)} if isinstance(value, list) else value
