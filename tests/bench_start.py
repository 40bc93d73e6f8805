"""How long people and programs wait for a cold start. Measured and printed, never asserted: machines differ.

    .venv/bin/python tests/bench_start.py [rounds]

Contracts: `run`, `flows`, `entries`, `check` 0.5 s; the first answer of `talk` 1.5 s, also when it is a search.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

COMMANDS = (
    (("run", "kihon-checklist", "--answers", "-"), b'{"q01":"no"}'),
    (("flows", "--json"), b""),
    (("entries", "--json"), b""),
    (("check",), b""),
    (("guard", "--batch", "-"), b"x"),
    (("search", "男性が来ない"), b""),
)
FIRST_LINES = ("メニュー", "/start flow-kihon-checklist", "男性が来ない")


def command(arguments: tuple[str, ...], given: bytes) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot", *arguments], input=given, capture_output=True, check=True)
    return time.perf_counter() - start


def first_answer(line: str, folder: Path) -> float:
    """From starting the process on a new database to the first line that comes back."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "talk", "--db", str(folder / f"{start}.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{line}\n".encode())
    process.stdin.flush()
    process.stdout.readline()
    waited = time.perf_counter() - start
    process.communicate()
    return waited


def tell(name: str, waited: list[float]) -> None:
    print(f"{median(waited):6.2f} s  (best {min(waited):.2f}, worst {max(waited):.2f})  {name}")  # noqa: T201


def main(rounds: int) -> None:
    for arguments, given in COMMANDS:
        tell("bansou " + " ".join(arguments), [command(arguments, given) for _ in range(rounds)])
    with tempfile.TemporaryDirectory() as folder:
        for line in FIRST_LINES:
            tell(f"bansou talk, first answer: {line}", [first_answer(line, Path(folder)) for _ in range(rounds)])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
