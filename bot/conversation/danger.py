"""People in danger come before everything else (semantics §8). In doubt the fixed words; the text is never kept.

The two tables are `knowledge/danger.yaml`: patterns that mean a person, and turns of the field's work that only sound
so and are taken out first.
"""

from __future__ import annotations

import re

from bot.conversation.library import Danger
from bot.japanese.width import fold


def is_danger(text: str, danger: Danger) -> bool:
    """Whether somebody may be in danger."""
    rest = fold(text)
    for harmless in danger.work:
        rest = re.sub(harmless, "、", rest)
    return any(re.search(pattern, rest) for pattern in danger.patterns)


def sounds_like_it(text: str, danger: Danger) -> bool:
    """Whether it is work that speaks in such words; then one line stands before the answer."""
    return any(re.search(harmless, fold(text)) for harmless in danger.work)
