"""Telegram's HTML as strictly as its server reads it: known tags, well nested, every other sign escaped."""

from __future__ import annotations

import html
import re

ALLOWED = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "tg-spoiler", "a"}
_PIECE = re.compile(r"<(/?)([a-zA-Z0-9-]*)([^<>]*)>|&(#x?[0-9a-fA-F]+|[a-z]+);|[<>&]|[^<>&]+")
_ENTITIES = {"lt", "gt", "amp", "quot"}


class BadMarkup(ValueError):
    pass


def read_html(text: str) -> str:
    """The text without its markup; BadMarkup as the server would refuse it."""
    stack: list[str] = []
    plain = []
    for piece in _PIECE.finditer(text):
        whole = piece[0]
        if piece[2] is not None:
            _tag(stack, piece[2].lower(), closing=bool(piece[1]))
        elif piece[4]:
            if not piece[4].startswith("#") and piece[4] not in _ENTITIES:
                raise BadMarkup(f"unsupported entity {whole}")
            plain.append(html.unescape(whole))
        elif whole in "<>&":
            raise BadMarkup(f"unescaped {whole}")
        else:
            plain.append(whole)
    if stack:
        raise BadMarkup(f"can't find end tag of {stack[-1]}")
    return "".join(plain)


def _tag(stack: list[str], name: str, *, closing: bool) -> None:
    if name not in ALLOWED:
        raise BadMarkup(f'unsupported start tag "{name}"')
    if not closing:
        stack.append(name)
    elif not stack or stack.pop() != name:
        raise BadMarkup(f"unexpected end tag {name}")
