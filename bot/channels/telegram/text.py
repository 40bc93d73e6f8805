"""A reply's text as Telegram takes it: parts of at most 4,096 characters, then HTML with everything escaped.

The rule: split the plain text first and mark it up afterwards, so that no tag is ever cut. Whatever a user or an author
wrote passes `to_html`; nothing else in this channel writes markup.
"""

from __future__ import annotations

import html
import re

LONGEST = 4096  # characters of a message after the markup is read; Telegram counts UTF-16 units
LONGEST_CAPTION = 1024
_ENDS = ("\n\n", "\n", "。", "？", "！", "、", " ")  # where to cut, best first
_HEADING = re.compile(r"^(【[^】\n]*】|■[^:：\n]*)", re.MULTILINE)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def split(text: str, longest: int = LONGEST) -> list[str]:
    """The text in parts that fit, cut where a paragraph, a line or a sentence ends; none for a text without letters."""
    rest = text.encode("utf-8", "replace").decode().strip()  # half a surrogate pair would be refused
    parts = []
    while utf16_length(rest) > longest:
        cut = _cut(rest, longest)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part]


def split_caption(text: str) -> tuple[list[str], str]:
    """What of the text goes before a file as messages, and its end, which stands under the file."""
    if utf16_length(text.strip()) <= LONGEST_CAPTION:
        return [], "".join(split(text, LONGEST_CAPTION))
    *before, last = split(text)
    *more, caption = split(last, LONGEST_CAPTION)
    return [*before, *more], caption


def _cut(text: str, longest: int) -> int:
    """The best place to end a part. An end in the first half would leave a scrap of a message."""
    head = text.encode("utf-16-le")[: longest * 2].decode("utf-16-le", "ignore")
    for end in _ENDS:
        at = head.rfind(end, len(head) // 2)
        if at >= 0:
            return at + len(end)
    return len(head)


def to_html(text: str) -> str:
    """Escaped, with headings in bold."""
    return _HEADING.sub(r"<b>\1</b>", html.escape(text, quote=False))


def with_choice(text: str, label: str) -> str | None:
    """The tapped message's text with what was chosen; None where that would be too long."""
    marked = f"{text}\n→ {label}"
    return marked if utf16_length(marked) <= LONGEST else None
