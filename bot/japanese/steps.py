"""The steps by which a message is matched with options: each a function of the phrase typed and of the options.

A step returns all that it finds, or (); which steps are taken, and in which order, is decided in options.py. But for
`exact` and `numbered`, none returns a candidate whose polarity differs from the message's.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from bot.japanese.figures import FIGURE, read_figure
from bot.japanese.likeness import likeness
from bot.japanese.phrases import Option, Phrase, read_phrase

CLOSE: Final = 0.1
"""Scores nearer than this to the best are not told apart from it."""

_ALSO: Final = 0.95
_NUMBER: Final = re.compile(rf"(?:その|選択肢|no\.?)?[(\[]?(?P<figure>{FIGURE})[)\]]?(?:番目?|つ目)?")
_BEFORE: Final = r"(?:.{0,12}[はがもでにを、。,])?(?:たぶん|多分|まあ|えっと|やはり|やっぱり)?、?"
_AFTER: Final = r"(?:だけ|のみ|くらい|ぐらい|ほど|程度)?(?:が(?:多い|いい|よい)(?:です)?|にします|でお願いします|かも)?"
# 毎回はしていない is not していない: a word of degree beside a phrase changes it.
_DEGREE: Final = re.compile(
    "毎[回日週月年]|いつも|常に|必ず|全部|全て|すべて|全員|みんな|あまり|それほど|そんなに|時々|ときどき|たまに|ほぼ|ほとんど"
)
_OR: Final = re.compile("か、?|または|もしくは")


@dataclass(frozen=True)
class Match:
    """An option that the message may mean; `how` is exact, number, also or typing."""

    index: int
    score: float
    how: str


Options = tuple[Option, ...]
Step = Callable[[Phrase, Options], tuple[Match, ...]]


def exact(typed: Phrase, options: Options) -> tuple[Match, ...]:
    """The label itself; failing that, the labels that are the message but for their parentheses."""
    whole = [at for at, option in enumerate(options) if option.label == typed.folded]
    bare = [at for at, option in enumerate(options) if option.bare == typed.folded]
    return tuple(Match(at, 1.0, "exact") for at in whole or bare)


def numbered(typed: Phrase, options: Options) -> tuple[Match, ...]:
    """The number under which an option was shown."""
    for reading in typed.readings:
        match = _NUMBER.fullmatch(reading)
        value = read_figure(match["figure"]) if match else None
        if value is not None and value in range(1, len(options) + 1):
            return (Match(int(value) - 1, 1.0, "number"),)
    return ()


def another_form(typed: Phrase, options: Options) -> tuple[Match, ...]:
    """A synonym, or label or synonym in another form: 毎回です, していません."""
    return _also(at for at, option in enumerate(options) if _is_form(typed, option))


def either(typed: Phrase, options: Options) -> tuple[Match, ...]:
    """Two options joined by か."""
    unified = typed.readings[0]
    for found in _OR.finditer(unified):
        sides = map(read_phrase, (unified[: found.start()], unified[found.end() :]))
        named = [exact(side, options) or another_form(side, options) for side in sides]
        if all(named):
            return _also(sorted({match.index for side in named for match in side}))
    return ()


def contained(typed: Phrase, options: Options) -> tuple[Match, ...]:
    """A phrase that a short message holds, with nothing beside it that changes it."""
    named = [_named(typed, option) for option in options]
    if not any(phrase and _holds(reading, phrase) for reading in typed.readings for phrase in named):
        return ()
    # ほぼ毎日 names 毎日 too, and the longer one is meant; うちは毎回または最初だけ names two.
    longest = (not any(phrase in other and phrase != other for other in named) for phrase in named)
    return _also(at for at, stands in enumerate(longest) if named[at] and stands)


def mistyped(typed: Phrase, options: Options) -> tuple[Match, ...]:
    """Phrases that the message is but for a typing mistake."""
    scores = [_likeness(typed, option) for option in options]
    enough = max(scores, default=0.0) - CLOSE
    hits = (Match(at, score, "typing") for at, score in enumerate(scores) if score and score > enough)
    return tuple(sorted(hits, key=lambda match: -match.score))


def _also(indices: Iterable[int]) -> tuple[Match, ...]:
    return tuple(Match(at, _ALSO, "also") for at in indices)


def _is_form(typed: Phrase, option: Option) -> bool:
    return any(not forms.isdisjoint(typed.readings) for _, forms in option.agreeing(typed))


def _named(typed: Phrase, option: Option) -> str:
    """The longest phrase of the option that stands in the message, or ""."""
    phrases = (phrase for phrase, _ in option.agreeing(typed))
    return max((p for p in phrases if len(p) > 1 and p in typed.readings[0]), key=len, default="")


def _holds(reading: str, phrase: str) -> bool:
    beside = reading.replace(phrase, "", 1)
    return not _DEGREE.search(beside) and bool(re.fullmatch(_BEFORE + re.escape(phrase) + _AFTER, reading))


def _likeness(typed: Phrase, option: Option) -> float:
    phrases = [phrase for phrase, _ in option.agreeing(typed)]
    return max((likeness(reading, phrase) for phrase in phrases for reading in typed.readings), default=0.0)
