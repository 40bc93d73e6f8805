"""The bot's sentences against what the program says: every key is there, none too many, no slot nobody fills."""

from collections.abc import Iterator, Mapping
from string import Formatter

from bot.content.document import Document
from bot.content.problems import Grade, Problem
from bot.engine.expressions.names import did_you_mean


def sentence_problems(
    documents: tuple[Document, ...], needed: Mapping[str, tuple[str, ...]], folder: str
) -> Iterator[Problem]:
    """`needed`: key -> the slots that the program fills."""
    there: set[str] = set()
    for document in documents:
        texts = document.data if isinstance(document.data, dict) else {}
        there.update(texts)
        for key, text in texts.items():
            if key not in needed:
                yield document.problem((key,), "sentence_unused", key=key, hint=did_you_mean(key, needed))
            else:
                yield from _slots(document, key, str(text), needed[key])
    for key in needed:
        if key not in there:
            yield Problem(folder, 0, (), Grade.FAULT, "sentence_missing", {"key": key})


def _slots(document: Document, key: str, text: str, filled: tuple[str, ...]) -> Iterator[Problem]:
    for _, name, _, _ in Formatter().parse(text):
        if name is not None and name not in filled:
            known = ", ".join(filled)
            yield document.problem((key,), "sentence_slot", name=name, known=known, hint=did_you_mean(name, filled))
