"""How rules read answers that may not be there: figures and `!=` of a question that can be hidden (semantics §1)."""

from collections.abc import Iterator

from bot.content.build import Built
from bot.content.problems import Problem
from bot.content.rules import Role, Rule
from bot.engine.checks import never_holds, ref_of, walk_in
from bot.engine.expressions.nodes import Figure, Is, Node, Ref
from bot.engine.flow import Question, Repeat

TRIED = 6  # readings of one condition


def numbers_that_can_hide(built: Built) -> list[Problem]:
    return [
        rule.problem("number_can_hide", name=_written(ref))
        for rule, node, ref in _reads_of_hidden(built)
        if isinstance(node, Figure)
    ]


def differs_on_hidden(built: Built) -> list[Problem]:
    return [
        rule.issue("differs_on_hidden", name=_written(ref), option=node.option)
        for rule, node, ref in _reads_of_hidden(built)
        if isinstance(node, Is) and node.differs
    ]


def rules_that_never_hold(built: Built) -> list[Problem]:
    """Only for a flow without faults: an expression half read would say anything.

    What a few readings do not show, `check --deep` does; this one answers within half a second.
    """
    return [
        rule.problem("never_holds", text=rule.condition.text)
        for rule in built.rules
        if not rule.part.prefix and rule.condition is not None
        if never_holds(built.flow, rule.condition, rule.repeat, TRIED)
    ]


def _reads_of_hidden(built: Built) -> Iterator[tuple[Rule, Node, Ref]]:
    for rule in built.rules:
        for node, repeat in walk_in(rule.node, rule.repeat) if not rule.part.prefix else ():
            ref = ref_of(node)
            if ref is not None and not _is_own(rule, ref) and _can_hide(built, ref, repeat):
                yield rule, node, ref


def _is_own(rule: Rule, ref: Ref) -> bool:
    """A word back is read when its question has just been answered, so that one is there."""
    name = f"{rule.repeat}.{ref.name}" if ref.local else ref.name
    return rule.role is Role.REACT and name == rule.owner


def _can_hide(built: Built, ref: Ref, repeat: str | None) -> bool:
    """Inside an item only the question's own `when` counts: the repeat's hides the rule too."""
    known: list[Question] = [item for item in built.flow.items if isinstance(item, Question)]
    if ref.local:
        known = [
            q for item in built.flow.items if isinstance(item, Repeat) and item.id == repeat for q in item.questions
        ]
    return any(question.id == ref.name and question.when is not None for question in known)


def _written(ref: Ref) -> str:
    return ref.name if ref.field is None else f"{ref.name}.{ref.field}"
