"""Which of the offered options a message means: one for `match_options`, any number for `match_several`.

Trust falls in this order, and the first step that finds something ends the search: the label itself; its number; a
synonym, or either in another form (毎回です); two of them joined by か; one in a short message (うちでは毎回です); a
typing mistake. A candidate of the other polarity is never taken (毎回はしていない is not 毎回している), a label given
exactly apart. Close candidates all come back, and the caller asks. How a step finds does not belong here.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from bot.japanese.phrases import read_options, read_phrase
from bot.japanese.steps import Match, Options, Step, another_form, contained, either, exact, mistyped, numbered
from bot.japanese.width import fold

__all__ = ["LONGEST", "Match", "match_options", "match_several", "means_all"]

LONGEST: Final = 100
"""A message of more characters is no choice."""
MOST_JOINED: Final = 4
"""So many separators may stand inside one label (調理・配膳・片付け)."""

_FIRM: Final[tuple[Step, ...]] = (exact, numbered, another_form)
_STEPS: Final[tuple[Step, ...]] = (*_FIRM, either, contained, mistyped)
_NO_NUMBER: Final[tuple[Step, ...]] = (exact, another_form)
_CIRCLED: Final = re.compile("([①-⑳])")
_EDGES: Final = " \t\n\u3000、,;/・."
_SEPARATOR: Final = re.compile(r"[、,;/・.\s]+(?:と|それと|あと)?|と|や|及び|および")
_NONE: Final = (
    "ない", "何もない", "なにもない", "どれもない", "どれでもない", "一つもない", "ひとつもない",
    "特にない", "特になし", "該当なし", "該当しない", "当てはまらない", "あてはまらない",
    "どれも当てはまらない", "どれもあてはまらない", "どれにも当てはまらない", "どれにもあてはまらない",
)  # fmt: skip


def match_options(text: str, options: Sequence[Sequence[str]], *, numbers: bool = True) -> tuple[Match, ...]:
    """The options meant, best first: one when clear, several when close, none when unread.

    Each option is its label, then its synonyms.
    """
    steps = [step for step in _STEPS if numbers or step is not numbered]
    return _first(text, read_options(options), steps)


def match_several(text: str, options: Sequence[Sequence[str]]) -> tuple[int, ...] | None:
    """The options meant, in their own order; () when the text says that none is; None when any part is unread."""
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", _CIRCLED.sub(r" \1 ", text)).strip(_EDGES)
    parts = _parts(plain, read_options(options))
    if parts is None:
        return () if _first(plain, read_options([_NONE]), _NO_NUMBER) else None
    return tuple(sorted(parts))


def _parts(text: str, options: Options) -> frozenset[int] | None:
    """The options that the text is made of, read from its end; as a label may hold separators, long pieces first."""
    breaks = list(_SEPARATOR.finditer(text))
    starts, ends = [0, *(found.end() for found in breaks)], [*(found.start() for found in breaks), len(text)]
    read: dict[int, frozenset[int] | None] = {len(starts): frozenset()}
    for first in reversed(range(len(starts))):
        read[first] = None
        for last in reversed(range(first, min(first + MOST_JOINED + 1, len(ends)))):
            after = read[last + 1]
            steps = _STEPS if last == first else _FIRM
            index = None if after is None else _single(text[starts[first] : ends[last]], options, steps)
            if after is not None and index is not None:
                read[first] = after | {index}
                break
    return read[0]


def _single(text: str, options: Options, steps: Sequence[Step]) -> int | None:
    found = _first(text, options, steps)
    return found[0].index if len(found) == 1 else None


def _first(text: str, options: Options, steps: Sequence[Step]) -> tuple[Match, ...]:
    typed = read_phrase(text[: LONGEST + 1])
    if not typed.folded or len(text) > LONGEST:
        return ()
    return next((found for step in steps if (found := step(typed, options))), ())


_ALL: Final = re.compile("(?:全部|すべて|全て|ぜんぶ|みんな|どれも当てはまる)(?:です|かな|ですね)?")


def means_all(text: str) -> bool:
    """「全部」「すべてです」: every option of a multi choice."""
    return _ALL.fullmatch(fold(text)) is not None
