"""What the tests talk to: all that ships, the test flow with every question type, on a channel that is public."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from bot.channels.telegram.menu import COMMANDS
from bot.content.load import flow_from_source
from bot.turn import Turns
from tests.talk import NOON, SECRET, small_library

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.conversation.library import Library
    from bot.store.store import Store


_YET_TO_COME = {
    **{f"cmd_{name}": name for name in COMMANDS},
    "not_allowed": "（not_allowed）",
    "not_yours": "（not_yours）",
    "trouble": "（trouble）",
}


@cache
def public_library() -> Library:
    library = small_library()
    words = replace(library.words, texts={**_YET_TO_COME, **library.words.texts})
    return replace(library, words=words, public=True)


def make_turns(store: Store, fresh: Callable[[], str], library: Library | None = None) -> Turns:
    return Turns(library or public_library(), store, SECRET, lambda: NOON, fresh, flow_from_source)
