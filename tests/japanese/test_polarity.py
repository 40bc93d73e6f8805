"""Yes and no are read only where nothing else can be meant, and opposites are always kept apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese.polarity import negated, opposite, read_yes_no
from tests.japanese.tables import words

SAYS_YES = ["ある", "できる", "大丈夫", "している", "行く"]
SAYS_NO = ["ない", "できない", "していない", "行かない", "わからない"]

OPPOSITES = words(
    """
    していない/している ある/ない できる/できない あり/なし 有/無 はい/いいえ 増えた/増えていない
    知っている/知らない 共有している/共有していない 決まっている/決まっていない 参加する/参加しない 可/不可
    十分/不十分 安定/不安定 該当/非該当 済/未済 必要/不必要 満足/不満 毎回している/毎回はしていない
    あります/ありません できます/できません いる/いない 済み/未実施 実施/未実施 公開/非公開 関心がある/無関心
    関係/無関係 定期的に開く/定期的に開かない 行ける/行けない わかる/わからない 分かる/わからん
    使っている/使わずにいる 食べた/食べず 記録あり/記録なし 問題がある/問題ない 困っている/困っていない
    明確/不明確 規則的/不規則 知っている/知らぬ できる/できなかった 参加/不参加 承認/否認 目的がある/目的が無い
    不安がある/不安はない 間違いがある/間違いがない はい/違います している人がいる/していない人がいる
    共有されていることが多い/共有されていないことが多い 参加しないが続けている/参加しているが続けない
    少ない/少なくない ない/ないことはない ある/なくはない できる/できないわけではない
    できない/できないこともない 痛みあり/痛みなし
    """
)
ALIKE = words(
    """
    していない/してない している/してる わからない/分からない ない/無い できます/できる 少ない/すくない
    少ない/多い 危ない/あぶない 危ない/安全 もったいない/もったいないです つまらない/つまらないです
    間違いない/間違いありません 間違いない/確か 不思議/ふしぎ 不動産/土地 無料/有料 未来/将来 非常に/とても
    大丈夫/だいじょうぶ なし/無し 必ず/かならず ニーズ/需要 サイズ/大きさ 行わなければならない/行うべき
    いいえ/ノー はい/うん ありません/ない できない/できません していない/していません にもかかわらず/けれど
    是非/ぜひ 未満/以下 不満/不満がある かもしれない/かも ないことはない/ないことはない。
    """
)


@pytest.mark.parametrize(
    "text",
    words(
        """
        はい ハイ ﾊｲ はぃ はーい はい。 ハイ！ 「はい」 はいはい はい、そうです はいそうです ええ うん うんうん
        そう そうです そうですね そうだと思います そのとおり その通りです イエス いえす yes Ｙ ○ 〇 ◯ ⭕️
        まる
        """
    ),
)
def test_yes_is_read(text: str) -> None:
    assert read_yes_no(text) == "yes"


@pytest.mark.parametrize(
    "text",
    words(
        """
        いいえ イイエ いいぇ いえ いや ううん いえいえ いいえ。 ノー no NO! n × ばつ 違います 違う ちがう
        いいえ、違います いいえちがいます いえ、違いますよ 違うと思います そうではありません
        """
    ),
)
def test_no_is_read(text: str) -> None:
    assert read_yes_no(text) == "no"


@pytest.mark.parametrize("text", ["はい はい", "は い", "はい\nそうです"])
def test_spaces_make_no_difference(text: str) -> None:
    assert read_yes_no(text) == "yes"


@pytest.mark.parametrize("text", ["1", "0", "１", "０", "①", "一", "零", "1番", "1.", "はい1", "1 はい", "no.1"])
def test_a_digit_is_never_yes_or_no(text: str) -> None:
    assert read_yes_no(text) is None
    assert read_yes_no(text, says_yes=["1", "一"], says_no=["0", "０", "零"]) is None


@pytest.mark.parametrize(
    "text",
    words(
        """
        いい いいです はいる はい？ はいいえ うーん ええと そうかな そうかなあ そうですか そうでもない 違わない
        まるで OK いやな 配偶者 はいですが はい・いいえ はい、いいえ はい、でも ときどき ある ない できます
        大丈夫です ないです していません 。 ？
        """
    ),
)
def test_what_only_looks_like_yes_or_no_is_not_read(text: str) -> None:
    assert read_yes_no(text) is None


def test_an_empty_message_is_neither() -> None:
    assert read_yes_no("") is None
    assert read_yes_no(" 　", SAYS_YES, SAYS_NO) is None


@pytest.mark.parametrize(
    "text",
    words(
        """
        ある あります ありますよ あるよ あるね あるかな 有ります はい、あります できます 出来ます 大丈夫です
        大丈夫 しています してる してます 行きます できると思います はい
        """
    ),
)
def test_declared_words_say_yes(text: str) -> None:
    assert read_yes_no(text, SAYS_YES, SAYS_NO) == "yes"


@pytest.mark.parametrize(
    "text",
    words(
        """
        ない ないです ありません ありませんよ なし 無い できません 出来ないです していません してない 行きません
        いいえ、ないです ありませんでした わかりません いいえ
        """
    ),
)
def test_declared_words_say_no(text: str) -> None:
    assert read_yes_no(text, SAYS_YES, SAYS_NO) == "no"


@pytest.mark.parametrize(
    "text",
    words(
        """
        ないことはない なくはない あまりない ときどき ときどきある たまに あるかも あるけど あった ありました
        はい、ないです いいえ、あります 大丈夫じゃない あるいは あるのかないのか ある？
        """
    ),
)
def test_double_negations_degrees_and_contradictions_are_not_read(text: str) -> None:
    assert read_yes_no(text, SAYS_YES, SAYS_NO) is None


def test_a_word_declared_both_ways_says_nothing() -> None:
    assert read_yes_no("ある", ["ある"], ["ある"]) is None


def test_a_declared_word_wins_nothing_over_the_fixed_ones() -> None:
    assert read_yes_no("はい", says_no=["はい"]) is None


@pytest.mark.parametrize(
    "text", ["いいえ", "違います", "していない", "できません", "不十分", "未実施", "なし", "無", "否", "×"]
)
def test_a_negative_phrase_is_negative(text: str) -> None:
    assert negated(text)


@pytest.mark.parametrize(
    "text", ["はい", "している", "少ない", "ないことはない", "していない人がいる", "大丈夫", "無料", ""]
)
def test_other_phrases_are_not(text: str) -> None:
    assert not negated(text)


@pytest.mark.parametrize("pair", OPPOSITES)
def test_opposites_are_kept_apart_both_ways(pair: str) -> None:
    a, b = pair.split("/")
    assert opposite(a, b)
    assert opposite(b, a)


@pytest.mark.parametrize("pair", ALIKE)
def test_phrases_of_one_polarity_are_not_opposites(pair: str) -> None:
    a, b = pair.split("/")
    assert not opposite(a, b)
    assert not opposite(b, a)


def test_the_table_of_opposites_is_long_enough() -> None:
    assert len(OPPOSITES) >= 40


@given(st.text(), st.text())
def test_opposition_is_mutual_and_never_with_itself(a: str, b: str) -> None:
    assert opposite(a, b) == opposite(b, a)
    assert not opposite(a, a)


@given(st.text(), st.lists(st.text()), st.lists(st.text()))
def test_no_text_is_too_odd(text: str, says_yes: list[str], says_no: list[str]) -> None:
    assert read_yes_no(text, says_yes, says_no) in {"yes", "no", None}


@given(st.integers(0, 10**6), st.sampled_from(["", "番", "です", "。"]))
def test_no_number_is_ever_yes_or_no(number: int, ending: str) -> None:
    assert read_yes_no(f"{number}{ending}", says_yes=[str(number)]) is None
