"""One line a chat: what is to be done for a chat is done in order, chats are served side by side.

A chat that floods us waits in its own line and has one request under way, as every other. Lines know nothing of what
they do; what fails is logged by its type and place, because messages of errors may quote what somebody wrote.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine

Job = Callable[[], Awaitable[None]]

_log = logging.getLogger(__name__)


def log_failure(what: str, error: Exception) -> None:
    """Type and place of the error, without its message."""
    _log.error("%s: %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))


class Lines:
    def __init__(self) -> None:
        self._waiting: dict[int, deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._dropped: set[asyncio.Task[None]] = set()  # at the end

    def add(self, chat: int, job: Job) -> None:
        if chat in self._waiting:
            self._waiting[chat].append(job)
        else:
            self._waiting[chat] = deque([job])
            self.aside(self._work(chat))

    def waiting(self, chat: int) -> int:
        return len(self._waiting.get(chat, ()))

    def aside(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Something that waits in no line; counted at the end like the lines."""
        task = asyncio.create_task(work)
        self._tasks.add(task)  # the loop itself keeps no hard reference
        task.add_done_callback(self._tasks.discard)
        return task

    def beside(self, work: Coroutine[None, None, None]) -> None:
        """What may as well be dropped at the end: nobody waits for it."""
        task = asyncio.create_task(work)
        self._dropped.add(task)
        task.add_done_callback(self._dropped.discard)

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way; what takes longer is dropped."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        late = [*self._tasks, *self._dropped]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, chat: int) -> None:
        line = self._waiting[chat]
        while line:
            job = line.popleft()
            try:
                await job()
            except Exception as error:  # noqa: BLE001  one failed job must not end the line
                log_failure("a delivery failed", error)
        del self._waiting[chat]  # no await between the test and this: nobody can have joined
