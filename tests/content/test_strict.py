"""What a bare word of YAML is read as, and what is refused."""

from decimal import Decimal

import pytest

from bot.content.document import Yaml
from bot.content.strict import read_yaml


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        (".5", ".5"),
        ("~", "~"),
        ("True", "True"),
        ("2026-04-01", "2026-04-01"),
        ("9" * 5000, "9" * 5000),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("18.5", Decimal("18.5")),
        ("-0.01", Decimal("-0.01")),
        ("'5'", "5"),
        ('"true"', "true"),
        ("[a, 1]", ["a", 1]),
        ("{a: {b: no}}", {"a": {"b": "no"}}),
    ],
)
def test_a_value_stays_what_the_author_sees(written: str, read: Yaml) -> None:
    document = read_yaml(f"key: {written}\n", "x.yaml")
    assert document.data == {"key": read}
    assert document.problems == ()


def test_keys_are_always_text() -> None:
    assert read_yaml("1: a\nyes: b\nnull: c\n", "x.yaml").data == {"1": "a", "yes": "b", "null": "c"}


def test_every_place_knows_its_line() -> None:
    document = read_yaml("a:\n  - x\n  -\n    b: >\n      long\n      text\nc: 1\n", "x.yaml")
    assert document.line(("a",)) == 1
    assert document.line(("a", 0)) == 2
    assert document.line(("a", 1, "b")) == 4
    assert document.line(("c",)) == 7
    assert document.line(("c", "no such place")) == 7


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1,\n", 1),
        ("a: 'x\nb: 1\n", 1),
        ("a: 1\nb: c: d\n", 2),
        ("a:\n\t- b\n", 2),
        ("a: 1\nb: \x01\n", 2),
        ("- a\nb: 1\n", 2),
    ],
)
def test_text_that_is_no_yaml_is_one_fault_with_its_line(text: str, line: int) -> None:
    document = read_yaml(text, "x.yaml")
    assert not document.readable
    assert [(problem.code, problem.line) for problem in document.problems] == [("not_yaml", line)]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file_is_read_as_nothing(text: str) -> None:
    document = read_yaml(text, "x.yaml")
    assert (document.data, document.problems, document.readable) == (None, (), True)


def test_of_a_key_given_twice_the_first_counts_and_both_lines_are_named() -> None:
    document = read_yaml("a: 1\nb:\n  c: 2\nb: {c: 3, c: 4}\n", "x.yaml")
    assert document.data == {"a": 1, "b": {"c": 2}}
    twice = document.problems[0]
    assert (twice.code, twice.line, twice.slots["first"]) == ("duplicate_key", 4, "2")
    assert document.line(("b", "c")) == 3


def test_a_row_of_brackets_cannot_exhaust_the_reader() -> None:
    document = read_yaml("a: " + "[" * 5000 + "]" * 5000, "x.yaml")
    assert [problem.code for problem in document.problems] == ["too_deep"]
