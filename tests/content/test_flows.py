"""How a flow file becomes a flow: items, names, rules, includes."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.content.load import read_content, read_flow, read_flows
from bot.engine.advance import Ask, advance
from bot.engine.flow import Flow, Kind, Level, Question, Repeat, Say, Section, Zone
from bot.engine.run import accept_answers, report
from bot.engine.values import Measures
from bot.engine.view import View
from tests.content.roots import make_root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def kaigi(root: Path) -> Flow:
    return read_flow(root, "kaigi").flows["kaigi"]


@pytest.fixture
def karada(root: Path) -> Flow:
    return read_flow(root, "karada").flows["karada"]


def _question(flow: Flow, name: str) -> Question:
    return next(question for question in flow.plain_questions() if question.id == name)


def test_the_head_of_a_flow(kaigi: Flow) -> None:
    assert (kaigi.id, kaigi.title, kaigi.zone) == ("kaigi", "会議の時間を生かす", Zone.TOWN)
    assert (kaigi.audience, kaigi.also, kaigi.minutes, kaigi.pages) == (
        ("市町村", "SC"),
        ("会議の形骸化",),
        5,
        (139, 138),
    )


def test_items_stand_in_the_order_of_the_file(kaigi: Flow) -> None:
    named = [item.title if isinstance(item, Section) else item.id for item in kaigi.items]
    assert named[:5] == ["めざすこと", "purpose", "last_change", "before_people", "顔ぶれ"]
    assert [type(item) for item in kaigi.items[:5]] == [Section, Question, Question, Say, Section]


def test_every_type_of_question_is_read(kaigi: Flow, karada: Flow) -> None:
    kinds = {question.kind for flow in (kaigi, karada) for question in flow.plain_questions()}
    assert kinds == set(Kind)


def test_choice_and_several_have_their_options(kaigi: Flow) -> None:
    always = _question(kaigi, "purpose").options[0]
    assert (always.id, always.label, always.also, always.alone) == ("always", "毎回伝えている", ("いつも",), False)
    assert [option.alone for option in _question(kaigi, "members").options] == [False, False, True]


def test_a_number_has_range_usual_step_and_unit(kaigi: Flow) -> None:
    users = _question(kaigi, "users")
    assert (users.low, users.high, users.step, users.unit) == (Decimal(0), Decimal(500), Decimal(1), "人")
    assert users.usual == (Decimal(3), Decimal(50))


def test_a_scale_has_its_figures_as_options(kaigi: Flow) -> None:
    ease = _question(kaigi, "ease")
    assert [(option.id, option.label) for option in ease.options][::2] == [("1", "話しにくい"), ("3", "話しやすい")]
    assert (ease.low, ease.high) == (Decimal(1), Decimal(3))


def test_yes_no_has_the_usual_labels_unless_it_says_otherwise(kaigi: Flow, karada: Flow) -> None:
    assert [option.label for option in _question(kaigi, "plans").options] == ["はい", "いいえ"]
    assert [option.label for option in _question(karada, "worried").options] == ["はい（ある）", "いいえ（ない）"]


def test_the_band_written_as_otherwise_comes_last_wherever_it_stands(tmp_path: Path) -> None:
    text = (make_root(tmp_path) / "flows/karada.yaml").read_text(encoding="utf-8")
    under, at_least = (line for line in text.splitlines(keepends=True) if "{label: 18.5" in line)
    turned = text.replace(under + at_least, "      at_least: otherwise\n" + under)
    flow = read_flow(make_root(tmp_path, {"flows/karada.yaml": turned}), "karada").flows["karada"]
    assert [(band.id, band.label) for band in _question(flow, "q12").bands] == [
        ("under", "18.5未満"),
        ("at_least", "at_least"),
    ]


def test_a_bands_rule_is_exact(karada: Flow) -> None:
    thin = Measures((("height_cm", Decimal(160)), ("weight_kg", Decimal("47.35"))))
    edge = Measures((("height_cm", Decimal(160)), ("weight_kg", Decimal("47.36"))))
    assert View(karada, {"q12": thin}).result("thin") is True
    assert View(karada, {"q12": edge}).result("thin") is False


def test_the_questions_of_a_repeat_keep_their_own_ids_and_see_their_item(kaigi: Flow) -> None:
    services = next(item for item in kaigi.items if isinstance(item, Repeat))
    assert (services.id, services.low, services.high, services.name) == ("services", 0, 5, "活動")
    assert [question.id for question in services.questions] == ["band", "hours"]
    given: Any = {
        "plans": "yes",
        "purpose": "never",
        "services": [{"band": "night", "hours": 4}, {"band": "day"}],
    }
    said = report(kaigi, accept_answers(kaigi, given))
    assert said["results"][1]["id"] == "direction_on"  # type: ignore[index,call-overload]
    assert said["scores"] == {"aims": 2, "people": {"low": 4, "high": 7}}


def test_a_flow_can_be_talked_through(kaigi: Flow) -> None:
    first = advance(kaigi, {})
    assert isinstance(first, Ask)
    assert first.question.id == "purpose"


def test_a_result_carries_all_that_was_written(kaigi: Flow) -> None:
    share = kaigi.results[0]
    assert (share.level, share.pages, share.entries) == (Level.WARNING, (139,), ("kakuron-139",))
    assert (share.ask[0].of, share.next) == ("市町村の担当者", ("次回の初めに3分、目的を話す。",))
    assert share.rank is not None
    assert kaigi.results[1].pages == (139, 138)


# --- include ---


def test_an_include_stands_in_its_place_under_its_prefix(karada: Flow) -> None:
    assert [question.id for question in karada.plain_questions()] == ["q12", "worried", "sleep.nights", "sleep.naps"]
    assert sorted(karada.scores) == ["both", "sleep.tired"]
    ids = [result.id for result in karada.results]
    assert ids == ["thin", "rest", "sleep.short_nights", "sleep.good_nights"]


def test_the_condition_of_an_include_holds_for_all_it_brings(karada: Flow) -> None:
    view = View(karada, {"worried": "no", "sleep.nights": Decimal(5)})
    assert [question.id for question in view.visible()] == ["q12", "worried"]
    assert view.result("sleep.short_nights") is False
    assert view.result("sleep.good_nights") is False
    asked = View(karada, {"worried": "yes", "sleep.nights": Decimal(5)})
    assert asked.result("sleep.short_nights") is True
    assert asked.result("rest") is True


def test_groups_and_slots_of_an_include_are_its_own(karada: Flow) -> None:
    short = karada.result("sleep.short_nights")
    assert short is not None
    assert (short.group, short.says) == ("sleep.nights_group", "眠れない夜が{sleep.nights}あります。")


TWICE = """
title: 二人の眠り
zone: person
about: 二人分の問いをします。
questions:
  - {include: nemuri, as: first}
  - {include: nemuri, as: second}
results:
  - {id: any_short, when: first.short_nights or second.short_nights, says: 休みましょう。, page: 139}
"""


def test_the_same_flow_twice_needs_two_prefixes(tmp_path: Path) -> None:
    good = read_flows(make_root(tmp_path / "good", {"flows/futari.yaml": TWICE}))
    assert good.problems == ()
    assert len(good.flows["futari"].plain_questions()) == 4
    bad = read_flows(make_root(tmp_path / "bad", {"flows/futari.yaml": TWICE.replace("second", "first")}))
    assert "duplicate_id" in {problem.code for problem in bad.problems}


def test_two_levels_of_include_have_two_prefixes(tmp_path: Path) -> None:
    outer = TWICE.replace("nemuri, as: second", "karada, as: second").replace(
        "or second.short", "or second.sleep.short"
    )
    flow = read_flows(make_root(tmp_path, {"flows/futari.yaml": outer})).flows["futari"]
    assert "second.sleep.nights" in [question.id for question in flow.plain_questions()]


def test_a_flow_whose_include_is_broken_is_not_there_and_only_the_culprit_is_told(tmp_path: Path) -> None:
    text = (make_root(tmp_path) / "flows/nemuri.yaml").read_text(encoding="utf-8")
    root = make_root(tmp_path, {"flows/nemuri.yaml": text.replace("nights >= 3", "night >= 3")})
    content = read_content(root)
    assert sorted(content.flows) == ["kaigi"]
    assert [(problem.file, problem.code) for problem in content.problems] == [("flows/nemuri.yaml", "unknown_name")]
    alone = read_flow(root, "karada")
    assert (alone.flows, [problem.file for problem in alone.problems]) == ({}, ["flows/nemuri.yaml"])


def test_a_text_question_that_an_include_brings_is_told_at_the_include(tmp_path: Path) -> None:
    worry = "title: 町のこと\nzone: town\nabout: 例です。\nquestions: [{id: w, type: text, text: 何ですか。}]\n"
    outer = TWICE.replace("nemuri, as: second", "worry, as: second").replace(
        "or second.short_nights", "or unknown(second.w)"
    )
    found = read_flows(make_root(tmp_path, {"flows/worry.yaml": worry, "flows/futari.yaml": outer})).problems
    assert [(problem.code, problem.slots["name"]) for problem in found] == [("text_about_a_person", "second.w")]


def test_there_is_no_flow_of_an_unknown_name(root: Path) -> None:
    assert read_flow(root, "no-such-flow").flows == {}


def test_a_rule_of_an_item_may_not_read_the_list_it_stands_in(tmp_path: Path) -> None:
    text = (make_root(tmp_path) / "flows/kaigi.yaml").read_text(encoding="utf-8")
    turned = text.replace("when: band == night\n", "when: count(services) > 1\n")
    found = read_flows(make_root(tmp_path, {"flows/kaigi.yaml": turned})).problems
    assert [problem.slots["chain"] for problem in found] == ["services.hours → services → services.hours"]


def test_a_question_may_be_read_by_its_own_reaction_but_not_a_later_one(tmp_path: Path) -> None:
    text = (make_root(tmp_path) / "flows/kaigi.yaml").read_text(encoding="utf-8")
    turned = text.replace("{when: purpose == always, says", "{when: plans == yes, says")
    found = read_flows(make_root(tmp_path, {"flows/kaigi.yaml": turned})).problems
    assert [(problem.code, problem.slots["chain"]) for problem in found] == [("forward_reference", "purpose → plans")]
