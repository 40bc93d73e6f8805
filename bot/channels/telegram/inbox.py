"""The queue that the library puts updates into. A turn is committed before `put` returns, and only then does the
library confirm the update to Telegram (by the next offset, or the 200 of a webhook): a crash loses no message, and
what comes twice `Turns` knows again. Nothing is sent from here but the answer to a press; replies go by `outbox`.

No error may leave `put`: it would end the library's polling for good.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram import Bot, CallbackQuery, Update

from bot.channels.telegram.address import Address, deep_link
from bot.channels.telegram.again import Taps
from bot.channels.telegram.door import Door
from bot.channels.telegram.flood import Flood, Verdict
from bot.channels.telegram.lines import log_failure
from bot.channels.telegram.outbox import CHANNEL, Outbox
from bot.channels.telegram.reading import Heard, hear, invited, moved, standing_of
from bot.channels.telegram.remembered import Remembered
from bot.conversation.converse import LONGEST
from bot.conversation.danger import is_danger
from bot.conversation.messages import Message, Reply, Typed
from bot.turn import Incoming, Outgoing, Turns

if TYPE_CHECKING:
    from bot.channels.telegram.limits import Limits

_TRIES = 3  # of a turn: the database may be busy for a moment
_PAUSE = 0.2


class Inbox(asyncio.Queue[object]):
    def __init__(
        self, turns: Turns, bot: Bot, outbox: Outbox, limits: Limits, allowed: frozenset[int] | None = None
    ) -> None:
        super().__init__()
        self._turns = turns
        self._bot = bot
        self._outbox = outbox
        self._door = Door(turns.access, allowed)
        self._flood = Flood(limits)
        self._taps = Taps(limits)
        self._albums = Remembered()  # one answer to pictures sent together

    async def put(self, item: object) -> None:
        """Takes the update instead of keeping it: nobody reads this queue."""
        if isinstance(item, Update):
            try:
                await self._take(item)
            except Exception as error:  # noqa: BLE001  see above
                log_failure(f"update {item.update_id} was not understood", error)
        await asyncio.sleep(0)  # let the lines send between two updates of a batch

    async def _take(self, update: Update) -> None:
        if not self._is_beside_the_talk(update):
            await self._hear(update)

    def _is_beside_the_talk(self, update: Update) -> bool:
        """What is no message to us is seen to here."""
        if update.inline_query is not None:
            self._outbox.answer_inline(update.inline_query, may=self._may(update.inline_query.from_user.id))
        elif (standing := standing_of(update)) is not None:
            self._outbox.stands(*standing)
        elif (numbers := moved(update)) is not None:
            self._outbox.moved(*numbers)
        elif (welcome := invited(update, self._bot.bot)) is not None:
            self._greet(*welcome)
        else:
            return False
        return True

    async def _hear(self, update: Update) -> None:
        heard = hear(update, self._bot.bot)
        verdict = self._judge(heard)
        if update.callback_query is not None:
            self._answer(update.callback_query, heard, verdict)
        if heard is None or heard.foreign or self._is_more_of(heard.album):
            return
        if (refusal := self._refusal(heard)) is not None:
            self._turn_away(heard, "danger" if self._is_urgent(heard.message) else refusal)
            return
        if verdict is not Verdict.HEARD:
            self._slow_down(heard, verdict)
            return
        self._outbox.stands(heard.address.chat, is_open=True)
        if self._taps.is_again(heard.user, heard.query):
            self._outbox.deliver((), heard.address)  # what the network kept from them the first time
            return
        outgoing = await self._turn(update, heard)
        if outgoing is None:
            self._outbox.say(self._reply_unkept(heard.message), heard.address)
            return
        self._taps.note(heard.user, heard.query)
        query = None if outgoing.duplicate else heard.query
        over = not outgoing.waits and not outgoing.duplicate
        self._outbox.deliver(outgoing.owed, heard.address, query, over=over)

    def _greet(self, user: int, group: Address) -> None:
        """One message to a group that the bot was brought into, by somebody who may."""
        if self._may(user):
            self._outbox.say(Reply(self._turns.library.words.say("hello_group")), group)

    def _may(self, user: int) -> bool:
        try:
            return self._door.knows(user)
        except Exception as error:  # noqa: BLE001  then rather not
            log_failure("nobody could be looked up", error)
            return False

    def _judge(self, heard: Heard | None) -> Verdict:
        if heard is None or heard.foreign or not self._may(heard.user) or self._is_urgent(heard.message):
            return Verdict.HEARD  # who may not come in is told that, and nothing of floods
        return self._flood.judge(heard.user, self._outbox.waiting(heard.address.chat))

    def _is_urgent(self, message: Message) -> bool:
        return isinstance(message, Typed) and is_danger(message.text[:LONGEST], self._turns.library.danger)

    def _slow_down(self, heard: Heard, verdict: Verdict) -> None:
        """Once, behind the replies that are on their way: what came before it was taken, what comes after was not."""
        if verdict is Verdict.STOPPED:
            self._outbox.say(Reply(self._turns.library.words.say("too_fast")), heard.address)

    def _answer(self, query: CallbackQuery, heard: Heard | None, verdict: Verdict) -> None:
        """Every press, whatever comes of it, and before anything else: clients show a spinner until then."""
        refused = None
        if heard is not None and heard.foreign:
            refused = self._turns.library.words.say("not_yours")
        elif verdict is not Verdict.HEARD:
            refused = self._turns.library.words.say("too_fast")
        self._outbox.answer(query, refused)

    def _refusal(self, heard: Heard) -> str | None:
        try:
            return self._door.refusal(heard)
        except Exception as error:  # noqa: BLE001  whoever it is must not think that nobody is there
            log_failure("nobody could be let in", error)
            return "trouble"

    def _reply_unkept(self, message: Message) -> Reply:
        """When nothing can be kept: who is in danger gets the fixed words all the same."""
        return Reply(self._turns.library.words.say("danger" if self._is_urgent(message) else "trouble"))

    def _turn_away(self, heard: Heard, key: str) -> None:
        if key:
            self._outbox.say(Reply(self._turns.library.words.say(key)), heard.address)

    def _is_more_of(self, album: str | None) -> bool:
        return album is not None and self._albums.again(album)

    async def _turn(self, update: Update, heard: Heard) -> Outgoing | None:
        """None: it could not be kept, which must be said, for Telegram will not bring it again."""
        incoming = Incoming(
            CHANNEL,
            str(heard.user),
            heard.message,
            update.update_id,
            heard.address.to_text(),
            deep_link(self._bot.username, "{}"),
            shared=bool(heard.address.owner),
        )
        for _ in range(_TRIES):
            try:
                return self._turns.take(incoming)
            except Exception as error:  # noqa: BLE001  whatever it is, the others must be served
                log_failure(f"update {update.update_id} failed", error)
            await asyncio.sleep(_PAUSE)
        return None
