"""search(text, shown) -> Found: what fits a trouble put in one's own words, best first, or that the book has nothing.

Declining is part of the answer: below a line that was measured, or where a neighbour of the book fits better, the book
is taken to have nothing, and what comes nearest is handed over as such. Every figure here was measured on questions
that stand in `tests/retrieval/`; `docs/decisions/` has the tables.
"""

from __future__ import annotations

import re

import numpy as np

from bot.japanese.words import Tokenise, letters_of
from bot.retrieval.asking import NOTHING, Asking
from bot.retrieval.explain import why
from bot.retrieval.features import Told, has_matter, told
from bot.retrieval.found import Found, Hit, Why
from bot.retrieval.index import Index, Kind
from bot.retrieval.space import Floats
from bot.retrieval.thesaurus import Thesaurus

HITS = 12
LINE = 0.05  # below it the book has no answer
UNSURE = 0.09  # below it the thesaurus is asked too; above it the person's own words know better
OUTSIDE, FAR_OUTSIDE = 0.8, 0.72  # a neighbour is meant when the best entry does not reach this part of it
SURE = 0.1  # what a message must reach that may as well be an answer to a waiting question
CLOSE, MOST_CLOSE = 0.9, 3  # of the first: so near it that the person is asked which is meant
CLAUSE, CLAUSE_LEAD, SHORTEST_CLAUSE = (
    0.08,
    0.92,
    5,
)  # a matter of its own: its score, the next one's part of it, letters
ASKS_ON = 1.0  # of the best entry: then it is about what was shown
NEAR_SHOWN, SAME_THEME = 0.15, 0.02
NAMES_A_PARTY, PARTY = ("other",), 0.065  # below it the message names no party that the book knows
MOST_CLAUSES = 6  # looked into: a whole letter is one matter
_CLAUSES = re.compile(r"[。！？!?\n、，]|のと(?=[^こき])")
_ALSO = re.compile(r"(?<=も)(?=[^のう])")  # 「AもBも」


class Searcher:
    """Searching one index."""

    def __init__(self, index: Index, tokenise: Tokenise, asking: Asking = NOTHING) -> None:
        self._index = index
        self._tokenise = tokenise
        self._thesaurus = Thesaurus(asking.everyday)
        self._outside = {one.id: OUTSIDE if one.near else FAR_OUTSIDE for one in asking.neighbours}
        self._ways = {way.kind: way for way in asking.asking_on}
        self._of = {kind: [n for n, unit in enumerate(index.units) if unit.kind is kind] for kind in Kind}
        self._places = {unit.id: place for place, unit in enumerate(index.units) if unit.kind is Kind.ENTRY}

    def __call__(self, text: str, shown: str = "") -> Found:
        one = told(text, self._tokenise)
        scores = self._index.scores(one)
        asks_on = self._best(scores, Kind.ASKING_ON)
        hits = self._hits(scores)
        best = hits[0].score if hits else 0.0
        if shown in self._places and asks_on.score >= max(LINE, ASKS_ON * best):
            return self._asked_on(asks_on.entry, text, shown)
        if not has_matter(one):
            return Found(answered=False, hits=hits)
        outside = self._best(scores, Kind.NEIGHBOUR)
        if outside.score >= LINE and best < self._outside[outside.entry] * outside.score:
            return Found(answered=False, hits=hits, neighbour=outside.entry)
        if best < UNSURE:
            hits = self._hits(self._scores(one))
            best = hits[0].score if hits else 0.0
        if best < LINE:
            return Found(answered=False, hits=hits)
        second = self._second_matter(text, hits[0])
        if second is not None:
            rest = (hit for hit in hits[1:] if hit.entry != second.entry)
            return Found(answered=True, hits=(hits[0], second, *rest), sure=best >= SURE, both=True)
        close = sum(hit.score >= CLOSE * best for hit in hits[:MOST_CLOSE])
        return Found(answered=True, hits=hits, sure=best >= SURE, close=close if close > 1 else 0)

    def why(self, text: str, entry: str) -> Why:
        """What spoke for this entry."""
        one = told(text, self._tokenise)
        unsure = all(hit.score < UNSURE for hit in self._hits(self._index.scores(one), 1))
        lines = self._thesaurus.lines_for(text) if unsure else ()
        return why(self._index, self._places[entry], one, lines, self._tokenise)

    def _told(self, text: str) -> Told | None:
        return told(text, self._tokenise) if text else None

    def _scores(self, one: Told) -> Floats:
        """Also by what the thesaurus says of it: for messages whose own words find little."""
        return self._index.scores(one, self._told(self._thesaurus.meant_by(one.text)))

    def _best(self, scores: Floats, kind: Kind) -> Hit:
        """The best unit of this kind; nothing at 0 where there is none."""
        places = self._of[kind]
        if not places:
            return Hit("", 0.0)
        place = places[int(scores[places].argmax())]
        return Hit(self._index.units[place].id, float(scores[place]))

    def _hits(self, scores: Floats, most: int = HITS) -> tuple[Hit, ...]:
        """The best sections, each by the entry of it that fits best."""
        found: dict[str, Hit] = {}
        for place in np.argsort(-scores, kind="stable"):
            unit, score = self._index.units[place], float(scores[place])
            if len(found) == most or not score:
                break
            if unit.kind is Kind.ENTRY:
                found.setdefault(unit.group, Hit(unit.id, round(score, 4)))
        return tuple(found.values())

    def _second_matter(self, text: str, first: Hit) -> Hit | None:
        """The other section, where the clauses of a message clearly speak of two and the first is one of them."""
        clauses = [clause for clause in _clauses(text) if len(letters_of(clause)) >= SHORTEST_CLAUSE][:MOST_CLAUSES]
        if len(clauses) < 2:  # noqa: PLR2004  two matters need two clauses
            return None
        firsts = (self._hits(self._index.scores(told(clause, self._tokenise)), 2) for clause in clauses)
        clear = [hits[0] for hits in firsts if _clear(hits)]
        others = [hit for hit in clear if hit.entry != first.entry]
        named = len(others) < len(clear)
        return max(others, key=lambda hit: hit.score, default=None) if named else None

    def _asked_on(self, kind: str, text: str, shown: str) -> Found:
        """What tells this side of the theme, by its authors; else what is near both the message and what was shown."""
        way, here = self._ways[kind], self._index.units[self._places[shown]]
        own = self._index.scores(told(text, self._tokenise), self._told(way.towards))
        if kind in NAMES_A_PARTY and self._best(own, Kind.ENTRY).score < PARTY:
            return Found(answered=True, hits=(Hit(shown, 0.0),), sure=True, asks_on=kind)
        near = self._index.scores(told(here.gist, self._tokenise))
        akin = np.array([unit.theme == here.theme for unit in self._index.units], np.float32)
        hits = self._hits(own + NEAR_SHOWN * near / near.max() + SAME_THEME * akin)
        sides = [Hit(entry, float(own[self._places[entry]])) for entry in way.sides.get(here.theme, ())]
        found = {hit.entry: hit for hit in (*sides, *hits) if hit.entry != shown}
        return Found(answered=True, hits=tuple(found.values())[:HITS], sure=True, asks_on=kind)


def _clauses(text: str) -> list[str]:
    parts = _CLAUSES.split(text)
    if len(_ALSO.findall(text)) > 1:
        parts = [piece for part in parts for piece in _ALSO.split(part)]
    return parts


def _clear(hits: tuple[Hit, ...]) -> bool:
    return bool(hits) and hits[0].score >= CLAUSE and all(hit.score <= CLAUSE_LEAD * hits[0].score for hit in hits[1:])
