"""Whatever the flow: what is settled over some answers is never overturned by more of them (semantics §2).

Random small flows with every kind of rule but those that look at knowledge itself (`sure`, `unknown`, `asked`,
`otherwise`), which may change by design. わからない stands for every answer, so it too may be followed by any.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.engine.advance import Finished, advance
from bot.engine.bounds import Span
from bot.engine.checks import never_holds
from bot.engine.expressions.evaluate import OPEN, State
from bot.engine.flow import Condition, Flow, Item, Kind, Question, Repeat
from bot.engine.run import accept_answers, plain_answers, report
from bot.engine.values import Answers, Gap, Value, from_plain, to_plain
from bot.engine.view import View
from tests.engine.flows import Rule, body, choice, figures, flow, number, repeat, rule, scale, several, yes_no

LIST = "things"


@dataclass
class Names:
    """What rules may read so far."""

    questions: list[Question] = field(default_factory=list)
    scores: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    repeat: Repeat | None = None


def numbers(question: Question) -> list[str]:
    match question.kind:
        case Kind.NUMBER | Kind.SCALE:
            return [f"or_else({question.id}, 0)", f"or_else({question.id}, 3)"]
        case Kind.MEASURES:
            return [f"or_else({question.id}.height_cm, 0)", f"points({question.id}, under=1, at_least=-1)"]
        case Kind.SEVERAL:
            return [f"count({question.id})", f"points({question.id}, a=-1, b=1, c=2)"]
    points = ", ".join(f"{option.id}={worth - 1}" for worth, option in enumerate(question.options))
    return [f"points({question.id}, {points})"]


def truths(question: Question) -> list[str]:
    match question.kind:
        case Kind.NUMBER | Kind.SCALE | Kind.MEASURES:
            return [f"{text} >= {cut}" for text in numbers(question) for cut in (1, 3)]
        case Kind.SEVERAL:
            return [f"includes({question.id}, a)", f"count({question.id}) < 2"]
    return [
        text
        for option in question.options
        for text in (f"{question.id} == {option.id}", f"{question.id} != {option.id}")
    ]


@st.composite
def a_number(draw: st.DrawFn, names: Names, depth: int = 2) -> str:
    plain = [text for question in names.questions for text in numbers(question)]
    inside = names.repeat.questions if names.repeat else ()
    plain += [f"sum({LIST}, {text})" for question in inside for text in numbers(question)]
    plain += [f"count({LIST}, {text})" for question in inside for text in truths(question)]
    plain += [*names.scores, *([f"count({LIST})"] if inside else []), "2"]
    if not depth or draw(st.booleans()):
        return draw(st.sampled_from(plain))
    left, right = draw(a_number(names, depth - 1)), draw(a_number(names, depth - 1))
    return f"({left} {draw(st.sampled_from('+-*/'))} {right})"


@st.composite
def a_truth(draw: st.DrawFn, names: Names, depth: int = 2) -> str:
    if depth and draw(st.booleans()):
        left, right = draw(a_truth(names, depth - 1)), draw(a_truth(names, depth - 1))
        return draw(st.sampled_from([f"({left} and {right})", f"({left} or {right})", f"not ({left})"]))
    if draw(st.integers(0, 3)) == 0:
        op = draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
        return f"{draw(a_number(names))} {op} {draw(a_number(names))}"
    plain = [text for question in names.questions for text in truths(question)]
    if names.repeat:
        inside = [text for question in names.repeat.questions for text in truths(question)]
        plain += [f"{function}({LIST}, {text})" for text in inside for function in ("any", "all")]
    return draw(st.sampled_from([*plain, *names.results]))


@st.composite
def a_question(draw: st.DrawFn, name: str, when: str | None) -> Question:
    kind = draw(st.sampled_from(["yes_no", "choice", "several", "number", "scale", "body"]))
    made = {
        "yes_no": yes_no(name, when),
        "choice": choice(name, "a", "b", "c", when=when),
        "several": several(name, "a", "b", "c", when=when),
        "number": number(name, -2, 5, when),
        "scale": scale(name, 1, 4, when),
        "body": body(name, when),
    }
    return made[kind]


@st.composite
def a_flow(draw: st.DrawFn, *, lists: bool = True) -> Flow:
    names, items = Names(), list[Item]()
    spot = draw(st.integers(0, 4)) if lists else -1
    for place in range(4):
        if place == spot:
            when = draw(a_truth(names)) if bool(names.questions) and draw(st.booleans()) else None
            first = draw(a_question("own", None))
            second = yes_no("deep", draw(st.sampled_from(truths(first))))
            low = draw(st.integers(0, 2))
            names.repeat = repeat(LIST, low, draw(st.integers(max(low, 1), 3)), first, second, when=when)
            items.append(names.repeat)
        when = draw(a_truth(names)) if bool(names.questions) and draw(st.booleans()) else None
        question = draw(a_question(f"q{place}", when))
        items.append(question)
        names.questions.append(question)
    scores: dict[str, str] = {}
    for score in ("s", "t"):
        scores[score] = draw(a_number(names))
        names.scores.append(score)
    results: list[Rule] = []
    for result in ("r", "u", "v"):
        results.append(rule(result, draw(a_truth(names))))
        names.results.append(result)
    return flow(*items, scores=scores, results=tuple(results))


def a_value(question: Question) -> st.SearchStrategy[Value]:
    ids = [option.id for option in question.options]
    match question.kind:
        case Kind.NUMBER:
            return st.integers(-2, 5).map(Decimal)
        case Kind.SCALE:
            return st.sampled_from(ids).map(Decimal)
        case Kind.MEASURES:
            return st.sampled_from([figures("160", "47.35"), figures("160", "47.36"), figures("100", "200")])
        case Kind.SEVERAL:
            return st.sets(st.sampled_from(ids)).map(lambda chosen: tuple(sorted(chosen)))
    return st.sampled_from(ids)


def goes_on(trial: Flow, answers: Answers) -> list[Question]:
    """The questions that more could be said to: those without a value, but `more`, where わからない is いいえ."""
    view = View(trial, answers)
    return [
        question
        for question in view.visible()
        if view.state(question) is State.WAITING or (view.state(question) in OPEN and not question.id.endswith(".more"))
    ]


Talk = tuple[Flow, list[dict[str, Value]]]


@st.composite
def a_talk(draw: st.DrawFn, *, lists: bool = True) -> Talk:
    """A flow, and answers that grow until nothing is open; out of order, with old answers to hidden questions."""
    trial = draw(a_flow(lists=lists))
    answers: dict[str, Value] = {}
    for question in (*trial.plain_questions(),):
        if question.id not in ("own", "deep") and draw(st.integers(0, 4)) == 0:
            answers[question.id] = draw(a_value(question))  # held back or hidden, maybe
    if lists and draw(st.integers(0, 3)) == 0:
        answers[f"{LIST}.0.more"] = draw(st.sampled_from(["yes", "no"]))  # read where the list may be empty
    turns = [dict(answers)]
    while rest := goes_on(trial, answers):
        question = draw(st.sampled_from(rest))
        gaps = st.sampled_from([Gap.UNKNOWN, Gap.SKIPPED])
        maybe = len(turns) < 6 and question.id not in answers and draw(st.integers(0, 3)) == 0
        answers[question.id] = draw(gaps if maybe else a_value(question))
        turns.append(dict(answers))
    return trial, turns


def within(late: Span, early: Span) -> bool:
    return early is None or (late is not None and early.low <= late.low and late.high <= early.high)


@given(a_talk())
def test_property_the_interval_of_a_score_always_holds_what_it_becomes(talk: Talk) -> None:
    trial, turns = talk
    for name in trial.scores:
        spans = [View(trial, answers).score(name) for answers in turns]
        assert all(within(late, early) for early, late in pairwise(spans)), (name, spans)


@given(a_talk())
def test_property_a_verdict_that_is_settled_never_changes_when_more_is_answered(
    talk: Talk,
) -> None:
    trial, turns = talk
    for result in trial.results:
        verdicts = [View(trial, answers).result(result.id) for answers in turns]
        assert all(early in (None, late) for early, late in pairwise(verdicts)), verdicts


@given(a_talk())
def test_property_a_question_once_asked_stays_asked_and_one_ruled_out_stays_out(
    talk: Talk,
) -> None:
    trial, turns = talk
    for before, after in pairwise(turns):
        early, late = View(trial, before), View(trial, after)
        for name, question in early.questions.items():
            if early.state(question) is not State.HELD:
                out = State.NOT_APPLICABLE
                assert (early.state(question) is out) is (late.state(late.questions[name]) is out)


@given(a_talk())
def test_property_what_is_undetermined_can_be_settled_unless_a_divisor_may_be_0(
    talk: Talk,
) -> None:
    trial, turns = talk
    divides = "/" in "".join([*(s.text for s in trial.scores.values()), *_texts(trial)])
    end = advance(trial, turns[-1])
    assert isinstance(end, Finished)
    assert divides or not end.undetermined
    for answers in turns:
        told = report(trial, answers)["undetermined"]
        assert isinstance(told, list)
        for one in told:
            assert isinstance(one, dict)
            assert divides or one["needs"], (one, answers)


def _texts(trial: Flow) -> list[str]:
    whens = [result.when for result in trial.results] + [getattr(item, "when", None) for item in trial.items]
    return [when.text for when in whens if isinstance(when, Condition)]


@given(a_talk())
def test_property_answers_written_and_read_again_are_the_same(talk: Talk) -> None:
    trial, turns = talk
    for answers in turns:
        assert {name: from_plain(to_plain(value)) for name, value in answers.items()} == answers
    again = accept_answers(trial, plain_answers(trial, turns[-1]))
    assert report(trial, again)["results"] == report(trial, turns[-1])["results"]
    assert plain_answers(trial, again) == plain_answers(trial, turns[-1])


@given(a_talk(lists=False))
def test_property_a_condition_said_never_to_hold_holds_for_no_answers(talk: Talk) -> None:
    trial, turns = talk
    for result in trial.results:
        assert result.when is not None
        if never_holds(trial, result.when):
            assert all(View(trial, answers).result(result.id) is not True for answers in turns)
