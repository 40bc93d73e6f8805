"""The terminal: streams in, streams out. A pipe gets nothing but the talk; somebody who sits there, a little more."""

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from bot.channels.base import Channel
from bot.channels.terminal import ME, PROMPT, Look, Terminal, lines_of
from bot.conversation.messages import Choice, Reply
from tests.talk import Talk, locked_once

KEPT = "ここまでの答えは、すべて残っています。"


class Interrupted(StringIO):
    """Typed lines, then Ctrl-C."""

    def readline(self, size: int | None = -1, /) -> Any:  # typeshed disagrees with itself here
        line = super().readline(-1 if size is None else size)
        if not line:
            raise KeyboardInterrupt
        return line


class Sitting:
    """Somebody at the terminal, or a pipe: the same user on the same store over several starts."""

    def __init__(self) -> None:
        self.talk = Talk()

    def types(self, *lines: str, live: bool = False) -> str:
        return self.runs(StringIO("".join(line + "\n" for line in lines)), live=live)

    def runs(self, source: StringIO, *, live: bool = False) -> str:
        out = StringIO()
        assert Terminal(self.talk.turns, source, out, live=live).serve() == 0
        return out.getvalue()

    @property
    def question(self) -> str | None:
        """What waits now: an empty line puts it again and changes nothing."""
        state = self.talk.turns.state("terminal", ME)
        return None if state.session is None else state.session.shown[-1].question


@pytest.fixture
def sitting() -> Sitting:
    return Sitting()


def begins(sitting: Sitting) -> None:
    sitting.types("/start flow-everything", "1")
    assert sitting.question == "purpose"


def test_it_is_a_channel() -> None:
    channel: Channel = Terminal(Talk().turns, StringIO(), StringIO())
    assert (channel.name, channel.public) == ("terminal", False)


def test_a_pipe_gets_nothing_but_the_replies(sitting: Sitting) -> None:
    assert sitting.types() == ""
    said = sitting.types("ヘルプ")
    assert "今日は、何から始めましょうか。" in said
    assert PROMPT not in said
    assert "\x1b" not in said
    assert KEPT not in said


def test_on_a_pipe_one_line_is_one_message_also_the_last_without_its_end(sitting: Sitting) -> None:
    begins(sitting)
    sitting.runs(StringIO("毎回している\n1,200万円"))
    assert sitting.question == "rate"


def test_lines_of_another_system_end_there_too(sitting: Sitting) -> None:
    begins(sitting)
    sitting.runs(StringIO("毎回している\r\n"))
    assert sitting.question == "cost"


def test_a_long_line_stays_one_line_on_a_pipe(sitting: Sitting) -> None:
    said = sitting.types("139ページ")
    assert max(map(len, said.splitlines())) > 80


def test_the_choices_have_the_numbers_in_which_the_conversation_counts(sitting: Sitting) -> None:
    said = sitting.types("/start")
    number, title = next(line.split() for line in said.splitlines() if line.endswith("試しの質問をひと通り"))
    assert f"「{title}」" in sitting.types(number)
    assert "  1 毎回している\n  2 最初だけした\n  3 していない\n" in sitting.types("1")
    sitting.types("２")
    assert sitting.question == "cost"


def test_what_is_open_heads_the_menu_and_counts_as_its_first_choice(sitting: Sitting) -> None:
    begins(sitting)
    assert "  1 続きから\n" in sitting.types("/start")
    assert "目的は共有していますか" in sitting.types("1")


def test_a_label_may_be_typed_too(sitting: Sitting) -> None:
    begins(sitting)
    sitting.types("毎回している")
    assert sitting.question == "cost"


def test_commands_stand_on_one_line_at_the_end(sitting: Sitting) -> None:
    begins(sitting)
    assert sitting.types("").endswith("  わからない / なぜ聞くの / 戻る / 休む\n\n")


def test_a_confirmation_has_its_commands_as_choices(sitting: Sitting) -> None:
    begins(sitting)
    assert "  1 続ける\n  2 残して休む\n  3 この回答を消す\n" in sitting.types("やめる")
    assert "続きから" in sitting.types("2")


def test_an_empty_line_repeats_the_question_and_changes_nothing(sitting: Sitting) -> None:
    begins(sitting)
    sitting.types("毎回している")
    before = sitting.talk.turns.state("terminal", ME)
    assert "費用はいくらですか（万円）" in sitting.types("")
    after = sitting.talk.turns.state("terminal", ME)
    assert after == replace(before, turn=after.turn, offered=after.offered)


# --- layout ---


def shown(*choices: Choice) -> list[tuple[str, Look]]:
    return list(lines_of((Reply("問い", choices),)))[1:-1]


def test_yes_and_no_have_no_numbers() -> None:
    choices = (
        Choice("yes", "はい（充実感がない）", "q.s.1.0"),
        Choice("no", "いいえ", "q.s.1.1"),
        Choice(":back", "戻る", "a.1.back."),
    )
    assert shown(*choices) == [
        ("  はい（充実感がない）", Look.CHOICE),
        ("  いいえ", Look.CHOICE),
        ("  戻る", Look.COMMANDS),
    ]


def test_what_is_set_of_several_is_marked() -> None:
    choices = (Choice("time", "時間がない", "q.s.1.+0"), Choice("-people", "人がいない", "q.s.1.-1", on=True))
    assert [line for line, _ in shown(*choices)] == ["  1 時間がない", "  2 人がいない ✓"]


def test_a_scale_shows_its_own_figures_only() -> None:
    assert shown(Choice("0", "0 まったくない", "q.s.1.0"), Choice("1", "1 少し", "q.s.1.1")) == [
        ("  0 まったくない", Look.CHOICE),
        ("  1 少し", Look.CHOICE),
    ]


def test_the_answer_before_stands_above_the_options_and_takes_no_number() -> None:
    lines = shown(
        Choice(":keep", "前の答え: A（そのまま）", "q.s.1.keep"),
        Choice("a", "A", "q.s.1.0"),
        Choice("b", "B", "q.s.1.1"),
    )
    assert [line for line, _ in lines] == ["  前の答え: A（そのまま）", "  1 A", "  2 B"]


def test_older_choices_are_shown_by_their_words_only() -> None:
    first = Reply("手引き", (Choice("more:x", "くわしく", "a.1.more.x"),))
    second = Reply("問い", (Choice("a", "A", "q.s.1.0"),))
    assert [line for line, _ in lines_of((first, second, Reply("はじめに")))] == [
        *["手引き", "  くわしく", "", "問い", "  1 A", "", "はじめに", ""]
    ]


# --- somebody sits there ---


def test_somebody_who_sits_there_is_greeted_prompted_and_told_that_all_is_kept(sitting: Sitting) -> None:
    said = sitting.types("ヘルプ", live=True)
    assert said.startswith("こんにちは。")
    assert said.count(PROMPT) == 2
    assert KEPT in said.splitlines()[-1]


def test_ctrl_c_says_that_all_is_kept_too(sitting: Sitting) -> None:
    begins(sitting)
    assert KEPT in sitting.runs(Interrupted("毎回している\n"), live=True)
    assert KEPT in sitting.runs(Interrupted(""))
    assert sitting.question == "cost"


def test_in_the_middle_of_a_flow_its_question_is_put_instead_of_a_greeting(sitting: Sitting) -> None:
    begins(sitting)
    sitting.types("毎回している")
    said = sitting.types(live=True)
    assert "費用はいくらですか（万円）" in said
    assert "こんにちは。" not in said


def test_what_looks_like_markup_is_shown_as_it_is(sitting: Sitting) -> None:
    begins(sitting)
    sitting.types("毎回している", "1200", "65", "11/30", "160 52", "3", "[bold]席[/bold] :smile: https://example.com")
    assert "[bold]席[/bold] :smile: https://example.com" in sitting.types("いいえ", live=True)


def test_two_names_are_two_people() -> None:
    talk = Talk()
    Terminal(talk.turns, StringIO("/start flow-everything\n1\n"), StringIO(), user="甲").serve()
    assert talk.turns.state("terminal", "甲").at == "flow"
    assert talk.turns.state("terminal", "乙").at == "menu"


def test_what_cannot_be_kept_is_said_and_the_next_line_is_taken(sitting: Sitting) -> None:
    begins(sitting)
    sitting.talk.turns = replace(sitting.talk.turns, clock=locked_once(sitting.talk.turns.clock))
    assert "うまく保存できませんでした。" in sitting.types("毎回している")
    assert sitting.question == "purpose"
    sitting.types("毎回している")
    assert sitting.question == "cost"
