"""Where concrete things meet: what is made, what waits until it is needed, and what must not be started at all."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import assemble
from bot.clock import clock
from bot.content.load import Content, content_root, read_content
from bot.content.problems import Grade, Problem
from bot.conversation.messages import Typed
from bot.japanese.words import Tokenise
from bot.settings import Settings
from bot.turn import Incoming


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(content_root())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "new" / "bansou.db", operator="A町", contact="窓口")


def test_turns_stand_on_a_store_with_its_key_beside_it(settings: Settings, content: Content) -> None:
    with assemble.open_turns(settings, content) as turns:
        said = turns.take(Incoming("terminal", "u", Typed("このボットについて")))
    assert "設置者: A町" in said.replies[0].text
    assert Path(f"{settings.database}.key").exists()


def test_a_public_bot_with_a_list_is_not_for_everybody(settings: Settings, content: Content) -> None:
    listed = replace(settings, allowed_users=frozenset())
    made = assemble.make_library
    assert made(listed, content, public=True).closed
    assert not made(settings, content, public=True).closed
    assert not made(listed, content).closed


def test_a_given_key_needs_no_file_and_finds_the_same_user_again(settings: Settings, content: Content) -> None:
    given = replace(settings, key="a key that the operator keeps elsewhere")
    for turn in (1, 2):
        with assemble.open_turns(given, content) as turns:
            turns.take(Incoming("terminal", "u", Typed("メニュー")))
            assert turns.state("terminal", "u").turn == turn
    assert not Path(f"{settings.database}.key").exists()


def test_sudachi_and_the_index_wait_for_the_first_search(
    settings: Settings, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def make_tokenise() -> Tokenise:
        made.append("made")
        return lambda _: ()

    monkeypatch.setattr(assemble, "make_tokenise", make_tokenise)
    with assemble.open_turns(settings, content) as turns:
        turns.take(Incoming("terminal", "u", Typed("メニュー")))
        assert made == []
        turns.take(Incoming("terminal", "u", Typed("男性が来ない")))
        turns.take(Incoming("terminal", "u", Typed("担い手がいない")))
    assert made == ["made"]


def test_the_search_that_ships_finds_the_section(content: Content) -> None:
    found = assemble.make_search(content.entries, content.asking)("協議体が形骸化しています")
    assert found.answered
    assert found.hits[0].entry == "kakuron-139"


@pytest.mark.parametrize("text", ["", "\ud800", "あ" * 60_000, "𠮷" * 60_000, "\x00"])
def test_no_text_is_too_much_for_the_tokeniser(text: str) -> None:
    assemble.make_tokenise()(text)


def test_a_public_channel_gets_a_public_library(settings: Settings, content: Content) -> None:
    assert not assemble.make_library(settings, content).public
    assert assemble.make_library(settings, content, public=True).public


@pytest.mark.parametrize("file", ["knowledge/words/talk.yaml", "knowledge/danger.yaml", "knowledge/guard.yaml"])
def test_without_words_or_the_tables_for_danger_and_privacy_nobody_is_talked_to(
    settings: Settings, content: Content, file: str
) -> None:
    fault = Problem(file, 3, (), Grade.FAULT, "not_yaml")
    issue = Problem(file, 4, (), Grade.ISSUE, "avoided_word")
    with pytest.raises(assemble.Unusable) as caught:
        assemble.make_library(settings, replace(content, problems=(fault, issue)))
    assert caught.value.problems == (fault,)


def test_a_fault_in_a_flow_or_an_entry_stops_nothing(settings: Settings, content: Content) -> None:
    fault = Problem("flows/x.yaml", 3, (), Grade.FAULT, "not_yaml")
    assert assemble.make_library(settings, replace(content, problems=(fault,))).flows


def test_the_content_s_version_changes_with_any_word(content: Content) -> None:
    version = assemble.content_version(content)
    assert len(version) == 12
    entry = replace(content.entries["kakuron-139"], short="別のことば")
    changed = replace(content, entries=content.entries | {entry.id: entry})
    assert assemble.content_version(changed) != version


def test_the_clock_is_japan_s_and_fresh_strings_differ() -> None:
    assert clock().utcoffset() == timedelta(hours=9)
    drawn = {assemble.fresh() for _ in range(100)}
    assert len(drawn) == 100
    assert all(len(one.encode()) <= 16 for one in drawn)
