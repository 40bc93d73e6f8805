"""YAML text to a `Document`, by a subset of YAML that means what an author sees.

Only `true`, `false`, `null`, whole numbers and decimal fractions are read as such; `yes`, `no`, `12:30` and `010` stay
text. Keys are always text. A key given twice, an anchor, an alias, a tag and a second document are faults. The parser
is PyYAML's (in C where that is built in); nothing else of it is used, and nothing else in `bot/` may import it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

import yaml

from bot.content.document import Document, Loc, Yaml, trail
from bot.content.problems import Grade, Problem

DEEPEST = 20  # levels of nesting; the deepest flow uses 7
_WORDS: dict[str, Yaml] = {"": None, "null": None, "true": True, "false": False}
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")  # longer rows of digits are no quantity
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_Flaw = tuple[Loc, int, str, dict[str, str]]


def read_yaml(text: str, file: str, root: str = "") -> Document:
    """The text as data with lines; its problems are those of YAML itself, never of what the data means."""
    builder = _Builder(iter(yaml.parse(text, Loader=_LOADER)))
    try:
        data = builder.document()
    except yaml.YAMLError as error:
        line = _line_of(error, text)
        shown = text.splitlines()[line - 1].strip() if text else ""
        fault = Problem(file, line, (), Grade.FAULT, "not_yaml", {"text": shown[:40]})
        return Document(file, None, {}, (fault,), root, readable=False)
    problems = tuple(
        Problem(file, line, trail(data, loc, root), Grade.FAULT, code, slots)
        for loc, line, code, slots in builder.flaws
    )
    return Document(file, data, builder.lines, problems, root)


def _line_of(error: yaml.YAMLError, text: str) -> int:
    """Where the author should look: an unclosed quote or bracket is told where it opens, not at the end of the file."""
    last = max(len(text.splitlines()), 1)
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        line = error.problem_mark.line + 1
        return min(error.context_mark.line + 1 if line > last and error.context_mark is not None else line, last)
    position = getattr(error, "position", 0)  # a character that YAML forbids
    return min(text[:position].count("\n") + 1, last)


class _Builder:
    """Data from the parser's events, in one pass; the lines of every place and the flaws on the way."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self.events = events
        self.lines: dict[Loc, int] = {}
        self.flaws: list[_Flaw] = []
        self.anchored: dict[str, Yaml] = {}  # so that an alias, once told, is not told again as a missing value

    def document(self) -> Yaml:
        data: Yaml = None
        seen = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self.flaw((), event, "second_document")
                    break
                seen = True
                data = self.value(next(self.events), ())
        self.lines.setdefault((), 1)
        return data

    def flaw(self, loc: Loc, event: yaml.Event, code: str, **slots: str) -> None:
        self.flaws.append((loc, _line(event), code, slots))

    def value(self, event: yaml.Event, loc: Loc) -> Yaml:
        self.lines.setdefault(loc, _line(event))
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return _scalar(event)  # nearly all are that, and a start reads some forty thousand
        if isinstance(event, yaml.AliasEvent):
            self.flaw(loc, event, "alias", name=f"*{event.anchor}")
            return self.anchored.get(str(event.anchor))
        self.refuse_marks(event, loc)
        if isinstance(event, yaml.ScalarEvent):
            return self.anchored.setdefault(str(event.anchor), _scalar(event)) if event.anchor else _scalar(event)
        if len(loc) >= DEEPEST:
            self.flaw(loc[:2], event, "too_deep", limit=str(DEEPEST))
            self.skip()
            return None
        return self.mapping(loc) if isinstance(event, yaml.MappingStartEvent) else self.sequence(loc)

    def refuse_marks(self, event: yaml.Event, loc: Loc) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            self.flaw(loc, event, "alias", name=f"&{anchor}")
        if tag is not None:
            self.flaw(loc, event, "tag", name=str(tag).replace("tag:yaml.org,2002:", "!!"))

    def sequence(self, loc: Loc) -> Yaml:
        found: list[Yaml] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.value(event, (*loc, len(found))))
        return found

    def mapping(self, loc: Loc) -> Yaml:
        found: dict[str, Yaml] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.flaw(loc, event, "key_not_text")
                self.aside(event, loc)
                self.aside(next(self.events), loc)
                continue
            if event.anchor is not None or event.tag is not None:
                self.refuse_marks(event, loc)
            key = str(event.value)
            place = (*loc, key)
            if key in found:
                self.flaw(place, event, "duplicate_key", key=key, first=str(self.lines[place]))
                self.aside(next(self.events), place)
                continue
            self.lines[place] = _line(event)
            found[key] = self.value(next(self.events), place)
        return found

    def aside(self, event: yaml.Event, loc: Loc) -> None:
        """Read a value that nothing will use, so that its own lines do not overwrite those in use."""
        kept, self.lines = self.lines, {}
        self.value(event, loc)
        self.lines = kept

    def skip(self) -> None:
        """Pass over the rest of a collection just opened."""
        depth = 1
        while depth:
            event = next(self.events)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _line(event: yaml.Event) -> int:
    return 0 if event.start_mark is None else event.start_mark.line + 1


def _scalar(event: yaml.ScalarEvent) -> Yaml:
    text = str(event.value)
    if not event.implicit[0]:  # quoted, or a block: the author said that it is text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
