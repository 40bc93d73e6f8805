"""The quantities of a message that holds nothing else: 「だいたい120人です」, 「身長160cm、体重52キロ」.

A figure inside a longer sentence is not an answer to a question for a figure; such a message is left to others (the
privacy guard, the search). What may stand around a figure is listed here; names of what is measured come from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.japanese.numerals import Quantity, read_quantities
from bot.japanese.width import fold

_AROUND = re.compile(
    r"(約|およそ|おおよそ|だいたい|大体|たぶん|多分|くらい|ぐらい|程度|ほど|前後|弱|強|です|でした|だと思います|と思います|"
    r"だと|かな|ね|よ|で|は|が|と|の|、|。|・|,|/|:|=|→|\n)*"
)


def only_quantities(text: str, names: Iterable[str] = ()) -> tuple[Quantity, ...]:
    """The quantities, or () where the message says more than them."""
    found = read_quantities(text)
    rest, last = "", 0
    for quantity in found:
        rest += text[last : quantity.start] + "、"
        last = quantity.end
    rest = fold(rest + text[last:])
    for name in sorted((fold(name) for name in names), key=len, reverse=True):
        rest = rest.replace(name, "")
    return found if _AROUND.fullmatch(rest) else ()
