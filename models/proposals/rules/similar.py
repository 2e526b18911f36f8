"""Pieces of words, by which proposals that mean the same are found: Chinese and English.

Width, case, order of words and the endings of English words make no difference. Of Chinese, which
puts no space between words, every two neighbouring signs are a piece.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

PIECE_LENGTH = 24
MOST_PIECES = 160
"""Kept of one proposal: its title, its wish and the beginning of a long story."""
READ_AT_MOST = 4000
"""Characters of a text that are read: more than any proposal has."""
SHOWN_PROPOSALS = 3
SHOWN_REQUESTS = 2
ALIKE_FROM = 42.0
"""Likeness of 100 from which a proposal is shown: in the examples of the tests those of one thing
have 43 and more, those of different things 41 and less."""
LATELY = timedelta(days=365)
"""How long what is over is still worth knowing of: it was decided, and why."""
ASKED_LATELY = timedelta(days=60)
"""How long a request for help tells of something that many are troubled by."""

CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
IS_CJK = re.compile(rf"[{CJK}]")
SAID_BY_ALL = re.compile(
    "希望|建议|提议|能不能|能够|可以|可不可以|应该|是否|问题|我们|咱们|大家|老人|小区|社区|居民|邻居|业主|没有|非常|比较|"
    "[的了吗呢吧啊呀嘛和与及也都就还很太更最我你您他她它们是在有不没要想请把被让给到从对为以个些这那里上下]"
)
"""Chinese words and signs that any proposal may have: they tell nothing of what it is about."""
_ENGLISH = (
    "a an and are as at be been but by can could do does for from had has have he her his i if in "
    "into is it its just like me more my need no not of on or our please she should so some that "
    "the their them there they this to too up us very want was we were when where which who will "
    "with would you your"
)
SAID_BY_ALL_IN_ENGLISH = frozenset(_ENGLISH.split())
ENDINGS = ("ings", "ing", "ies", "ers", "ed", "es", "er", "s", "e", "y")
STEM_AT_LEAST = 3

MEANINGS: Mapping[str, str] = {
    "电梯": "lift elevator",
    "停车": "parking park garage 车位 车库",
    "垃圾": "rubbish trash garbage waste litter bin",
    "路灯": "light lamp dark 灯 照明",
    "充电": "charging charger",
    "单车": "bike bicycle ebike scooter 电动车 自行车 电瓶车",
    "宠物": "dog pet 狗",
    "噪音": "noise noisy loud 噪声 吵 扰民",
    "座椅": "bench seat chair 长椅 椅子 凳",
    "绿化": "tree plant garden green 树 花园 花坛",
    "游乐": "playground slide swing 滑梯 秋千",
    "食堂": "canteen meal lunch 助餐 午餐",
    "消防": "fire extinguisher 灭火 火灾 着火 起火",
    "监控": "camera cctv 摄像头",
    "大门": "gate entrance 门禁 单元门",
    "楼梯": "stairs staircase handrail ramp 台阶 坡道 扶手 爬楼",
    "路面": "road pavement path sidewalk 道路 地砖",
    "漏水": "leak pipe drain flood 水管 下水道 积水",
    "健身": "fitness gym exercise 锻炼",
    "跳舞": "dance dancing 广场舞",
    "轮椅": "wheelchair pram stroller 无障碍 婴儿车",
    "快递": "parcel package delivery locker 外卖",
}
"""What neighbours call by several words, in both languages: a piece that they have in common."""


@dataclass(frozen=True)
class Wording:
    """The pieces of a proposal's words; `title` are those of its title alone."""

    title: tuple[str, ...]
    whole: tuple[str, ...]


def wording(title: str, problem: str, wish: str = "") -> Wording:
    """Return the pieces of a proposal."""
    return Wording(tuple(pieces(title)), tuple(pieces(title, wish, problem)))


def pieces(*texts: str, most: int = MOST_PIECES) -> list[str]:
    """Return the pieces of texts, each once, in the order of reading; at most `most`."""
    found: dict[str, None] = {}
    for text in texts:
        for piece in _pieces(text):
            if len(found) == most:
                return list(found)
            found.setdefault(piece[:PIECE_LENGTH])
    return list(found)


def _pieces(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text[:READ_AT_MOST]).casefold()
    yield from _meanings_of_signs(plain)
    for run in RUN.findall(SAID_BY_ALL.sub(" ", plain)):
        if IS_CJK.match(run):
            yield from _pairs(run)
        elif run not in SAID_BY_ALL_IN_ENGLISH:
            stemmed = stem(run)
            yield stemmed
            if stemmed in _BY_STEM:
                yield _BY_STEM[stemmed]


def _pairs(run: str) -> Iterable[str]:
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]


def stem(word: str) -> str:
    """Cut the usual endings off an English word: 'lights', 'lighting' and 'light' are one."""
    for ending in ENDINGS:
        kept = word.removesuffix(ending)
        if kept != word and len(kept) >= STEM_AT_LEAST and not word.endswith("ss"):
            return _undoubled(kept)
    return word


def _undoubled(kept: str) -> str:
    doubled = len(kept) > STEM_AT_LEAST and kept[-1] == kept[-2] and kept[-1] not in "aeiosl"
    return kept[:-1] if doubled else kept


def _meanings_of_signs(plain: str) -> Iterator[str]:
    for meaning in _BY_SIGNS.findall(plain):
        yield _MEANING_OF[meaning]


_NAMED = [
    (f"={name * 3}", word)  # it weighs as much as a long word of English does
    for name, words in MEANINGS.items()
    for word in (name, *words.split())
]
_MEANING_OF = {word: name for name, word in _NAMED if IS_CJK.match(word)}
_BY_STEM = {stem(word): name for name, word in _NAMED if not IS_CJK.match(word)}
_BY_SIGNS = re.compile("|".join(sorted(_MEANING_OF, key=len, reverse=True)))
