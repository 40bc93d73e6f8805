"""Quantities in messages: the figure, its one unit, how sure, and where it stood. None is invented."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese.numerals import Quantity, read_quantities, read_range
from tests.japanese.kanji import in_kanji
from tests.japanese.tables import words


def read(text: str) -> list[tuple[str, str]]:
    return [(str(quantity.value), quantity.unit) for quantity in read_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("１，２００人", "1200", "人"),
        ("1.5", "1.5", ""),
        ("1．5", "1.5", ""),
        ("1.50", "1.5", ""),
        ("十二人", "12", "人"),
        ("百二十", "120", ""),
        ("五です", "5", ""),
        ("約五", "5", ""),
        ("人口は一万二千", "12000", ""),
        ("二〇二三年", "2023", "年"),
        ("5千円", "5000", "円"),
        ("1,200万円", "12000000", "円"),
        ("1億2,000万円", "120000000", "円"),
        ("12,000千円", "12000000", "円"),
        ("1.2万人", "12000", "人"),
        ("0.65%", "0.65", "%"),
        ("65％", "65", "%"),
        ("65パーセント", "65", "%"),
        ("65ﾊﾟｰｾﾝﾄ", "65", "%"),
        ("3割", "30", "%"),
        ("三割", "30", "%"),
        ("3割5分", "35", "%"),
        ("2割半", "25", "%"),
        ("2時間半", "2.5", "時間"),
        ("1年半", "1.5", "年"),
        ("2年半年", "2", "年"),
        ("-5", "-5", ""),
        ("−5％", "-5", "%"),
        ("約-5", "-5", ""),
        ("▲5%", "-5", "%"),
        ("マイナス3", "-3", ""),
        ("参加者-5人", "5", "人"),
        ("1m60", "160", "cm"),
        ("1メートル60", "160", "cm"),
        ("1メートル60センチ", "160", "cm"),
        ("1m60.5", "160.5", "cm"),
        ("1 m", "1", "m"),
        ("52キロ", "52", "kg"),
        ("52㎏", "52", "kg"),
        ("52 KG", "52", "kg"),
        ("160センチ", "160", "cm"),
        ("50㎡", "50", "㎡"),
        ("80才", "80", "歳"),
        ("10名", "10", "人"),
        ("３ヶ所", "3", "か所"),
        ("3カ所", "3", "か所"),
        ("3ケ所", "3", "か所"),
        ("3箇所", "3", "か所"),
        ("6ヵ月", "6", "か月"),
        ("6カ月間", "6", "か月"),
        ("6箇月", "6", "か月"),
        ("2週間", "2", "週"),
        ("24時間", "24", "時間"),
        ("10時", "10", "時"),
        ("三十分", "30", "分"),
        ("十分くらい", "10", "分"),
        ("三つ", "3", "つ"),
        ("二十三校", "23", "校"),
        ("BMI22", "22", ""),
        ("利用者数10人", "10", "人"),
        ("週2回", "2", "回"),
        ("1人", "1", "人"),
    ],
)
def test_a_figure_is_read_with_the_one_spelling_of_its_unit(text: str, value: str, unit: str) -> None:
    assert read(text) == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("160 52", [("160", ""), ("52", "")]),
        ("身長160cm、体重52キロ", [("160", "cm"), ("52", "kg")]),
        ("1m60 52kg", [("160", "cm"), ("52", "kg")]),
        ("1m60cm52kg", [("160", "cm"), ("52", "kg")]),
        ("160cm52.5kg", [("160", "cm"), ("52.5", "kg")]),
        ("1m60人", [("1", "m"), ("60", "人")]),
        ("1時間30分", [("1", "時間"), ("30", "分")]),
        ("第2層協議体は3か所", [("3", "か所")]),
        ("いきいき百歳体操を5か所", [("5", "か所")]),
        ("1人暮らしが12人", [("12", "人")]),
        ("1人あたり5千円", [("5000", "円")]),
    ],
)
def test_each_of_several_quantities_is_read(text: str, quantities: list[tuple[str, str]]) -> None:
    assert read(text) == quantities


@pytest.mark.parametrize(
    "text",
    words(
        """
        一緒に 一般 一人暮らし 1人暮らし 一人で 十分に 十分 十二分に 万が一 万一 千葉 三重県 百貨店 七夕 一体
        一部 一度 一番 二の次 一つ 第1層 第一 A4 p139 q12 百歳体操 4点杖 一日中 数十人 数百 何十人 十数人 10数人
        20余人 五十嵐さん 三分の一 3分の1 一人もいない 1件もない 1回につき 県内一円に コーヒ一 二三人 四五十人
        No.5 .5 万割5分 ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯ なし 😀 〇〇町
        """
    ),
)
def test_a_figure_inside_ordinary_words_is_not_invented(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "約10人",
        "約 10人",
        "およそ10",
        "だいたい10人",
        "10人くらい",
        "10ぐらい",
        "10人程度",
        "10人ほど",
        "10人前後",
        "10人弱",
        "10人強",
    ],
)
def test_words_of_about_are_noticed_and_are_no_part_of_the_quantity(text: str) -> None:
    (quantity,) = read_quantities(text)
    assert quantity.approximate
    assert text[quantity.start : quantity.end] in {"10人", "10"}


@pytest.mark.parametrize("text", ["10人", "10人強化", "予約は10人", "10人です、だいたい"])
def test_a_figure_without_words_of_about_is_exact(text: str) -> None:
    assert [quantity.approximate for quantity in read_quantities(text)] == [False]


def test_positions_are_those_of_the_text_as_typed() -> None:
    text = "㌔は約-５２㎏、30ﾊﾟｰｾﾝﾄです"
    first, second = read_quantities(text)
    assert first == Quantity(Decimal(-52), "kg", approximate=True, start=3, end=7)
    assert text[second.start : second.end] == "30ﾊﾟｰｾﾝﾄ"


@pytest.mark.parametrize(
    "text",
    words(
        """
        2〜3 ２～３人 2から3 2人から3人 2-3 2ー3人 2か3 3人か4人 2ないし3 2、3人 2,3人 2・3人 二、三人 二三人
        四五日 二三十人 2、30人 十〜二十人 10時から12時 10人以上 5％未満 3回以下 3人を超える 千円以内
        """
    ),
)
def test_a_range_or_a_bound_means_no_single_figure(text: str) -> None:
    assert read_range(text)


@pytest.mark.parametrize(
    "text",
    words(
        """
        2026-11-23 2026-11 11/23 03-1234-5678 0120-279-338 01-02 1m60 160、170 1、3人 1、2、3 2か所 2か月
        4月から3人 3〜2 12,300円 二十三人 二〇二三年 1.5 10人 万〜億 10 なし
        """
    ),
)
def test_dates_telephones_and_lists_are_no_ranges(text: str) -> None:
    assert not read_range(text)


@given(st.integers(0, 10**12), st.sampled_from(["人", "円", "か所", ""]))
def test_whole_numbers_come_back_in_digits(number: int, unit: str) -> None:
    for text in (str(number), f"{number:,}"):
        assert read(f"{text}{unit}です") == [(str(number), unit)]


@given(st.integers(11, 10**12).filter(lambda number: "二三" not in in_kanji(number)))
def test_whole_numbers_come_back_in_kanji(number: int) -> None:
    assert read(in_kanji(number) + "人") == [(str(number), "人")]


@given(st.text() | st.text(alphabet="0１二十百万億,.-〜、約人円割分半m60キロ第一 くらい"))
def test_no_text_is_too_odd_and_every_position_lies_inside_it(text: str) -> None:
    end = 0
    for quantity in read_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.start
    read_range(text)
