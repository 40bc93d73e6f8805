"""The few ways in which rows are read and written, and the only way in which this package opens a transaction.

The rule: BEGIN IMMEDIATE takes the write lock first and waits for it (busy_timeout). A plain BEGIN takes it at the
first write, and then SQLite refuses at once, without waiting, when another process wrote after our first read. No
table is named here.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.store.rows import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database


@contextmanager
def immediate(database: Database) -> Iterator[None]:
    """All or nothing, whatever is raised inside; RuntimeError when one is open already."""
    if database.conn.in_transaction:
        raise RuntimeError("a transaction is open already; a turn has one")
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.commit()  # within the try: a full disk shows here
    except BaseException:
        database.rollback()
        raise


class Tables:
    """Reading reads all at once: a half-read cursor would hold up VACUUM and the emptying of the log."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Within the open transaction, or one of its own."""
        if self.database.conn.in_transaction:
            yield
        else:
            with immediate(self.database):
                yield

    def rows(
        self, table: str, where: str, values: list[str], order: str | None = None, limit: int | None = None
    ) -> list[dict[str, Any]]:
        found = self.database.table(table).rows_where(where, list(map(clean, values)), order_by=order, limit=limit)
        return list(found)

    def one(self, table: str, where: str, values: list[str]) -> dict[str, Any] | None:
        return next(iter(self.rows(table, where, values, limit=1)), None)

    def insert(self, table: str, **columns: str | None) -> int:
        """The number of the new row."""
        with self.writing():
            number = self.database.table(table).insert(_cleaned(columns)).last_rowid
        assert number is not None
        return number

    def upsert(self, table: str, key: str, **columns: str | None) -> None:
        with self.writing():
            self.database.table(table).upsert(_cleaned(columns), pk=key)

    def delete(self, table: str, where: str, values: list[str]) -> None:
        with self.writing():
            self.database.table(table).delete_where(where, list(map(clean, values)))

    def having(self, column: str) -> tuple[str, ...]:
        """The names of the tables with this column."""
        return tuple(table.name for table in self.database.tables if column in table.columns_dict)

    def rewrite(self) -> bool:
        """The file anew with only what is in it now, and an empty log. False: somebody was reading the old one."""
        self.database.execute("VACUUM")
        return self.empty_log()

    @contextmanager
    def hurrying(self) -> Iterator[None]:
        """Waits for nobody: for what can as well be done later."""
        waits = self.database.execute("PRAGMA busy_timeout").fetchone()[0]
        self.database.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.database.execute(f"PRAGMA busy_timeout = {waits}")

    def empty_log(self) -> bool:
        busy, *_ = self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def _cleaned(columns: dict[str, str | None]) -> dict[str, str | None]:
    return {name: value and clean(value) for name, value in columns.items()}
