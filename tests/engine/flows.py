"""Small flows for tests, written as an author would: conditions and formulas as text, read with all names in reach."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from bot.engine.bounds import Interval
from bot.engine.expressions.names import ExprFault, Scope
from bot.engine.expressions.nodes import Const, NumberNode, Or
from bot.engine.expressions.parse import read_condition, read_number
from bot.engine.flow import (
    Band,
    Condition,
    Field,
    Flow,
    Item,
    Kind,
    Level,
    Option,
    Question,
    React,
    Repeat,
    Result,
    Say,
    Score,
    Section,
    Zone,
)
from bot.engine.values import Answers, Measures
from bot.engine.view import View

Rule = tuple[Result, str]  # a result and the text of its rank


def unread(text: str | None) -> Condition | None:
    """A condition whose text `flow` will read once all names are known."""
    return None if text is None else Condition(Or(()), text)


def _reacts(given: Mapping[str, str]) -> tuple[React, ...]:
    return tuple(React(Condition(Or(()), when), says) for when, says in given.items())


def _options(ids: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(one, one) for one in ids)


def yes_no(
    name: str, when: str | None = None, *, optional: bool = False, reacts: Mapping[str, str] | None = None
) -> Question:
    return Question(
        name,
        Kind.YES_NO,
        f"{name}？",
        when=unread(when),
        optional=optional,
        reacts=_reacts(reacts or {}),
        options=_options(("yes", "no")),
    )


def choice(name: str, *options: str, when: str | None = None) -> Question:
    return Question(name, Kind.CHOICE, f"{name}？", when=unread(when), options=_options(options))


def several(name: str, *options: str, when: str | None = None) -> Question:
    return Question(name, Kind.SEVERAL, f"{name}？", when=unread(when), options=_options(options))


def number(name: str, low: int = 0, high: int = 10, when: str | None = None, unit: str = "") -> Question:
    return Question(name, Kind.NUMBER, f"{name}？", when=unread(when), low=Decimal(low), high=Decimal(high), unit=unit)


def scale(name: str, low: int, high: int, when: str | None = None) -> Question:
    figures = tuple(str(one) for one in range(low, high + 1))
    return Question(
        name,
        Kind.SCALE,
        f"{name}？",
        when=unread(when),
        options=_options(figures),
        low=Decimal(low),
        high=Decimal(high),
    )


def day(name: str, when: str | None = None) -> Question:
    return Question(name, Kind.DATE, f"{name}？", when=unread(when))


def text(name: str, when: str | None = None) -> Question:
    return Question(name, Kind.TEXT, f"{name}？", when=unread(when))


HEIGHT = Field("height_cm", "身長", "cm", Decimal(100), Decimal(220), Decimal("0.1"), ("背",))
WEIGHT = Field("weight_kg", "体重", "kg", Decimal(20), Decimal(200), Decimal("0.01"), ("重さ",))


def body(name: str, when: str | None = None) -> Question:
    """The checklist's height and weight with its two bands."""
    figures = {f.id: Question(f.id, Kind.NUMBER, f.name, low=f.low, high=f.high) for f in (HEIGHT, WEIGHT)}
    node, faults = read_condition("weight_kg * 10000 < 18.5 * height_cm * height_cm", Scope(local=figures))
    assert not faults
    bands = (Band("under", "未満", Condition(node, "")), Band("at_least", "以上"))
    return Question(name, Kind.MEASURES, f"{name}？", when=unread(when), fields=(HEIGHT, WEIGHT), bands=bands)


def figures(height: str, weight: str) -> Measures:
    return Measures((("height_cm", Decimal(height)), ("weight_kg", Decimal(weight))))


def repeat(name: str, low: int, high: int, *questions: Question, when: str | None = None) -> Repeat:
    return Repeat(name, low, high, "ほかにも？", "ありますか？", questions, unread(when))


def say(name: str, when: str | None = None) -> Say:
    return Say(name, name, unread(when))


def rule(
    name: str,
    when: str | None = None,
    *,
    level: Level = Level.NOTE,
    group: str | None = None,
    otherwise: bool = False,
    rank: str = "",
) -> Rule:
    return Result(name, name, level, unread(when), otherwise, group), rank


def condition(written: str, scope: Scope) -> Condition:
    node, faults = read_condition(written, scope)
    assert not faults, (written, faults)
    return Condition(node, written)


def formula(written: str, scope: Scope) -> NumberNode:
    node, faults = read_number(written, scope)
    assert not faults, (written, faults)
    return node


def scope_of(items: tuple[Item, ...], scores: tuple[str, ...] = (), results: tuple[str, ...] = ()) -> Scope:
    return Scope(
        questions={item.id: item for item in items if isinstance(item, Question)},
        scores={name: name for name in scores},
        results={name: name for name in results},
        repeats={item.id: item for item in items if isinstance(item, Repeat)},
    )


def flow(*items: Item, scores: Mapping[str, str] | None = None, results: tuple[Rule, ...] = ()) -> Flow:
    """A flow of these items; every condition is read here."""
    scores = scores or {}
    scope = scope_of(items, tuple(scores), tuple(result.id for result, _ in results))
    return Flow(
        id="trial",
        title="試し",
        zone=Zone.TOWN,
        about="",
        items=tuple(_read(item, scope) for item in items),
        version="0123456789ab",
        scores={name: Score(name, formula(written, scope), written) for name, written in scores.items()},
        results=tuple(
            replace(result, when=_again(result.when, scope), rank=formula(rank, scope) if rank else None)
            for result, rank in results
        ),
    )


def _again(when: Condition | None, scope: Scope) -> Condition | None:
    return None if when is None else condition(when.text, scope)


def _read(item: Item, scope: Scope) -> Item:
    if isinstance(item, Section):
        return item
    if isinstance(item, Repeat):
        inside = scope.inside(item)
        return replace(
            item, when=_again(item.when, scope), questions=tuple(_question(q, inside) for q in item.questions)
        )
    return replace(item, when=_again(item.when, scope)) if isinstance(item, Say) else _question(item, scope)


def _question(question: Question, scope: Scope) -> Question:
    reacts = tuple(replace(react, when=condition(react.when.text, scope)) for react in question.reacts)
    return replace(question, when=_again(question.when, scope), reacts=reacts)


def faults_of(written: str, scope: Scope) -> tuple[ExprFault, ...]:
    return read_condition(written, scope)[1]


def truth_of(trial: Flow, written: str, answers: Answers) -> bool | None:
    """What a condition at the end of the flow is worth."""
    scope = scope_of(trial.items, tuple(trial.scores), tuple(result.id for result in trial.results))
    return View(trial, answers).condition(condition(written, scope))


def number_of(trial: Flow, written: str, answers: Answers) -> Interval | None:
    """What a formula at the end of the flow is worth."""
    scope = scope_of(trial.items, tuple(trial.scores), tuple(result.id for result in trial.results))
    measured = replace(trial, scores={**trial.scores, "asked_here": Score("asked_here", formula(written, scope), "")})
    return View(measured, answers).score("asked_here")


def between(low: int | str, high: int | str) -> Interval:
    return Interval(Fraction(low), Fraction(high))


NOTHING = Const(Fraction(0))
