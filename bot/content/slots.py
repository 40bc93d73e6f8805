"""The {slots} of an author's sentence: which it has, and their names once the flow stands under a prefix."""

import re

RUNNING = ("left",)  # what the conversation knows of the talk itself: questions still to come
_SLOT = re.compile(r"\{([^{}]*)\}")


def slots_of(text: str) -> list[str]:
    return [name.strip() for name in _SLOT.findall(text)]


def prefixed(text: str, prefix: str) -> str:
    """`{users}` of an included flow is `{p.users}` in the flow that includes it."""

    def full(found: re.Match[str]) -> str:
        name = found[1].strip()
        return f"{{{name if name in RUNNING else f'{prefix}.{name}'}}}"

    return _SLOT.sub(full, text) if prefix else text
