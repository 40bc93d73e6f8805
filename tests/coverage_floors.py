"""Floors of branch coverage, a package each, read from the `.coverage` that the tests just wrote. Exit 1 below a floor.

Raise a floor in the commit that reaches it; a package without a line here is measured with the rest.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from coverage import Coverage

FLOORS = {"engine": 100, "conversation": 100}
ELSEWHERE = 95
WHOLE = 100


def main() -> int:
    measured = {name: _share(*counts) for name, counts in sorted(_counts().items())}
    below = {name: share for name, share in measured.items() if share < FLOORS.get(name, ELSEWHERE)}
    for name, share in measured.items():
        floor = FLOORS.get(name, ELSEWHERE)
        print(f"{'below' if name in below else 'ok   '} {share:6.2f}%  floor {floor}%  bot/{name}")  # noqa: T201
    return 1 if below else 0


def _share(covered: int, there: int) -> float:
    return WHOLE * covered / there if there else WHOLE


def _counts() -> dict[str, tuple[int, int]]:
    """Covered and existing lines and branches, by package; modules directly under bot/ count by their own name."""
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for name, file in _report()["files"].items():
        package = Path(name).parts[1].removesuffix(".py")
        summary = file["summary"]
        covered, there = counts[package]
        counts[package] = (
            covered + summary["covered_lines"] + summary["covered_branches"],
            there + summary["num_statements"] + summary["num_branches"],
        )
    return counts


def _report() -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    coverage = Coverage()
    coverage.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coverage.json"
        stdout, sys.stdout = sys.stdout, io.StringIO()
        try:
            coverage.json_report(outfile=str(path))
        finally:
            sys.stdout = stdout
        report: dict[str, dict[str, dict[str, dict[str, int]]]] = json.loads(path.read_text(encoding="utf8"))
    return report


if __name__ == "__main__":
    sys.exit(main())
