"""Negative words in a phrase: how many, whether one of them is its predicate, whether they cancel each other.

The tables follow how Japanese is written, so each line has its words beside it; a new exception is one more word in
_NO_NEGATION and one more row in tests/japanese/test_negation.py. What follows from a negation is decided elsewhere.
"""

import re
from typing import Final

from bot.japanese.forms import plain_width

# Words that contain the letters of a negation and are none.
_NO_NEGATION: Final = re.compile(
    # must, may be, not only, in spite of
    r"(?:なければ|なくては|なくちゃ|なきゃ|ないと|ねば)(?:なら|いけ)(?:ない|ません)|ざるを[得え](?:ない|ません)|かも(?:しれ|知れ)(?:ない|ません)"
    r"|(?:だけ|ばかり|のみ)で(?:は)?なく|のみならず|に(?:も)?(?:かかわ|関わ|拘わ)らず|に(?:限|かぎ)らず"
    # adjectives and set phrases
    r"|少な(?:からず|[いくか])|(?<![やう])すくな[いくか]|(?:危|あぶ)な[いくか]|もったいな[いくか]|つまらな[いくか]|くだらな[いくか]"
    r"|(?:違|ちが)い(?:な[いくか]|無い|ありません)|(?:切|せつ|情け|なさけ)な[いくか]|(?:汚|きた)な[いくか]"
    r"|(?:申し訳|申しわけ|もうしわけ)(?:ない|なく|ございません|ありません)|すみません|すいません"
    r"|(?:仕方|しかた|しょうが|しようが)(?:が)?(?:ない|なく|ありません)|さりげな[いくか]|(?:何気|なにげ)な[いくか]"
    r"|やむを[得え](?:ない|ず)|(?:行|伴|担|賄|補|おこ|まか|おぎ)な[いっわえ]|あんない"
    r"|(?:ま|間)もなく|(?:なん|何|それ)となく|お?はなし(?=あ|合|を|に|が)|(?:み|こ)なし(?=て|た|ま|児)|おもてなし|なしとげ"
    # ず at the end of adverbs
    r"|必ず|かならず|ひとまず|とりあえず|(?:絶|(?<!こ)た)えず|(?:思|おも)わず|(?:相|あい)(?:変|か)わらず|(?:^|(?<=[、。はで]))まず|先ず|(?:^|(?<=[るたいのな]))はず"
    # single signs
    r"|未[満来だ明亡]|不(?:思議|動|可欠|審|意|断|朽)|是非|非[常難行]|有無|無[料事線論]|[賛安可成是合当]否"
)
_NEGATION: Final = re.compile(
    r"(?P<ending>(?:な|無)(?:い|かった|かろう|ければ|けりゃ|きゃ|さそう|く(?![すしそさせ]))|ません"
    r"|(?:なし|無し)(?=$|[^ぁ-ん]|で|の|と|に|だ|よ|ね|な)"
    r"|(?<=[ぁ-ん一-鿿])ず(?=$|に|とも|[、。,.!一-鿿])"  # せず, できず, 食べずに; not ずつ, ずっと, ずれ
    r"|(?:(?<=[らせさたかわまれけべめ])|(?<=でき))ぬ(?=$|[、。一-鿿])"  # 知らぬ, せぬ, できぬ
    r"|(?<=[からいなお足た知し]ら)ん(?=$|[、。よねわな]|です))"  # 知らん, わからん
    r"|(?P<prefix>[不未非否]|無(?!く[すしそさせ]))"
)
_CANCELLED: Final = re.compile(
    r"(?:ない|無い)(?:こと|わけ|もの|の)?(?:は|では|でも|も|が|じゃ)(?:ない|無い|なかった|ありません)"  # ないことはない
    r"|(?:なく|無く)(?:は|も)?(?:ない|無い|ありません)"  # なくはない
    r"|(?:ない|無い)とは(?:[言い]え|限ら|かぎら)"  # ないとは言えない
    r"|ずには?いられ|(?:では|じゃ)(?:ない|無い|ありません)(?:か|でしょうか)"  # 増えたのではないか
)
_TAIL: Final = r"(?:です|でした|だ|である|[よねなわのにん]|と思う|と思います|かも|まま|こと|状態|ので|から|[、。,.!])*"
_AFTER_ENDING: Final = re.compile(_TAIL)
_AFTER_PREFIX: Final = re.compile(
    r"[一-鿿々]*(?:が(?:ある|あります|多い|大きい)|してい?る|してい?ます|する|します|した|しました|み)?" + _TAIL
)


def count(text: str) -> int:
    """How many negative words the text holds."""
    return sum(1 for _ in _NEGATION.finditer(_masked(text)))


def cancelled(text: str) -> bool:
    """Whether two negations meet (ないことはない): neither a yes nor a no that may be read silently."""
    return bool(_CANCELLED.search(_masked(text)))


def predicate(text: str) -> bool:
    """Whether the last word that says something is negative: していない is, していない人がいる is not."""
    masked = _masked(text)
    found = list(_NEGATION.finditer(masked))
    if not found or cancelled(text):
        return False
    rest = masked[found[-1].end() :]
    return bool((_AFTER_PREFIX if found[-1]["prefix"] else _AFTER_ENDING).fullmatch(rest))


def _masked(text: str) -> str:
    return _NO_NEGATION.sub(lambda match: "＿" * len(match.group()), plain_width(text))
