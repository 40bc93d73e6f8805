"""The handbook from any chat: what is found, what is not searched, and that a link leads to what was found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.glimpse import MOST, glimpse
from bot.retrieval.found import Found, Why
from tests.conversation.test_asked import Finds, hits
from tests.talk import Talk, real_library


class Refuses:
    """A search that must not be asked."""

    def __call__(self, text: str, shown: str = "") -> Found:
        raise AssertionError(text)

    def why(self, text: str, entry: str) -> Why:
        raise AssertionError(text, entry)


def titles(text: str) -> list[str]:
    return [one.title for one in glimpse(real_library(), text).found]


def test_a_trouble_finds_entries_with_their_pages() -> None:
    found = glimpse(real_library(), "協議体 形骸化")
    first = found.found[0]
    assert (first.id, first.page, found.hint) == ("kakuron-139", 139, "")
    assert first.title.endswith("（139ページ）")
    assert first.gist in first.text
    assert "ハンドブック 139ページ" in first.text
    assert 2 <= len(found.found) <= MOST


def test_there_are_never_more_than_ten() -> None:
    names = tuple(real_library().entries)[:12]
    library = replace(real_library(), search=Finds(Found(answered=True, hits=hits(*names))))
    assert len(glimpse(library, "なにか").found) == MOST


@pytest.mark.parametrize(("text", "first"), [("139", "kakuron-139"), ("p139", "kakuron-139"), ("協議体とは", "")])
def test_a_page_or_a_term_leads_to_its_own_entry(text: str, first: str) -> None:
    library = real_library()
    term = library.term("協議体")
    assert term is not None
    assert [one.id for one in glimpse(replace(library, search=Refuses()), text).found] == [first or term.entry]


def test_every_link_leads_to_the_entry_it_stands_under() -> None:
    library = real_library()
    search = Finds(Found(answered=True, hits=hits(*library.entries)))
    for start in range(0, len(library.entries), MOST):
        search.found = Found(answered=True, hits=hits(*list(library.entries)[start : start + MOST]))
        for one in glimpse(replace(library, search=search), "なにか").found:
            talk = Talk(library=library)
            talk.says(f"/start page-{one.page:03}")
            assert talk.cites[:1] == [one.id]


def test_what_only_comes_near_is_said_to() -> None:
    found = glimpse(real_library(), "移動支援")
    assert found.found
    assert found.hint == real_library().words.say("inline_near")


@pytest.mark.parametrize("text", ["カレー", "999", "p170"])
def test_what_the_book_does_not_have_is_said_so(text: str) -> None:
    found = glimpse(real_library(), text)
    assert (found.found, found.hint) == ((), real_library().words.say("inline_nothing"))


@pytest.mark.parametrize("text", ["", " 　\n"])
def test_before_anything_is_typed_one_hears_what_can_be(text: str) -> None:
    assert glimpse(real_library(), text).hint == real_library().words.say("inline_empty")


@pytest.mark.parametrize("text", ["死にたい", "緊急"])
def test_danger_gets_the_fixed_words_and_nothing_else(text: str) -> None:
    found = glimpse(replace(real_library(), search=Refuses()), text)
    (one,) = found.found
    assert (one.text, one.page, found.hint) == (real_library().words.say("danger"), None, "")
    assert "119" in one.gist


def test_work_that_sounds_like_danger_is_searched_with_a_hint() -> None:
    found = glimpse(real_library(), "安否確認の見守り")
    assert found.found
    assert found.hint == real_library().words.say("danger_hint")


@pytest.mark.parametrize("text", ["田中さんの件", "090-1234-5678", "a@example.jp の人"])
def test_what_tells_who_somebody_is_is_not_searched(text: str) -> None:
    found = glimpse(replace(real_library(), search=Refuses()), text)
    assert (found.found, found.hint) == ((), real_library().words.say("inline_guarded"))
