"""A document against a shape: every fault at once, in our own codes, and what is still usable beside the faults.

pydantic finds the faults; the table below gives each of its kinds our code. Nothing of pydantic's own wording, and no
place in its own notation, leaves this module.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.content.document import Document, Loc, trail
from bot.content.flow_shapes import ITEM_SHAPES, QUESTION_SHAPES, TAG
from bot.content.problems import Grade, Problem
from bot.content.shapes import Shape, shown
from bot.engine.expressions.names import did_you_mean

S = TypeVar("S", bound=Shape)
Slots = dict[str, str]


@dataclass(frozen=True)
class Flaw:
    """A fault at a place of the document's data."""

    loc: Loc
    code: str
    slots: Mapping[str, str]


@dataclass(frozen=True)
class Shaped(Generic[S]):
    """`value` is None where there are flaws."""

    value: S | None
    flaws: tuple[Flaw, ...] = ()


def shape(model: type[S], data: object) -> Shaped[S]:
    try:
        return Shaped(model.model_validate(data))
    except ValidationError as error:
        return Shaped(None, tuple(_flaw(model, detail) for detail in error.errors(include_url=False)))


def told(document: Document, flaws: tuple[Flaw, ...], at: Loc = ()) -> list[Problem]:
    """The flaws as problems of the document; `at` is where the shaped part stands in it."""
    return [
        Problem(
            document.file,
            document.line((*at, *flaw.loc)),
            trail(document.data, _named_place((*at, *flaw.loc), flaw.code), document.root),
            Grade.FAULT,
            flaw.code,
            flaw.slots,
        )
        for flaw in flaws
    ]


def _named_place(loc: Loc, code: str) -> Loc:
    """A key that is missing or too many is named in the sentence; the trail leads to what holds it."""
    return loc[:-1] if code in ("missing_key", "unknown_key") else loc


def _flaw(model: type[Shape], detail: ErrorDetails) -> Flaw:
    raw = detail["loc"]
    loc = tuple(part for part in raw if not (isinstance(part, str) and (part.startswith(TAG) or part == "[key]")))
    kind = detail["type"]
    if kind in ("missing", "extra_forbidden"):
        known = keys_at(model, raw[:-1])
        return Flaw(loc, *_key_flaw(kind, str(loc[-1]), known))
    tell = _KINDS.get(kind)
    code, slots = tell(detail) if tell else (kind, {key: str(value) for key, value in detail.get("ctx", {}).items()})
    return Flaw(loc, code, slots)


def _key_flaw(kind: str, key: str, known: list[str]) -> tuple[str, Slots]:
    if kind == "missing":
        return "missing_key", {"key": key}
    return "unknown_key", {"key": key, "known": ", ".join(known), "hint": did_you_mean(key, known)}


def keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that the shape at this place has; `loc` is pydantic's own, with the names of the shapes it went by."""
    at: Any = model
    for part in loc:
        if isinstance(part, str) and part.startswith(TAG):
            at = ITEM_SHAPES[part.removeprefix(TAG)]
        elif isinstance(part, int) or get_origin(at) is dict:
            at = _inner(get_args(at)[-1])
        else:
            at = _inner(_fields(at)[part])
    return list(_fields(at)) if isinstance(at, type) else []


def _fields(model: Any) -> dict[str, Any]:
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def _inner(annotation: Any) -> Any:
    """The list, dict or shape that an annotation is about, less what is wrapped around it."""
    if hasattr(annotation, "__metadata__"):
        return _inner(annotation.__origin__)
    if get_origin(annotation) in (list, dict) or isinstance(annotation, type):
        return annotation
    options = [one for one in get_args(annotation) if one is not NoneType]
    return _inner(options[0]) if options else annotation


def _found(code: str) -> Callable[[ErrorDetails], tuple[str, Slots]]:
    return lambda detail: (code, {"found": shown(detail["input"])})


def _not_allowed(detail: ErrorDetails) -> tuple[str, Slots]:
    known = [word.strip(" '") for word in detail["ctx"]["expected"].replace(" or ", ",").split(",")]
    found = detail["input"]
    hint = did_you_mean(found, known) if isinstance(found, str) else ""
    return "not_allowed", {"found": shown(found), "known": ", ".join(known).lower(), "hint": hint}


def _wrong_type(detail: ErrorDetails) -> tuple[str, Slots]:
    """An item of no known shape: no mapping, no type, an unknown one, or something where only questions may stand."""
    item = detail["input"]
    if not isinstance(item, dict):
        return "not_a_mapping", {"found": shown(item)}
    tag = str(detail.get("ctx", {}).get("tag", "")).removeprefix(TAG)
    if tag in ITEM_SHAPES:
        return "only_questions_here", {"found": tag}
    if "type" not in item:
        return "no_item", {"found": ", ".join(item)}
    known = list(QUESTION_SHAPES)
    return "unknown_type", {"found": shown(item["type"]), "known": ", ".join(known), "hint": did_you_mean(tag, known)}


_KINDS: Mapping[str, Callable[[ErrorDetails], tuple[str, Slots]]] = {
    "bool_type": _found("not_true_or_false"),
    "dict_type": _found("not_a_mapping"),
    "greater_than_equal": lambda detail: (
        "too_small",
        {"least": str(detail["ctx"]["ge"]), "found": shown(detail["input"])},
    ),
    "int_type": _found("not_a_whole_number"),
    "list_type": _found("not_a_list"),
    "literal_error": _not_allowed,
    "model_type": _found("not_a_mapping"),
    "string_pattern_mismatch": _found("bad_id"),
    "string_type": _found("not_a_text"),
    "too_short": lambda detail: (
        "too_few",
        {"least": str(detail["ctx"]["min_length"]), "count": str(detail["ctx"]["actual_length"])},
    ),
    "union_tag_invalid": _wrong_type,
    "union_tag_not_found": _wrong_type,
}
