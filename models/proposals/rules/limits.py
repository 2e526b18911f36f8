"""Lengths and limits of what is written."""

import re

TITLE_LENGTH = 60


PROBLEM_LENGTH = 1500


WISH_LENGTH = 1000


WORDS_LENGTH = 1000
"""Characters of a reason, a progress note, a promise, what goes with a rating."""


MOST_MEDIA = 10


MOST_AT_RECEPTION = 5
"""Proposals of one author that wait at the reception or lie returned."""


STARS = range(1, 6)


FIRST_NUMBER = 101
"""Every community counts its proposals from here, as its requests."""


TELLS_FROM = 2
"""Letters or signs from which written words tell anything."""


_NOTHINGS = """
好 好的 好吧 好呀 好啊 嗯 嗯嗯 哦 噢 是 是的 对 对的 行 可以 可以的 没有 没 不是 不知道 收到 知道了
谢谢 谢谢您 你好 您好 在吗 有人吗 ok okay yes no yep sure fine hi hello hey thanks test
"""


NOTHINGS = frozenset(_NOTHINGS.split()) | {"thank you"}
"""What people say when they do not know what they are asked: neither a problem nor a title."""


CLAUSE = re.compile(r"[。！？!?；;，,\n]")


def tells(text: str) -> bool:
    """Return whether written words tell anything at all, beyond 'good' and 'hello'."""
    bare = " ".join("".join(char if char.isalnum() else " " for char in text.lower()).split())
    return len(bare.replace(" ", "")) >= TELLS_FROM and bare not in NOTHINGS


def first_words(text: str, limit: int) -> str:
    """Return the first clause of a text as a title to suggest; '' where it is too long for one."""
    first = next((part.strip() for part in CLAUSE.split(text) if part.strip()), "")
    return first if len(first) <= limit else ""
