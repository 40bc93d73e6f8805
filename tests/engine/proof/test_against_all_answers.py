"""On random small flows the proof comes to exactly what trying every answer on the engine itself comes to."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.advance import Ask, advance, reaction
from bot.engine.flow import Flow, Item, Kind, Question, React, Repeat, Say
from bot.engine.proof.proving import Fate, prove
from bot.engine.proof.targets import Sort
from bot.engine.proof.witness import length
from bot.engine.values import Gap, Measures, Value
from bot.engine.view import View
from tests.engine.flows import Rule, body, choice, flow, number, repeat, rule, say, scale, several, yes_no
from tests.engine.test_soundness import LIST, Names, a_number, a_truth, truths

Answers = dict[str, Value]
Seen = set[tuple[Sort, tuple[str, ...]]]


@st.composite
def a_rule(draw: st.DrawFn, names: Names) -> str:
    """A truth, also one that looks at knowledge itself."""
    text = draw(a_truth(names))
    kind = draw(st.integers(0, 6))
    question = draw(st.sampled_from(names.questions)).id
    looks = [text, text, text, f"sure({text})", f"({text} or unknown({question}))", f"(asked({question}) and {text})"]
    return [*looks, f"not sure({text})"][kind]


@st.composite
def a_small_question(draw: st.DrawFn, name: str, when: str | None) -> Question:
    kind = draw(st.sampled_from(["yes_no", "choice", "several", "number", "scale", "body"]))
    made = {
        "yes_no": yes_no(name, when),
        "choice": choice(name, "a", "b", when=when),
        "several": several(name, "a", "b", "c", when=when),
        "number": number(name, -1, 2, when),
        "scale": scale(name, 1, 3, when),
        "body": body(name, when),
    }
    return made[kind]


@st.composite
def a_small_flow(draw: st.DrawFn) -> Flow:
    names, items = Names(), list[Item]()
    spot = draw(st.sampled_from([-1, -1, 0, 1, 2]))
    for place in range(3):
        if place == spot:
            when = draw(a_rule(names)) if bool(names.questions) and draw(st.booleans()) else None
            first = draw(st.sampled_from([yes_no("own"), choice("own", "a", "b"), number("own", 0, 2)]))
            inner = [first]
            if draw(st.booleans()):
                inner.append(yes_no("deep", draw(st.sampled_from(truths(first)))))
            low = draw(st.integers(0, 1))
            names.repeat = repeat(LIST, low, draw(st.integers(max(low, 1), 2)), *inner, when=when)
            items.append(names.repeat)
            continue
        when = draw(a_rule(names)) if bool(names.questions) and draw(st.booleans()) else None
        if bool(names.questions) and draw(st.integers(0, 3)) == 0:
            items.append(say(f"say{place}", draw(a_rule(names))))
        question = draw(a_small_question(f"q{place}", when))
        names.questions.append(question)
        reacts = {draw(a_rule(names)): "はい", draw(a_rule(names)): "いいえ"} if draw(st.booleans()) else {}
        items.append(replace(question, reacts=_unread(reacts)))
    names.scores.extend(["s"])
    scores = {"s": draw(a_number(replace(names, scores=[])))}
    results: list[Rule] = []
    for result in ("r", "u", "v"):
        group = draw(st.sampled_from([None, "g"]))
        results.append(rule(result, draw(a_rule(names)), group=group))
        names.results.append(result)
    if draw(st.booleans()):
        results.append(rule("rest", draw(st.sampled_from([None, "r"])), group="g", otherwise=True))
    return flow(*items, scores=scores, results=tuple(results))


def _unread(reacts: dict[str, str]) -> tuple[React, ...]:
    return yes_no("any", reacts=reacts).reacts


def values_of(question: Question) -> list[Value]:
    ids = [option.id for option in question.options]
    match question.kind:
        case Kind.NUMBER:
            assert question.low is not None
            assert question.high is not None
            return [Decimal(one) for one in range(int(question.low), int(question.high) + 1)]
        case Kind.SCALE:
            return [Decimal(one) for one in ids]
        case Kind.SEVERAL:
            return [tuple(one for place, one in enumerate(ids) if bits >> place & 1) for bits in range(2 ** len(ids))]
        case Kind.MEASURES:
            given = ((100, 20), (102, 200), (160, 47), (220, 20))
            return [Measures((("height_cm", Decimal(h)), ("weight_kg", Decimal(w)))) for h, w in given]
    return list(ids)


def talks(trial: Flow, answers: Answers) -> Iterator[Answers]:
    """Every talk from here to its end."""
    asked = advance(trial, answers)
    if not isinstance(asked, Ask):
        yield answers
        return
    for value in [*values_of(asked.question), Gap.UNKNOWN]:
        yield from talks(trial, {**answers, asked.question.id: value})


def seen_in(trial: Flow, answers: Answers) -> Seen:
    view = View(trial, answers)
    seen: Seen = set()
    for question in view.visible():
        name = question.id if question.item is None else f"{LIST}.{question.id.rpartition('.')[2]}"
        seen.add((Sort.QUESTION, (name,)))
        if not question.reacts:
            continue
        so_far: Answers = {}
        for answered, value in answers.items():
            so_far[answered] = value
            if answered == question.id:
                break
        said = reaction(View(trial, so_far), question)
        if said is not None:
            seen.add((Sort.REACT, (name, str(question.reacts.index(said)))))
    says = [item for item in trial.items if isinstance(item, Say)]
    seen |= {(Sort.SAY, (one.id,)) for one in says if view.condition(one.when)}
    truth = {result.id: view.result(result.id) for result in trial.results}
    seen |= {(Sort.RESULT, (name,)) for name, holds in truth.items() if holds}
    held = [r.id for r in trial.results if r.group == "g" and not r.otherwise and truth[r.id]]
    seen |= {(Sort.OVERLAP, (one, other)) for place, one in enumerate(held) for other in held[place + 1 :]}
    members = [truth[result.id] for result in trial.results if result.group == "g"]
    complete = Gap.UNKNOWN not in [answers.get(question.id) for question in view.visible()]
    if complete and all(holds is False for holds in members):
        seen.add((Sort.GAP, ("g",)))
    if all(holds is False for holds in truth.values()):
        seen.add((Sort.NOTHING, ()))
    return seen


@settings(max_examples=25 if settings().max_examples < 100 else 500)
@given(a_small_flow())
def test_property_the_proof_reaches_exactly_what_some_answers_reach(trial: Flow) -> None:
    seen: Seen = set()
    longest = 0
    for answers in talks(trial, {}):
        seen |= seen_in(trial, answers)
        longest = max(longest, length(trial, answers))
    proof = prove(trial)
    for claim in proof.claims:
        name = (claim.target.sort, claim.target.names)
        assert not (claim.fate is Fate.NEVER and name in seen), name
        assert not (claim.fate is Fate.UNPROVEN and name in seen), name
        if not any(question.kind is Kind.MEASURES for question in trial.plain_questions()):
            assert (claim.fate is Fate.REACHED) == (name in seen), name
            assert claim.fate is not Fate.UNPROVEN or any(isinstance(item, Repeat) for item in trial.items)
    assert proof.longest.at_most is not None
    assert longest <= proof.longest.at_most
    assert proof.longest.screens <= proof.longest.at_most
