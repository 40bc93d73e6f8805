"""What the tests talk to: all that ships, the test flow with every question type, on a channel that is public."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assemble import make_library
from bot.content.load import flow_from_source, read_content
from bot.settings import Settings
from bot.turn import Turns
from tests.talk import NOON, ROOT, SECRET, everything

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.conversation.library import Library
    from bot.store.store import Store


@cache
def public_library() -> Library:
    """Its search is made when it is first needed: a process that a test starts is there within a second."""
    library = make_library(Settings(Path("unused")), read_content(ROOT, prove=False), public=True)
    return replace(library, flows={**library.flows, "everything": everything()})


def make_turns(store: Store, fresh: Callable[[], str], library: Library | None = None) -> Turns:
    return Turns(library or public_library(), store, SECRET, lambda: NOON, fresh, flow_from_source)
