"""The end of a flow: the results as messages, each with its page, what to do with them, and what is still unknown.

Results come in the order that `advance` gives; the official names of rules are not said here, they stand in the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.conversation.desk import Desk, page_list
from bot.conversation.finding import SCREEN
from bot.conversation.messages import Choice, Cite
from bot.conversation.showing import fill
from bot.engine.advance import outcome
from bot.engine.explain import needs
from bot.engine.flow import Flow, Level, Question, Result
from bot.engine.run import unanswered, unknowns
from bot.engine.values import Answers
from bot.engine.view import View
from bot.retrieval.entry import Entry

VIEWPOINTS, ASKS, STEPS = 3, 6, 3  # as many as a phone shows; the sheet holds all
_LEVELS = {Level.WARNING: "level_warning", Level.NOTE: "level_note", Level.OK: "level_ok"}


def show_results(desk: Desk, flow: Flow, answers: Answers) -> None:
    view = View(flow, answers)
    ending = outcome(view)
    entries = _entries(desk, ending.holding)
    said = [*_holding(desk, view, ending.holding), *_undetermined(desk, view, ending.undetermined)]
    parts = [
        _head(desk, flow),
        *(said or [[desk.words("no_result")]]),
        *_steps(desk, view, ending.holding),
        *_viewpoints(desk, entries),
        *_still_unknown(desk, view),
        [desk.words("results_end")],
    ]
    *before, last = _screens(parts)
    for screen in before:
        desk.say(screen)
    desk.say(last, _choices(desk, entries), tuple(Cite(entry.id, entry.page) for entry in entries))


def _screens(parts: Iterable[list[str]]) -> Iterator[str]:
    """The parts in few messages that fit a screen each. A part that fits one stays whole, a line is never cut."""
    screen = ""
    for part in parts:
        whole = "\n".join(part)
        pieces = [whole] if len(whole) <= SCREEN else part
        for at, piece in enumerate(pieces):
            joined = f"{screen}\n{piece}" if at else f"{screen}\n\n{piece}"
            if screen and len(joined) > SCREEN:
                yield screen
                screen = piece
            else:
                screen = joined if screen else piece
    yield screen


def _head(desk: Desk, flow: Flow) -> list[str]:
    """The flow's title and whose it is."""
    title = desk.words("results", title=flow.title)
    return [title] if desk.session.label == flow.title else [title, desk.session.label]


def _holding(desk: Desk, view: View, holding: tuple[Result, ...]) -> Iterator[list[str]]:
    for level, results in groupby(holding, key=lambda result: result.level):
        yield [f"■{desk.words(_LEVELS[level])}", *(_result_line(desk, view, result) for result in results)]


def _result_line(desk: Desk, view: View, result: Result) -> str:
    tail = desk.words("pages", pages=page_list(result.pages)) if result.pages else ""
    return "・" + fill(desk, result.says, view) + tail + (desk.words("supplement") if result.supplement else "")


def _undetermined(desk: Desk, view: View, results: tuple[Result, ...]) -> Iterator[list[str]]:
    """What could not be decided, by the answers that would decide it; where they are named below anyway, only that."""
    if not results:
        return
    missing = dict.fromkeys(name for result in results for name in needs(view, result))
    below = [(key, {question.id for question in questions} & set(missing)) for key, questions in _gaps(view)]
    if missing and set(missing) == set().union(*(names for _, names in below)):
        headings = "".join(f"「{desk.words(key)}」" for key, names in below if names)
        line = desk.words("undetermined_below", headings=headings)
    else:
        names = "、".join(view.questions[name].label for name in missing if name in view.questions)
        line = desk.words("undetermined_line", names=names or desk.words("not_known"))
    yield [f"■{desk.words('undetermined')}", line]


def _steps(desk: Desk, view: View, holding: tuple[Result, ...]) -> Iterator[list[str]]:
    """What to ask and to do, of the foremost results, with their pages.

    The agenda is the first one's alone: one thing at a time.
    """
    asks = [(desk.words("ask_line", of=one.of, q=one.q), result) for result in holding for one in result.ask]
    steps = [(f"・{fill(desk, step, view)}", result) for result in holding for step in result.next]
    first = next((result for result in holding if result.agenda), None)
    agenda = [] if first is None else [(f"・{fill(desk, line, view)}", first) for line in first.agenda]
    for key, said in (("heading_ask", asks[:ASKS]), ("heading_next", steps[:STEPS]), ("heading_agenda", agenda)):
        if said:
            pages = tuple(sorted({page for _, result in said for page in result.pages}))
            tail = desk.words("pages", pages=page_list(pages)) if pages else ""
            yield [f"■{desk.words(key)}{tail}", *dict.fromkeys(line for line, _ in said)]


def _entries(desk: Desk, holding: tuple[Result, ...]) -> list[Entry]:
    """Those behind the foremost results."""
    ids = dict.fromkeys(name for result in holding for name in result.entries)
    return [desk.library.entries[name] for name in ids if name in desk.library.entries][:VIEWPOINTS]


def _viewpoints(desk: Desk, entries: list[Entry]) -> Iterator[list[str]]:
    if entries:
        lines = [f"・{entry.short}" + desk.words("pages", pages=page_list(entry.pages)) for entry in entries]
        yield [f"■{desk.words('heading_viewpoints')}", *lines]


def _still_unknown(desk: Desk, view: View) -> Iterator[list[str]]:
    for key, questions in _gaps(view):
        if questions:
            yield [f"■{desk.words(key)}", "、".join(question.label for question in questions)]


def _gaps(view: View) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """What has no answer, by the heading it stands under."""
    return ("heading_unknown", tuple(unknowns(view))), ("heading_unanswered", tuple(unanswered(view)))


def _choices(desk: Desk, entries: list[Entry]) -> tuple[Choice, ...]:
    opening = tuple(desk.choice(f"entry:{entry.id}", entry.name, "entry", entry.id) for entry in entries)
    return (*opening, desk.command("correct", "correct"), desk.command("menu", "to_menu"))
