"""How far along one is: figures everywhere, a row of dots where the channel has room for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.talk import Talk, small_library


def heading(flow: str, answers: int, *, dots: bool) -> str:
    talk = Talk(library=replace(small_library(), dots=dots))
    talk.begin(flow)
    for _ in range(answers):
        talk.says("わからない")
    return next(line for line in talk.text.splitlines() if f"{answers + 1}/" in line)


@pytest.mark.parametrize(
    ("flow", "answers", "shown"),
    [
        ("everything", 0, "1/8 ●○○○○○○○"),
        ("kihon-checklist", 0, "1/25 ●○○○○○○○○○"),
        ("kihon-checklist", 4, "5/25 ●●○○○○○○○○"),
        ("kihon-checklist", 23, "24/25 ●●●●●●●●●○"),
        ("kihon-checklist", 24, "25/25 ●●●●●●●●●●"),
    ],
)
def test_dots_show_how_far_along_one_is(flow: str, answers: int, shown: str) -> None:
    assert heading(flow, answers, dots=True) == shown


def test_where_there_are_no_dots_figures_do() -> None:
    assert heading("kihon-checklist", 2, dots=False) == "（3/25）"
