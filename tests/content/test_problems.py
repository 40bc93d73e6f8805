"""How a finding is said, in one line and as JSON."""

from bot.content.problems import Grade, Problem, as_json, ordered, render, sentence

CATALOGUE = {"unknown_name": "「{name}」はありません。", "did_you_mean": " もしかして: {hint}"}
FOUND = Problem(
    "flows/x.yaml", 12, ("flow「x」", "question「a」", "when"), Grade.FAULT, "unknown_name", {"name": "b", "hint": "a"}
)


def test_place_then_trail_then_sentence_then_a_guess() -> None:
    said = "flows/x.yaml:12 flow「x」→ question「a」→ when: 「b」はありません。 もしかして: a"
    assert render(FOUND, CATALOGUE) == said


def test_without_a_near_name_there_is_no_guess() -> None:
    assert sentence("unknown_name", {"name": "b", "hint": ""}, CATALOGUE) == "「b」はありません。"


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert sentence("new_code", {"name": "b"}, CATALOGUE) == "new_code name=b"


def test_a_slot_that_is_not_filled_stays_visible() -> None:
    assert sentence("unknown_name", {}, CATALOGUE) == "「{name}」はありません。"


def test_json_has_the_same_in_parts() -> None:
    assert as_json(FOUND, CATALOGUE) == {
        "file": "flows/x.yaml",
        "line": 12,
        "trail": ["flow「x」", "question「a」", "when"],
        "grade": "fault",
        "code": "unknown_name",
        "message": "「b」はありません。 もしかして: a",
        "hint": "a",
    }


def test_findings_come_by_file_and_line_each_once() -> None:
    first = Problem("a.yaml", 9, (), Grade.ISSUE, "x")
    later = Problem("a.yaml", 10, (), Grade.FAULT, "x")
    assert ordered([FOUND, later, first, later]) == (first, later, FOUND)
