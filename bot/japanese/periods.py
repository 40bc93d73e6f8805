"""The time that a figure is for: 月24,000円, 年間1200万円, 24,000円/月.

Only where the period stands directly before the figure or, behind / or in brackets, after it. What a question asks for,
and reckoning it over, are the caller's.
"""

import re
import unicodedata
from typing import Final

from bot.japanese.counting import ABOUT
from bot.japanese.figures import FIGURE

MONTH, YEAR = "月", "年"

_SPAN: Final = (
    r"(?:(?P<month>月々|毎月|ひと月|[1一]\s?[かヶカケヵ箇]月間?|月)|(?P<year>毎年|[1一]?年[間度]?))"
    "額?(?:平均|あたり|当た?り|につき)?"
)
_HEAD: Final = re.compile(rf"(?P<about>(?:{ABOUT})?)\s*{_SPAN}[でには]?[、:\s]*(?=(?:{ABOUT})?\s*{FIGURE})")
_TAIL: Final = re.compile(rf"[/(]{_SPAN}\)?(?!\w*[0-9])")


def split_period(text: str) -> tuple[str, str]:
    """The text in plain width without the period that its figure is for, and that period: MONTH, YEAR or ""."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if head := _HEAD.match(plain):
        return head["about"] + plain[head.end() :], _period(head)
    if tail := _TAIL.search(plain):
        return plain[: tail.start()] + plain[tail.end() :], _period(tail)
    return plain, ""


def _period(match: re.Match[str]) -> str:
    return MONTH if match["month"] else YEAR
