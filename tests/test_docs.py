"""What the documents claim is so: commands, settings, words, question types, keys of entries."""

from __future__ import annotations

import re

import pytest

from bot.content.knowledge_shapes import EntryShape
from bot.engine.questions import QUESTION_TYPES
from bot.settings import SETTINGS
from tests.talk import ROOT, real_library

README = (ROOT / "README.md").read_text(encoding="utf8")
FLOWS = (ROOT / "docs" / "flows.md").read_text(encoding="utf8")
KNOWLEDGE = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf8")


def test_the_readme_lists_every_setting_and_no_other() -> None:
    listed = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)
    assert listed == [setting.key for setting in SETTINGS]


def test_the_words_that_the_readme_names_work() -> None:
    line = next(line for line in README.splitlines() if line.startswith("どこでも使えることば: "))
    words = line.removeprefix("どこでも使えることば: ").rstrip("。").split("、")
    commands = real_library().words.commands
    from bot.japanese.width import fold  # noqa: PLC0415

    assert all(fold(word) in commands for word in words), words


def test_the_flows_that_the_readme_names_are_there_under_the_menus_headings() -> None:
    rows = dict(re.findall(r"^\| ([^|]+) \| (「[^|]+) \|$", README, re.MULTILINE))
    named = {name: re.findall(r"「(.+?)」", row) for name, row in rows.items()}
    assert named == {name: [flow.title for flow in flows] for name, flows in real_library().shelves()}


@pytest.mark.parametrize("target", re.findall(r"^make ([a-z-]+)", README, re.MULTILINE))
def test_the_commands_of_the_readme_are_in_the_makefile(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE)


@pytest.mark.parametrize("kind", [kind.value for kind in QUESTION_TYPES])
def test_every_question_type_is_in_the_authors_guide(kind: str) -> None:
    assert f"`{kind}`" in FLOWS


@pytest.mark.parametrize("key", list(EntryShape.model_fields))
def test_every_key_of_an_entry_is_in_the_authors_guide(key: str) -> None:
    assert f"`{key}`" in KNOWLEDGE


def test_every_file_that_the_documents_link_to_is_there() -> None:
    for text, folder in ((README, ROOT), ((ROOT / "CONTRIBUTING.md").read_text(encoding="utf8"), ROOT)):
        for link in re.findall(r"\]\(((?!http)[^)]+)\)", text):
            assert (folder / link).exists(), link
