"""Names in one file of what stands in another: entries, works, pages, command words; and words to avoid in any text.

These read a file's plain data by its keys, so they find what there is to find also in a file that has other faults.
"""

from collections.abc import Iterable, Mapping

from bot.content.document import Document, Loc
from bot.content.problems import Problem
from bot.content.wording import Avoid
from bot.engine.expressions.names import did_you_mean
from bot.japanese.width import fold

_TYPED = ("label", "yes", "no")  # keys of what people may type as an answer
_TYPED_LISTS = ("also", "says_yes", "says_no", "labels")
# Keys of texts that nobody reads as the bot's own voice: ids and rules, what people type (there the hard words stand),
# and the handbook's and the ministry's own names.
_NOT_SHOWN = (
    "id", "type", "when", "is", "rank", "group", "repeat", "say", "include", "as", "unit", "level", "zone", "official",
    "also", "said", "says_yes", "says_no", "asked_as", "entries", "references", "theme", "kind", "part_of", "for",
)  # fmt: skip


def unknown_entries(document: Document, entries: Iterable[str]) -> list[Problem]:
    return _dangling(document, "entries", frozenset(entries), "unknown_entry")


def unknown_references(document: Document, works: Iterable[str]) -> list[Problem]:
    return _dangling(document, "references", frozenset(works), "unknown_reference")


def _dangling(document: Document, key: str, known: frozenset[str], code: str) -> list[Problem]:
    return [
        document.problem(loc, code, name=text, hint=did_you_mean(text, sorted(known)))
        for loc, text in document.texts()
        if len(loc) > 1 and loc[-2] == key and text not in known
    ]


def command_words(document: Document, commands: Mapping[str, str]) -> list[Problem]:
    """Typed as an answer, such a word would be read as a command (semantics §6)."""
    return [
        document.problem(loc, "is_command_word", text=text, command=commands[fold(text)])
        for loc, text in document.texts()
        if _is_typed(loc) and fold(text) in commands
    ]


def _is_typed(loc: Loc) -> bool:
    return loc == ("title",) or any(key in _TYPED for key in loc[-1:]) or any(key in _TYPED_LISTS for key in loc[-2:-1])


def avoided_words(document: Document, avoid: Iterable[Avoid]) -> list[Problem]:
    words = tuple(avoid)
    return [
        document.issue(loc, "avoided_word", word=one.word, instead=one.instead)
        for loc, text in document.texts()
        if _is_shown(document, loc)
        for one in words
        if one.word in _without(text, one.names)
    ]


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


def _is_shown(document: Document, loc: Loc) -> bool:
    keys = [part for part in loc if isinstance(part, str)]
    printed_title = keys == ["title"] and document.root.startswith("entry")
    return bool(keys) and keys[-1] not in _NOT_SHOWN and not printed_title and not _is_formula(loc)


def _is_formula(loc: Loc) -> bool:
    """A score's or a band's short form."""
    return len(loc) > 1 and loc[-2] in ("scores", "bands")
