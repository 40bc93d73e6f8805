"""What is open on top: its choices win over everything but danger, 戻る closes it, and it can be put again as it is.

A layer is a pick, a confirmation or a question about an answer. Closing one changes nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.conversation.answering import ASKING_BACK, put_clarify, put_text_or_question, stop_asking_back
from bot.conversation.correcting import close_correct, pick, pick_item, put_preview
from bot.conversation.desk import Desk
from bot.conversation.putting import put_menu, put_next, put_question, put_review_end, waiting
from bot.conversation.sessions import put_delete, put_gate, put_offer
from bot.conversation.state import Layer

ASKING = (*ASKING_BACK, "correct")  # layers over which the question still waits for an answer
YES_IS_FIRST = (
    "preview",
    "restart",
    "delete",
    "forget",
    "handover",
)  # layers that ask whether to go on: a typed はい or いいえ counts


def open_layer(desk: Desk, kind: str) -> None:
    desk.change(layer=Layer(kind, number=desk.state.turn))
    put_layer(desk)


def put_layer(desk: Desk) -> None:
    """The open layer once more, under this turn's number."""
    layer = desk.state.layer
    assert layer is not None
    _PUT[layer.kind](desk)


def close(desk: Desk) -> None:
    """戻る in a layer: the old state of things stands."""
    layer = desk.state.layer
    assert layer is not None
    if layer.kind in ASKING_BACK and layer.question in desk.session.answers:
        stop_asking_back(desk)
        put_layer(desk)
        return
    if layer.kind in (*ASKING, "preview") and layer.question in desk.session.answers:
        close_correct(desk, layer.question)
    desk.change(layer=None)
    if desk.in_flow and desk.session.finished:  # looked at and left as it was
        desk.change(at="menu")
        put_menu(desk, [desk.words("left_as_it_was")])
    elif desk.in_flow:
        put_next(desk)
    else:
        put_menu(desk)


def put_again(desk: Desk, lines: Iterable[str] = ()) -> None:
    """Whatever waits, once more, headed by these lines: the open layer, the question, the review's end; in the menu
    only the lines.
    """
    head = [line for line in lines if line]
    if desk.state.layer is None and desk.in_flow and waiting(desk) is not None:
        put_next(desk, head)
        return
    if head:
        desk.say("\n".join(head))
    if desk.state.layer is not None:
        put_layer(desk)
    elif desk.in_flow:
        put_review_end(desk)


def where_one_is(desk: Desk) -> None:
    """A button that has done its work says where one is."""
    if desk.in_flow or desk.state.layer is not None:
        put_again(desk, [desk.words("already")])
    else:
        put_menu(desk, [desk.words("already")])


def is_current(desk: Desk, kind: str, turn: int) -> bool:
    """Whether the layer of this kind that these buttons belong to is the one open now."""
    layer = desk.state.layer
    return layer is not None and layer.kind == kind and layer.number == turn


def _put_correct(desk: Desk) -> None:
    layer = desk.state.layer
    assert layer is not None
    put_question(desk, desk.view().questions[layer.question])


def _put_clarify(desk: Desk) -> None:
    layer = desk.state.layer
    assert layer is not None
    put_clarify(desk, desk.view().questions[layer.question])


def _put_pick(desk: Desk) -> None:
    layer = desk.state.layer
    assert layer is not None
    pick(desk, layer.reason)


def _put_drop(desk: Desk) -> None:
    layer = desk.state.layer
    assert layer is not None
    pick_item(desk, layer.question)


def _put_yes_no(desk: Desk, text: str, action: str, yes: str, no: str, *, more: str = "") -> None:
    layer = desk.state.layer
    assert layer is not None
    desk.change(layer=replace(layer, number=desk.state.turn))
    choices = (desk.choice(f":{action}", desk.words(yes), action), desk.choice(":back", desk.words(no), "back"))
    desk.say(desk.words(text) + more, choices)


def _put_quit(desk: Desk) -> None:
    choices = (
        desk.choice(":back", desk.words("quit_stay"), "back"),
        desk.choice(":pause", desk.words("quit_keep"), "pause"),
        desk.choice(":erase", desk.words("quit_erase"), "erase_this", desk.session.id),
    )
    desk.say(desk.words("quit_ask"), choices)


def _put_restart(desk: Desk) -> None:
    _put_yes_no(desk, "restart_ask", "restart_yes", "restart_yes", "restart_no")


def _put_forget(desk: Desk) -> None:
    more = desk.words("forget_invitation") if desk.library.closed else ""
    _put_yes_no(desk, "forget_ask", "forget_yes", "forget_yes", "leave", more=more)


_PUT: dict[str, Callable[[Desk], None]] = {
    "clarify": _put_clarify,
    "correct": _put_correct,
    "delete": put_delete,
    "drop": _put_drop,
    "forget": _put_forget,
    "gate": put_gate,
    "handover": put_offer,
    "pick": _put_pick,
    "preview": put_preview,
    "quit": _put_quit,
    "restart": _put_restart,
    "text_or_ask": put_text_or_question,
}
