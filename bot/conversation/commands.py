"""The words that work everywhere, typed or pressed, and the slash commands (semantics §6). One function a word.

A word counts only when it is the whole message; `knowledge/words/commands.yaml` lists how people type each.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.conversation import handover
from bot.conversation.answering import settle_on
from bot.conversation.browsing import show_headings
from bot.conversation.correcting import pick, withdraw
from bot.conversation.desk import Desk
from bot.conversation.finding import page_of, show_flow, show_next_others, show_page
from bot.conversation.layers import ASKING, close, open_layer, put_again, put_layer, where_one_is
from bot.conversation.messages import ListSessions
from bot.conversation.preferences import ask_for_settings, export
from bot.conversation.putting import put_menu, put_next, put_question, waiting, why_of
from bot.conversation.sessions import finish, pause, reopen, resume, who
from bot.engine.values import Gap
from bot.japanese.width import fold

THANKS = 25  # letters of a message that begins with thanks and still is nothing else


def command_of(desk: Desk, text: str) -> str | None:
    """The command that the whole message is; thanks may go on a little (「ありがとう、やってみます」)."""
    folded = fold(text)
    known = desk.library.words.commands
    first = re.split(r"[、。！!,\s]", text.strip(), maxsplit=1)[0]
    if folded not in known and len(folded) <= THANKS and known.get(fold(first)) == "thanks":
        return "thanks"
    return known.get(folded)


def run_command(desk: Desk, name: str) -> None:
    _COMMANDS[name](desk)


def back(desk: Desk) -> None:
    if desk.state.layer is not None:
        close(desk)
    elif desk.in_flow:
        withdraw(desk)
    else:
        put_menu(desk)


def _gap(desk: Desk, gap: Gap) -> None:
    """わからない and とばす are answers where a question waits."""
    layer = desk.state.layer
    question = waiting(desk)
    if question is None or (layer is not None and layer.kind not in ASKING):
        _not_here(desk)
        return
    key = "noted_unknown" if gap is Gap.UNKNOWN else "noted_skipped"
    settle_on(desk, question, gap, [desk.words(key)])


def unknown(desk: Desk) -> None:
    _gap(desk, Gap.UNKNOWN)


def skip(desk: Desk) -> None:
    _gap(desk, Gap.SKIPPED)


def confirm(desk: Desk) -> None:
    """The review's 結果を見る; in the menu what has been finished so far, elsewhere one is told where one is."""
    if desk.in_flow and desk.state.layer is None and waiting(desk) is None:
        finish(desk)
    elif not desk.in_flow and desk.state.layer is None:
        records(desk)
    else:
        where_one_is(desk)


def _not_here(desk: Desk) -> None:
    if desk.state.layer is not None:
        put_layer(desk)
    elif desk.in_flow:
        put_next(desk, [desk.words("nothing_waits")])
    else:
        put_menu(desk, [desk.words("no_flow_open")])


def why(desk: Desk) -> None:
    """Why the question is asked, with its page; the question is put again."""
    question = waiting(desk)
    layer = desk.state.layer
    if question is None or (layer is not None and layer.kind not in ASKING):
        help_here(desk)
        return
    desk.log("asked_why", question=question.id)
    put_question(desk, question, [why_of(desk, question) or desk.words("no_why")])


def correct(desk: Desk) -> None:
    """訂正, also of a session that was finished last: it reopens."""
    session = desk.state.session
    if session is None or (not desk.in_flow and not session.finished):
        help_here(desk)
        return
    if not desk.in_flow:
        reopen(desk)
    pick(desk)


def quit_flow(desk: Desk) -> None:
    if desk.in_flow:
        open_layer(desk, "quit")
    else:
        desk.change(layer=None)
        put_menu(desk)


def restart(desk: Desk) -> None:
    if desk.in_flow:
        open_layer(desk, "restart")
    else:
        desk.change(layer=None)
        put_menu(desk)


def help_here(desk: Desk) -> None:
    if desk.state.layer is not None:
        desk.say(desk.words("help_layer"))
        put_layer(desk)
    elif desk.in_flow:
        put_next(desk, [desk.words("help_flow" if waiting(desk) else "help_review")])
    else:
        put_menu(desk, [desk.words("help_menu")])


def urgent(desk: Desk) -> None:
    """The fixed words for people in danger; whatever waits keeps waiting."""
    desk.log("danger")
    desk.say(desk.words("danger"))


def hello(desk: Desk) -> None:
    """A greeting is answered; what waits is put again."""
    _answered_kindly(desk, "hello")


def thanks(desk: Desk) -> None:
    _answered_kindly(desk, "thanks")


def _answered_kindly(desk: Desk, key: str) -> None:
    if desk.in_flow or desk.state.layer is not None:
        desk.say(desk.words(key))
        put_again(desk)
    else:
        put_menu(desk, [desk.words(key)])


def others(desk: Desk) -> None:
    show_next_others(desk)
    put_again(desk)


def read_book(desk: Desk) -> None:
    show_headings(desk)
    put_again(desk)


def records(desk: Desk) -> None:
    desk.wants.append(ListSessions("records"))


def menu(desk: Desk) -> None:
    """The menu; what is open stays unfinished."""
    if desk.in_flow:
        pause(desk)
    else:
        desk.change(layer=None)
        put_menu(desk)


def privacy(desk: Desk) -> None:
    desk.say(desk.words("privacy", **who(desk)))
    put_again(desk)


def about(desk: Desk) -> None:
    desk.say(desk.words("about_bot", content=desk.library.about.content, **who(desk)))
    put_again(desk)


def delete(desk: Desk) -> None:
    desk.wants.append(ListSessions("delete"))


def forget(desk: Desk) -> None:
    open_layer(desk, "forget")


_COMMANDS: dict[str, Callable[[Desk], None]] = {
    "about": about,
    "back": back,
    "confirm": confirm,
    "correct": correct,
    "delete": delete,
    "export": export,
    "forget": forget,
    "hello": hello,
    "help": help_here,
    "menu": menu,
    "others": others,
    "pause": pause,
    "privacy": privacy,
    "quit": quit_flow,
    "read": read_book,
    "records": records,
    "restart": restart,
    "resume": resume,
    "settings": ask_for_settings,
    "skip": skip,
    "thanks": thanks,
    "unknown": unknown,
    "urgent": urgent,
    "why": why,
}
COMMANDS = tuple(_COMMANDS)

# --- slash commands ---

_SLASH = {
    "about": about,
    "delete": delete,
    "export": export,
    "flows": menu,
    "forget": forget,
    "help": help_here,
    "privacy": privacy,
    "records": records,
    "resume": resume,
    "settings": ask_for_settings,
}


def slash(desk: Desk, text: str) -> None:
    """/start with its payloads, /page 139 and the others; an unknown one says what there is."""
    name, _, rest = text.strip().lstrip("/").partition(" ")
    name = fold(name.partition("@")[0])
    if name == "start":
        start(desk, rest.strip())
    elif name == "page":
        _page(desk, rest)
    elif name in _SLASH:
        _SLASH[name](desk)
    else:
        desk.say(desk.words("unknown_command"))
        put_again(desk)


def _page(desk: Desk, rest: str) -> None:
    page = page_of(rest, bare=True)
    if page is None:
        desk.say(desk.words("which_page"))
    else:
        show_page(desk, page)
    put_again(desk)


def start(desk: Desk, payload: str) -> None:
    """Greets and shows the menu; drops nothing. A deep link leads to its flow, page or session."""
    kind, _, rest = payload.partition("-")
    flow = desk.library.flows.get(rest)
    page = page_of(rest, bare=True)
    if kind == "flow" and flow is not None:
        show_flow(desk, flow)
    elif kind == "page" and page is not None:
        show_page(desk, page)
    elif kind == handover.PREFIX and rest:
        handover.bring(desk, rest)
    else:
        desk.change(at="menu", layer=None)
        put_menu(desk, [desk.words("greeting")])
