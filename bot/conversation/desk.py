"""The desk at which one turn is worked out: what is at hand, and what has been said and logged so far.

A Desk lives for one call of `converse` and is how its parts speak to each other; nothing of it is kept but the state.
Buttons get their tokens here: `q.<session>.<ask>.<choice>` for a question's, `s.<session>.<turn>.<action>.<argument>`
for those that work on one session, `a.<turn>.<action>.<argument>` for the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.conversation.library import Library
from bot.conversation.messages import Choice, Cite, Event, File, Out, Reply, Want
from bot.conversation.state import Session, State
from bot.engine.flow import Flow
from bot.engine.values import Answers, Plain
from bot.engine.view import View

_RUN = 2  # pages in a row that are still told one by one
LONGEST_NUMBER = 9  # digits of a turn or an ask
USED_KEPT = 200  # older turns count as used: a changing button that old does nothing any more


@dataclass
class Desk:
    library: Library
    state: State
    now: datetime
    fresh: str
    events: list[Event] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    wants: list[Want] = field(default_factory=list)

    # --- what is at hand ---

    @property
    def session(self) -> Session:
        assert self.state.session is not None
        return self.state.session

    @property
    def flow(self) -> Flow:
        return self.library.flows[self.session.flow]

    @property
    def in_flow(self) -> bool:
        return self.state.at == "flow"

    def view(self, answers: Answers | None = None) -> View:
        return View(self.flow, self.session.answers if answers is None else answers)

    def change(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)

    def change_session(self, **changes: Any) -> None:
        self.state = self.state.with_session(**changes)

    # --- what is said and logged ---

    def words(self, key: str, **slots: object) -> str:
        return self.library.words.say(key, **slots)

    def say(
        self,
        text: str,
        choices: tuple[Choice, ...] = (),
        cites: tuple[Cite, ...] = (),
        *,
        in_place: bool = False,
        files: tuple[File, ...] = (),
    ) -> None:
        self.replies.append(Reply(text, choices, cites, in_place, files))

    def log(self, kind: str, **data: Plain) -> None:
        self.events.append(Event(kind, data))

    def choice(self, choice_id: str, label: str, action: str, argument: str = "") -> Choice:
        """A button that belongs to no question: it carries the number of the turn that puts it."""
        return Choice(choice_id, label, f"a.{self.state.turn}.{action}.{argument}")

    def bound(self, choice_id: str, label: str, action: str, argument: str = "") -> Choice:
        """A button that works on the session at hand and on no other."""
        return Choice(choice_id, label, f"s.{self.session.id}.{self.state.turn}.{action}.{argument}")

    def command(self, name: str, key: str) -> Choice:
        return self.choice(f":{name}", self.words(key), name)

    def spend(self, turn: int) -> bool:
        """Whether what the changing button of that turn does is still to be done; from now on it is not."""
        oldest = min(self.state.used, default=0) if len(self.state.used) >= USED_KEPT else 0
        if turn in self.state.used or turn < oldest:
            return False
        self.change(used=(*self.state.used, turn)[-USED_KEPT:])
        return True

    def out(self) -> Out:
        offered = tuple(
            choice for reply in reversed(self.replies) for choice in reply.choices
        )  # the last message's first
        self.change(offered=offered or self.state.offered)
        return Out(self.state, tuple(self.events), tuple(self.replies), tuple(self.wants))


def number_in(text: str) -> int | None:
    """A small number out of a button's token; None for anything else, because a token may be forged."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def page_list(pages: tuple[int, ...]) -> str:
    """93 -> 「93」; 65, 66, 67 -> 「65-67」; 38, 40, 41 -> 「38・40・41」; 144 to 152 and 155 -> 「144-152・155」."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return "・".join(f"{run[0]}-{run[-1]}" if len(run) > _RUN else "・".join(map(str, run)) for run in runs)
