"""How questions, answers and rules look in words: options, values, {slots}. Reads, never changes anything."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bot.conversation.desk import Desk
from bot.engine.expressions.nodes import Compare, Const, ScoreOf, walk
from bot.engine.flow import Flow, Kind, Option, Question
from bot.engine.questions import QUESTION_TYPES
from bot.engine.questions.figures import with_unit
from bot.engine.values import Gap, Value
from bot.engine.view import View

MOST_DECIMALS = 6
_ABOUT = re.compile("ほど|くらい|ぐらい|程度|前後")  # behind a slot: 約 before it would be one too many
_SLOT = re.compile(r"\{([a-z][\w.]*)\}")


def options_of(desk: Desk, question: Question) -> tuple[Option, ...]:
    """What can be pressed: the options, or the bands of a `measures` in a public chat."""
    if question.kind is Kind.MEASURES:
        return tuple(Option(band.id, band.label) for band in question.bands) if desk.library.public else ()
    return tuple(_worded(desk, option) for option in question.options)


def _worded(desk: Desk, option: Option) -> Option:
    """はい and いいえ where the author wrote no labels of their own."""
    if option.label != option.id or option.id not in ("yes", "no"):
        return option
    return replace(option, label=desk.words("yes" if option.id == "yes" else "no"))


def text_of(desk: Desk, question: Question) -> str:
    banded = question.kind is Kind.MEASURES and desk.library.public
    return question.ask_band if banded else question.text


def show(desk: Desk, question: Question, value: Value) -> str:
    """An answer as people read it."""
    if isinstance(value, Gap):
        return desk.words("unknown" if value is Gap.UNKNOWN else "skipped")
    if question.kind is Kind.YES_NO:
        return next(_worded(desk, option).label for option in question.options if option.id == value)
    return QUESTION_TYPES[question.kind].show(question, value) or desk.words("none_chosen")


def fill(desk: Desk, text: str, view: View) -> str:
    """The text with its {slots}: a question's answer or a score, with unit; what is not known says so."""

    def slot(match: re.Match[str]) -> str:
        shown = _known(desk, match[1], view, said_about=bool(_ABOUT.match(text, match.end())))
        return shown or desk.words("not_known")

    return _SLOT.sub(slot, text)


def _known(desk: Desk, name: str, view: View, *, said_about: bool) -> str:
    if name == "left":
        return str(sum(question.id not in view.answers for question in view.visible()))
    if name in view.flow.scores:
        worth = view.score(name)
        if worth is None or not worth.known:
            return ""
        shown = _decimals(worth.low, view.flow, name)
        figure = with_unit(shown, view.flow.scores[name].unit)
        return figure if said_about or shown == worth.low else desk.words("about_figure", value=figure)
    question = view.questions.get(name)
    value = None if question is None else view.value(question)
    return "" if question is None or value is None else show(desk, question, value)


def _decimals(exact: Fraction, flow: Flow, name: str) -> Decimal:
    """With as few decimals as keep it on its own side of 0 and of every figure that a rule compares it with."""
    cuts = [Fraction(0), *_cuts(flow, name)]
    rounded = [_rounded(exact, digits) for digits in range(1, MOST_DECIMALS + 1)]
    kept = (r for r in rounded if all((r < cut) == (exact < cut) and (r > cut) == (exact > cut) for cut in cuts))
    return next(kept, rounded[-1])


def _rounded(exact: Fraction, digits: int) -> Decimal:
    """Half up: for display only."""
    step = Decimal(1).scaleb(-digits)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(step, ROUND_HALF_UP)


def _cuts(flow: Flow, name: str) -> list[Fraction]:
    """The constants that the flow's rules compare this score with."""
    rules = [result.when.node for result in flow.results if result.when is not None]
    compared = [node for rule in rules for node in walk(rule) if isinstance(node, Compare)]
    sides = [pair for node in compared for pair in ((node.left, node.right), (node.right, node.left))]
    return [b.value for a, b in sides if a == ScoreOf(name) and isinstance(b, Const)]
