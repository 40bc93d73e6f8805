"""`bansou talk --record FILE`: the conversation held, kept as a conversation test while it goes on.

Each turn is one line: what was typed or pressed, where it led, and on the turn that ends a flow its results. Only what
came from the person is kept, in the form of `tests/talks/`; what is to be expected of the replies an author adds.
"""

from dataclasses import dataclass
from typing import TextIO

from bot.channels.once.talks import Line, plain, turn
from bot.conversation.messages import Message, Pressed, Sent, Typed
from bot.turn import Incoming, Outgoing, Turns


@dataclass(frozen=True, kw_only=True)
class RecordedTurns(Turns):
    """The same turns, each written down once it is done."""

    record: TextIO

    def take(self, incoming: Incoming) -> Outgoing:
        names = {choice.token: choice.id for choice in self.state(incoming.channel, incoming.user).offered}
        outgoing = super().take(incoming)
        if not outgoing.duplicate:
            self.record.write(turn(_said(incoming.message, names) | _led_to(outgoing)))
            self.record.flush()
        return outgoing


def recorded(turns: Turns, record: TextIO) -> RecordedTurns:
    """These turns with a record, its head written."""
    record.write(plain({"about": turns.library.words.say("recorded_talk")}, in_line=False) + "talk:\n")
    return RecordedTurns(
        library=turns.library,
        store=turns.store,
        secret=turns.secret,
        clock=turns.clock,
        fresh=turns.fresh,
        read_flow=turns.read_flow,
        record=record,
    )


def _said(message: Message, names: dict[str, str]) -> Line:
    match message:
        case Pressed(token):
            return {"press": names.get(token, token)}
        case Sent(kind):
            return {"send": kind}
    return {"you": message.text if isinstance(message, Typed) else ""}


def _led_to(outgoing: Outgoing) -> Line:
    at = "menu" if outgoing.flow is None else f"{outgoing.flow}/{outgoing.question or 'review'}"
    if outgoing.result is None:
        return {"at": at}
    return {"at": at, "results": [result["id"] for result in outgoing.result["results"]]}
