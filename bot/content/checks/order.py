"""A rule about asking may read only what was asked before it; nothing may hang on itself. Both are told with the chain.

Names are joined into a graph: who reads whom. Scores and results have no place of their own, so they are looked
through; a repeat stands for all of its questions.
"""

from collections.abc import Iterator

from bot.content.build import Built
from bot.content.flow_shapes import IncludeShape
from bot.content.problems import Problem
from bot.content.rules import Role, Rule
from bot.engine.checks import names_read
from bot.engine.flow import Question, Repeat, Say

Place = tuple[int, int]  # among all items; within a repeat
Graph = dict[str, list[str]]
AFTER_ITEMS = 1_000_000  # the place of a repeat as a whole: after any of its questions


def cycles(built: Built) -> list[Problem]:
    found: list[Problem] = []
    for chain in _cycles(_graph(built)):
        after = dict(zip(chain, [*chain[1:], chain[0]], strict=True))
        rule = next((rule for rule in _own(built) if after.get(rule.owner) in names_read(rule.node, rule.repeat)), None)
        if rule is not None:
            start = chain.index(rule.owner)
            turned = [*chain[start:], *chain[:start], rule.owner]
            found.append(rule.problem("cycle", chain=" → ".join(turned)))
    return found


def forward_references(built: Built) -> list[Problem]:
    graph, places = _graph(built), _places(built)
    circular = [set(chain) for chain in _cycles(graph)]
    found: list[Problem] = []
    for rule in _own(built):
        own_place = places.get(rule.owner)
        if own_place is None or rule.role not in (Role.WHEN, Role.REACT):
            continue
        for chain in _asked(graph, places, rule):
            late = places[chain[-1]] >= own_place if rule.role is Role.WHEN else places[chain[-1]] > own_place
            if late and not any({rule.owner, chain[-1]} <= circle for circle in circular):
                found.append(rule.problem("forward_reference", chain=" → ".join(chain), name=chain[-1]))
    return found


def _own(built: Built) -> list[Rule]:
    return [rule for rule in built.rules if not rule.part.prefix]


def _asked(graph: Graph, places: dict[str, Place], rule: Rule) -> Iterator[list[str]]:
    """Chains from a rule to each thing asked that it reads, through scores and results."""
    open_chains = [[rule.owner, name] for name in names_read(rule.node, rule.repeat)]
    seen: set[str] = set()
    while open_chains:
        chain = open_chains.pop(0)
        if chain[-1] in seen:
            continue
        seen.add(chain[-1])
        if chain[-1] in places:
            yield chain
        else:
            open_chains += [[*chain, name] for name in graph.get(chain[-1], [])]


def _places(built: Built) -> dict[str, Place]:
    """Where each thing that is asked or said stands. An include stands where it is written."""
    places: dict[str, Place] = {}
    for number, item in enumerate(_in_order(built)):
        if isinstance(item, str):
            places[item] = (number, 0)
        elif isinstance(item, Repeat):
            places |= {f"{item.id}.{q.id}": (number, inside) for inside, q in enumerate(item.questions)}
            places[item.id] = (number, AFTER_ITEMS)
        elif isinstance(item, Question | Say):
            places[item.id] = (number, 0)
    return places


def _in_order(built: Built) -> Iterator[object]:
    """Every item of the flow, and the prefix of an include where one stands."""
    items = iter(built.flow.items)
    for one in built.placed:
        yield one.part.full(one.item.as_) if isinstance(one.item, IncludeShape) else next(items)


def _graph(built: Built) -> Graph:
    graph: Graph = {}
    for rule in built.rules:
        if rule.role in (Role.WHEN, Role.RESULT, Role.SCORE):
            graph.setdefault(rule.owner, []).extend(names_read(rule.node, rule.repeat))
    for item in built.flow.items:
        if isinstance(item, Repeat):
            inner = [f"{item.id}.{question.id}" for question in item.questions]
            outer = list(graph.get(item.id, []))
            for name in inner:
                graph.setdefault(name, []).extend(outer)
            graph.setdefault(item.id, []).extend(inner)
    for result in built.flow.results:
        if result.otherwise:
            rest = [r.id for r in built.flow.results if r.group == result.group and not r.otherwise]
            graph.setdefault(result.id, []).extend(rest)
    return graph


def _cycles(graph: Graph) -> list[list[str]]:
    """Each circle once, without its first name repeated."""
    found: dict[frozenset[str], list[str]] = {}
    done: set[str] = set()
    for start in graph:
        _walk(graph, start, [], done, found)
    return list(found.values())


def _walk(graph: Graph, name: str, way: list[str], done: set[str], found: dict[frozenset[str], list[str]]) -> None:
    if name in way:
        circle = way[way.index(name) :]
        found.setdefault(frozenset(circle), circle)
    elif name not in done:
        for read in graph.get(name, []):
            _walk(graph, read, [*way, name], done, found)
        done.add(name)
