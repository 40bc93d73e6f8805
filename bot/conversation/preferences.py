"""/settings: what one has here, what can be set, and the ways to take it away. One message, everything by a button."""

from __future__ import annotations

from bot.conversation.desk import Desk
from bot.conversation.layers import put_again
from bot.conversation.messages import Card, Choice, Export, Got, ListSessions


def ask_for_settings(desk: Desk) -> None:
    desk.wants.append(ListSessions("settings"))


def put_settings(desk: Desk, cards: tuple[Card, ...]) -> None:
    unfinished = sum(not card.finished and not card.handed for card in cards)
    desk.say(_overview(desk, len(cards), unfinished), _choices(desk))
    put_again(desk)


def _overview(desk: Desk, count: int, unfinished: int) -> str:
    lines = [desk.words("settings", count=count, open=unfinished)]
    if desk.library.public:
        agreed = desk.state.consented == desk.library.about.notice
        lines.append(desk.words("settings_agreed" if agreed else "settings_not_agreed"))
    lines.append(desk.words("settings_quiet" if desk.state.quiet else "settings_talking"))
    return "\n".join(lines)


def _choices(desk: Desk) -> tuple[Choice, ...]:
    wanted = "off" if not desk.state.quiet else "on"
    return (
        desk.choice(":word", desk.words("word_off" if wanted == "off" else "word_on"), "word", wanted),
        desk.command("records", "records"),
        desk.command("export", "export"),
        desk.command("delete", "delete_one"),
        desk.command("forget", "forget_yes"),
        desk.command("privacy", "read_privacy"),
    )


def set_word(desk: Desk, wanted: str) -> None:
    """Sets, never flips: a press may come twice."""
    desk.change(quiet=wanted == "off")
    put_again(desk, [desk.words("settings_quiet" if desk.state.quiet else "settings_talking")])


def export(desk: Desk) -> None:
    desk.wants.append(Export())


def put_export(desk: Desk, got: Got) -> None:
    """The files with what they are; none in a group, where others would read them too."""
    if got.files:
        said = [desk.words("export_here"), desk.words("export_public" if desk.library.public else "export_local")]
        desk.say("\n".join(said), files=got.files)
    else:
        desk.say(desk.words("export_alone"))
    put_again(desk)
