"""The index is built once, kept as a file, and made anew whenever that file is not what it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.assemble import make_tokenise
from bot.kept import kept_index
from bot.retrieval.asking import NOTHING
from bot.retrieval.entry import Entry
from bot.retrieval.features import told
from bot.retrieval.index import Index, build_index, units_of

ENTRIES = tuple(
    Entry(f"kakuron-{page}", page, (page,), name, name, "kakuron", "試し", "試し", name, asked_as=(asked,))
    for page, name, asked in ((139, "会議を生かす", "誰もしゃべらない"), (125, "男性の参加", "男の人が来ない"))
)


def index(folder: Path, entries: tuple[Entry, ...], built: list[int]) -> Index:
    units = units_of(entries, NOTHING)

    def build() -> Index:
        built.append(1)
        return build_index(units, make_tokenise())

    return kept_index(folder, units, build)


def best(index: Index, text: str) -> str:
    scores = index.scores(told(text, make_tokenise()))
    return index.units[int(scores.argmax())].id


def test_it_is_built_once_and_then_read(tmp_path: Path) -> None:
    built: list[int] = []
    first, second = index(tmp_path, ENTRIES, built), index(tmp_path, ENTRIES, built)
    assert len(built) == 1
    one = told("男の人がいない", make_tokenise())
    assert first.scores(one).tolist() == second.scores(one).tolist()
    assert best(second, "男の人がいない") == "kakuron-125"


def test_other_entries_make_another_and_sweep_the_old_one_away(tmp_path: Path) -> None:
    built: list[int] = []
    index(tmp_path, ENTRIES, built)
    index(tmp_path, ENTRIES[:1], built)
    assert len(built) == 2
    assert len(list(tmp_path.glob("index-*.npz"))) == 1


@pytest.mark.parametrize("wrong", [b"", b"no index", b"PK\x03\x04", b"\x93NUMPY"])
def test_a_broken_file_is_built_over(tmp_path: Path, wrong: bytes) -> None:
    built: list[int] = []
    index(tmp_path, ENTRIES, built)
    next(tmp_path.glob("index-*.npz")).write_bytes(wrong)
    assert best(index(tmp_path, ENTRIES, built), "誰もしゃべらない") == "kakuron-139"
    assert len(built) == 2


def test_where_nothing_can_be_written_it_is_built_each_time(tmp_path: Path) -> None:
    built: list[int] = []
    (tmp_path / "file").write_text("in the way")
    for _ in range(2):
        index(tmp_path / "file" / "folder", ENTRIES, built)
    assert len(built) == 2
