"""The bot as a process of its own, for tests that kill it: database, server, seconds until polling counts as dead."""

from __future__ import annotations

import logging
import secrets
import sys
from contextlib import closing

from bot.channels.telegram.limits import Limits
from bot.channels.telegram.run import TelegramChannel
from bot.store.database import open_database
from tests.channels.telegram.bot_api import TOKEN
from tests.channels.telegram.library import make_turns

if __name__ == "__main__":
    database, server, stale = sys.argv[1:]
    logging.basicConfig(level=logging.INFO)
    limits = Limits(poll=1, timeout=1, stale=float(stale), conflicts=3, pause=0.05, longest_pause=0.2, drain=2)
    with closing(open_database(database)) as store:
        turns = make_turns(store, lambda: secrets.token_hex(8))
        sys.exit(TelegramChannel(turns, TOKEN, server, limits=limits).serve())
