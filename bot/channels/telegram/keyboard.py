"""Choices as an inline keyboard, and what a press on one says. Order is the conversation's, rows are ours.

A row's buttons share the width of a phone: about 20 full-width characters together before Telegram cuts labels off.
Callback data is the choice's token, in groups with a tag of whose button it is; never text.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.conversation.finding import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.conversation.messages import Choice

MOST = 100  # buttons of one message; Telegram refuses more
LONGEST_DATA = 64  # bytes of callback data
_ROW_WIDTH = 40  # in half-width characters
_SHORT = 20  # a label that leaves room for a second one
_TAG = "~"
_SET = "✓ "
_PART = re.compile(rf"a\.\d+\.(?:{'|'.join(PARTS)})\.")  # the token of a button that shows a part of an entry
_ANSWERS = (":keep", ":done")  # begin with a colon, yet belong to the answers


def to_keyboard(choices: Sequence[Choice], owner: str = "") -> InlineKeyboardMarkup | None:
    if not choices:
        return None
    # What falls out is in the middle of a very long list: the commands at its end are the way out.
    kept = (*choices[: MOST - 10], *choices[-10:]) if len(choices) > MOST else choices
    rows = [row for command, run in groupby(kept, _is_command) for row in _rows(list(run), command=command)]
    return InlineKeyboardMarkup([[_button(choice, owner) for choice in row] for row in rows])


def wants_words(choices: Sequence[Choice]) -> bool:
    """Whether these stand under a question that is answered by typing."""
    asks = any(choice.token.startswith("q.") for choice in choices)
    return asks and all(choice.id.startswith(":") and choice.id != ":done" for choice in choices)


def _is_command(choice: Choice) -> bool:
    return choice.id.startswith(":") and choice.id not in _ANSWERS


def _rows(choices: list[Choice], *, command: bool) -> Iterator[Sequence[Choice]]:
    """Answers: two columns if all are short, else one. Commands: up to four a row, long ones alone."""
    if not command:
        plain = [choice for choice in choices if choice.id not in _ANSWERS]
        columns = 2 if all(_width(_label(choice)) <= _SHORT for choice in plain) else 1
        for alone, run in groupby(choices, lambda choice: choice.id in _ANSWERS):
            yield from _spread(list(run), 1 if alone else columns)
        return
    for wide, run in groupby(choices, lambda choice: _width(choice.label) > _SHORT):
        same = list(run)
        yield from _spread(same, 1 if wide else min(4, _ROW_WIDTH // max(_width(one.label) for one in same)))


def _spread(choices: list[Choice], columns: int) -> Iterator[Sequence[Choice]]:
    """Rows as even as can be: five in four columns are three and two."""
    rows = -(-len(choices) // columns)
    even = -(-len(choices) // rows)
    for start in range(0, len(choices), even):
        yield choices[start : start + even]


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in label)


def _label(choice: Choice) -> str:
    return _SET + choice.label if choice.on else choice.label


def _button(choice: Choice, owner: str) -> InlineKeyboardButton:
    tagged = f"{choice.token}{_TAG}{owner}" if owner else choice.token
    data = tagged if len(tagged.encode()) <= LONGEST_DATA else choice.token  # without a tag the turn still knows better
    assert 1 <= len(data.encode()) <= LONGEST_DATA, f"callback data of {len(data.encode())} bytes: {choice.id}"
    return InlineKeyboardButton(_label(choice), callback_data=data)


# --- what a press says ---


def read_data(data: str, *, tagged: bool) -> tuple[str, str]:
    """Token and owner's tag. Only buttons in groups have one."""
    token, _, owner = data.partition(_TAG) if tagged else (data, "", "")
    return token, owner


def chosen_label(keyboard: InlineKeyboardMarkup | None, data: str) -> str:
    """What to show as chosen: the label pressed, for 決定 the labels that are set. Empty if the button is gone."""
    buttons = [button for row in keyboard.inline_keyboard for button in row] if keyboard else []
    pressed = next((button.text for button in buttons if button.callback_data == data), "")
    if read_data(data, tagged=True)[0].endswith(".done"):
        return "、".join(_set_labels(button.text for button in buttons)) or pressed
    return pressed.removeprefix(_SET)


def is_read_on(keyboard: InlineKeyboardMarkup | None) -> bool:
    """Whether an entry of the handbook stands there, whose parts are shown in each other's place."""
    data = [str(button.callback_data) for row in keyboard.inline_keyboard for button in row] if keyboard else []
    return any(_PART.match(one) for one in data)


def _set_labels(labels: Iterable[str]) -> list[str]:
    return [label.removeprefix(_SET) for label in labels if label.startswith(_SET)]
