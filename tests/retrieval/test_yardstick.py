"""Floors: what the search reached must not be lost. The figures are those that `make bench-search` prints."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.japanese.width import fold
from tests.retrieval.yardstick import (
    PARTS,
    asked_on,
    both_named,
    by_voice,
    outside_declined,
    pages_by,
    together,
    yardstick,
)
from tests.talk import real_library

# Percent: the first answer right, one of the first three right. `all` are the five voices together.
FLOORS = {
    "develop": {
        "all": (89, 96),
        "polite": (96, 100),
        "synonym": (93, 93),
        "keyword": (94, 100),
        "kana": (100, 100),
        "complaint": (68, 93),
        "practitioner": (71, 93),
        "ambiguous": (60, 86),
    },
    "untouched": {
        "all": (92, 95),
        "polite": (97, 100),
        "synonym": (97, 100),
        "keyword": (100, 100),
        "kana": (100, 100),
        "complaint": (73, 81),
        "practitioner": (72, 90),
        "ambiguous": (90, 100),
    },
}
OUTSIDE_DECLINED = {"develop": 98, "untouched": 89}
MOST_WRONGLY_DECLINED = {"develop": 4, "untouched": 4}
ASKED_ON = {"develop": 91, "untouched": 89}
BOTH_NAMED = {"develop": 61, "untouched": 66}


@pytest.mark.parametrize("part", PARTS)
def test_no_voice_falls_below_its_floor(part: str) -> None:
    tallies = by_voice(pages_by(real_library()), part)
    tallies["all"] = together(tallies)
    found = {voice: (tallies[voice].percent("first"), tallies[voice].percent("three")) for voice in FLOORS[part]}
    below = [
        voice for voice, (first, three) in FLOORS[part].items() if found[voice][0] < first or found[voice][1] < three
    ]
    assert not below, found


@pytest.mark.parametrize("part", PARTS)
def test_what_the_book_does_not_answer_is_declined_and_little_else(part: str) -> None:
    answer = pages_by(real_library())
    assert outside_declined(answer, part).percent("declined") >= OUTSIDE_DECLINED[part]
    tallies = by_voice(answer, part)
    assert together(tallies).percent("declined") <= MOST_WRONGLY_DECLINED[part]
    assert tallies["practitioner"].percent("declined") <= MOST_WRONGLY_DECLINED[part]


@pytest.mark.parametrize("part", PARTS)
def test_asking_on_is_understood_in_the_whole_chat(part: str) -> None:
    tallies = asked_on(real_library(), part)
    assert together(tallies, tallies).percent("first") >= ASKED_ON[part]


@pytest.mark.parametrize("part", PARTS)
def test_two_matters_are_both_named(part: str) -> None:
    assert both_named(real_library(), part).percent("three") >= BOTH_NAMED[part]


def _texts() -> Iterator[str]:
    for kind, parts in yardstick().items():
        for part in PARTS:
            turns = (turn for one in parts[part] for turn in (one["turns"] if kind == "conversations" else [one]))
            yield from (turn["q"] for turn in turns)


def test_no_question_of_the_yardstick_stands_among_the_examples() -> None:
    library = real_library()
    examples = {fold(text) for entry in library.entries.values() for text in entry.asked_as}
    examples |= {fold(text) for one in library.neighbours.values() for text in one.asked_as}
    assert not examples & set(map(fold, _texts())) - {""}


def test_the_yardstick_is_as_large_as_it_must_be() -> None:
    counted = {kind: sum(map(len, parts.values())) for kind, parts in yardstick().items()}
    assert counted["questions"] >= 300
    assert counted["outside"] >= 60
    assert counted["conversations"] >= 30


def test_every_page_of_the_yardstick_is_that_of_a_section() -> None:
    pages = {entry.page for entry in real_library().entries.values()}
    for part in PARTS:
        for one in yardstick()["questions"][part]:
            assert set(one["pages"]) <= pages, one
