"""Showing the handbook: an entry and its parts, pages, flows by name. What a message asks for is found in `asked.py`.

No text that a user typed is kept here: only the ids of what was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import accumulate

from bot.conversation.desk import Desk, page_list
from bot.conversation.messages import Choice, Cite
from bot.engine.flow import Flow
from bot.japanese.width import fold
from bot.retrieval.book import Dated
from bot.retrieval.entry import Entry

SCREEN = 400  # characters of a message: what a phone shows at once
ANSWER = 320  # characters of an answer from the book before くわしく: it has five rows of buttons under it
NEAREST = 3  # headings offered when the book has no answer; further answers on ほかの答え
MOST_FLOWS = 2  # offered under an entry
RECENT = 3  # turns
SHORTEST_PART = 5  # of a flow's title, to call it by
_PAGE = re.compile(r"(?:/page)?(?:p\.?|ぺーじ|頁)?(\d{1,3})(?:p|ぺーじ|頁)?(?:を見たい|を見せて|を開いて|は)?")
_BARE = re.compile(r"\d{1,3}")
_LABELS = {  # the parts of an entry and the words for their buttons, in the order of the buttons
    "more": "entry_more",
    "ask": "entry_ask",
    "next": "entry_next",
    "related": "entry_related",
    "source": "entry_source",
    "short": "entry_short",
}
PARTS = tuple(_LABELS)
"""Of an entry: the actions of the buttons that show them, each in the place of the other."""
_WANTED = re.compile(r"(?:を|が)?(?:やりたい|したい|はじめたい|始めたい)(?:です)?$")


# --- what was asked for ---


def page_of(text: str, *, bare: bool) -> int | None:
    """「139ページ」「p139」; a bare 139 only where no question waits."""
    folded = fold(text)
    match = _PAGE.fullmatch(folded)
    if match is None or (_BARE.fullmatch(folded) and not bare):
        return None
    return int(match[1])


def flow_called(desk: Desk, text: str) -> tuple[Flow, bool] | None:
    """The flow that the whole message names, and whether it was only one of the words people type for it."""
    folded = fold(text)
    bare = _WANTED.sub("", folded)
    flows = list(desk.library.flows.values())
    by_title = [flow for flow in flows if fold(flow.title) == bare]
    by_word = [flow for flow in flows if {bare, folded} & {fold(word) for word in flow.also}]
    by_part = [flow for flow in flows if len(bare) >= SHORTEST_PART and bare in fold(flow.title)]
    for found in (by_title, by_word, by_part):
        if len(found) == 1:
            return found[0], found is by_word and folded in {fold(word) for word in found[0].also}
    return None


# --- entries ---


def show_page(desk: Desk, page: int) -> None:
    entries = desk.library.on_page(page)
    if not entries:
        desk.say(desk.words("no_such_page", page=page))
        return
    beside = [other for entry in entries for one in entry.related for other in desk.library.on_page(one.page)]
    desk.change(entries=tuple(dict.fromkeys(entry.id for entry in (*entries, *beside))))
    desk.log("page", page=page)
    show_entry(desk, entries[0])


def part_called(desk: Desk, text: str) -> str | None:
    """The part of an entry whose button the whole message names: くわしく, 関連 …"""
    return next((part for part, key in _LABELS.items() if fold(desk.words(key)) == fold(text)), None)


def shown_lately(desk: Desk) -> str:
    """The entry that a message may ask on about; none where the last one was shown too long ago."""
    return (desk.state.topic or desk.state.entry) if desk.state.turn - desk.state.shown_at <= RECENT else ""


def show_called_part(desk: Desk, part: str) -> None:
    """A part of the entry shown last, asked for by its name where no button of that name stands open."""
    entry = desk.library.entries.get(desk.state.entry)
    if entry is None:
        desk.say(desk.words("no_entry_yet"))
    elif part in _full(entry):
        show_part(desk, part, entry.id)
    else:
        _show(desk, entry, [desk.words("no_part", part=desk.words(_LABELS[part]))], "")


def show_entry(desk: Desk, entry: Entry, heads: tuple[str, ...] = (), topic: str = "") -> None:
    """`topic`: the entry whose other side this one is; without it, the entry is itself what is talked about."""
    desk.change(entry=entry.id, shown_at=desk.state.turn, topic=topic or entry.id)
    _show(desk, entry, [*heads, *_short(desk, entry)], "")


def _show(desk: Desk, entry: Entry, lines: list[str], part: str, *, in_place: bool = False) -> None:
    body = "\n".join([*lines, "", *end_lines(desk, entry, whole=part in ("", "source"))])
    desk.say(body, _parts(desk, entry, part), (Cite(entry.id, entry.page),), in_place=in_place)


def _parts(desk: Desk, entry: Entry, shown: str) -> tuple[Choice, ...]:
    """Buttons for the other parts of the entry that have something in them, and that the answer has not told whole."""
    told = ["more"] if _points_at_once(desk, entry) == entry.viewpoints else []
    buttons = [
        desk.choice(f"{part}:{entry.id}", desk.words(_LABELS[part]), part, entry.id)
        for part in _full(entry)
        if part not in (shown, "short", *told)
    ]
    if shown:
        buttons.append(desk.choice(f"entry:{entry.id}", desk.words("entry_short"), "short", entry.id))
    if beside := _following(desk, entry):
        buttons.append(desk.choice(":others", desk.words("entry_others"), "others", ",".join(beside)))
    return (*buttons, *_diagnoses(desk, entry))


def _full(entry: Entry) -> list[str]:
    """The parts that have something in them."""
    there = {"more": entry.viewpoints, "ask": entry.ask, "next": entry.next, "related": entry.related}
    return [part for part in _LABELS if there.get(part, True)]


def _diagnoses(desk: Desk, entry: Entry) -> list[Choice]:
    """A flow that looks into this page; none while one is open."""
    flows = () if desk.in_flow else desk.library.flows_on((entry.page, *entry.pages))[:MOST_FLOWS]
    one = len(flows) == 1
    labels = [desk.words("diagnose") if one else desk.words("diagnose_by", title=flow.title) for flow in flows]
    return [desk.choice(f"flow:{flow.id}", label, "flow", flow.id) for flow, label in zip(flows, labels, strict=True)]


def end_lines(desk: Desk, entry: Entry, *, whole: bool = True) -> list[str]:
    """The page; where `whole`, also what has changed since it was printed and where its reading is doubtful."""
    lines = [desk.words("source_page", pages=page_list(entry.pages))]
    if not whole:
        return lines
    lines += [desk.words("dated", note=one.note) for one in desk.library.book.dated_on(entry.pages)[:1]]
    return [*lines, *([desk.words("doubtful", what=entry.doubtful)] if entry.doubtful else [])]


def open_choice(desk: Desk, entry: Entry) -> Choice:
    return desk.choice(f"entry:{entry.id}", entry.name, "entry", entry.id)


def show_part(desk: Desk, part: str, entry_id: str) -> None:
    """One part of an entry, in the place of what was shown of it."""
    entry = desk.library.entries.get(entry_id)
    if entry is None:
        desk.say(desk.words("gone"))
        return
    desk.change(entry=entry.id, shown_at=desk.state.turn)
    if part == "related":
        _show_related(desk, entry)
    else:
        _show(desk, entry, _PARTS[part](desk, entry), "" if part == "short" else part, in_place=True)


def _more(_desk: Desk, entry: Entry) -> list[str]:
    return [f"【{entry.name}】", *(f"・{point}" for point in entry.viewpoints)]


def _ask(desk: Desk, entry: Entry) -> list[str]:
    return [
        f"【{entry.name}】{desk.words('entry_ask')}",
        *(desk.words("ask_line", of=one.of, q=one.q) for one in entry.ask),
    ]


def _next(desk: Desk, entry: Entry) -> list[str]:
    return [f"【{entry.name}】{desk.words('entry_next')}", *(f"・{step}" for step in entry.next)]


def _short(desk: Desk, entry: Entry) -> list[str]:
    """The answer in one breath, and the first viewpoints."""
    points = [f"・{point}" for point in _points_at_once(desk, entry)]
    return [f"【{entry.name}】", entry.short, *(["", *points] if points else [])]


def _points_at_once(desk: Desk, entry: Entry) -> tuple[str, ...]:
    """The viewpoints, from the first on, that there is room for under the answer."""
    room = ANSWER - sum(len(line) + 1 for line in (f"【{entry.name}】", entry.short, "", *end_lines(desk, entry), ""))
    ends = accumulate(len(point) + 2 for point in entry.viewpoints)
    return tuple(point for point, end in zip(entry.viewpoints, ends, strict=True) if end <= room)


def _source(desk: Desk, entry: Entry) -> list[str]:
    lines = [desk.words("source_section", title=entry.title)]
    for work in entry.references:
        made = " ".join(part for part in (work.publisher, work.date) if part)
        lines.append(desk.words("source_work", title=work.title, made=made))
        if work.url:
            lines.append(desk.words("source_uncertain", url=work.url) if work.address_uncertain else work.url)
    return [*lines, *(_changed(desk, one) for one in desk.library.book.dated_on(entry.pages))]


def _changed(desk: Desk, one: Dated) -> str:
    return desk.words("source_dated", about=one.about, note=one.note, source=one.source, day=one.checked_on)


_PARTS: dict[str, Callable[[Desk, Entry], list[str]]] = {
    "ask": _ask,
    "more": _more,
    "next": _next,
    "short": _short,
    "source": _source,
}


def _show_related(desk: Desk, entry: Entry) -> None:
    lines = [f"【{entry.name}】{desk.words('entry_related')}"]
    choices: list[Choice] = []
    for related in entry.related:
        lines.append(desk.words("related_line", page=related.page, why=related.why))
        choices += [open_choice(desk, found) for found in desk.library.on_page(related.page)[:1]]
    back = desk.choice(f"entry:{entry.id}", desk.words("entry_short"), "short", entry.id)
    desk.say("\n".join(lines), (*choices, back), (Cite(entry.id, entry.page),), in_place=True)


def _following(desk: Desk, entry: Entry) -> tuple[str, ...]:
    """The next three after this entry in what was found."""
    entries = desk.state.entries
    at = entries.index(entry.id) + 1 if entry.id in entries else len(entries)
    return entries[at : at + NEAREST]


def show_next_others(desk: Desk) -> None:
    """ほかの答え, typed: the next three of what was found last; the three after them when it is typed again."""
    entries = desk.state.entries
    at = entries.index(desk.state.entry) + 1 if desk.state.entry in entries else 0
    show_others(desk, entries[at : at + NEAREST])


def show_others(desk: Desk, names: Iterable[str]) -> None:
    """These entries by name and gist; ほかの答え goes on after them."""
    following = [desk.library.entries[name] for name in names if name in desk.library.entries]
    if not following:
        desk.say(desk.words("no_others"))
        return
    last = following[-1].id
    if last in desk.state.entries:
        desk.change(entries=desk.state.entries[desk.state.entries.index(last) + 1 :])
    cites = tuple(Cite(entry.id, entry.page) for entry in following)
    lines = [desk.words("others")]
    lines += [f"・{e.name}: {e.short}" + desk.words("pages", pages=page_list(e.pages)) for e in following]
    desk.say("\n".join(lines), tuple(open_choice(desk, entry) for entry in following), cites)


# --- flows ---


def show_flow(desk: Desk, flow: Flow) -> None:
    """What the flow is, with the button that starts it."""
    text = desk.words(
        "about_flow",
        title=flow.title,
        about=flow.about,
        minutes=flow.minutes,
        pages=page_list(tuple(sorted(flow.pages))),
    )
    desk.say(text, (begin_choice(desk, flow),))


def begin_choice(desk: Desk, flow: Flow) -> Choice:
    return desk.choice(f"begin:{flow.id}", desk.words("begin", title=flow.title), "begin", flow.id)
