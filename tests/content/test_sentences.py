"""The bot's sentences are told against the keys and slots that the program uses."""

from pathlib import Path

from bot.content.load import read_content, render
from tests.content.roots import make_root

WORDS = """\
greeting: こんにちは、{name}さん。
griting: こんばんは。
"""


def test_missing_unused_and_slots_are_all_told(tmp_path: Path) -> None:
    root = make_root(tmp_path, {"knowledge/words/extra.yaml": WORDS})
    known = {key: ("title", "name") for key in read_content(root).words.texts if key != "griting"}
    content = read_content(root, sentences={**known, "greeting": ("user",), "farewell": ()})
    said = [render(problem, content.faults_catalogue) for problem in content.problems]
    assert said == [
        "knowledge/words/: 「farewell」の文がありません。プログラムが使います。",
        "knowledge/words/extra.yaml:1 greeting: {name} はここでは使えません。使えるのは user です。",
        "knowledge/words/extra.yaml:2 griting: 「griting」の文は、どこでも使われていません。 もしかして: greeting",
    ]
