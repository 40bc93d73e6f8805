"""The two written forms of a text: folded for comparing, tidied for keeping.

`fold` may lose anything that does not tell two answers apart; it is never shown to anyone.
`tidy` changes no letter a person wrote, so that a name keeps its own kanji.
Nothing here may know what a text means.
"""

import re
import unicodedata
from typing import Final

_KATAKANA_TO_HIRAGANA: Final = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
# The small ヶ and ヵ of 3ヶ月 and 3ヵ所 are read か, and many people type か.
_SMALL_KA: Final = str.maketrans("ヶヵゖゕ", "かかかか")
_QUOTES: Final = {"「": "」", "『": "』", '"': '"', "'": "'", "“": "”", "‘": "’"}
# Never the long vowel mark ー: コーヒー and ヘルパー end in it.
_TRAILING: Final = "。．.、,!?…~〜・"
_CLOSING: Final = "」』\"'”’)）"
_JOINER: Final = "\u200d"  # holds family emoji together, and is the one invisible character worth keeping


def fold(text: str) -> str:
    """The form in which words are compared. Folding twice is folding once."""
    while (folded := _fold_once(text)) != text:
        text = folded
    return text


def tidy(text: str) -> str:
    """The form in which an answer is kept and shown: the person's own letters, without what cannot be seen."""
    lines = (_visible(line).strip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def is_question(text: str) -> bool:
    """Whether the text ends in a question mark, closing quotes apart."""
    return text.rstrip(_CLOSING + " \t\r\n\u3000").endswith(("？", "?"))


def _fold_once(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower().translate(_SMALL_KA).translate(_KATAKANA_TO_HIRAGANA)
    compact = "".join(char for char in plain if not char.isspace() and not _invisible(char))
    return _unquoted(compact.rstrip(_TRAILING))


def _unquoted(text: str) -> str:
    """Drop quotes that embrace the whole text; 「はい」と「いいえ」 keeps its own."""
    inner = text[1:-1]
    embraced = len(text) > 1 and _QUOTES.get(text[0]) == text[-1]
    return inner if embraced and text[0] not in inner and text[-1] not in inner else text


def _invisible(char: str) -> bool:
    """Control, format and broken characters, and the marks that choose between drawings of one emoji."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} or "\ufe00" <= char <= "\ufe0f"


def _visible(line: str) -> str:
    spaced = line.replace("\t", " ")
    return "".join(char for char in spaced if char == _JOINER or unicodedata.category(char) not in {"Cc", "Cf", "Cs"})
