"""Talk for programs: one JSON object a line in, one a line out, flushed after each turn (contracts.md).

A line that cannot be used, or not be kept, gets `{"error": …}` and changes nothing; the next one is read. Many users
may speak on one pipe; each line says who. Nothing is kept here: what may be chosen stands in the user's state.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from sqlite3 import Error as StoreError
from typing import Any, ClassVar, TextIO

from bot.channels.base import json_line
from bot.conversation.messages import Choice, Message, Pressed, Reply, Typed
from bot.turn import Incoming, Outgoing, Turns

_NO_BUTTON = "none"  # a token that no button has: the conversation then says so in its own words


class BadLine(ValueError):
    """The key of the sentence that says what is wrong with a line."""


@dataclass(frozen=True)
class Line:
    """What came in; exactly one of `text` and `choose` is set."""

    user: str
    text: str | None
    choose: str | None
    update_id: int | str | None


@dataclass(frozen=True)
class Jsonl:
    name: ClassVar[str] = "jsonl"
    public: ClassVar[bool] = False

    turns: Turns
    source: TextIO
    out: TextIO

    def serve(self) -> int:
        try:
            while line := self.source.readline():
                self._write(self._answer(line))
        except KeyboardInterrupt:
            pass  # every line that was answered is kept
        return 0

    def _answer(self, text: str) -> dict[str, object]:
        try:
            line = read_line(text)
        except BadLine as error:
            return {"error": self.turns.library.words.say(str(error))}
        try:
            outgoing = self.turns.take(Incoming(self.name, line.user, self._message(line), line.update_id))
        except StoreError:
            return {"error": self.turns.library.words.say("trouble")}
        return shown(line.user, outgoing)

    def _message(self, line: Line) -> Message:
        if line.choose is None:
            return Typed(line.text or "")
        offered = self.turns.state(self.name, line.user).offered
        return Pressed(_token(offered, line.choose) or _NO_BUTTON)

    def _write(self, answer: Mapping[str, object]) -> None:
        self.out.write(json_line(answer))
        self.out.flush()


def read_line(text: str) -> Line:
    """`BadLine` for anything but the contract's object; keys that it does not know are let pass."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BadLine("jsonl_no_object") from None
    if not isinstance(data, dict):
        raise BadLine("jsonl_no_object")
    user, said, choose, update_id = (data.get(key) for key in ("user", "text", "choose", "update_id"))
    if not isinstance(user, str) or not user:
        raise BadLine("jsonl_no_user")
    if [isinstance(said, str), isinstance(choose, str)].count(True) != 1 or None not in (said, choose):
        raise BadLine("jsonl_no_message")
    if isinstance(update_id, bool) or not isinstance(update_id, int | str | None):
        raise BadLine("jsonl_bad_update_id")
    return Line(user, said, choose, update_id)


def _token(offered: tuple[Choice, ...], wanted: str) -> str | None:
    """Ids first, then exact labels."""
    by_id = next((choice.token for choice in offered if choice.id == wanted), None)
    return by_id or next((choice.token for choice in offered if choice.label == wanted), None)


def shown(user: str, outgoing: Outgoing) -> dict[str, Any]:
    at_of = outgoing.progress
    line: dict[str, Any] = {
        "user": user,
        "messages": [_message_shown(reply) for reply in outgoing.replies],
        "flow": outgoing.flow,
        "question": outgoing.question,
        "progress": None if at_of is None else {"at": at_of[0], "of": at_of[1]},
        "result": outgoing.result,
    }
    return line | {"duplicate": True} if outgoing.duplicate else line


def _message_shown(reply: Reply) -> dict[str, object]:
    return {
        "text": reply.text,
        "choices": [{"id": choice.id, "label": choice.label} for choice in reply.choices],
        "cites": [{"entry": cite.entry, "page": cite.page} for cite in reply.cites],
        "files": [{"name": one.name, "media_type": one.media_type, "path": one.path} for one in reply.files],
    }
