"""`type: yes_no` — はい or いいえ. The value is "yes" or "no".

Never reads a digit: the official sheet prints 0 and 1 for はい on different items (semantics §7). Words such as ある,
ない or できる are read only where the question declares them.
"""

from __future__ import annotations

from bot.engine.flow import Question
from bot.engine.questions.base import Context, Json, Read, Reading, Unreadable, impossible, label_of, names_of
from bot.engine.values import Value
from bot.japanese.numerals import read_quantities
from bot.japanese.options import match_options
from bot.japanese.polarity import read_yes_no
from bot.japanese.width import fold, is_question

_LONGEST_FIGURE = 3  # "1", "①", "1." and the like; a longer message is not somebody copying the sheet's number


def read(question: Question, text: str, _context: Context) -> Reading:
    said = read_yes_no(text, question.says_yes, question.says_no)
    if said is not None:
        return Read(said)
    exact = [match for match in match_options(text, names_of(question), numbers=False) if match.how == "exact"]
    if len(exact) == 1 and not is_question(text):
        return Read(question.options[exact[0].index].id)
    is_figure = len(fold(text)) <= _LONGEST_FIGURE and any(one.unit == "" for one in read_quantities(text))
    return Unreadable("digit" if is_figure else "unreadable")


def show(question: Question, value: Value) -> str:
    return label_of(question, str(value))


def accept(question: Question, plain: Json) -> Value:
    if plain in ("yes", "no"):
        return str(plain)
    raise impossible(question, plain, "yes | no")


def plain(_question: Question, value: Value) -> Json:
    return str(value)
