"""Reading a cry for help out of plain words. Pure.

Two lists: what is said in danger and by hardly anybody else is acted upon at once; what names a
danger may be told of somewhere else or long ago, so that it is asked about with one big button.
A call that was none can be taken back with one tap; a cry that was missed cannot.
"""

import re
from enum import StrEnum

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


CALLS = re.compile(
    r"救命(?!恩|钱|稻草|药)|快?救救(我|他|她|人|孩子|老人)|快来(救|人)啊?|来人(啊|呀|哪)"
    r"|\bsave (me|us)\b|\bsos\b|\bmayday\b|\bhelp me+\b.*(fell|fall|hurt|now|quick)"
    r"|\bi('ve| have)? f(e|a)ll(en)?\b.*\b(up|hurt|move|stand)\b|\b(can'?t|cannot|can not) "
    r"(get up|stand up|move|breathe)\b",
    re.IGNORECASE,
)
"""Said in danger, whatever else is said."""

DANGERS = re.compile(
    r"摔(倒|了|伤|下)|跌(倒|了|伤)|起不来|爬不起来|动不了|站不起来|晕(倒|过去|了)|昏(倒|迷|过去)"
    r"|喘不(上|过)气|(上|透)不(来|过)气|呼吸困难|没(有)?呼吸|憋得慌"
    r"|(胸口?|心口|心脏)(很|好|特别|有点|突然|又)?(痛|疼|闷|难受|不舒服)|心脏病|心梗|中风|脑溢血|抽(搐|筋)"
    r"|(流|出|吐|便)了?(好多|很多|大量|不少)?血|止不住血|着火|起火|失火|火灾|冒(浓)?烟"
    r"|(煤|燃|天然)气(泄漏|漏|味)|漏(煤|燃)气|触电|溺水|落水|中毒|喝(了)?农药|被困|困在(电梯|屋|家)"
    r"|(有人)?(抢劫|打人|砍人|杀人|入室)|有贼|小偷进"
    r"|救护车|叫120|打120|急救|报警|很危险"
    r"|\b(fell|fallen|fainted|collapsed|unconscious|bleeding|choking|stroke|heart attack|seizure)\b"
    r"|\bchest (pain|hurts|pressure)\b|\b(short|out) of breath\b|\bambulance\b|\bon fire\b|\bfire\b"
    r"|\bgas (leak|smell)|\bsmell(s)? (of )?gas\b|\bdrown"
    r"|\b(break|broke)(ing)? in(to)?\b|\bburglar|\battack(ed|ing)\b|\btrapped\b"
    r"|\bstuck in the lift\b"
    r"|\belectrocuted\b|\bpoison"
    r"|起不來|動不了|暈(倒|過去|了)|昏過去|喘不(上|過)氣|胸口悶|著火|煤氣|觸電|報警|救護車",
    re.IGNORECASE,
)
"""Names a danger: a cry where little else is said."""

DESPAIR = re.compile(
    r"自杀|自尽|不想活|活不下去|活着没意思|跳楼|割腕"
    r"|\bsuicid|\bkill(ing)? myself\b|\bend my life\b|\boverdose"
    r"|\b(do not|don'?t) want to live\b",
    re.IGNORECASE,
)
"""Somebody may mean to die: neighbours at the door, unasked, may be the wrong help."""

UNSURE = re.compile(r"(please )?help( me)?( please)?[!！.。 ]*", re.IGNORECASE)
"""Said in danger, and by whoever looks for the guide."""

TALK = re.compile(
    r"上(次|周|个?月|星期)|昨天|前天|去年|以前|那天|曾|演练|演习|讲座|培训|新闻|故事|电影|笑死|好笑"
    r"|\blast (week|month|year|night|time)\b|\byesterday\b|\bago\b|\bdrill\b|\bmovie\b|\blol\b",
    re.IGNORECASE,
)
"""Tells of another time, or of something that did not happen here."""

NOT_NOW = re.compile(
    r"吗|么[?？]?$|怎么办|怎样|如何|如果|万一|要是|假如|怕|免得|以免|容易|别(再)?(摔|跌)|不要|会不会"
    r"|没(有)?(摔|跌|晕|昏|着火|起火|受伤|危险)|不(痛|疼|晕|难受)|好了|没事|差点|险些|知识"
    r"|预防|防止|小心|注意|电话是|号码|灭火器|消防(栓|通道)|防火|报告|梦"
    r"|\?|\bif\b|\bhow (do|to|can|should)\b|\bafraid (of|to)\b|\bmight\b"
    r"|\balmost\b|\bnearly\b|\b(did|was|is|am|are|has|have)( not|n'?t)\b|\bfine now\b"
    r"|\bextinguisher|\bfire (door|exit|works|alarm test)|\bin love\b"
    r"|\basleep\b|\bbehind\b|\bprevent",
    re.IGNORECASE,
)
"""Speaks of what might be or might have been, of knowing better, or asks."""


def read_cry(text: str) -> Cry | None:
    """Return what words say about danger; None where they name none."""
    said = " ".join(text[:READ].split())
    if DESPAIR.search(said):
        return Cry.DESPAIR
    if UNSURE.fullmatch(said):
        return Cry.PERHAPS
    calls, talk = CALLS.search(said), TALK.search(said)
    if calls and not talk:
        return Cry.CLEAR
    if not (calls or DANGERS.search(said)):
        return None
    if talk or NOT_NOW.search(said):
        return None if _taken_back(said) else Cry.PERHAPS
    return Cry.CLEAR if _letters(said) <= SHORT else Cry.PERHAPS


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
