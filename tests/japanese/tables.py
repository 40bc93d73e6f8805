"""Tables of words for tests."""


def words(table: str) -> list[str]:
    """The words of a table, which are set apart by spaces and line ends."""
    return table.split()
