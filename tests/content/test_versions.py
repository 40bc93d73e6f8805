"""A version is the content: it changes with every word and with nothing else, and a flow can be read back from it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.load import flow_from_source, read_flow, read_flows
from bot.engine.flow import Flow
from tests.content.roots import make_root


def _flow(folder: Path, name: str, before: str = "", after: str = "", file: str = "") -> Flow:
    path = f"flows/{file or name}.yaml"
    text = (make_root(folder) / path).read_text(encoding="utf-8")
    assert before in text
    return read_flow(make_root(folder, {path: text.replace(before, after)}), name).flows[name]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title:", "# a comment\n\ntitle:"),
        ("title: 眠りをふり返る\nzone: person\n", "zone: person\ntitle: '眠りをふり返る'\n"),
        ("range: [0, 7]", "range:\n      - 0\n      - 7"),
        ("{id: good_nights, otherwise: true", "{otherwise: true, id: good_nights"),
    ],
)
def test_comments_key_order_and_layout_change_no_version(before: str, after: str, tmp_path: Path) -> None:
    assert _flow(tmp_path, "nemuri", before, after).version == _flow(tmp_path, "nemuri").version


@pytest.mark.parametrize(("before", "after"), [("昼寝を", "お昼寝を"), ("range: [0, 7]", "range: [0, 6]")])
def test_every_word_changes_the_version_also_that_of_who_includes_it(before: str, after: str, tmp_path: Path) -> None:
    for name in ("nemuri", "karada"):
        changed = _flow(tmp_path / "changed", name, before, after, file="nemuri")
        assert changed.version != _flow(tmp_path / "plain", name).version
    assert _flow(tmp_path, "kaigi").version == _flow(tmp_path / "changed", "kaigi", file="nemuri").version


def test_a_version_is_twelve_hex_digits(tmp_path: Path) -> None:
    version = _flow(tmp_path, "kaigi").version
    assert len(version) == 12
    assert int(version, 16) >= 0


def test_a_flow_is_the_same_when_read_back_from_its_source(tmp_path: Path) -> None:
    for name, flow in read_flows(make_root(tmp_path)).flows.items():
        again = flow_from_source(name, flow.source)
        assert (again.version, again.source) == (flow.version, flow.source)
        assert [q.id for q in again.plain_questions()] == [q.id for q in flow.plain_questions()]
        assert [q.bands for q in again.plain_questions()] == [_without_lines(q.bands) for q in flow.plain_questions()]
        assert [replace(r, line=0, when=None) for r in again.results] == [
            replace(r, line=0, when=None) for r in flow.results
        ]


def _without_lines(bands: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(
        replace(band, condition=band.condition and replace(band.condition, line=0))  # type: ignore[type-var,attr-defined]
        for band in bands
    )


def test_a_source_that_is_no_flow_is_refused() -> None:
    with pytest.raises(ValueError, match="missing_key"):
        flow_from_source("x", '{"flow":{"title":"題"},"includes":{}}')
