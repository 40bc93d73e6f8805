"""Checks on authors' files that no single value can fail: one function a check, each returns its problems.

`FLOW_CHECKS` go through one flow with its includes; what needs all files at once is in `links.py` and `together.py`.
A new check is one function, one line in a table, one sentence in `knowledge/words/faults.yaml` and one broken example
in `tests/content/broken/`.
"""

from collections.abc import Callable

from bot.content.build import Built
from bot.content.checks import ids, order, person, reading, results, slots
from bot.content.problems import Problem

FLOW_CHECKS: tuple[Callable[[Built], list[Problem]], ...] = (
    ids.duplicate_ids,
    ids.reserved_in_repeat,
    order.cycles,
    order.forward_references,
    person.included_zones,
    person.no_free_text,
    person.bands_for_public_chats,
    reading.differs_on_hidden,
    reading.numbers_that_can_hide,
    results.pages,
    results.rules,
    results.one_otherwise,
    results.same_labels,
    results.repeat_bounds,
    slots.unknown_slots,
)
