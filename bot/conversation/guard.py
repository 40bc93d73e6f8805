"""The privacy guard: what of a text must not be kept or searched. Says which kinds it found, never where or what.

Its plain cases stand here; it is a help, not a promise (domain.md §2.5). Family names come from `knowledge/guard.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<!\d)0[1-9]\d{0,3}[-‐−ー()\s]{0,2}\d{1,4}[-‐−ー()\s]{0,2}\d{3,4}(?!\d)")
_POSTAL = re.compile(r"〒\s?\d{3}-?\d{4}|(?<![\d-])\d{3}[-‐−ー]\d{4}(?![\d-])")
_DIGITS = re.compile(r"(?<![\d.,])\d{7,}(?![\d,]|\s?(?:円|千円|万円|人|名|件|世帯))")
_ERA_BIRTH = re.compile(r"(?:明治|大正|昭和|[MTS])\s?\d{1,2}\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}", re.IGNORECASE)
_BIRTH = re.compile(
    r"(?:19|20)\d{2}\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}\s?日?\s?(?:生|うまれ)"
    r"|(?:生年月日|誕生日)\D{0,4}\d"
    r"|(?<!\d)19[0-5]\d\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}"
)
_PHONE_LENGTHS = (10, 11)
_AFTER = r"(?=$|[はがのにをとへもでやだ、。,.!?！？\s)」』・]|から|まで|って|か[?？。]|[宅家方側])"


def find_kinds(text: str, family_names: Iterable[str]) -> tuple[str, ...]:
    """The kinds found, each once: email, phone, postal, digits, birth, name."""
    plain = unicodedata.normalize("NFKC", text)
    found = {
        "email": bool(_EMAIL.search(plain)),
        "phone": any(_digits(match[0]) in _PHONE_LENGTHS for match in _PHONE.finditer(plain)),
        "postal": bool(_POSTAL.search(plain)),
        "birth": bool(_BIRTH.search(plain) or _ERA_BIRTH.search(plain)),
        "name": _has_name(plain, family_names),
    }
    found["digits"] = not found["phone"] and bool(_DIGITS.search(plain))
    return tuple(kind for kind, is_there in found.items() if is_there)


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _has_name(text: str, family_names: Iterable[str]) -> bool:
    """A family name directly before さん, 様, さま or 氏; after a longer one a given name may stand between."""
    names = sorted(map(re.escape, family_names), key=len, reverse=True)
    long = "|".join(name for name in names if len(name) > 1)
    short = "|".join(name for name in names if len(name) == 1)
    if not names:
        return False
    named = rf"(?:{long})(?:\s?(?:[一-鿿々]{{1,3}}|[ぁ-ん]{{2,3}}|[ァ-ヶー]{{2,4}}))?|(?:{short})"
    return bool(re.search(rf"(?:^|[^一-鿿々])(?:{named})\s?(?:さん|様|さま|氏){_AFTER}", text))
