"""Putting things before the user: a question with its buttons, the review of all answers, the menu.

Putting a question again repeats neither reaction nor sentence between questions; its `asked` event keeps the choices
as shown, and is made anew only when the last one was answered or shows other choices.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.desk import Desk, page_list
from bot.conversation.messages import Choice, Cite
from bot.conversation.showing import options_of, show, text_of
from bot.conversation.state import Shown
from bot.engine.advance import Progress, next_question, progress
from bot.engine.flow import Flow, Kind, Question, Repeat, Section
from bot.engine.values import Gap
from bot.engine.view import View, ends_list

LINES = 12  # of one message of the review
MOST_DOTS, DOTS = 12, 10  # of a row that shows progress
_EXPECTED = {
    Kind.CHOICE: "expected_choice",
    Kind.DATE: "expected_date",
    Kind.MEASURES: "expected_measures",
    Kind.NUMBER: "expected_number",
    Kind.SCALE: "expected_choice",
    Kind.SEVERAL: "expected_several",
    Kind.TEXT: "expected_text",
    Kind.YES_NO: "expected_yes_no",
}


def waiting(desk: Desk) -> Question | None:
    """The question that waits now: the one being corrected, or the next of the flow; None in the review and outside."""
    if not desk.in_flow:
        return None
    layer = desk.state.layer
    view = desk.view()
    if layer is not None and layer.kind in ("correct", "clarify", "text_or_ask") and layer.question:
        return view.questions.get(layer.question)
    return next_question(view)


def put_next(desk: Desk, lines: Iterable[str] = (), cites: tuple[Cite, ...] = ()) -> None:
    """The waiting question, or the review when there is none, headed by what this turn has to say."""
    question = waiting(desk)
    if question is None:
        put_review(desk, lines, cites)
    else:
        put_question(desk, question, lines, cites)


def put_question(
    desk: Desk, question: Question, lines: Iterable[str] = (), cites: tuple[Cite, ...] = (), *, in_place: bool = False
) -> None:
    head = "\n".join(line for line in lines if line)
    asked = "\n".join([_heading(desk, question), text_of(desk, question), *_given(desk, question)])
    desk.say("\n\n".join(part for part in (head, asked) if part), _buttons(desk, question), cites, in_place=in_place)


def _heading(desk: Desk, question: Question) -> str:
    layer = desk.state.layer
    if layer is not None and layer.kind == "correct":
        value = desk.session.answers.get(question.id)
        now = desk.words("not_known") if value is None else show(desk, question, value)
        return desk.words("correcting_now", value=now)
    at = progress(desk.view())
    if desk.library.dots:
        return desk.words("progress_dots", at=at.at, of=at.of, dots=_dots(desk, at))
    return desk.words("progress", at=at.at, of=at.of)


def _dots(desk: Desk, at: Progress) -> str:
    """A dot a question, in long flows ten for all; the last is full at the last question and not before."""
    row = at.of if at.of <= MOST_DOTS else DOTS
    full = max(1, at.at * row // at.of)
    return desk.words("dot_full") * full + desk.words("dot_empty") * (row - full)


def _given(desk: Desk, question: Question) -> list[str]:
    """The draft so far, and an example where one types."""
    draft = desk.session.drafts.get(question.id)
    lines = [desk.words("draft", value=show(desk, question, draft))] if draft else []
    if question.kind is Kind.SEVERAL and not desk.library.edits:  # where one types, one message decides
        lines.append(desk.words("several_typed"))
    if question.example and not options_of(desk, question):
        lines.append(desk.words("example", example=question.example))
    return lines


def _buttons(desk: Desk, question: Question) -> tuple[Choice, ...]:
    options = options_of(desk, question)
    number = _ask_number(desk, question, tuple(option.id for option in options))
    head = f"q.{desk.session.id}.{number}"
    buttons = []
    previous = desk.session.previous
    if previous is not None and previous[0] == question.id:
        held = desk.words("skip") if previous[1] is Gap.SKIPPED else show(desk, question, previous[1])
        label = desk.words("keep_previous", value=held)
        buttons.append(Choice(":keep", label, f"{head}.keep"))
    if question.kind is Kind.SEVERAL:
        chosen = chosen_so_far(desk, question)
        for index, option in enumerate(options):
            sign, on = ("-", True) if option.id in chosen else ("+", False)
            buttons.append(Choice(sign.strip("+") + option.id, option.label, f"{head}.{sign}{index}", on))
        buttons.append(Choice(":done", desk.words("done"), f"{head}.done"))
    else:
        buttons += [Choice(option.id, option.label, f"{head}.{index}") for index, option in enumerate(options)]
    return (*buttons, *_commands(desk, question, head))


def chosen_so_far(desk: Desk, question: Question) -> tuple[str, ...]:
    """The draft of a multi choice."""
    draft = desk.session.drafts.get(question.id)
    return draft if isinstance(draft, tuple) else ()


def _commands(desk: Desk, question: Question, head: str) -> tuple[Choice, ...]:
    """わからない and とばす are answers to this question, the others are not."""
    answers = [Choice(":unknown", desk.words("unknown"), f"{head}.unknown")]
    if question.optional:
        answers.append(Choice(":skip", desk.words("skip"), f"{head}.skip"))
    why = (desk.command("why", "why"),) if question.why else ()
    return (*answers, *why, desk.bound(":back", desk.words("back"), "back"), desk.command("pause", "pause"))


def _ask_number(desk: Desk, question: Question, choices: tuple[str, ...]) -> int:
    """The number of this ask: the last one's while that is open and shows the same, else a new one, which is logged."""
    shown = desk.session.shown
    last = next((one for one in reversed(shown) if one.question == question.id), None)
    if last is not None and last.fate == "open" and last.choices == choices:
        return last.number
    number = desk.session.asked() + 1
    desk.change_session(shown=(*shown, Shown(number, question.id, choices)))
    desk.log("asked", number=number, question=question.id, choices=list(choices))
    return number


def why_of(desk: Desk, question: Question) -> str:
    """Why it is asked, and where that stands."""
    if not question.why:
        return ""
    if question.source:
        return question.why + desk.words("source_of_why", source=question.source)
    return question.why + (desk.words("pages", pages=page_list(question.pages)) if question.pages else "")


def expected(desk: Desk, question: Question) -> str:
    """What would be readable, with an example."""
    options = options_of(desk, question)
    labels = "、".join(f"「{option.label}」" for option in options)
    key = "expected_choice" if options and question.kind is Kind.MEASURES else _EXPECTED[question.kind]
    return desk.words(key, labels=labels, example=question.example)


# --- review ---


def groups(view: View) -> list[tuple[str, list[Question]]]:
    """The visible questions by section; each item of a repeat is a part of its own, its `more` in none."""
    parts: list[tuple[str, list[Question]]] = [("", [])]
    visible = {question.id for question in view.visible()}
    title = ""
    for step in view.steps:
        if isinstance(step, Section):
            title = step.title
            parts.append((title, []))
        elif isinstance(step, Question) and step.id in visible and not ends_list(step):
            item = f"{repeats_of(view.flow)[step.item[0]].name}{step.item[1]}" if step.item else title
            if parts[-1][0] != item:
                parts.append((item, []))
            parts[-1][1].append(step)
    return [part for part in parts if part[1]]


def repeats_of(flow: Flow) -> dict[str, Repeat]:
    return {item.id: item for item in flow.items if isinstance(item, Repeat)}


def put_review(desk: Desk, lines: Iterable[str] = (), cites: tuple[Cite, ...] = ()) -> None:
    """All answers, one message a section, and what can be done with them."""
    view = desk.view()
    parts = [chunk for title, questions in groups(view) for chunk in _chunks(title, questions)]
    head = [*lines, desk.words("review", title=desk.flow.title)]
    desk.say("\n".join(head), () if parts else _review_choices(desk), cites)
    for index, (title, questions) in enumerate(parts):
        body = [f"【{title}】"] if title else []
        body += [_line(desk, view, question) for question in questions]
        desk.say("\n".join(body), _review_choices(desk) if index == len(parts) - 1 else ())


def put_review_end(desk: Desk) -> None:
    """The review's question without its lines, after a digression."""
    desk.say(desk.words("review_again", title=desk.flow.title), _review_choices(desk))


def _chunks(title: str, questions: list[Question]) -> list[tuple[str, list[Question]]]:
    return [(title, questions[start : start + LINES]) for start in range(0, len(questions), LINES)]


def _line(desk: Desk, view: View, question: Question) -> str:
    value = view.answers.get(question.id)
    shown = desk.words("not_known") if value is None else show(desk, question, value)
    mark = desk.words("revived") if question.id in desk.session.revived else ""
    return f"・{question.label}: {shown}{mark}"


def _review_choices(desk: Desk) -> tuple[Choice, ...]:
    repeats = [
        choice
        for item in repeats_of(desk.flow).values()
        for choice in (
            desk.bound(f":add.{item.id}", desk.words("add_item", name=item.name), "add", item.id),
            desk.bound(f":drop.{item.id}", desk.words("drop_item", name=item.name), "drop", item.id),
        )
    ]
    return (
        desk.bound(":confirm", desk.words("confirm_review"), "confirm"),
        desk.bound(":correct", desk.words("correct"), "correct"),
        *repeats,
        desk.command("back", "back"),
        desk.command("pause", "pause"),
    )


# --- menu ---


def put_menu(desk: Desk, lines: Iterable[str] = ()) -> None:
    first = (desk.command("resume", "resume"),) if desk.state.unfinished else ()
    flows = tuple(desk.choice(f"flow:{flow.id}", flow.title, "flow", flow.id) for flow in desk.library.flows.values())
    rest = (desk.command("read", "read_book"), desk.command("records", "records"), desk.command("help", "help"))
    desk.say("\n".join([*lines, desk.words("menu")]), (*first, *flows, *rest))
