"""One broken example a rule: the file's first comment lines are everything that is said about it, nothing more.

A flow stands in `broken/<code>.yaml` and is read as `flows/<code>.yaml`; what needs other files stands in a folder
`broken/<code>/` that is laid over the good content. A code without an example fails by name.
"""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from bot.content.load import read_catalogue, read_content, render
from tests.content.roots import HERE, REPO, make_root

BROKEN = HERE / "broken"
CASES = sorted(path.stem for path in BROKEN.iterdir())
NO_EXAMPLE = {
    "did_you_mean": "no finding: it is put behind others",
    "impossible_value": "told of the input of `bansou run`, see tests/engine",
    "missing_file": "what is not there can be no example, see test_knowledge.py",
    "not_utf8": "would not be text, see test_knowledge.py",
    "sentence_missing": "told against the program's own table, see test_knowledge.py",
    "sentence_slot": "told against the program's own table, see test_knowledge.py",
    "sentence_unused": "told against the program's own table, see test_knowledge.py",
    "unknown_answer": "told of the input of `bansou run`, see tests/engine",
}
TELLING = {"Impossible", "fault", "flaw", "issue", "problem", "_found", "_unreadable"}
TODAY = date(2026, 11, 23)
SAID = re.compile(r"^# ((?:flows|knowledge)/.*)$", re.MULTILINE)


def _files(case: str) -> dict[str, str]:
    if (BROKEN / f"{case}.yaml").exists():
        return {f"flows/{case}.yaml": (BROKEN / f"{case}.yaml").read_text(encoding="utf-8")}
    folder = BROKEN / case
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.*"))}


@pytest.mark.parametrize("case", CASES)
def test_the_whole_report_of_a_broken_file(case: str, tmp_path: Path) -> None:
    files = _files(case)
    content = read_content(make_root(tmp_path, files), today=TODAY)
    said = [render(problem, content.faults_catalogue) for problem in content.problems]
    assert said == [line for text in files.values() for line in SAID.findall(text)]
    assert case == "five_at_once" or case in {problem.code for problem in content.problems}


def test_every_code_has_its_example() -> None:
    codes = set(read_catalogue(REPO))
    proven = {path.stem for path in (HERE / "deep").glob("*.yaml")}  # see test_deep.py
    assert codes - set(CASES) - proven == set(NO_EXAMPLE)
    assert set(CASES) - codes == {"five_at_once"}


def _codes(path: Path) -> set[str]:
    """The first text given to each call that tells a fault."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    told = [call for call in calls if ast.unparse(call.func).rpartition(".")[2] in TELLING]
    texts = [[arg.value for arg in call.args if isinstance(arg, ast.Constant)] for call in told]
    return {str(text[0]) for text in texts if text}


def test_every_code_in_the_program_has_its_sentence() -> None:
    sources = [*(REPO / "bot/content").rglob("*.py"), *(REPO / "bot/engine").rglob("*.py")]
    codes = {code for path in sources for code in _codes(path)}
    assert {"alias", "cycle", "impossible_value", "not_a_figure", "not_a_list", "unknown_name"} <= codes
    assert codes <= set(read_catalogue(REPO))


def test_the_good_content_has_no_faults_and_no_issues(tmp_path: Path) -> None:
    content = read_content(make_root(tmp_path))
    assert content.problems == ()
    assert sorted(content.flows) == ["kaigi", "karada", "nemuri"]
    assert sorted(content.entries) == ["kakuron-139", "soron-010"]
