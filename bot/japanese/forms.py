"""One phrase in the forms a person may give it: する is します, していない is してません, 毎回 is 毎回です.

Only forms that mean the same: present for present, negative for negative. していた is not している, and a phrase
with a degree or a doubt (たまに, かも, けど) is never brought to its plain form. Agreement is not decided here.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from bot.japanese.figures import KANJI, NO_FIGURE_BEFORE, in_digits
from bot.japanese.width import fold

_ENDING: Final = re.compile(
    r"(?:(?:です|でした|だ)(?:[よねわな]ー?)*|[よねわ]+ー?|(?:です)?かなあ?|だ?と(?:思|おも)(?:う|います))$"
)
_MOST_ENDINGS: Final = 4
# The same word in kanji and in kana.
_SPELLINGS: Final = (
    ("無い", "ない"), ("無し", "なし"), ("有る", "ある"), ("有り", "あり"), ("出来", "でき"), ("居る", "いる"),
    ("居な", "いな"), ("分か", "わか"), ("解か", "わか"), ("判か", "わか"), ("違", "ちが"), ("通り", "とおり"),
)  # fmt: skip
_COUNTED: Final = re.compile(rf"{NO_FIGURE_BEFORE}[{KANJI}]+(?=[回人名日週年件割歳つ]|時間|か[月所])")  # 週一回, 週1回
_CONTRACTED: Final = re.compile(r"(?<=[てで])い(?=る|ます|ない|ません)")
_FIRST_STEM: Final = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))  # 行く, 行きます
_THIRD_STEM: Final = dict(zip("わかがさたなばまら", "いきぎしちにびみり", strict=True))  # 行かない, 行きません
_SHORT: Final = {"ある": "あり", "ない": "なし"}


def unify(text: str) -> str:
    """The folded text in one spelling: 無い and ない, している and してる are the same."""
    folded = fold(text)
    for kanji, kana in _SPELLINGS:
        folded = folded.replace(kanji, kana)
    return _CONTRACTED.sub("", _COUNTED.sub(in_digits, folded))


def readings(text: str) -> tuple[str, ...]:
    """The unified text, then what is left of it as polite endings are taken off, longest first."""
    found = [unify(text)]
    for _ in range(_MOST_ENDINGS):
        shorter = _ENDING.sub("", found[-1])
        if shorter in {"", found[-1]}:
            break
        found.append(shorter)
    return tuple(found)


@lru_cache(maxsize=4096)
def spoken_forms(phrase: str) -> frozenset[str]:
    """The unified phrase, plain and polite. Some forms are no words at all; nobody types those.

    For what authors wrote, never for messages: it remembers.
    """
    plain = unify(phrase)
    forms = {plain, _SHORT.get(plain, plain)}
    if plain.endswith("ない"):
        stem = plain[:-2]
        forms |= {stem + "ありません", stem + "ません", _shifted(stem, _THIRD_STEM) + "ません"}
    elif plain.endswith("する"):
        forms.add(plain[:-2] + "します")
    elif plain[-1:] in _FIRST_STEM:
        forms.add(_shifted(plain, _FIRST_STEM) + "ます")
        forms |= {plain[:-1] + "ます"} if plain[-1] == "る" else set()
    return frozenset(forms)


def plain_width(text: str) -> str:
    """The text in plain width without spaces, but with katakana as typed: サイズ must not end in the negative ず."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _shifted(stem: str, to: dict[str, str]) -> str:
    return stem[:-1] + to.get(stem[-1:], stem[-1:])
