"""Writing whole numbers in kanji, to read them back in tests."""

_DIGITS = "〇一二三四五六七八九"


def in_kanji(number: int) -> str:
    """12034 is 一万二千三十四."""
    if not number:
        return "〇"
    text = ""
    for scale, mark in ((10**12, "兆"), (10**8, "億"), (10**4, "万")):
        times, number = divmod(number, scale)
        text += _under_ten_thousand(times) + mark if times else ""
    return text + _under_ten_thousand(number)


def in_kanji_digits(number: int) -> str:
    """2023 is 二〇二三."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _under_ten_thousand(number: int) -> str:
    text = ""
    for scale, mark in ((1000, "千"), (100, "百"), (10, "十")):
        times, number = divmod(number, scale)
        text += ("" if times == 1 else _DIGITS[times]) + mark if times else ""
    return text + (_DIGITS[number] if number else "")
