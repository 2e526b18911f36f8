"""Reading short answers out of plain words and emoji, in both languages. Pure.

Whole messages only: what says more than one of these is a story, and is passed on as it stands.
"""

import re
from enum import StrEnum

from handlers.form.reading import folded
from handlers.help.verdict_words import COURTESY


class Means(StrEnum):
    """What a short message says."""

    YES = "yes"
    NO = "no"
    THANKS = "thanks"
    SAFE = "safe"
    NEED_HELP = "need_help"
    CAN_HELP = "can_help"
    CALM = "calm"
    """No help is needed any more."""


SIGNS = {
    Means.YES: "👍👌✅✔☑🆗💯🙆",
    Means.NO: "👎❌✖🙅🚫",
    Means.THANKS: "🙏❤🌹💐😊🥰🤗",
    Means.NEED_HELP: "🆘",
    Means.CAN_HELP: "🤝💪🙋",
}
_MODIFIERS = re.compile("[\ufe0f\u200d♀♂🏻🏼🏽🏾🏿\\s!！.。~～,，]")

SHORT = 24
"""Letters of the longest short message; it also bounds what the patterns below can try."""
KINDNESS = re.compile(
    r"(您|你|大家|你们|各位|社区)?的?(关心|惦记|费心)(了|啦)?|请?放心吧?|别(担心|惦记)"
)
WHO = (
    r"(我|我们|俺|咱|咱们|我家|我家里|家里|家里人|全家|一家人|"
    r"我这边|这边|这里|老两口|老伴和我|大家|都|人)*"
)
END = r"(的|了|啊|呀|哦|呢|啦|哈|嘛|着呢)*"

PATTERNS = {
    Means.SAFE: re.compile(
        rf"{WHO}(都|也|很|还|一切|目前|现在|在家)*(没事儿?|没啥事|无事|平安|安全|挺好|很好|好好|都好|无恙|好着)(都|都在家|在家)?{END}"
        r"|报平安|一切(都)?(好|正常|平安)|(yes)?(i|we)(m|am|re|are)?(all)?(safe|fine|ok|okay|well|good|alright)"
        r"|(all)?safe(andsound)?|(im|iam|were|weare)(all|both)?(safe|fine|ok|okay|allright|alright)(here|athome)?"
    ),
    Means.NEED_HELP: re.compile(
        rf"{WHO}(急)?(需要|要|求)(帮助|帮忙|救援|救助|人帮忙|支援){END}|{WHO}有事|帮帮(我|我们){END}"
        r"|(yes)?(i|we)?(really)?needhelp(please|now)?|helpme(please)?|(im|iam|were|weare)notsafe"
    ),
    Means.CAN_HELP: re.compile(
        rf"{WHO}(都)?(可以|能|愿意|来|去)(来|去|过来|过去)?(帮忙|帮助|帮|支援|搭把手){END}"
        r"|(yes)?(i|we)canhelp(out)?|(i|we)(will|ll|d|would)?(liketo|loveto)?help(out)?|happytohelp|counton(me|us)"
    ),
    Means.CALM: re.compile(
        rf"((我|我们|他|她|老伴)?(已经|现在)?(没事{END}|不用(来|帮|麻烦)?(了|啦)|不要(来)?了|不需要了|误会|弄错|按错|点错|误点|误按|好了|好多了|缓过来了){END})+"
        r"|(it)?(s|was)?a?falsealarm|nevermind|(im|iam|were|weare|its|itis)(all)?(ok|okay|fine|better|alright)(now)?"
        r"|nohelp(is)?needed|noneedtocome|(itwas|sorry)?a?mistake|allgood"
    ),
    Means.YES: re.compile(
        rf"(是|是的|对|对的|嗯+|好|好的|好嘞|好滴|行|行的|可以|可以的|没问题|能|能来|能去|会|会来|会去|会到|来|我来|我去|就来|就到|还来|还去|会准时到|马上到|马上来|收到|知道|明白|没变|照旧|准时到|一定到){END}"
        r"|y|yes|yep|yeah|yup|ok|okay|sure|ofcourse|willdo|confirmed|(yes)?(i|we)?(will|ll)?(be)?(there|come|coming)"
        r"|(yes)?(im|iam)(still)?(coming|onmyway)|(yes)?stillcoming|onmyway|noproblem|gotit|understood"
    ),
    Means.NO: re.compile(
        rf"(不|不是|不行|不能|不可以|不去|不来|去不了|来不了|我去不了|我来不了|没空|我没空|没时间|我不去|我不行|没有|还没|不方便){END}"
        r"|n|no|nope|(no)?(sorry)?(i)?(cant|cannot|cantcome|cannotcome|cantmakeit|cannotmakeit|wontcome|amnotcoming)|notcoming"
    ),
}


def meanings(text: str) -> frozenset[Means]:
    """Return what a whole message can mean, courtesy aside; nothing for anything longer.

    '没事了' answers a roll-call as safe, and under an emergency takes the call back: what is asked
    decides.
    """
    bare = _MODIFIERS.sub("", text)
    if bare and not folded(bare):
        return frozenset(means for means, signs in SIGNS.items() if set(bare) <= set(signs))
    said = folded(KINDNESS.sub("", COURTESY.sub("", text)))
    if len(said) > SHORT:
        return frozenset()
    if not said:
        return frozenset({Means.THANKS} if folded(text) else ())
    return frozenset(means for means, form in PATTERNS.items() if form.fullmatch(said))
