"""What the proof found in each flow, told at the place in the author's file (`bansou check --deep`).

The proof itself is `bot/engine/proof/`, which knows no files; here each of its claims gets its line and its sentence.
What can never happen is a fault, what is never said or cannot be proven an issue. A rule of which `check` already says
that it never holds is not told twice. Only flows without faults are proven; the others `check` tells anyway.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.build import Built
from bot.content.checks.ids import questions_of
from bot.content.checks.used import answers_unused, options_alike
from bot.content.document import Loc
from bot.content.flow_shapes import IncludeShape, RepeatShape, SayShape
from bot.content.flows import Outcome, proven
from bot.content.load import shelf_of
from bot.content.problems import Problem, ordered
from bot.content.rules import Role
from bot.engine.flow import Condition, Question
from bot.engine.proof.proving import Claim, Fate, Proof, prove
from bot.engine.proof.targets import WANTED, Sort, Target
from bot.engine.questions import QUESTION_TYPES
from bot.engine.values import Gap, Value
from bot.engine.view import View, ends_list

SCREENS = 20  # the longest path of a flow that does not declare itself `long`

_NEVER = {
    Sort.QUESTION: "never_asked",
    Sort.REACT: "never_said",
    Sort.SAY: "never_said",
    Sort.INCLUDE: "never_asked",
    Sort.RESULT: "never_reached",
}
_UNPROVEN = {Sort.OVERLAP: "unproven_overlap", Sort.GAP: "unproven_gap", Sort.NOTHING: "unproven_end"}
_POSSIBLE = {Sort.OVERLAP: "group_overlap", Sort.GAP: "group_gap", Sort.NOTHING: "ends_without_result"}


@dataclass(frozen=True)
class Proven:
    """One flow with its proof; `problems` are those that the proof adds to what `check` says."""

    proof: Proof
    problems: tuple[Problem, ...]


def prove_flows(root: Path) -> Iterator[Proven]:
    """Flow after flow, so that whoever waits can be told of each."""
    for outcome in shelf_of(root).all():
        if outcome.flow is not None and outcome.built is not None:
            yield _prove(outcome, outcome.built)


def _prove(outcome: Outcome, built: Built) -> Proven:
    proof = prove(built.flow, _guards(built))
    told = {(problem.file, problem.line) for problem in proven(outcome)}
    found = [problem for claim in proof.claims for problem in _of_claim(built, claim)]
    problems = [
        *answers_unused(built),
        *options_alike(built),
        *(
            problem
            for problem in found
            if problem.code in _POSSIBLE.values() or (problem.file, problem.line) not in told
        ),
        *_too_long(built, proof),
    ]
    return Proven(proof, ordered(problems))


def _guards(built: Built) -> dict[str, Condition]:
    """The conditions of this file's own includes, by their prefix."""
    prefixes = {item.as_ for _, item in built.file.includes()}
    return {
        rule.owner: rule.condition
        for rule in built.rules
        if rule.role is Role.WHEN and rule.owner in prefixes and rule.condition is not None
    }


def _of_claim(built: Built, claim: Claim) -> Iterator[Problem]:
    target, document = claim.target, built.file.document
    loc = _place(built, target)
    names = {"names": "」「".join(target.names), "name": target.names[0] if target.names else ""}
    if claim.fate is Fate.UNPROVEN:
        yield document.issue(loc, _UNPROVEN.get(target.sort, "unproven"), **names)
    elif target.sort in WANTED and claim.fate is Fate.NEVER:
        never_said = _NEVER[target.sort] == "never_said"
        yield (document.issue if never_said else document.problem)(loc, _NEVER[target.sort], **names)
    elif target.sort not in WANTED and claim.answers is not None:
        yield document.problem(loc, _POSSIBLE[target.sort], **names, answers=told_answers(built, claim.answers))


def told_answers(built: Built, answers: Mapping[str, Value]) -> str:
    """What was said, question by question; what is not named is わからない."""
    questions = View(built.flow, answers).questions
    said = [
        f"{name}={value if ends_list(questions[name]) else _shown(questions[name], value)}"
        for name, value in answers.items()
        if not isinstance(value, Gap)
    ]
    return ", ".join(said) or "-"


def _shown(question: Question, value: Value) -> str:
    return QUESTION_TYPES[question.kind].show(question, value) or "[]"


def _too_long(built: Built, proof: Proof) -> Iterator[Problem]:
    shape = built.file.shape
    if shape is None or shape.long:
        return
    slots = {"screens": str(proof.longest.screens), "limit": str(SCREENS)}
    if proof.longest.screens > SCREENS:
        yield built.file.document.issue(("questions",), "too_many_screens", **slots)
    elif proof.longest.at_most is None or proof.longest.at_most > SCREENS:
        yield built.file.document.issue(("questions",), "unproven_screens", **slots)


# --- where a target stands in the file ---


def _place(built: Built, target: Target) -> Loc:
    match target.sort:
        case Sort.QUESTION:
            return _when(built, _question(built, target.names[0]))
        case Sort.REACT:
            return (*_question(built, target.names[0]), "reacts", int(target.names[1]), "when")
        case Sort.SAY | Sort.INCLUDE:
            return _when(built, _item(built, target.names[0]))
        case Sort.RESULT | Sort.OVERLAP:
            return _when(built, _result(built, target.names[-1]))
        case Sort.GAP:
            return next((*loc, "group") for loc, result in built.file.results if result.group == target.names[0])
    return ("results",)


def _when(built: Built, loc: Loc) -> Loc:
    return (*loc, "when") if (*loc, "when") in built.file.document.lines else loc


def _question(built: Built, name: str) -> Loc:
    held_in = {loc: f"{item.repeat}." for loc, item in built.file.items if isinstance(item, RepeatShape)}
    named = ((loc, held_in.get(loc[:2], "") + question.id) for loc, question in questions_of(built.file))
    return next(loc for loc, full in named if full == name)


def _item(built: Built, name: str) -> Loc:
    """A sentence between questions, or an include by its prefix."""
    items = built.file.items
    named = [(loc, item.say) for loc, item in items if isinstance(item, SayShape)]
    named += [(loc, item.as_) for loc, item in items if isinstance(item, IncludeShape)]
    return next(loc for loc, own in named if own == name)


def _result(built: Built, name: str) -> Loc:
    return next(loc for loc, result in built.file.results if result.id == name)
