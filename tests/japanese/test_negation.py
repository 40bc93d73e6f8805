"""Negative words: counted where they stand, and never seen in words that only contain their letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.japanese import negation
from tests.japanese.tables import words

AFFIRMATIVE = words(
    """
    ある できる 少ない すくない 少なくとも 少なからず 危ない あぶない もったいない つまらない くだらない
    間違いない 間違いありません まちがいなく 違いない 切ない 汚い きたない 申し訳ない すみません 仕方がない
    さりげなく やむをえず 行なう おこない 案内 まもなく なんとなく それとなく 話し合い はなしあい おもてなし
    みなして 使いこなして 必ず かならず まず まず最初に 先ず はず 増えたはず ひとまず とりあえず 絶えず 思わず
    相変わらず にもかかわらず 年齢に限らず それだけでなく のみならず 未満 未来 未だ 不思議 不動産 不可欠 不審
    是非 非常に 非難 有無 無料 無事 無線 賛否 可否 しなければならない しないといけない 行かねばならない
    せざるを得ない かもしれない かもしれません ニーズ サイズ クイズ グッズ ずつ ずっと ずれ ナイフ みかん
    たくさん 死ぬ 犬 いぬ 水 無くす なくした 大丈夫 安定 ごらん
    """
)
NEGATIVE = words(
    """
    ない 無い いない しない していない してない ありません できません できなかった できなければ なさそう なし
    特になし 記録なし 痛みなし 休みなし 目標はなし 無し 無 否 未 非 不可 不十分 不安定 不満 不満がある
    不足している 不参加です 未実施 未実施です 非該当 無関心 否定する せず できず 食べず 使わずに
    わかりやすくない 少なくない やすくない 知らぬ できぬ 知らん わからんです していないです していませんでした
    していないと思います ないかも 何もない
    """
)
CANCELLED = words(
    """
    ないことはない ないこともない なくはない なくもない できないわけではない できないではない ないとは言えない
    ないとはいえない ないとは限らない しないでもない 無くはない 増えたのではないか いらないわけじゃない
    行かずにはいられない できないことがない
    """
)


@pytest.mark.parametrize("text", AFFIRMATIVE)
def test_words_that_only_contain_the_letters_are_affirmative(text: str) -> None:
    assert negation.count(text) == 0
    assert not negation.predicate(text)


@pytest.mark.parametrize("text", NEGATIVE)
def test_a_negative_predicate_is_seen(text: str) -> None:
    assert negation.count(text) == 1
    assert negation.predicate(text)
    assert not negation.cancelled(text)


@pytest.mark.parametrize("text", CANCELLED)
def test_two_negations_that_meet_are_no_negative(text: str) -> None:
    assert negation.cancelled(text)
    assert not negation.predicate(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("していない人がいる", 1),
        ("わからないことが多い", 1),
        ("不満はない", 2),
        ("ない人とない人がいる", 2),
        ("していないけど", 1),
    ],
)
def test_negations_inside_a_phrase_are_counted(text: str, count: int) -> None:
    assert negation.count(text) == count


@pytest.mark.parametrize("text", ["していない人がいる", "わからないことが多い", "していないけど", "未実施の町が多い"])
def test_a_phrase_with_a_negation_inside_is_not_negative_as_a_whole(text: str) -> None:
    assert not negation.predicate(text)


@given(st.text() | st.text(alphabet="なないくはもずぬんませ不未無非否人 、"))
def test_no_text_is_too_odd(text: str) -> None:
    assert not (negation.predicate(text) and negation.count(text) == 0)
    negation.cancelled(text)
