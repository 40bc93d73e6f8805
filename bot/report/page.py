"""A document as one HTML page that opens anywhere, reads on a phone and prints on A4. No script, no address outside.

Everything that comes in is text and is escaped; no markup comes from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

_STYLE = """
body { font: 16px/1.8 sans-serif; color: #1a1a1a; background: #fff; max-width: 44em; margin: 0 auto; padding: 1em; }
h1 { font-size: 1.4em; } h3 { font-size: 1em; }
h2 { font-size: 1.15em; border-bottom: 1px solid #888; margin-top: 2em; }
dt { color: #444; } dd { margin: 0 0 .6em 1em; font-weight: bold; white-space: pre-wrap; overflow-wrap: anywhere; }
h2, h3, dt { break-after: avoid; } dd, li { break-inside: avoid; }
@page { size: A4; margin: 18mm; }
"""


@dataclass(frozen=True)
class Part:
    """Lines, or pairs of what was asked and what was said, under a heading of the second or third rank."""

    heading: str
    rank: int = 2
    lines: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Page:
    title: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]


def to_html(page: Page) -> str:
    body = [f"<h1>{escape(page.title)}</h1>", *(f"<p>{escape(line)}</p>" for line in page.lines)]
    body += [_part(part) for part in page.parts]
    return (
        f'<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _part(part: Part) -> str:
    found = [f"<h{part.rank}>{escape(part.heading)}</h{part.rank}>"]
    if part.lines:
        found += ["<ul>", *(f"<li>{escape(line)}</li>" for line in part.lines), "</ul>"]
    if part.pairs:
        pairs = (f"<dt>{escape(asked)}</dt><dd>{escape(said)}</dd>" for asked, said in part.pairs)
        found += ["<dl>", *pairs, "</dl>"]
    return "\n".join(found)
