"""A question's shape into the model, by type: everything but the conditions, which need all names first.

A new type wants a shape in `flow_shapes.py` and a line in the table here. What a type may not hold is a fault told
here; `when` and `reacts` are added by `build.py`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from bot.content.document import Loc
from bot.content.flow_shapes import (
    BandShape,
    ChoiceShape,
    DateShape,
    FieldShape,
    MeasuresShape,
    NumberShape,
    QuestionShape,
    ScaleShape,
    SeveralShape,
    TextShape,
    YesNoShape,
)
from bot.content.rules import RuleReader
from bot.engine.expressions.names import Scope
from bot.engine.flow import Band, Condition, Field, Kind, Option, Question
from bot.engine.view import NO, YES

More = dict[str, Any]  # further fields of a Question, by name


def bare_question(shape: QuestionShape, full_id: str, loc: Loc, rules: RuleReader) -> Question:
    """The question without its conditions."""
    return Question(
        id=full_id,
        kind=Kind(shape.type),
        text=shape.text,
        name=shape.name,
        why=shape.why.strip(),
        source=shape.source.strip(),
        pages=tuple(shape.page),
        optional=shape.optional,
        sheet=shape.sheet,
        line=rules.document.line(loc),
        **_MORE[type(shape)](shape, loc, rules),
    )


def _choice(shape: ChoiceShape | SeveralShape, _loc: Loc, _rules: RuleReader) -> More:
    return {
        "options": tuple(
            Option(option.id, option.label, tuple(option.also), getattr(option, "alone", False))
            for option in shape.options
        )
    }


def _yes_no(shape: YesNoShape, _loc: Loc, _rules: RuleReader) -> More:
    return {
        "options": (Option(YES, shape.yes), Option(NO, shape.no)),
        "says_yes": tuple(shape.says_yes),
        "says_no": tuple(shape.says_no),
    }


def _number(shape: NumberShape, loc: Loc, rules: RuleReader) -> More:
    low, high = shape.range
    rules.check_range((*loc, "range"), low, high)
    rules.check_step((*loc, "step"), shape.step)
    usual = None if shape.usual is None else (shape.usual[0], shape.usual[1])
    if usual is not None and not low <= usual[0] < usual[1] <= high:
        rules.fault((*loc, "usual"), "usual_outside", low=str(low), high=str(high))
    return {
        "low": low,
        "high": high,
        "unit": shape.unit,
        "usual": usual,
        "per": shape.per,
        "step": shape.step,
        "example": shape.example,
    }


def _scale(shape: ScaleShape, loc: Loc, rules: RuleReader) -> More:
    """The figures are the options' ids; they must follow one another, because rules reckon with all between."""
    keys = list(shape.labels)
    figures = sorted(int(key) for key in keys if key.isdecimal() and str(int(key)) == key)
    if len(figures) != len(keys) or figures != list(range(figures[0], figures[0] + len(figures))):
        rules.fault((*loc, "labels"), "scale_figures", found=", ".join(keys))
        return {}
    return {
        "options": tuple(Option(str(figure), shape.labels[str(figure)]) for figure in figures),
        "low": Decimal(figures[0]),
        "high": Decimal(figures[-1]),
    }


def _example(shape: DateShape | TextShape, _loc: Loc, _rules: RuleReader) -> More:
    return {"example": shape.example}


def _measures(shape: MeasuresShape, loc: Loc, rules: RuleReader) -> More:
    fields = tuple(_field(field, (*loc, "fields", place), rules) for place, field in enumerate(shape.fields_))
    return {
        "fields": fields,
        "bands": _bands(shape, loc, fields, rules),
        "ask_band": shape.ask_band,
        "example": shape.example,
    }


def _field(shape: FieldShape, loc: Loc, rules: RuleReader) -> Field:
    low, high = shape.range
    rules.check_range((*loc, "range"), low, high)
    rules.check_step((*loc, "step"), shape.step)
    return Field(shape.id, shape.name, shape.unit, low, high, shape.step, tuple(shape.also))


def _bands(shape: MeasuresShape, loc: Loc, fields: tuple[Field, ...], rules: RuleReader) -> tuple[Band, ...]:
    """The bands in the file's order, the one written as otherwise last. Their conditions read the fields by id."""
    figures = {f.id: Question(f.id, Kind.NUMBER, f.name, low=f.low, high=f.high) for f in fields}
    scope = Scope(local=figures)
    others = [name for name, band in shape.bands.items() if band.otherwise]
    if shape.bands and len(others) != 1:
        rules.fault((*loc, "bands"), "bands_otherwise", found=", ".join(others) or "0")
    by_rule = sorted(shape.bands.items(), key=lambda named: bool(named[1].otherwise))
    return tuple(
        Band(name, band.label or name, _band_condition(band, (*loc, "bands", name), scope, rules))
        for name, band in by_rule
    )


def _band_condition(band: BandShape, loc: Loc, scope: Scope, rules: RuleReader) -> Condition | None:
    if (band.when is None) is (band.otherwise is None):
        rules.fault(loc, "band_rule")
    return None if band.when is None else rules.condition(band.when, (*loc, "when"), scope)


_MORE: Mapping[type[QuestionShape], Callable[[Any, Loc, RuleReader], More]] = {
    ChoiceShape: _choice,
    DateShape: _example,
    MeasuresShape: _measures,
    NumberShape: _number,
    ScaleShape: _scale,
    SeveralShape: _choice,
    TextShape: _example,
    YesNoShape: _yes_no,
}
