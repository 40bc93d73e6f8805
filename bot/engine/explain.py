"""Why a rule holds and what could settle it: the answers behind a verdict, and the questions that are missing.

Both walk an expression beside its evaluation: `because` follows what made it true, `needs` what left it undetermined.
Ids come in the order in which the expression names them, each once.
"""

from __future__ import annotations

from bot.engine.bounds import Truth
from bot.engine.expressions.evaluate import OPEN, Env, Items, State, span, truth
from bot.engine.expressions.nodes import (
    AmongItems,
    And,
    Arith,
    BoolNode,
    Compare,
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
    Ref,
    ScoreOf,
    SumItems,
    Sure,
)
from bot.engine.flow import Result
from bot.engine.view import View


def because(view: View, result: Result) -> tuple[str, ...]:
    """The answers that gave the points or made the comparisons true, for a result that holds."""
    return () if result.when is None else _once(_because(result.when.node, view, wanted=True))


def needs(view: View, result: Result) -> tuple[str, ...]:
    """The open questions that could settle an undetermined result."""
    return () if result.when is None else _once(_needs(result.when.node, view))


def _once(ids: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _because(node: BoolNode, env: Env, *, wanted: bool) -> list[str]:
    """What made `node` come out as `wanted`; nothing where it did not."""
    match node:
        case Not(part):
            return _because(part, env, wanted=not wanted)
        case And(parts) | Or(parts):
            return [deep for part in parts if truth(part, env) is wanted for deep in _because(part, env, wanted=wanted)]
        case Sure(part):
            return _because(part, env, wanted=wanted)
        case Compare(left=left, right=right):
            return [*_gave(left, env), *_gave(right, env)]
        case Is(ref) | Includes(ref):
            return _answered(ref, env)
        case Holds(result):
            rule = env.rule(result)
            return [] if rule is None else _because(rule.node, env, wanted=wanted)
        case AmongItems(part=part):
            living = env.items(node.repeat).living
            return [d for item in living if truth(part, item) is wanted for d in _because(part, item, wanted=wanted)]
    return []


def _gave(node: NumberNode, env: Env) -> list[str]:
    """The answers that a number comes from; of points, those that are not 0."""
    match node:
        case Figure(ref) | OrElse(ref) | CountChosen(ref):
            return _answered(ref, env)
        case Points(ref):
            worth = span(node, env)
            return _answered(ref, env) if worth is not None and (worth.low or worth.high) else []
        case ScoreOf(score):
            return _gave(env.formula(score), env)
        case Arith(left=left, right=right):
            return [*_gave(left, env), *_gave(right, env)]
        case CountItems(part=part) if part is not None:
            living = env.items(node.repeat).living
            return [d for item in living if truth(part, item) for d in _because(part, item, wanted=True)]
        case SumItems(part=part):
            return [d for item in env.items(node.repeat).living for d in _gave(part, item)]
    return []


def _answered(ref: Ref, env: Env) -> list[str]:
    standing = env.standing(ref)
    return [standing.question.id] if standing.state is State.ANSWERED else []


def _needs(node: BoolNode, env: Env) -> list[str]:
    match node:
        case And(parts) | Or(parts):
            return [deep for part in parts if truth(part, env) is None for deep in _needs(part, env)]
        case Not(part) | Sure(part):
            return _needs(part, env)
        case Compare(left=left, right=right):
            return [*_open(left, env), *_open(right, env)]
        case Is(ref) | Includes(ref):
            return _settling(ref, env)
        case Holds(result):
            rule = env.rule(result)
            return [] if rule is None else _needs(rule.node, env)
        case AmongItems(part=part):
            items = env.items(node.repeat)
            inside = [d for item in items.living if _undecided(truth(part, item)) for d in _needs(part, item)]
            return [*inside, *_list_end(items, env)]
    return []


def _list_end(items: Items, env: Env) -> list[str]:
    """What could settle how long a list is: its end, or while it is held back, what its `when` waits for."""
    if items.state is State.HELD and items.when is not None:
        return _needs(items.when.node, env)
    return list(items.end)


def _undecided(known: Truth) -> bool:
    return known is None


def _open(node: NumberNode, env: Env) -> list[str]:
    match node:
        case Figure(ref) | OrElse(ref) | CountChosen(ref) | Points(ref):
            return _settling(ref, env)
        case ScoreOf(score):
            return _open(env.formula(score), env)
        case Arith(left=left, right=right):
            return [*_open(left, env), *_open(right, env)]
        case CountItems(part=part):
            items = env.items(node.repeat)
            living = () if part is None else items.living
            inside = [d for item in living if part and _undecided(truth(part, item)) for d in _needs(part, item)]
            return [*inside, *_list_end(items, env)]
        case SumItems(part=part):
            items = env.items(node.repeat)
            return [*(d for item in items.living for d in _open(part, item)), *_list_end(items, env)]
    return []


def _settling(ref: Ref, env: Env) -> list[str]:
    """The question itself where it can be asked; of a held-back one, what its `when` waits for."""
    standing = env.standing(ref)
    if standing.state in OPEN:
        return [standing.question.id]
    when = standing.question.when
    return _needs(when.node, env) if standing.state is State.HELD and when is not None else []
