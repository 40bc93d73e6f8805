"""Draws the files that a reply names, when it is sent: what is kept of a user, read now, written elsewhere.

The rule: reading happens at once, in the thread that owns the database; drawing is work that may take long and touches
no row, so that a channel may do it aside. A file that is there already is not drawn again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.conversation.messages import File
from bot.report.kept import Kept, to_json, to_page
from bot.report.page import to_html
from bot.wants import Wants

Work = Callable[[], None]


@dataclass(frozen=True)
class Drawing:
    wants: Wants

    def work(self, user: str, files: tuple[File, ...], now: datetime) -> Work | None:
        """What is still to be done for these files; None where there is nothing."""
        store = self.wants.store
        missing = [file for file in files if store.files.has(file.path) and not Path(file.path).exists()]
        if not missing:
            return None
        flows = {row.version: self.wants.flow_of(row) for row in store.sessions(user)}
        known = {version: flow for version, flow in flows.items() if flow is not None}
        kept = Kept(store.everything(user), known, now)

        def draw() -> None:
            for file in missing:
                text = to_json(kept) if file.path.endswith(".json") else to_html(to_page(self.wants.library, kept))
                store.files.write(file.path, text)

        return draw
