"""How well and how fast the search finds, beside plain methods, on both parts of the yardstick. Printed, not asserted.

    .venv/bin/python tests/bench_search.py            the table
    .venv/bin/python tests/bench_search.py parts      what each part adds: the same with one part taken out
    .venv/bin/python tests/bench_search.py growth     time and memory with 10 and 100 times the entries

The floors that must hold stand in `tests/retrieval/test_yardstick.py`.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.assemble import make_tokenise
from bot.content.load import read_content
from bot.conversation.library import Library
from bot.retrieval import features, index, search, space
from bot.retrieval.asking import NOTHING
from bot.retrieval.entry import Entry
from bot.retrieval.index import build_index, units_of
from bot.retrieval.search import Searcher
from tests.retrieval.peers import bm25, fuzzy, texts_of, trigram
from tests.retrieval.yardstick import (
    PARTS,
    VOICES,
    Answer,
    Tally,
    asked_on,
    both_named,
    by_voice,
    outside_declined,
    pages_by,
    together,
    yardstick,
)
from tests.talk import ROOT, real_library, search_over

EXAMPLES = 20  # of an entry when growth is measured: a hundredfold of all would need more memory than most have
SHOWN = (*VOICES, "practitioner", "ambiguous")


def tell(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |")  # noqa: T201


def pair(tally: Tally) -> str:
    return f"{tally.percent('first'):.0f} / {tally.percent('three'):.0f}"


def milliseconds(answer: Answer, part: str) -> str:
    waited = []
    for one in yardstick()["questions"][part]:
        start = time.perf_counter()
        answer(one["q"])
        waited.append(1000 * (time.perf_counter() - start))
    waited.sort()
    return f"{waited[len(waited) // 2]:.1f} / {waited[int(len(waited) * 0.99)]:.1f}"


def row(name: str, answer: Answer, part: str) -> None:
    tallies = by_voice(answer, part)
    whole = together(tallies)
    tell(
        name,
        f"**{pair(whole)}**",
        *(pair(tallies[voice]) for voice in SHOWN),
        f"{outside_declined(answer, part).percent('declined'):.0f}",
        f"{whole.percent('declined'):.1f}",
        f"{tallies['practitioner'].percent('declined'):.1f}",
        milliseconds(answer, part),
    )


def table() -> None:
    library = real_library()
    entries = library.entries.values()
    pages = {one.id: one.page for one in entries}
    plain, with_examples = texts_of(entries, examples=False), texts_of(entries, examples=True)
    ours = pages_by(library)
    ours("暖気")
    methods = {
        "**伴走**": ours,
        "BM25（Sudachi の語、本文）": bm25(plain, pages, make_tokenise()),
        "BM25（Sudachi の語、本文と例）": bm25(with_examples, pages, make_tokenise()),
        "FTS5 trigram（本文）": trigram(plain, pages),
        "FTS5 trigram（本文と例）": trigram(with_examples, pages),
        "rapidfuzz partial_ratio（本文）": fuzzy(plain, pages),
    }
    for part in PARTS:
        asked = sum(len(yardstick()[kind][part]) for kind in ("questions", "outside"))
        print(f"\n{part}: {asked} questions. First / in the top three, percent.\n")  # noqa: T201
        tell("method", "five voices", *SHOWN, "declined outside", "wrongly", "wrongly (practitioner)", "ms p50 / p99")
        tell(*["---"] * (len(SHOWN) + 6))
        for name, answer in methods.items():
            row(name, answer, part)
        on = asked_on(library, part)
        tell_on = ", ".join(f"{wants} {tally.first}/{tally.asked}" for wants, tally in sorted(on.items()))
        print(f"\nasking on: {together(on, on).percent('first'):.0f}% ({tell_on})")  # noqa: T201
        print(f"two matters, both named: {both_named(library, part).percent('three'):.0f}%")  # noqa: T201


# --- what each part adds ---


def parts() -> None:
    """On the part to develop on: every figure again, with one part of the search taken out."""
    library = real_library()
    content = read_content(ROOT)
    without: dict[str, Callable[[], object]] = {
        "everything": lambda: None,
        **{f"without {kind}": partial(_drop_kind, kind) for kind in features.SHARES},
        "kana read like the rest": lambda: setattr(features, "KANA_SHARES", features.SHARES),
        "without theme": lambda: index.FIELDS.update(theme=0.0),
        "without the explaining fields": lambda: index.FIELDS.update(viewpoints=0.0, next=0.0, ask=0.0, short=0.0),
        "counts instead of their root": lambda: setattr(space, "ROOT", 1.0),
        "without thesaurus": lambda: setattr(search, "UNSURE", 0.0),
        "thesaurus always": lambda: setattr(search, "UNSURE", 1.0),
        "without neighbours": lambda: setattr(search, "OUTSIDE", 0.0),
        "without line": lambda: setattr(search, "LINE", 0.0),
    }
    kept = {module: dict(vars(module)) for module in (features, index, space, search)}
    fields = dict(index.FIELDS)
    tell("", "five voices", *SHOWN, "declined outside", "wrongly")
    tell(*["---"] * (len(SHOWN) + 4))
    for name, take_out in without.items():
        take_out()
        _part_row(name, replace(library, search=search_over(content.entries.values(), content.asking)))
        index.FIELDS.update(fields)
        for module, names in kept.items():
            vars(module).update(names)
    for most in (0, 10, 25, 50, 100):
        entries = [replace(one, asked_as=_some(one, most)) for one in content.entries.values()]
        _part_row(f"{most} examples an entry", replace(library, search=search_over(entries, content.asking)))


def _some(entry: Entry, most: int) -> tuple[str, ...]:
    chosen = random.Random(entry.id).sample(entry.asked_as, min(most, len(entry.asked_as)))
    return tuple(chosen)


def _drop_kind(kind: str) -> None:
    rest = {name: share for name, share in features.SHARES.items() if name != kind}
    whole = sum(rest.values())
    features.SHARES = {name: share / whole for name, share in rest.items()}


def _part_row(name: str, library: Library) -> None:
    answer = pages_by(library)
    tallies = by_voice(answer, "develop")
    whole = together(tallies)
    outside = outside_declined(answer, "develop").percent("declined")
    wrongly = f"{whole.percent('declined'):.1f}"
    tell(name, f"{pair(whole)}", *(pair(tallies[voice]) for voice in SHOWN), f"{outside:.0f}", wrongly)


# --- growth ---


def made_up(entries: list[Entry], times: int) -> Iterator[Entry]:
    """Entries of the same kind of words, with EXAMPLES examples: each a shuffle of what two real ones say."""
    chance = random.Random(20261123)
    yield from (replace(one, asked_as=one.asked_as[:EXAMPLES]) for one in entries)
    for number in range(len(entries) * (times - 1)):
        one, other = chance.sample(entries, 2)
        asked = chance.sample([*one.asked_as, *other.asked_as], EXAMPLES)
        yield replace(
            one,
            id=f"made-{number}",
            page=1000 + number,
            part_of=None,
            asked_as=tuple(f"{text}{number:05}" for text in asked),
            viewpoints=tuple(chance.sample([*one.viewpoints, *other.viewpoints], len(one.viewpoints))),
        )


def grown(times: int) -> None:
    """One size, in a process of its own, so that memory is its own."""
    tokenise = make_tokenise()
    entries = made_up(list(real_library().entries.values()), times)
    start = time.perf_counter()
    made = build_index(units_of(entries, NOTHING), tokenise)
    built = time.perf_counter() - start
    find = Searcher(made, tokenise)
    waited = []
    for one in islice(yardstick()["questions"]["develop"], 200):
        start = time.perf_counter()
        find(one["q"])
        waited.append(1000 * (time.perf_counter() - start))
    waited.sort()
    arrays = sum(getattr(one, name).nbytes for one in made.spaces.values() for name in ("keys", "units", "shares"))
    tell(
        f"{len(made.units):,}",
        f"{built:.1f} s",
        f"{arrays / 2**20:.0f} MB",
        f"{waited[len(waited) // 2]:.2f} ms",
        f"{waited[int(len(waited) * 0.99)]:.2f} ms",
    )


def growth() -> None:
    tell("entries", "built in", "arrays", "search p50", "search p99")
    tell(*["---"] * 5)
    sys.stdout.flush()
    for times in (1, 10, 100):
        subprocess.run([sys.executable, __file__, "grown", str(times)], check=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["parts"]:
            parts()
        case ["growth"]:
            growth()
        case ["grown", times]:
            grown(int(times))
        case _:
            table()
