"""Whole conversations by taps and typing, over the wire, from /start to the result."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.conversation.converse import standing
from bot.engine.flow import Flow, Repeat
from tests.channels.telegram.library import public_library
from tests.channels.telegram.people import begin, faultless, until

if TYPE_CHECKING:
    from tests.channels.telegram.conftest import Bot
    from tests.channels.telegram.people import Person
    from tests.channels.telegram.wire import Server

CHECKLIST, COUNCIL = (public_library().flows[name] for name in ("kihon-checklist", "kyogitai-keigaika"))
MARKUP = "席を<b>丸く</b>&話す <a href='x'>"


async def test_a_flow_with_every_question_type_is_played_to_its_result(
    bot: Bot, server: Server, person: Person
) -> None:
    await begin(person, "試しの質問をひと通り")
    for label in ("していない", "時間がない", "ほかのわけ", "決定"):
        await person.tap(label)
    for asked, said in (("費用は", "1,200万円"), ("割合は", "65"), ("次の会は", "11/30")):
        await person.sees(asked)
        person.say(said)
    for label in ("未満", "少し"):
        await person.tap(label)
    await person.sees("書いてください")
    person.say(MARKUP)
    for label in ("はい", "集会所"):
        await person.tap(label)
    await person.sees("何人来ますか")
    person.say("12人")
    await person.tap("いいえ")
    await person.sees("席を<b>丸く</b>&話す")
    await person.tap("この内容で結果を見る")
    await person.sees("目的の共有は「していない」、費用は1,200万円です。")
    assert "<b>■目を向けたいところ</b>" in (await person.sees("目を向けたいところ")).html
    await faultless(server)


async def test_the_checklist_is_played_by_taps(bot: Bot, server: Server, person: Person) -> None:
    """All answers the first button: 25 items and the deep dive they open, then the result."""
    await begin(person, CHECKLIST.title, CHECKLIST.shelf)
    await _first_buttons(person, "この内容で結果を見る")
    await person.tap("この内容で結果を見る")
    await person.sees(f"「{CHECKLIST.title}」の結果")
    await faultless(server)


async def test_the_council_flow_is_played_by_taps(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, COUNCIL.title, COUNCIL.shelf)
    await _first_buttons(person, "この内容で結果を見る")
    await person.tap("この内容で結果を見る")
    await person.sees(f"「{COUNCIL.title}」の結果")
    await faultless(server)


MORE = [item.more for flow in public_library().flows.values() for item in flow.items if isinstance(item, Repeat)]
WITH_TEXT = [
    "case-to-policy",
    "everything",
    "kayoinoba-plan",
    "kyogitai-keigaika",
    "linkage-check",
    "resource-map",
    "visit-prep",
]
FLOWS = sorted(public_library().flows.values(), key=lambda flow: flow.id)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
async def test_every_flow_goes_to_its_result_with_markup_typed_at_every_question(
    bot: Bot, server: Server, person: Person, flow: Flow
) -> None:
    """Where a text is asked for it is the answer; elsewhere it is not, and the question is put again."""
    person.say(f"/start flow-{flow.id}")
    for label in (f"{flow.title} をはじめる", "同意して始める"):
        await person.tap(label)
    await _answer_with_markup(bot, person)
    session = bot.turns.state("telegram", str(person.id)).session
    assert session is not None
    assert (MARKUP in str(session.answers)) == (flow.id in WITH_TEXT)
    await person.tap("この内容で結果を見る")
    await person.sees(f"「{flow.title}」の結果")
    await faultless(server)


async def _answer_with_markup(bot: Bot, person: Person) -> None:
    tried: set[str] = set()
    for _ in range(60):
        message = await person.offered_anything()
        if "この内容で結果を見る" in message.labels:
            return
        _, question, _ = standing(bot.turns.library, bot.turns.state("telegram", str(person.id)))
        assert question is not None
        if question in tried:
            last = any(more in message.text for more in MORE)  # one item is enough
            await person.tap("いいえ" if last else message.labels[0])
            if "決定" in message.labels:
                await person.tap("決定")
            continue
        tried.add(question)
        before = len(person.screen)
        person.say(MARKUP)
        await until(partial(_is_more, person, before))
    raise AssertionError("the flow does not end")


def _is_more(person: Person, before: int) -> bool:
    return len(person.screen) > before


async def _first_buttons(person: Person, until_offered: str) -> None:
    """Answers every question with its first button; a multi choice with its first and 決定."""
    for _ in range(60):
        message = await person.offered_anything()
        if until_offered in message.labels:
            return
        last = any(more in message.text for more in MORE)  # one item is enough
        await person.tap("いいえ" if last else message.labels[0])
        if "決定" in message.labels:
            await person.tap("決定")
    raise AssertionError("the flow does not end")


async def test_what_is_pressed_is_shown_and_its_buttons_are_gone(bot: Bot, person: Person) -> None:
    await begin(person, "試しの質問をひと通り")
    await person.tap("していない")
    answered = await person.sees("目的は共有していますか")
    assert answered.text.endswith("\n→ していない")
    assert answered.labels == []


async def test_toggles_stay_on_their_message_and_show_what_is_set(bot: Bot, person: Person) -> None:
    await begin(person, "試しの質問をひと通り")
    await person.tap("していない")
    await person.tap("時間がない")
    question = await person.sees("わけをすべて選んでください")
    assert "✓ 時間がない" in question.labels
    before = len(person.screen)
    await person.tap("✓ 時間がない")
    assert "時間がない" in question.labels
    await person.tap("人がいない")
    await person.tap("決定")
    assert question.text.endswith("\n→ 人がいない")
    await person.sees("費用はいくらですか")
    assert len(person.screen) == before + 1


async def test_parts_of_an_entry_replace_one_another(bot: Bot, server: Server, person: Person) -> None:
    person.say("139ページ")
    entry = await person.offered("問いかけ")
    await person.tap("問いかけ")
    assert "要点に戻る" in entry.labels
    await person.tap("要点に戻る")
    assert "問いかけ" in entry.labels
    assert len(person.screen) == 2  # the entry and the notice
    await faultless(server)


async def test_markup_in_a_question_to_the_handbook_stays_text(bot: Bot, server: Server, person: Person) -> None:
    person.say("<b>&<script>")
    await person.sees("Please write in Japanese")
    await faultless(server)


async def test_a_message_of_5000_characters_gets_a_reply(bot: Bot, server: Server, person: Person) -> None:
    await begin(person, "試しの質問をひと通り")
    await person.offered("していない")
    person.say("あいう。\n" * 1000)
    await person.sees("1/8 ●○○○○○○○")
    await faultless(server)


async def test_the_commands_are_in_the_menu_of_clients(bot: Bot, server: Server, person: Person) -> None:
    person.say("/start")
    await person.sees("こんにちは")
    await until(lambda: server.api.menus.keys() >= {"", "ja"})  # sent beside the talk
    for language in ("", "ja"):
        names = [command["command"] for command in server.api.menus[language]]
        assert names == [
            "start",
            "help",
            "flows",
            "records",
            "page",
            "settings",
            "privacy",
            "export",
            "delete",
            "forget",
        ]


def test_every_command_has_its_words() -> None:
    public = public_library().words
    for command in ("start", "help", "flows", "records", "page", "settings", "privacy", "export", "delete", "forget"):
        assert 1 <= len(public.say(f"cmd_{command}")) <= 256
