"""The end of a flow: the results as messages, each with its page, what to do with them, and what is still unknown.

Results come in the order that `advance` gives; the official names of rules are not said here, they stand in the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bot.conversation.desk import Desk, page_list
from bot.conversation.finding import SCREEN
from bot.conversation.messages import Choice, Cite
from bot.conversation.showing import fill
from bot.engine.advance import outcome
from bot.engine.explain import needs
from bot.engine.flow import Flow, Level, Result
from bot.engine.run import unanswered, unknowns
from bot.engine.values import Answers
from bot.engine.view import View
from bot.retrieval.entry import Entry

VIEWPOINTS, ASKS, STEPS = 3, 6, 3  # as many as a phone shows; the sheet holds all
_LEVELS = {Level.WARNING: "level_warning", Level.NOTE: "level_note", Level.OK: "level_ok"}


def show_results(desk: Desk, flow: Flow, answers: Answers) -> None:
    view = View(flow, answers)
    ending = outcome(view)
    _say_holding(desk, view, ending.holding, ending.undetermined)
    _say_steps(desk, view, ending.holding)
    _say_viewpoints(desk, view, ending.holding)


def _say_holding(desk: Desk, view: View, holding: tuple[Result, ...], undetermined: tuple[Result, ...]) -> None:
    """What holds, a message a level, so that each fits a screen; then what could not be decided."""
    head = [desk.words("results", title=view.flow.title)]
    if desk.session.label != view.flow.title:
        head.append(desk.session.label)
    parts = [
        [f"■{desk.words(_LEVELS[level])}", *(_result_line(desk, view, result) for result in results)]
        for level, results in groupby(holding, key=lambda result: result.level)
    ]
    if undetermined:
        parts.append([f"■{desk.words('undetermined')}", *_undetermined(desk, view, undetermined)])
    first, *rest = parts or [[desk.words("no_result")]]
    for lines in ([*head, "", *first], *rest):
        for screen in _screens(lines):
            desk.say("\n".join(screen))


def _screens(lines: list[str]) -> Iterator[list[str]]:
    """The lines in as few messages as fit a screen each; a line is never cut."""
    screen: list[str] = []
    for line in lines:
        if screen and sum(map(len, screen)) + len(line) > SCREEN:
            yield screen
            screen = []
        screen.append(line)
    yield screen


def _result_line(desk: Desk, view: View, result: Result) -> str:
    tail = desk.words("pages", pages=page_list(result.pages)) if result.pages else ""
    return "・" + fill(desk, result.says, view) + tail + (desk.words("supplement") if result.supplement else "")


def _undetermined(desk: Desk, view: View, results: tuple[Result, ...]) -> list[str]:
    """What could not be decided, by the answers that would decide it; one line where all wait for the same."""
    missing = dict.fromkeys(name for result in results for name in needs(view, result))
    below = {question.id for question in (*unknowns(view), *unanswered(view))}
    if missing and set(missing) <= below:  # they are named there, once
        return [desk.words("undetermined_below")]
    names = "、".join(view.questions[name].label for name in missing if name in view.questions)
    return [desk.words("undetermined_line", names=names or desk.words("not_known"))]


def _say_steps(desk: Desk, view: View, holding: tuple[Result, ...]) -> None:
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
            lines = dict.fromkeys(line for line, _ in said)
            desk.say("\n".join([f"■{desk.words(key)}{tail}", *lines]))


def _say_viewpoints(desk: Desk, view: View, holding: tuple[Result, ...]) -> None:
    """The entries behind the results, what is still to be found out, and what can be done now."""
    ids = dict.fromkeys(name for result in holding for name in result.entries)
    entries = [desk.library.entries[name] for name in ids if name in desk.library.entries][:VIEWPOINTS]
    lines = [f"・{entry.short}" + desk.words("pages", pages=page_list(entry.pages)) for entry in entries]
    parts = [[f"■{desk.words('heading_viewpoints')}", *lines]] if lines else []
    parts += _still_unknown(desk, view)
    parts.append([desk.words("results_end")])
    text = "\n\n".join("\n".join(part) for part in parts)
    desk.say(text, _choices(desk, entries), tuple(Cite(entry.id, entry.page) for entry in entries))


def _still_unknown(desk: Desk, view: View) -> list[list[str]]:
    found = []
    for key, questions in (("heading_unknown", unknowns(view)), ("heading_unanswered", unanswered(view))):
        if questions:
            found.append([f"■{desk.words(key)}", "、".join(question.label for question in questions)])
    return found


def _choices(desk: Desk, entries: list[Entry]) -> tuple[Choice, ...]:
    opening = tuple(desk.choice(f"entry:{entry.id}", entry.name, "entry", entry.id) for entry in entries)
    return (*opening, desk.command("correct", "correct"), desk.command("menu", "to_menu"))
