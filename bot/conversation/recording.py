"""Recording a value, and what is said with it: a word back, what falls due, the next question.

The one place where an answer gets into a session; a correction ends here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.conversation.desk import Desk, page_list
from bot.conversation.messages import Cite
from bot.conversation.putting import put_next
from bot.conversation.showing import fill, show
from bot.conversation.state import Shown
from bot.engine.advance import new_says, reaction
from bot.engine.flow import Question, Say
from bot.engine.values import Value, to_plain
from bot.engine.view import View


def record(desk: Desk, question: Question, value: Value, lines: list[str]) -> None:
    before = desk.view()
    desk.change(layer=None)
    write(desk, question, value)
    lines += _back_again(desk, before)
    desk.log("answered", question=question.id, value=to_plain(value))
    follow(desk, before, question, lines)


def _back_again(desk: Desk, before: View) -> list[str]:
    """Hidden answers that count again with this one: remembered for the review, and said (semantics §5)."""
    was = {question.id for question in before.visible()}
    back = [q for q in desk.view().visible() if q.id not in was and q.id in before.answers]
    desk.change_session(revived=tuple(dict.fromkeys([*desk.session.revived, *(q.id for q in back)])))
    return [desk.words("preview_revived", name=q.label, value=show(desk, q, before.answers[q.id])) for q in back]


def write(desk: Desk, question: Question, value: Value) -> None:
    """The value into the answers, last in time; the question's asks are answered, its draft is gone."""
    unfinish(desk)
    session = desk.session
    answers = {name: kept for name, kept in session.answers.items() if name != question.id}
    desk.change_session(
        answers={**answers, question.id: value},
        shown=with_fate(session.shown, question.id, "answered"),
        drafts=without(session.drafts, question.id),
        revived=tuple(name for name in session.revived if name != question.id),
        previous=None,
        tries=0,
    )


def unfinish(desk: Desk) -> None:
    """A finished session is open again, now that something in it changes; both outcomes stay in the log."""
    if desk.session.finished:
        desk.change_session(finished="")
        desk.change(unfinished=(*desk.state.unfinished, desk.session.id))
        desk.log("reopened")


def with_fate(shown: tuple[Shown, ...], question_id: str, fate: str) -> tuple[Shown, ...]:
    return tuple(replace(one, fate=fate) if one.question == question_id else one for one in shown)


def without(drafts: Mapping[str, Value], question_id: str) -> dict[str, Value]:
    return {name: value for name, value in drafts.items() if name != question_id}


def follow(desk: Desk, before: View, question: Question, lines: list[str]) -> None:
    """What comes after an answer or a correction: a word back, what falls due, and the next question or the review."""
    after = desk.view()
    cites: list[Cite] = []
    said = list(lines)
    word = reaction(after, question)
    if word is not None and not desk.state.quiet:
        said.append(fill(desk, word.says, after) + _pages(desk, word.entries, cites))
    due, more = said_of(desk, new_says(before, after))
    put_next(desk, [*said, *due], (*cites, *more))


def said_of(desk: Desk, says: Iterable[Say]) -> tuple[list[str], tuple[Cite, ...]]:
    """What falls due, each sentence with the pages it leans on."""
    cites: list[Cite] = []
    view = desk.view()
    return [fill(desk, say.text, view) + _pages(desk, say.entries, cites) for say in says], tuple(cites)


def _pages(desk: Desk, entries: tuple[str, ...], cites: list[Cite]) -> str:
    """The pages to go with a sentence, as people read them."""
    found = [desk.library.entries[name] for name in entries if name in desk.library.entries]
    cites += [Cite(entry.id, entry.page) for entry in found]
    pages = tuple(sorted({page for entry in found for page in entry.pages}))
    return desk.words("pages", pages=page_list(pages)) if pages else ""


def recorded_line(desk: Desk, question: Question, value: Value) -> list[str]:
    return [desk.words("recorded", value=show(desk, question, value))]
