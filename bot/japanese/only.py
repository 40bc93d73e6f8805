"""The quantities of a message that holds nothing else: 「だいたい120人です」, 「身長160cm、体重52キロ」.

A figure inside a longer sentence is not an answer to a question for a figure; such a message is left to others (the
privacy guard, the search). What may stand around a figure is listed here; names of what is measured come from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.japanese.counting import ABOUT
from bot.japanese.numerals import Quantity, read_quantities
from bot.japanese.width import fold

_AROUND = re.compile(
    rf"({ABOUT}|たぶん|多分|くらい|ぐらい|程度|ほど|前後|弱|強|見込み|です|でした|だと思います|と思います|"
    r"だと|かな|ね|よ|で|は|が|と|の|、|。|・|,|/|:|=|→|\n)*"
)


def only_quantities(text: str, names: Iterable[str] = ()) -> tuple[Quantity, ...]:
    """The quantities, or () where the message says more than them."""
    found = read_quantities(text)
    rest, last = "", 0
    for quantity in found:
        rest += text[last : quantity.start] + "、"
        last = quantity.end
    return found if nothing_else(rest + text[last:], names) else ()


def nothing_else(rest: str, names: Iterable[str] = ()) -> bool:
    """Whether what stands around the figures says nothing of its own."""
    rest = fold(rest)
    for name in sorted((fold(name) for name in names), key=len, reverse=True):
        rest = rest.replace(name, "")
    return _AROUND.fullmatch(rest) is not None
