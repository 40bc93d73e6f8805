"""`type: measures` — several figures in one answer, such as 身長 and 体重. The value is a `Measures`.

Any order, with or without units (semantics §7). One figure is kept while the other is asked for; two that fit only
when swapped are asked back. In a public chat only the band is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from bot.engine.flow import Field, Question
from bot.engine.questions.base import Context, Json, Part, Read, Reading, Unreadable, Unsure, impossible, one_of
from bot.engine.questions.figures import as_decimal, as_json, on_step, spelled, with_unit, within
from bot.engine.values import Measures, Value
from bot.japanese.numerals import Quantity, read_range
from bot.japanese.only import only_quantities
from bot.japanese.options import match_options

Figures = dict[str, Decimal]


def read(question: Question, text: str, context: Context) -> Reading:
    if context.public:
        return _read_band(question, text)
    if read_range(text):
        return Unreadable("one_figure")
    names = [name for field in question.fields for name in (field.name, *field.also, field.unit)]
    found = tuple(_in_smaller(question, quantity) for quantity in only_quantities(text, names))
    known = {} if context.draft is None else dict(context.draft.figures)
    if not found or len(found) > len(question.fields):
        return Unreadable()
    figures = _assign(question, text, found, known)
    if figures is None:
        return _otherwise(question, found)
    together = {**known, **figures}
    if len(together) < len(question.fields):
        return Part(_measures(question, together))
    note = "approximate" if any(quantity.approximate for quantity in found) else ""
    return Read(_measures(question, together), note)


def _in_smaller(question: Question, quantity: Quantity) -> Quantity:
    """1.6m where centimetres are asked for."""
    if quantity.unit == "m" and "cm" in [field.unit for field in question.fields]:
        return replace(quantity, value=quantity.value * 100, unit="cm")
    return quantity


def _otherwise(question: Question, found: Sequence[Quantity]) -> Reading:
    """Figures that do not fit as they were given: swapped, too fine, or out of range. A lone one is never swapped."""
    whole = len(found) == len(question.fields)
    if whole:
        for fields in (question.fields, tuple(reversed(question.fields))):
            swapped = _in_order(fields, found)
            if swapped is not None:
                return Unsure((_measures(question, swapped),), "swapped")
    pairs = zip(question.fields, found, strict=True) if whole else product(question.fields, found)
    steps = [on_step(q.value, f.step) for f, q in pairs if within(q.value, f.low, f.high)]
    too_fine = not all(steps) and len(steps) == len(found) if whole else bool(steps) and not any(steps)
    return Unreadable("step" if too_fine else "out_of_range")


def _read_band(question: Question, text: str) -> Reading:
    matches = match_options(text, [(band.label,) for band in question.bands])
    bands = tuple(Measures(band=question.bands[match.index].id) for match in matches)
    return one_of(bands)


def _assign(question: Question, text: str, found: Sequence[Quantity], known: Figures) -> Figures | None:
    """Which figure belongs to which field: by unit, by the word before it, else by the order of the fields."""
    named = {_named(question, text, found, quantity): quantity for quantity in found}
    if None not in named and len(named) == len(found):
        return _fitting({field: quantity for field, quantity in named.items() if field is not None})
    if len(found) == len(question.fields):
        return _in_order(question.fields, found)
    open_fields = [field for field in question.fields if field.id not in known] or list(question.fields)
    bare = found[0].unit == ""  # with a unit of its own it would have been named, or is something else
    first = next((field for field in open_fields if bare and _fits(field, found[0].value)), None)
    return None if first is None else {first.id: found[0].value}


def _named(question: Question, text: str, found: Sequence[Quantity], quantity: Quantity) -> Field | None:
    before = text[max((other.end for other in found if other.end <= quantity.start), default=0) : quantity.start]
    for field in question.fields:
        if _has_unit(field, quantity) or any(name in before for name in (field.name, *field.also)):
            return field
    return None


def _in_order(fields: Sequence[Field], found: Sequence[Quantity]) -> Figures | None:
    return _fitting(dict(zip(fields, found, strict=False)))


def _fitting(pairs: dict[Field, Quantity]) -> Figures | None:
    if all(_fits(f, q.value) and (not q.unit or _has_unit(f, q)) for f, q in pairs.items()):
        return {field.id: quantity.value for field, quantity in pairs.items()}
    return None


def _has_unit(field: Field, quantity: Quantity) -> bool:
    return quantity.unit != "" and quantity.unit in (field.unit, spelled(field.unit))


def _fits(field: Field, value: Decimal) -> bool:
    return within(value, field.low, field.high) and on_step(value, field.step)


def _measures(question: Question, figures: Figures) -> Measures:
    return Measures(tuple((field.id, figures[field.id]) for field in question.fields if field.id in figures))


def show(question: Question, value: Value) -> str:
    if not isinstance(value, Measures):
        return ""
    if value.band is not None:
        return next((band.label for band in question.bands if band.id == value.band), value.band)
    fields = {field.id: field for field in question.fields}
    return "、".join(
        fields[name].name + with_unit(figure, fields[name].unit) for name, figure in value.figures if name in fields
    )


def accept(question: Question, plain: Json) -> Value:
    wanted = "{" + ", ".join(f'"{f.id}": {f.low}-{f.high}' for f in question.fields) + '} | {"band": …}'
    if isinstance(plain, dict) and list(plain) == ["band"] and plain["band"] in [band.id for band in question.bands]:
        return Measures(band=str(plain["band"]))
    if not isinstance(plain, dict) or set(plain) != {field.id for field in question.fields}:
        raise impossible(question, plain, wanted)
    figures = {field.id: as_decimal(plain[field.id]) for field in question.fields}
    good = {f.id: v for f in question.fields if (v := figures[f.id]) is not None and _fits(f, v)}
    if len(good) < len(figures):
        raise impossible(question, plain, wanted)
    return _measures(question, good)


def plain(_question: Question, value: Value) -> Json:
    if not isinstance(value, Measures):
        return None
    return {"band": value.band} if value.band is not None else {name: as_json(v) for name, v in value.figures}
