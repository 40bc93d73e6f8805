"""The names that an expression may use: what each stands for, and the fault where it stands for nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from bot.engine.expressions.nodes import Ref
from bot.engine.flow import Kind, Question, Repeat


@dataclass(frozen=True)
class ExprFault:
    """What is wrong in an expression: a code and what the sentence needs."""

    code: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    """The names that an expression may use, each with what it stands for."""

    questions: Mapping[str, Question] = field(default_factory=dict)
    local: Mapping[str, Question] = field(default_factory=dict)  # of the item at hand; they come first
    scores: Mapping[str, str] = field(default_factory=dict)  # name -> full id
    results: Mapping[str, str] = field(default_factory=dict)
    repeats: Mapping[str, Repeat] = field(default_factory=dict)

    def inside(self, repeat: Repeat) -> Scope:
        return Scope(self.questions, {q.id: q for q in repeat.questions}, self.scores, self.results, self.repeats)

    def names(self) -> list[str]:
        return [*self.local, *self.questions, *self.scores, *self.results, *self.repeats]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The nearest known name, or nothing where none is near."""
    best = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return best[0] if best else ""


def dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = dotted(node.value)
        return None if head is None else f"{head}.{node.attr}"
    return None


class Names:
    """Looks names up in a scope and gathers the faults; what reads an expression stands on it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.faults: list[ExprFault] = []

    def fault(self, code: str, **slots: str) -> None:
        found = ExprFault(code, slots)
        if found not in self.faults:
            self.faults.append(found)

    def question(self, node: ast.expr) -> tuple[Question, Ref] | None:
        """The question that a name stands for, with the figure if one is named after it."""
        name = dotted(node)
        if name is None:
            return None
        if name in self.scope.local:
            return self.scope.local[name], Ref(name, local=True)
        if name in self.scope.questions:
            found = self.scope.questions[name]
            return found, Ref(found.id)
        head, _, last = name.rpartition(".")
        for known, local in ((self.scope.local, True), (self.scope.questions, False)):
            whole = known.get(head)
            if whole is not None and last in (figure.id for figure in whole.fields):
                return whole, Ref(head if local else whole.id, local, last)
        return None

    def unknown_name(self, node: ast.expr) -> None:
        name = dotted(node)
        if name is None:
            self.fault("not_in_language", text=ast.unparse(node))
        else:
            self.fault("unknown_name", name=name, hint=did_you_mean(name, self.scope.names()))

    def asked_for(self, call: ast.Call, kinds: tuple[Kind, ...] = tuple(Kind)) -> tuple[Question, Ref] | None:
        """The question that a function is given first, which must be of one of these kinds."""
        found = self.question(call.args[0])
        if found is None:
            self.unknown_name(call.args[0])
        elif found[0].kind not in kinds:
            self.fault("wrong_kind", text=ast.unparse(call), name=found[0].id, kind=found[0].kind)
            return None
        return found

    def repeat(self, node: ast.expr) -> Repeat | None:
        return self.scope.repeats.get(dotted(node) or "")

    def option(self, question: Question, node: ast.expr) -> str | None:
        """The option (or band) of this question that a bare name stands for."""
        known = [option.id for option in question.options] or [band.id for band in question.bands]
        name = dotted(node)
        if name in known:
            return name
        text = ast.unparse(node)
        self.fault(
            "no_such_option", name=question.id, option=text, known=", ".join(known), hint=did_you_mean(text, known)
        )
        return None
