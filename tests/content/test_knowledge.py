"""Entries, works and the bot's own words; and files that are missing or no text."""

from pathlib import Path

import pytest

from bot.content.load import content_root, read_content, read_entries
from bot.japanese.width import fold
from tests.content.roots import HERE, REPO, make_root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


def test_an_entry_is_read_whole(root: Path) -> None:
    entries = read_entries(root)
    entry = entries.entries["kakuron-139"]
    assert (entry.part, entry.page, entry.pages, entry.section) == ("kakuron", 139, (139,), "kakuron-139")
    assert [work.title for work in entry.references] == ["手引き"]
    assert (entry.ask[0].of, entry.related[0].page) == ("協議体の参加者", 10)
    assert list(entries.works) == ["hints"]


def test_entries_come_in_the_books_order(tmp_path: Path) -> None:
    stage = (
        "id: soron-042-{n}\npage: 42\npart_of: soron-042\nname: 段{n}\ntitle: 題\ntheme: T\nkind: 本文\nshort: 短い。\n"
    )
    files = {f"knowledge/soron/042-{n}.yaml": stage.format(n=n) for n in (2, 10, 1)}
    found = list(read_entries(make_root(tmp_path, files)).entries)
    assert found == ["soron-010", "soron-042-1", "soron-042-2", "soron-042-10", "kakuron-139"]


def test_a_broken_entry_is_not_there_but_may_be_cited(tmp_path: Path) -> None:
    text = (make_root(tmp_path) / "knowledge/kakuron/139.yaml").read_text(encoding="utf-8")
    content = read_content(make_root(tmp_path, {"knowledge/kakuron/139.yaml": text.replace("page: 139\n", "")}))
    assert list(content.entries) == ["soron-010"]
    assert {problem.code for problem in content.problems} == {"missing_key"}


def test_words_commands_and_danger_are_read(root: Path) -> None:
    content = read_content(root)
    assert content.words.say("hello", name="花子") == "こんにちは、花子さん。"
    assert content.words.commands[fold("モドル")] == "back"
    assert content.danger.patterns == ("死にたい", "息をしていない")
    assert [avoid.word for avoid in content.avoid] == ["老人", "警告"]
    assert content.family_names == ("佐藤", "鈴木")
    assert "missing_key" in content.faults_catalogue


@pytest.mark.parametrize(
    "name",
    [
        "knowledge/avoid.yaml",
        "knowledge/bibliography.yaml",
        "knowledge/danger.yaml",
        "knowledge/guard.yaml",
        "knowledge/words/commands.yaml",
        "knowledge/words/faults.yaml",
    ],
)
def test_a_missing_file_is_a_fault_and_nothing_breaks(name: str, root: Path) -> None:
    (root / name).unlink()
    found = read_content(root).problems
    assert ("missing_file", name) in [(problem.code, problem.file) for problem in found]


def test_an_empty_folder_is_told_file_by_file(tmp_path: Path) -> None:
    found = read_content(tmp_path)
    assert {problem.code for problem in found.problems} == {"missing_file"}
    assert "flows/" in {problem.file for problem in found.problems}
    assert (found.flows, found.entries) == ({}, {})


def test_a_file_in_another_encoding_is_told_as_such(root: Path) -> None:
    (root / "flows/nemuri.yaml").write_bytes("title: 眠り\n".encode("shift_jis"))
    found = read_content(root)
    assert [(problem.code, problem.file) for problem in found.problems] == [("not_utf8", "flows/nemuri.yaml")]
    assert sorted(found.flows) == ["kaigi"]


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "text\n", "a: [\n", "5\n", "{}\n"])
@pytest.mark.parametrize(
    "name",
    [
        "flows/nemuri.yaml",
        "knowledge/kakuron/139.yaml",
        "knowledge/bibliography.yaml",
        "knowledge/avoid.yaml",
        "knowledge/danger.yaml",
        "knowledge/words/commands.yaml",
        "knowledge/words/greeting.yaml",
        "knowledge/words/faults.yaml",
    ],
)
def test_no_file_can_make_the_reader_fail(name: str, text: str, tmp_path: Path) -> None:
    read_content(make_root(tmp_path, {name: text}))


def test_the_checkout_is_preferred() -> None:
    assert content_root() == REPO


def test_a_file_with_another_ending_is_told_because_nobody_would_read_it(root: Path) -> None:
    (root / "flows/nemuri.yaml").rename(root / "flows/nemuri.yml")
    found = [(problem.file, problem.code) for problem in read_content(root).problems]
    assert ("flows/nemuri.yml", "not_read") in found


def test_without_proof_only_rules_that_never_hold_go_unseen(tmp_path: Path) -> None:
    text = (HERE / "broken/never_holds.yaml").read_text(encoding="utf-8")
    root = make_root(tmp_path, {"flows/never_holds.yaml": text})
    assert read_content(root, prove=False).problems == ()
    assert [problem.code for problem in read_content(root).problems] == ["never_holds"]
