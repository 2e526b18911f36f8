"""Reading a cry for help out of plain words. Pure.

Two lists: what is said in danger and by hardly anybody else is acted upon at once; what names a
danger may be told of somewhere else or long ago, so that it is asked about with one big button.
A call that was none can be taken back with one tap; a cry that was missed cannot.
"""

import re
from enum import StrEnum

from handlers.form.writing import plain
from handlers.stray.dangers import CALLS, DANGERS, DESPAIR, GRAVE, HARMLESS

READ = 1000
"""Characters that are read: a cry stands at the beginning, or is none."""
SHORT = 24
"""Letters up to which words that name a danger are a cry: who lies on the floor tells no story."""


class Cry(StrEnum):
    """What words say about danger."""

    CLEAR = "clear"
    PERHAPS = "perhaps"
    DESPAIR = "despair"
    """Somebody may mean to die: asked about, with the number of those who listen."""


TALK = re.compile(
    r"上(次|周|个?月|星期)|昨天|前天|去年|以前|那天|曾|演练|演习|讲座|培训|新闻|故事|电影|笑死|好笑"
    r"|\blast (week|month|year|night|time)\b|\byesterday\b|\bago\b|\bdrill\b|\bmovie\b|\blol\b",
    re.IGNORECASE,
)
"""Tells of another time, or of something that did not happen here."""

NOT_NOW = re.compile(
    r"吗|么[?？]?$|怎么办|怎样|如何|如果|万一|要是|假如|怕|免得|以免|容易|别(再)?(摔|跌)|不要|会不会"
    r"|没(有)?(摔|跌|晕|昏|着火|起火|受伤|危险)|不(痛|疼|晕|难受)|好了|没事|差点|险些|知识"
    r"|隐患|风险|预防|防止|小心|注意|电话是|号码|灭火器|消防(栓|通道)|防火|报告|梦"
    r"|\?|\bif\b|\bhow (do|to|can|should)\b|\bafraid (of|to)\b|\bmight\b"
    r"|\balmost\b|\bnearly\b|\b(did|was|is|am|are|has|have)( not|n'?t)\b|\bfine now\b"
    r"|\bextinguisher|\bfire (door|exit|works|alarm test)|\bin love\b"
    r"|\basleep\b|\brisks?\b|\bhazards?\b|\bbehind\b|\bprevent",
    re.IGNORECASE,
)
"""Speaks of what might be or might have been, of knowing better, or asks."""


def read_cry(text: str) -> Cry | None:
    """Return what words say about danger; None where they name none."""
    said = HARMLESS.sub(" ", plain(text[:READ]))
    if DESPAIR.search(said):
        return Cry.DESPAIR
    calls, talk = CALLS.search(said), TALK.search(said)
    if calls and not talk:
        return Cry.CLEAR
    if not (calls or DANGERS.search(said)):
        grave = GRAVE.search(said) and not (talk or NOT_NOW.search(said))
        return Cry.PERHAPS if grave else None
    if talk or NOT_NOW.search(said):
        return None if _taken_back(said) else Cry.PERHAPS
    return Cry.CLEAR if _letters(said) <= SHORT else Cry.PERHAPS


def cries_for_oneself(text: str) -> bool:
    """Return whether a clear cry is short and about whoever writes: "救命", "我摔倒了"."""
    said = HARMLESS.sub(" ", plain(text[:READ]))
    own = re.search(r"我(?!们)|\b(i|i'm|i've|me|my)\b", said)
    alone = _letters(CALLS.sub("", said)) == 0 and CALLS.search(said)
    return read_cry(text) is Cry.CLEAR and bool(own or alone) and _letters(said) <= SHORT


def _taken_back(said: str) -> bool:
    """Return whether the danger is named only to say that there is none."""
    return (
        re.search(
            r"没(有)?(摔|跌|晕|昏|着火|起火|受伤|危险)|不(痛|疼|晕|难受)了?|演练|讲座|培训|预防|灭火器|\bdrill\b"
            r"|\b(did|was|is|am|has|have)( not|n'?t) (fall|fell|fallen|faint|bleed|on fire)",
            said,
            re.IGNORECASE,
        )
        is not None
    )


def _letters(said: str) -> int:
    """Return the length in letters; an English word counts as two, as a Chinese one has."""
    wide = sum(1 for char in said if ord(char) > 0x2E80)
    return wide + 2 * len(re.findall(r"[A-Za-z']+", said))
