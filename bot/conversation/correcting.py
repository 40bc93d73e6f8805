"""Going back and correcting (semantics §5): withdraw, pick, propose, preview, apply; items added and removed.

A correction is taken at once unless it hides, opens or overturns something; then its consequences are shown first.
Hidden answers stay in the answers and out of every score; one that becomes visible again counts again and is marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.conversation.desk import Desk, number_in
from bot.conversation.messages import Choice
from bot.conversation.putting import groups, put_next, put_question, repeats_of
from bot.conversation.recording import follow, said_of, unfinish, with_fate, without, write
from bot.conversation.showing import fill, show
from bot.conversation.state import Layer
from bot.engine.advance import new_says
from bot.engine.flow import Flow, Question, Result
from bot.engine.values import Answers, Value, to_plain
from bot.engine.view import View, add_item, living, remove_item
from bot.japanese.numerals import read_quantities

LINE = 40  # characters of a result in the preview
PICK = 12  # choices of one pick; beyond it the part is picked first


@dataclass(frozen=True)
class Consequences:
    hidden: tuple[Question, ...]
    opened: tuple[Question, ...]
    revived: tuple[Question, ...]
    gone: tuple[Result, ...]  # held and does not any more
    new: tuple[Result, ...]  # surely did not hold and does now

    def __bool__(self) -> bool:
        return bool(self.hidden or self.opened or self.revived or self.gone or self.new)


def consequences(flow: Flow, before: Answers, after: Answers) -> Consequences:
    """What changes besides the answer itself. A result that was open and is settled now overturns nothing."""
    old, new = View(flow, before), View(flow, after)
    was, now = {q.id: q for q in old.visible()}, {q.id: q for q in new.visible()}
    appeared = tuple(question for name, question in now.items() if name not in was)
    return Consequences(
        hidden=tuple(question for name, question in was.items() if name not in now and name in before),
        opened=tuple(question for question in appeared if question.id not in after),
        revived=tuple(question for question in appeared if question.id in after),
        gone=tuple(r for r in flow.results if old.result(r.id) is True and new.result(r.id) is not True),
        new=tuple(r for r in flow.results if old.result(r.id) is False and new.result(r.id) is True),
    )


# --- 戻る ---


def withdraw(desk: Desk) -> None:
    """Take back the visible answer given last; its question is put again with it as a button."""
    view = desk.view()
    visible = {question.id: question for question in view.visible()}
    last = next((name for name in reversed(list(view.answers)) if name in visible), None)
    if last is None:
        put_next(desk, [desk.words("nothing_before")])
        return
    value = view.answers[last]
    unfinish(desk)
    waiting_drafts = {
        name: draft for name, draft in desk.session.drafts.items() if name in visible and name in view.answers
    }
    desk.change_session(
        answers={name: kept for name, kept in view.answers.items() if name != last},
        shown=with_fate(desk.session.shown, last, "withdrawn"),
        drafts=waiting_drafts,
        previous=(last, value),
        tries=0,
    )
    desk.log("withdrew", question=last, value=to_plain(value))
    put_next(desk, [desk.words("withdrew", name=visible[last].label)])


# --- 訂正 ---


def pick(desk: Desk, group: str = "") -> None:
    """Which answer? The part first, where there are many."""
    parts = [
        (title, [q for q in questions if q.id in desk.session.answers]) for title, questions in groups(desk.view())
    ]
    parts = [part for part in parts if part[1]]
    if not parts:
        put_next(desk, [desk.words("nothing_to_correct")])
        return
    desk.change(layer=Layer("pick", reason=group, number=desk.state.turn))
    place = number_in(group)
    chosen = parts[place][1] if place is not None and place < len(parts) else None
    everything = [question for _, questions in parts for question in questions]
    if chosen is None and len(everything) > PICK and len(parts) > 1:
        choices = [
            desk.bound(f"part:{i}", title or desk.flow.title, "part", str(i)) for i, (title, _) in enumerate(parts)
        ]
        desk.say(desk.words("pick_part"), (*choices, desk.command("back", "back")))
    else:
        _put_pick(desk, everything if chosen is None else chosen)


def _put_pick(desk: Desk, questions: list[Question]) -> None:
    choices = [_answer_choice(desk, question) for question in questions]
    desk.say(desk.words("pick"), (*choices, desk.command("back", "back")))


def _answer_choice(desk: Desk, question: Question) -> Choice:
    value = show(desk, question, desk.session.answers[question.id])
    number = max(one.number for one in desk.session.shown if one.question == question.id)
    return desk.bound(f"fix:{question.id}", f"{question.label}: {value}", "fix", str(number))


def ask_anew(desk: Desk, question: Question) -> None:
    """The question again, for its new value: an ask of its own."""
    desk.change(layer=Layer("correct", question=question.id, number=desk.state.turn))
    put_question(desk, question)


def close_correct(desk: Desk, question_id: str) -> None:
    """The old answer stands; the ask for a new one is over."""
    shown = tuple(
        replace(one, fate="answered") if one.question == question_id and one.fate == "open" else one
        for one in desk.session.shown
    )
    desk.change(layer=None)
    desk.change_session(shown=shown, drafts=without(desk.session.drafts, question_id))


def propose(desk: Desk, question: Question, value: Value) -> None:
    """A new value for an answered question: taken at once, or shown with what it changes."""
    before = desk.session.answers
    if before.get(question.id) == value:
        close_correct(desk, question.id)
        put_next(desk, [desk.words("unchanged", value=show(desk, question, value))])
        return
    found = consequences(desk.flow, before, {**before, question.id: value})
    if found:
        desk.change(layer=Layer("preview", question=question.id, values=(value,), number=desk.state.turn))
        put_preview(desk)
    else:
        apply(desk, question, value)


def put_preview(desk: Desk) -> None:
    """What the correction hides, opens, brings back and overturns."""
    layer = desk.state.layer
    assert layer is not None
    question = desk.view().questions[layer.question]
    value = layer.values[0]
    after = {**desk.session.answers, question.id: value}
    found = consequences(desk.flow, desk.session.answers, after)
    lines = [desk.words("preview", name=question.label, value=show(desk, question, value))]
    for key, questions in (("preview_hidden", found.hidden), ("preview_opened", found.opened)):
        if questions:
            lines.append(desk.words(key, names="、".join(q.label for q in questions)))
    lines += [
        desk.words("preview_revived", name=q.label, value=show(desk, q, desk.session.answers[q.id]))
        for q in found.revived
    ]
    for key, results, view in (
        ("preview_gone", found.gone, desk.view()),
        ("preview_new", found.new, desk.view(after)),
    ):
        if results:
            names = "\n".join(f"・{in_a_line(fill(desk, result.says, view))}" for result in results)
            lines.append(desk.words(key, names=names))
    desk.change(layer=replace(layer, number=desk.state.turn))
    choices = (desk.choice(":apply", desk.words("apply"), "apply"), desk.choice(":back", desk.words("leave"), "back"))
    desk.say("\n".join(lines), choices)


def in_a_line(text: str) -> str:
    """The first sentence, where the whole is too long for a line of a list; a figure stays whole or is left out."""
    first = text if len(text) <= LINE else text.partition("。")[0] + "。"
    if len(first) <= LINE:
        return first
    cut = next((one.start for one in read_quantities(first) if one.start < LINE - 1 < one.end), LINE - 1)
    return first[:cut].rstrip("約+（") + "…"


def apply(desk: Desk, question: Question, value: Value) -> None:
    before = desk.view()
    old = before.answers[question.id]
    after = {**before.answers, question.id: value}
    found = consequences(desk.flow, before.answers, after)
    desk.change(layer=None)
    write(desk, question, value)
    _note(desk, found)
    desk.log("corrected", question=question.id, old=to_plain(old), value=to_plain(value))
    follow(desk, before, question, [desk.words("corrected", name=question.label, value=show(desk, question, value))])


def _note(desk: Desk, found: Consequences) -> None:
    """Remember what came back, and drop the drafts of what is hidden."""
    gone = {question.id for question in found.hidden}
    visible = {question.id for question in desk.view().visible()}
    desk.change_session(
        revived=tuple(
            dict.fromkeys([*(r for r in desk.session.revived if r not in gone), *(q.id for q in found.revived)])
        ),
        drafts={name: draft for name, draft in desk.session.drafts.items() if name in visible},
    )


# --- items ---


def add(desk: Desk, repeat_id: str) -> None:
    repeat = repeats_of(desk.flow).get(repeat_id)
    if repeat is None:
        put_next(desk)
        return
    numbers = living(repeat, desk.session.answers)
    if len(numbers) >= repeat.high:
        put_next(desk, [desk.words("no_more_items", count=repeat.high)])
        return
    _items_changed(desk, "item_added", repeat_id, add_item(repeat, desk.session.answers), numbers[-1] if numbers else 0)


def pick_item(desk: Desk, repeat_id: str) -> None:
    repeat = repeats_of(desk.flow).get(repeat_id)
    if repeat is None:
        put_next(desk)
        return
    numbers = living(repeat, desk.session.answers)
    desk.change(layer=Layer("drop", question=repeat_id, number=desk.state.turn))
    choices = [desk.choice(f"item:{n}", f"{repeat.name}{n}", "item", str(n)) for n in numbers]
    desk.say(desk.words("pick_item", name=repeat.name), (*choices, desk.command("back", "back")))


def drop(desk: Desk, repeat_id: str, number: int) -> None:
    repeat = repeats_of(desk.flow)[repeat_id]
    desk.change(layer=None)
    if number not in living(repeat, desk.session.answers):
        put_next(desk)
        return
    _items_changed(desk, "item_removed", repeat_id, remove_item(repeat, desk.session.answers, number), number)


def _items_changed(desk: Desk, kind: str, repeat_id: str, answers: Mapping[str, Value], number: int) -> None:
    before = desk.view()
    found = consequences(desk.flow, before.answers, answers)
    unfinish(desk)
    desk.change_session(answers=answers, previous=None)
    _note(desk, found)
    desk.log(kind, repeat=repeat_id, number=number)
    said, cites = said_of(desk, new_says(before, desk.view()))
    put_next(desk, [desk.words(kind), *said], cites)
