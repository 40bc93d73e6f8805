"""The units and counters that may follow a figure, each with the one spelling we keep.

Two tables, because 一 begins many ordinary words: those of COUNTERS may follow any figure; those of LOOSE only digits
or a kanji figure of two signs and more (23校 and 二十三校, but 一番, 一度, 一部 are words). No values are read here.
"""

import re
from typing import Final

COUNTERS: Final = {
    "%": "%", "パーセント": "%", "割": "割", "円": "円", "人": "人", "名": "人", "世帯": "世帯", "件": "件", "点": "点",
    "か所": "か所", "ヶ所": "か所", "カ所": "か所", "ケ所": "か所", "ヵ所": "か所", "箇所": "か所", "つ": "つ",
    "か月": "か月", "ヶ月": "か月", "カ月": "か月", "ケ月": "か月", "ヵ月": "か月", "箇月": "か月",
    "か月間": "か月", "ヶ月間": "か月", "カ月間": "か月", "ケ月間": "か月", "ヵ月間": "か月", "箇月間": "か月",
    "回": "回", "年": "年", "年間": "年", "月": "月", "週": "週", "週間": "週", "日": "日", "日間": "日",
    "時間": "時間", "分": "分", "分間": "分", "歳": "歳", "才": "歳",
    "センチ": "cm", "センチメートル": "cm", "メートル": "m", "メーター": "m",
    "キロ": "kg", "キログラム": "kg", "グラム": "g", "キロメートル": "km",
}  # fmt: skip
LOOSE: Final = {
    "cm": "cm", "m": "m", "mm": "mm", "km": "km", "kg": "kg", "g": "g", "mg": "mg", "t": "t", "l": "l", "ml": "ml",
    "m2": "㎡", "平米": "㎡", "平方メートル": "㎡", "ミリ": "mm", "リットル": "l", "℃": "度", "°c": "度", "度": "度",
    "時": "時", "秒": "秒", "年度": "年度", "期": "期", "代": "代", "倍": "倍", "番": "番", "号": "号", "位": "位",
    "個": "個", "本": "本", "枚": "枚", "冊": "冊", "台": "台", "部": "部", "杯": "杯", "食": "食", "階": "階",
    "校": "校", "社": "社", "組": "組", "班": "班", "戸": "戸", "室": "室", "床": "床", "単位": "単位",
    "ページ": "ページ", "団体": "団体", "地区": "地区", "地域": "地域", "圏域": "圏域",
    "町村": "町村", "市町村": "市町村",
    "項目": "項目", "事業": "事業", "事業所": "事業所", "施設": "施設", "種類": "種類", "ポイント": "ポイント",
}  # fmt: skip
_ALL: Final = {**COUNTERS, **LOOSE}


def _pattern(spelling: str) -> str:
    return re.escape(spelling) + ("(?![a-z])" if spelling.isascii() and spelling.isalnum() else "")


UNIT: Final = "|".join(_pattern(spelling) for spelling in sorted(_ALL, key=len, reverse=True))
"""The pattern of a unit, longest spelling first; to be compiled without regard to case."""


def spelled(unit: str) -> str:
    """The one spelling we keep of a unit that UNIT matched; "" stays "" (no unit)."""
    return _ALL[unit.lower()] if unit else ""


def after_any_figure(unit: str) -> bool:
    """Whether the unit makes even a single kanji digit a figure."""
    return unit in COUNTERS
