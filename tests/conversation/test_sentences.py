"""The table of sentences against the program: what is said is in the table, what is in the table is said."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from bot.conversation.commands import COMMANDS
from bot.conversation.sentences import SENTENCES
from tests.talk import ROOT, real_library

COMMAND = "cmd_"  # before the name of a command in Telegram's menu
SAYING = ("words", "say")  # the functions that take a key and fill its slots
FILLED_BY_WHO = {"contact", "operator"}  # desk.words("…", **who(desk))


def _trees() -> Iterator[ast.Module]:
    for path in sorted((ROOT / "bot").rglob("*.py")):
        if not path.name.startswith("sentences"):
            yield ast.parse(path.read_text(encoding="utf8"))


def _keys(argument: ast.expr) -> list[str]:
    choices = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
    return [str(one.value) for one in choices if isinstance(one, ast.Constant)]


def test_every_key_of_the_table_stands_in_the_program() -> None:
    texts = {node.value for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {key.removeprefix(COMMAND) for key in SENTENCES} <= texts


def test_every_slot_that_the_program_fills_is_in_the_table() -> None:
    for tree in _trees():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
            if isinstance(call.func, ast.Attribute) and call.func.attr in SAYING:
                filled = {keyword.arg for keyword in call.keywords if keyword.arg not in (None, "in_place")}
                if any(keyword.arg is None for keyword in call.keywords):
                    filled |= FILLED_BY_WHO
                for key in _keys(call.args[0]):
                    if key in SENTENCES:
                        assert filled == set(SENTENCES[key]), key


def test_every_sentence_of_the_table_is_written() -> None:
    assert set(SENTENCES) == set(real_library().words.texts)


def test_every_command_has_words_and_every_word_a_command() -> None:
    assert set(real_library().words.commands.values()) == set(COMMANDS)
