"""Text to nodes: a whitelist over Python's own grammar, typed against the names in reach.

Nothing is ever run. What is not on the list is a fault, and all faults of one expression are gathered before any is
told. Faults are codes with slots; their sentences live in `knowledge/words/faults.yaml`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from bot.engine.expressions.names import ExprFault, Names, Scope, did_you_mean, dotted
from bot.engine.expressions.nodes import (
    AmongItems,
    And,
    Arith,
    Asked,
    BoolNode,
    Compare,
    Const,
    CountChosen,
    CountItems,
    Figure,
    Holds,
    Includes,
    Is,
    Not,
    NumberNode,
    Or,
    OrElse,
    Points,
    ScoreOf,
    SumItems,
    Sure,
    Unknown,
)
from bot.engine.flow import Kind, Repeat

OPTION_KINDS = (Kind.CHOICE, Kind.YES_NO, Kind.MEASURES)
NUMBER_KINDS = (Kind.NUMBER, Kind.SCALE, Kind.DATE)
_ARITH: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARE: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
DEEPEST = 150  # levels of one expression: a sum of some 140 terms; more would be too deep to evaluate
_NEVER = Or(())  # stands where a fault was found, so that reading can go on
_NOTHING = Const(Fraction(0))
_INFINITE = float("inf")  # what Python reads 1e400 as
T = TypeVar("T")


def read_condition(text: str, scope: Scope) -> tuple[BoolNode, tuple[ExprFault, ...]]:
    """The truth that `text` says, and every fault in it."""
    reader = _Reader(scope)
    tree = reader.tree(text)
    return (_NEVER if tree is None else reader.truth(tree)), tuple(reader.faults)


def read_number(text: str, scope: Scope) -> tuple[NumberNode, tuple[ExprFault, ...]]:
    """The number that `text` says, and every fault in it."""
    reader = _Reader(scope)
    tree = reader.tree(text)
    return (_NOTHING if tree is None else reader.number(tree)), tuple(reader.faults)


def _depth(tree: ast.expr) -> int:
    """How many levels the tree has; counted without recursion, which is what too many of them would break."""
    depth, level = 0, list[ast.AST]([tree])
    while level:
        depth, level = depth + 1, [child for node in level for child in ast.iter_child_nodes(node)]
    return depth


class _Reader(Names):
    def tree(self, text: str) -> ast.expr | None:
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            tree = None
        if tree is not None and _depth(tree) <= DEEPEST:
            return tree
        self.fault("expression_unreadable", text=text.strip())
        return None

    # --- truths ---

    def truth(self, node: ast.expr) -> BoolNode:
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return And(tuple(self.truth(value) for value in values))
            case ast.BoolOp(values=values):
                return Or(tuple(self.truth(value) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.truth(operand))
            case ast.Compare(left=left, ops=ops, comparators=others):
                sides = [left, *others]
                pairs = tuple(self.compare(a, op, b) for a, op, b in zip(sides, ops, others, strict=False))
                return pairs[0] if len(pairs) == 1 else And(pairs)
            case ast.Call():
                found = self.call(node, _TRUTHS)
                return _NEVER if found is None else found
        result = self.scope.results.get(dotted(node) or "")
        if result is not None:
            return Holds(result)
        if self.question(node) or (dotted(node) or "") in self.scope.scores:
            self.fault("not_a_truth", text=ast.unparse(node))
        else:
            self.unknown_name(node)
        return _NEVER

    def compare(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> BoolNode:
        if isinstance(op, ast.In) and isinstance(right, ast.Tuple):
            return Or(tuple(self.compare(left, ast.Eq(), one) for one in right.elts))
        sign = _COMPARE.get(type(op))
        if sign is None:
            self.fault("not_in_language", text=ast.unparse(left) + " … " + ast.unparse(right))
            return _NEVER
        found = self.question(left)
        if found is None and (dotted(left) or "") not in ("", *self.scope.scores):
            self.unknown_name(left)  # and no word about the right side, which may be an option of it
            return _NEVER
        if found is None or found[1].field is not None or found[0].kind in NUMBER_KINDS:
            return Compare(sign, self.number(left), self.number(right))
        question, ref = found
        if question.kind not in OPTION_KINDS or sign not in ("==", "!="):
            self.fault("not_comparable", name=question.id, kind=question.kind)
            return _NEVER
        option = self.option(question, right)
        return _NEVER if option is None else Is(ref, option, differs=sign == "!=")

    # --- numbers ---

    def number(self, node: ast.expr) -> NumberNode:
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool) and value != _INFINITE:
                return Const(Fraction(Decimal(repr(value))))
            case ast.Constant(value=str(text)):
                return self.day(text)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Arith("-", _NOTHING, self.number(operand))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITH:
                return Arith(_ARITH[type(op)], self.number(left), self.number(right))
            case ast.Call():
                found = self.call(node, _NUMBERS)
                return _NOTHING if found is None else found
        score = self.scope.scores.get(dotted(node) or "")
        if score is not None:
            return ScoreOf(score)
        asked = self.question(node)
        if asked is None:
            self.unknown_name(node)
        elif asked[1].field is None and asked[0].kind not in NUMBER_KINDS:
            self.fault("not_a_number", name=asked[0].id, kind=asked[0].kind)
        else:
            return Figure(asked[1])
        return _NOTHING

    def day(self, text: str) -> NumberNode:
        try:
            return Const(Fraction(date.fromisoformat(text).toordinal()))
        except ValueError:
            self.fault("not_a_date", text=text)
            return _NOTHING

    def call(self, call: ast.Call, table: Mapping[str, Callable[[_Reader, ast.Call], T]]) -> T | None:
        name = dotted(call.func) or ""
        if name not in table:
            hint = did_you_mean(name, table)
            self.fault("unknown_function", name=name or ast.unparse(call.func), known=", ".join(table), hint=hint)
            return None
        wanted, extra = _ARGUMENTS[name]
        if not wanted <= len(call.args) <= extra or (call.keywords and name != "points"):
            self.fault("wrong_arguments", text=ast.unparse(call), name=name)
            return None
        return table[name](self, call)

    # --- the functions ---

    def includes(self, call: ast.Call) -> BoolNode:
        found = self.asked_for(call, (Kind.SEVERAL,))
        option = None if found is None else self.option(found[0], call.args[1])
        return _NEVER if found is None or option is None else Includes(found[1], option)

    def sure(self, call: ast.Call) -> BoolNode:
        return Sure(self.truth(call.args[0]))

    def unknown(self, call: ast.Call) -> BoolNode:
        found = self.asked_for(call)
        return _NEVER if found is None else Unknown(found[1])

    def asked(self, call: ast.Call) -> BoolNode:
        found = self.asked_for(call)
        return _NEVER if found is None else Asked(found[1])

    def among(self, call: ast.Call) -> BoolNode:
        repeat = self.repeat(call.args[0])
        if repeat is None:
            self.unknown_name(call.args[0])
            return _NEVER
        return AmongItems(repeat.id, self.within(repeat).truth(call.args[1]), every=dotted(call.func) == "all")

    def count(self, call: ast.Call) -> NumberNode:
        repeat = self.repeat(call.args[0])
        if repeat is None:
            found = self.asked_for(call, (Kind.SEVERAL,))
            return _NOTHING if found is None else CountChosen(found[1])
        part = self.within(repeat).truth(call.args[1]) if len(call.args) > 1 else None
        return CountItems(repeat.id, part)

    def sum(self, call: ast.Call) -> NumberNode:
        repeat = self.repeat(call.args[0])
        if repeat is None:
            self.unknown_name(call.args[0])
            return _NOTHING
        return SumItems(repeat.id, self.within(repeat).number(call.args[1]))

    def or_else(self, call: ast.Call) -> NumberNode:
        found = self.number(call.args[0])
        default = self.number(call.args[1])
        if isinstance(found, Figure) and isinstance(default, Const):
            return OrElse(found.ref, default.value)
        self.fault("wrong_arguments", text=ast.unparse(call), name="or_else")
        return _NOTHING

    def points(self, call: ast.Call) -> NumberNode:
        found = self.asked_for(call, (*OPTION_KINDS, Kind.SEVERAL))
        if found is None:
            return _NOTHING
        question, ref = found
        table: dict[str, Fraction] = {}
        for keyword in call.keywords:
            worth = _fixed(self.number(keyword.value))
            option = self.option(question, ast.Name(keyword.arg or "**"))
            if worth is None or option in table:
                self.fault("wrong_arguments", text=ast.unparse(call), name="points")
            if option is not None:
                table[option] = worth or Fraction(0)
        known = [option.id for option in question.options] or [band.id for band in question.bands]
        missing = [option for option in known if option not in table]
        if missing:
            self.fault("points_missing", name=question.id, missing=", ".join(missing))
        return Points(ref, tuple(table.items()))

    def within(self, repeat: Repeat) -> _Reader:
        """A reader for what stands inside an item; its faults are ours."""
        reader = _Reader(self.scope.inside(repeat))
        reader.faults = self.faults
        return reader


def _fixed(node: NumberNode) -> Fraction | None:
    """The worth of an option: a figure, or minus a figure; nothing else."""
    match node:
        case Const(value):
            return value
        case Arith("-", left, Const(value)) if left == _NOTHING:
            return -value
    return None


_TRUTHS: Mapping[str, Callable[[_Reader, ast.Call], BoolNode]] = {
    "all": _Reader.among,
    "any": _Reader.among,
    "asked": _Reader.asked,
    "includes": _Reader.includes,
    "sure": _Reader.sure,
    "unknown": _Reader.unknown,
}
_NUMBERS: Mapping[str, Callable[[_Reader, ast.Call], NumberNode]] = {
    "count": _Reader.count,
    "or_else": _Reader.or_else,
    "points": _Reader.points,
    "sum": _Reader.sum,
}
_ARGUMENTS: Mapping[str, tuple[int, int]] = {  # fewest, most
    "all": (2, 2),
    "any": (2, 2),
    "asked": (1, 1),
    "count": (1, 2),
    "includes": (2, 2),
    "or_else": (2, 2),
    "points": (1, 1),
    "sum": (2, 2),
    "sure": (1, 1),
    "unknown": (1, 1),
}
