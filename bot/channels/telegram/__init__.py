"""Telegram: updates in, messages out, on python-telegram-bot as transport only. Every decision of the talk is `Turns`'.

In reading order: `receiving` (polling or webhook), `unreadable` (what the library stumbles over), `reading` (update ->
message), `address` (where replies go), `door` (who may come in), `inbox` (a turn before Telegram hears that we have the
update), `flood` (who sends too much), `again` (the same tap), `outbox` (what is owed), `lines` (one line a chat),
`courier` (a reply -> requests), `spent` (buttons whose time is over), `text`, `keyboard` and `files` (its shape),
`busy` (something is coming), `inline` (the handbook in any chat), `menu` (commands and profile), `watch` (is
polling alive), `upkeep` (the database in pauses), `logs` (no token in them), `serving` (all of it together), `run`
(the door). No sentence stands here: those of the bot are read from `library.words`, those for the operator are log
lines.
"""

from bot.channels.telegram.limits import Limits
from bot.channels.telegram.run import TelegramChannel, run_telegram
from bot.channels.telegram.watch import Ending

__all__ = ["Ending", "Limits", "TelegramChannel", "run_telegram"]
