"""Asking in one's own words, on all that ships. The search issue measures; here is what must never get lost."""

from __future__ import annotations

import pytest
import yaml

from bot.assemble import make_tokenise
from bot.retrieval.entry import Entry
from bot.retrieval.features import has_matter, told
from bot.retrieval.search import SURE
from tests.talk import ROOT, real_library, search_over

QUERIES = yaml.safe_load((ROOT / "tests" / "retrieval" / "queries.yaml").read_text(encoding="utf8"))
TOP = 3


@pytest.mark.parametrize(("text", "wanted"), QUERIES["found"].items())
def test_the_page_is_among_the_first_three(text: str, wanted: list[str]) -> None:
    found = real_library().search(text)
    assert found.answered
    assert set(wanted) & {hit.entry for hit in found.hits[:TOP]}, [hit.entry for hit in found.hits[:TOP]]


@pytest.mark.parametrize("text", QUERIES["declined"])
def test_what_the_book_does_not_answer_is_declined(text: str) -> None:
    assert not real_library().search(text).answered


def test_no_query_stands_among_the_phrasings() -> None:
    phrasings = {text for entry in real_library().entries.values() for text in entry.asked_as}
    assert not phrasings & set(QUERIES["found"])


def _entry(page: int, part_of: str | None = None, number: int = 0, asked: str = "") -> Entry:
    name = f"kakuron-{page:03}" + (f"-{number}" if number else "")
    return Entry(name, page, (page,), name, name, "kakuron", "試し", "試し", "…", asked_as=(asked,), part_of=part_of)


def test_a_section_answers_once_by_the_entry_that_fits_best() -> None:
    stages = (
        _entry(42, asked="全体の流れ"),
        _entry(42, "kakuron-042", 1, "訪問の前の下調べ"),
        _entry(42, "kakuron-042", 2, "三回目の支援のあと"),
    )
    found = search_over((*stages, _entry(50, asked="別の話")))("三回目の支援のあと、どうなったか")
    assert [hit.entry for hit in found.hits if hit.entry.startswith("kakuron-042")] == ["kakuron-042-2"]


def test_being_sure_asks_more_than_being_answered() -> None:
    found = real_library().search("協議体が形骸化しがちで困っています")
    assert found.sure
    assert found.hits[0].score >= SURE


@pytest.mark.parametrize("text", ["えーと", "どういうことですか", "<b>", "7"])
def test_a_message_of_idle_words_or_one_sign_has_no_matter(text: str) -> None:
    assert not has_matter(told(text, make_tokenise()))


@pytest.mark.parametrize("text", ["協議体", "サービスC", "足"])
def test_a_word_of_the_field_has_matter(text: str) -> None:
    assert has_matter(told(text, make_tokenise()))


def test_an_empty_book_finds_nothing() -> None:
    assert search_over(())("協議体").hits == ()
