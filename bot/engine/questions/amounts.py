"""What a figure may mean at a `type: number` question where it stands without its unit, or was reckoned into it.

The question's own unit is the rule. Two slips are common enough to look for: a share typed for a percentage (0.65),
and 千円 or 円 where 万円 is asked for (12000). A reading that the question's range or step forbids is none.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from bot.engine.flow import Question
from bot.engine.questions.figures import in_smaller_money, nearest, on_step, spelled, within

_LONG = 10_000  # five digits in 万円 are 億, and few who mean those leave the unit out
_TOO_LONG = 1_000_000  # seven digits in 万円 are 100億: where the range forbids them, smaller money is meant
_ROUNDED = Fraction(1, 20)  # of a figure: as much as rounding may change it
# Ten digits on end, or a 0 before them, are more likely the number of a card than an amount.
_AMOUNT = re.compile(r"[1-9][0-9]{,8}|[1-9][0-9]{,2}(?:,[0-9]{3})+")


def meanings(question: Question, value: Decimal, typed: str) -> tuple[tuple[Fraction, ...], str]:
    """What a bare figure can stand for, at least one, and the reason for asking where there are more."""
    own = Fraction(value)
    if is_percent(question) and 0 < value < 1:
        found, reason = [v for v in (value, value * 100) if fits(question, v)], "percent"
        return tuple(map(Fraction, found)) or (own,), reason
    return tuple(_in_money(question, value, typed)) or (own,), "scale"


def is_percent(question: Question) -> bool:
    return spelled(question.unit) == "%"


def fits(question: Question, value: Decimal) -> bool:
    return within(value, question.low, question.high) and on_step(value, question.step)


def rounded(question: Question, exact: Fraction) -> Decimal | None:
    """The value on the question's step that stands for a reckoned figure; None where that were another figure."""
    value = nearest(exact, question.step)
    return value if abs(Fraction(value) - exact) <= abs(exact) * _ROUNDED else None


def _in_money(question: Question, value: Decimal, typed: str) -> list[Fraction]:
    """A figure that is too long in its own unit, or cannot be in it, may be 千円 or 円."""
    own, can_be = Fraction(value), fits(question, value)
    if value < (_LONG if can_be else _TOO_LONG) or not _AMOUNT.fullmatch(typed):
        return [own]
    others = [other for other in in_smaller_money(own, question.unit) if _admits(question, other)]
    if question.usual is None:
        return [own] if can_be else others
    low, high = map(Fraction, question.usual)
    usual = [other for other in others if low <= other <= high]
    if not can_be:
        return usual or others
    # Likelier is what lies nearer to the middle of the usual, as magnitudes go.
    return [own, *(other for other in usual if other * own > low * high)]


def _admits(question: Question, exact: Fraction) -> bool:
    value = rounded(question, exact)
    return value is not None and within(value, question.low, question.high)
