"""What a value in a file must look like: the kinds of value that shapes are made of, and the base of all shapes.

A shape says what one file may hold, key by key; it is checked as a whole, so that every fault comes at once. What
needs a second place to be judged (a name that must exist, an order) is no matter of shape: see `checks/`.
"""

import keyword
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

T = TypeVar("T")
LONGEST_SHOWN = 30


class Shape(BaseModel):
    """A mapping with known keys only; nothing is converted silently."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, defer_build=True
    )  # a command builds what it reads


def shown(value: object) -> str:
    """A value as it stands in the file, cut short."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    plain = {None: "null", True: "true", False: "false"}
    text = plain[value] if value is None or isinstance(value, bool) else f"「{value}」"
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def flaw(code: str, **slots: str) -> PydanticCustomError:
    """A fault of ours, told through pydantic."""
    return PydanticCustomError(code, code, slots)


def at_most(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text) > limit:
            raise flaw("too_long", limit=str(limit), count=str(len(text)))
        return text

    return AfterValidator(check)


def _filled(text: str) -> str:
    if not text.strip():
        raise flaw("empty_text")
    return text.strip()


def _not_reserved(name: str) -> str:
    if keyword.iskeyword(name):
        raise flaw("reserved_id", name=name)
    return name


def _figure(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise flaw("not_a_figure", found=shown(value))
    return Decimal(value)


def _as_expression(value: object) -> object:
    """A bare number is an expression too."""
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def pair(values: list[T]) -> list[T]:
    if len(values) != 2:  # noqa: PLR2004  a pair
        raise flaw("not_a_pair", count=str(len(values)))
    return values


def short_form(key: str) -> Callable[[object], object]:
    """A text in place of a mapping stands for the mapping's main key."""
    return lambda value: {key: _as_expression(value)} if not isinstance(value, dict | list) else value


Text = Annotated[str, AfterValidator(_filled)]
ID_PATTERN = r"^[a-z][a-z0-9_]*$"
FLOW_ID_PATTERN = r"^[a-z][a-z0-9_-]*$"
Id = Annotated[str, Field(pattern=ID_PATTERN), AfterValidator(_not_reserved)]
FlowId = Annotated[str, Field(pattern=FLOW_ID_PATTERN)]
Expression = Annotated[str, BeforeValidator(_as_expression), AfterValidator(_filled)]
Figure = Annotated[Decimal, BeforeValidator(_figure)]
Range = Annotated[list[Figure], AfterValidator(pair)]
Page = Annotated[int, Field(ge=1)]
Pages = Annotated[list[Page], BeforeValidator(_as_list)]  # one page may stand without brackets
