"""What is owed to chats, until it is sent or given up: puts replies into the chat's line and settles them in the store.

The rule: a reply is settled only after Telegram has it, or never will. One that the network kept from us stays owed: it
goes before the chat's next reply, or after the next start.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.channels.telegram.address import Address
from bot.channels.telegram.courier import Courier, Fate
from bot.channels.telegram.inline import answer_inline
from bot.channels.telegram.lines import log_failure
from bot.channels.telegram.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import CallbackQuery, InlineQuery

    from bot.channels.telegram.lines import Lines
    from bot.conversation.messages import Reply
    from bot.drawing import Work
    from bot.turn import Owed, Turns

CHANNEL = "telegram"
_ALL = 100_000  # owed replies read at start


class Outbox:
    def __init__(self, turns: Turns, courier: Courier, lines: Lines) -> None:
        self._turns = turns
        self._courier = courier
        self._lines = lines
        self._underway: set[int] = set()  # owed replies that stand in a line
        self._late: dict[int, list[Owed]] = {}  # by chat: those that the network kept from us
        self._answered = Remembered()  # presses
        self._closed: set[int] = set()  # chats that take nothing any more, until they write again

    def resume(self) -> None:
        """What a crash left unsent goes first in each chat's line."""
        for owed in self._turns.owed(CHANNEL, _ALL):
            self.deliver((owed,), Address.from_text(owed.address))

    def stands(self, chat: int, is_open: bool) -> None:
        """Whether the chat takes messages: it wrote, or says so itself. Where not, what it is owed is given up."""
        if is_open:
            self._closed.discard(chat)
        else:
            self._closed.add(chat)
            self.deliver((), Address(chat))

    def waiting(self, chat: int) -> int:
        return self._lines.waiting(chat)

    def answer(self, query: CallbackQuery, text: str | None) -> None:
        """Waits in no line: a press is answered at once, however much is still to be sent."""
        if self._answered.again(query.id):
            return  # an update that came twice: Telegram takes one answer
        self._lines.aside(self._courier.answer(query, text))

    def answer_inline(self, query: InlineQuery, *, may: bool) -> None:
        self._lines.aside(answer_inline(query, self._turns.library, may=may))

    def moved(self, old: int, new: int) -> None:
        """A group has become a supergroup: what is owed to it goes there."""
        self._courier.moved(old, new)

    def say(self, reply: Reply, address: Address) -> None:
        """A reply that nobody owes, for when nothing can be kept."""

        async def bring() -> None:
            await self._courier.bring(reply, address)

        self._lines.add(address.chat, bring)

    def deliver(
        self,
        owed: Iterable[Owed],
        address: Address,
        pressed: CallbackQuery | None = None,
        *,
        over: bool = False,
    ) -> None:
        """`over`: after these nothing waits for an answer."""
        # An update that comes twice still owes what the first one is sending.
        fresh = [one for one in owed if one.id not in self._underway]
        self._underway.update(one.id for one in fresh)

        async def bring() -> None:
            await self._bring_all(address.chat, [*self._late.pop(address.chat, []), *fresh])
            if address.chat in self._closed:
                return
            # What comes next is what they wait for; that the choice is shown may come a moment later.
            if pressed is not None and not any(one.reply.in_place for one in fresh):
                self._courier.mark(pressed, address)
            self._courier.settle(address, over=over)

        self._lines.add(address.chat, bring)

    async def _bring_all(self, chat: int, owed: list[Owed]) -> None:
        """In order: where one is late, those behind it are too."""
        for number, one in enumerate(owed):
            fate = await self._bring(chat, one)
            if fate is Fate.LATER:
                self._late[chat] = owed[number:]
                return
            if fate is Fate.SENT:
                self._turns.sent(one.id)
            else:
                self._turns.give_up(one.id)
            self._underway.discard(one.id)

    async def _bring(self, chat: int, owed: Owed) -> Fate:
        if chat in self._closed:
            return Fate.CLOSED
        address = Address.from_text(owed.address)
        if (work := self._turns.drawing(owed)) is not None:
            async with self._courier.busy(address):
                await _done(work)
        fate = await self._courier.bring(owed.reply, address)
        if fate is Fate.CLOSED:
            self._closed.add(chat)
        return fate


async def _done(work: Work) -> None:
    """Beside the talk. Where it fails the courier finds no file, and says so."""
    try:
        await asyncio.to_thread(work)
    except Exception as error:  # noqa: BLE001  whatever it is, this chat's other replies must go on
        log_failure("a file was not drawn", error)
