"""Reading short answers out of plain words and emoji, in both languages. Pure.

Whole messages only: what says more than one of these is a story, and is passed on as it stands.
"""

import re
from enum import StrEnum

from handlers.form.reading import folded
from handlers.form.writing import plain
from handlers.help.verdicts import COURTESY
from models.broadcasts.rules.notices import Answer


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

_PAUSES = re.compile(r"[,，。;；!！~、\n]+|\. |(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])")
LONGEST = 120
"""Characters of a message that can be short once its courtesy is taken away."""
SHORT = 24
"""Letters of the longest short message; it also bounds what the patterns below can try."""
KINDNESS = re.compile(
    r"(您|你|大家|你们|各位|社区)?的?(关心|惦记|费心)(了|啦)?|请?放心吧?|别(担心|惦记)"
)
BEFORE = re.compile(
    r"不好意思|抱歉|对不起"
    r"|\b(i'?m |i am |so |very )*(sorry|afraid)\b|\bunfortunately\b|\bhello\b|^(你好|您好)"
)
WHO = (
    r"(我|我们|俺|咱|咱们|我家|我家里|家里|家里人|全家|一家人|和|跟|老伴|孩子|老人|"
    r"我这边|这边|这里|老两口|老伴和我|大家|都|人)*"
)
END = r"(的|了|啊|呀|哦|噢|呢|啦|哈|嘛|着呢)*"
ALL = r"(i|we|iam|im|weare|were|everyone|everybody|everyoneis|wereall|all|both|allofus)*"

PATTERNS = {
    Means.SAFE: re.compile(
        rf"{WHO}(都|也|很|还|一切|目前|现在|在家)*(没事儿?|没有事|没啥事|无事|平安|安全|挺好"
        rf"|很好|好好|都好|无恙|好着"
        rf"|没受伤|还好|平安无事)(都|都在家|在家)?{END}"
        rf"|报(个|声)?平安{END}|一切(都)?(好|正常|平安){END}"
        rf"|(yes)?{ALL}(safe|safeandsound|safeandwell|fine|ok|okay|well|good|allright"
        rf"|alright)(here|athome|now)?"
        r"|noproblem(s)?here"
    ),
    Means.NEED_HELP: re.compile(
        rf"{WHO}(急)?(需要|要|求)(点|一些|别人|有人来?)?(帮助|帮忙|帮|救援|救助|人帮忙|人帮|支援"
        rf"|人来){END}|{WHO}有(事|困难){END}"
        rf"|(请|快来|快)?帮帮?(我|我们|一下|忙){END}|我不好|我?被困(住)?{END}"
        r"|(yes)?(i|we)?(really)?need(some)?help(now|here)?|help(me|us)|helpneeded"
        r"|(im|iam|were|weare)?not(safe|ok|okay|fine|well)|(im|iam|were|weare)introuble"
    ),
    Means.CAN_HELP: re.compile(
        rf"{WHO}(没事)?(都|也)?(可以|能|愿意|来|去)(来|去|过来|过去)?(帮忙|帮助|帮|支援|搭把手"
        rf"|出力|帮别人|帮大家|帮邻居){END}|算我一个"
        rf"|(yes)?{ALL}(fine|ok|okay|safe)?(and)?(can|could|freeto|happyto|gladto"
        rf"|ableto)help(out|others)?"
        r"|(i|we)(will|ll|d|would)?(liketo|loveto)?help(out|others)?|counton(me|us)|countmein"
    ),
    Means.CALM: re.compile(
        rf"((我|我们|他|她|老伴|孩子|孙子)*(已经|现在|是|只是)?(没事{END}|算了|不用(来|帮|麻烦|修|弄|管|办)?(了"
        rf"|啦)|不要(来)?了|不需要了|误会|弄错|按错"
        rf"|点错|误点|误按|误触|(不小心|乱|误)(按|点|碰)(到|的|错)?|好了|好多了|缓过来了"
        rf"|(自己)?起来了|站起来了|火(已经)?灭了|(取消|撤销)(求助|这件事|它)?){END})+"
        r"|(it)?(s|was)?a?falsealarm|nevermind|(im|iam|were|weare|its|itis|ok|fine)(all)?(ok"
        r"|okay|fine|better|alright)?(now)"
        r"|(im|iam|were|weare|its|itis)(all)?(ok|okay|fine|better|alright)|no(help"
        r"|need)(is)?needed|noneedtocome|dontcome"
        r"|notneeded(anymore|anylonger)?|(it(was|s)|pressed)?(by|a|bya)?(mistake|accident)"
        r"|wrongbutton|allgood|cancel(it|that|this|my(help)?request|therequest)?"
        r"|(i|we)?(do|did)(nt|not)needit(now|anymore|anylonger)?"
    ),
    Means.YES: re.compile(
        rf"(是|对|嗯+|好|好嘞|好滴|行|ok|可以|没问题|能|能来|能去|会|会来|会去|会到|来|去|就来"
        rf"|就到|还来|还去|会准时到|马上到|马上来|马上过来|收到|知道"
        rf"|明白|了解|没变|照旧|准时到|一定到|一定来|还会来|还会去|(已经)?在?路上|出发|快到"
        rf"|晚点到|(我)?(完全|都)?(同意|赞成))(我)?{END}"
        rf"|我(来|去|会来|会去|会到|就来|就到|还来|还去|还会来|还会去|马上到|马上来|马上过来"
        rf"|能来|能去|一定来|一定到|在路上|已经在路上|出发|快到|晚点到){END}"
        r"|y|yes|yep|yeah|yup|ok|okay|sure(thing)?|(yes)?ofcourse|absolutely|certainly|willdo"
        r"|confirmed|(i)?(fully)?agree(d)?"
        r"|(yes)?(i|we)?(will|ll)?(be)?(there|come|coming)"
        r"|(yes)?(im|iam)?(still)?(coming|on(my|the)way)|stillon|noproblem|gotit|understood"
    ),
    Means.NO: re.compile(
        rf"(我|今天|临时|有事|实在|暂时|没法|可能|恐怕)*(不|不是|不行|不能|不可以|不能(来|去)"
        rf"|不去|不来|[来去]不了|[来去]不成|没法[来去]|没空|没时间|没有|还没|不方便(来|去)?){END}"
        r"|n|no|nope|nottoday|(no)?(i)?((can|will)(t|not)|wont|cannot|amnotableto"
        r"|amunableto)(come|makeit|go|bethere)?(today|anymore|now)?"
        r"|(im|iam)?not(coming|able)"
    ),
}


SAYS = {
    Means.SAFE: Answer.SAFE,
    Means.NEED_HELP: Answer.NEED_HELP,
    Means.CAN_HELP: Answer.CAN_HELP,
}
"""What answers a roll-call."""

RING_ME = re.compile(
    r"(请|麻烦)?(你们|您|社区|谁)?(能不能|可以|可不可以|能)?(给|跟)我(打|回|来)(一?个|一下)?(电话|话)(过来)?(吧|吗|好吗|行吗|可以吗|啊|呀)?"
    r"|(打|回)(一?个)?电话给我(吧|好吗)?"
    r"|((can|could|will|would)(you|someone|somebody))?(call|ring|phone)me(back|later|up)?"
)
"""Asks to be rung, and says no more."""


def asks_to_be_rung(text: str) -> bool:
    """Return whether a whole message asks for a call."""
    return _says_only(RING_ME, text)


_FOR_OTHERS = r"(别人|大家|邻居们?|街坊|社区|人|老人)"
WOULD_HELP = re.compile(
    r"(我|我们|俺|咱|咱们|也|很|真|都|就|退休了|有空|有时间|请问|没事干?)*(想|愿意|乐意)(来|去|给|为)?"
    rf"(帮(点|个|点儿)?忙|帮帮?忙|(给|为)?{_FOR_OTHERS}(帮(点|个)?忙|做(点|些)(好)?事|搭把手|出(点|一份|份)力)"
    rf"|帮(助|帮)?{_FOR_OTHERS}(的忙|做(点|些)事|一把)?|搭把手|出(点|一份|份)力|做(点|些)(好事|公益|事))"
    rf"{END}"
    r"|(我|我们|也|怎么|怎样|如何|在哪儿?里?|可以|能|想|要|愿意|请问)*(报名)?(当|做|成为|加入|参加)(个|一名|一个|你们的?)?"
    r"(志愿者|志愿服务|志愿队|义工)(吗|呢)?"
    rf"{END}"
    r"|((how|where)(can|do|could))?(i|we|id|wed|im|iam)?(really|also)?"
    r"(wouldlike|wouldlove|like|love|want|wish|ready|happy|willing|can|could|do)?(to)?"
    r"(volunteer(here)?|(be|become)avolunteer|lendahand|help(others|people|(my|the)neighbou?rs)"
    r"|signupasavolunteer)"
    r"|(i|we|id|wed)(really|also)?(wouldlike|wouldlove|like|love|want|wish|amhappy|amready)"
    r"tohelp(out)?|(how|where)?can(i|we)help(out)?"
)
"""Offers a hand, and says no more: nothing in it asks for one."""


def offers_a_hand(text: str) -> bool:
    """Return whether a whole message says that somebody would like to help others."""
    return _says_only(WOULD_HELP, text)


WHERE_ARE_THEY = re.compile(
    r"(我|我们|这里|这边|到现在|现在|等了?(半天|好久|很久|这么久|一天|很长时间)了?|怎么|咋|为什么|为啥|为何"
    r"|到底|究竟|请问|师傅|帮忙的|志愿者|他|她|他们|你们|人|都|一直|根本|是不是)*"
    r"((还|也|都)?(没有?|不)见?(一个)?(人|谁)?(来|到|过来|上门|影)|(还|也|都)?不来|(还|又)?没有?人?(来|管|理)"
    r"|(到底)?(什么时候|啥时候|几点钟?|多久|何时|多长时间|还要(多久|等多久|多长时间))(才|能|会|可以)*(来|到|过来|上门|有人来)?"
    r"|(还|到底|会)*来不来|有人(会)?来吗|来人了?吗|到哪儿?里?了|人?呢|(还|还会)来吗|来了没有?|来了吗|还在等)"
    r"(啊|呀|呢|了|吗|的|嘛|哦)*"
    r"|((but|why|has|have|still|so|sorry)*(nobody|noone)(has|have|did|is|was)?(come|came|here|showedup"
    r"|shownup|turnedup|arrived|coming)?(yet|here|sofar|atall)?)"
    r"|(they|he|she)(still)?(didnt|didnot|hasnt|hasnot|havent|havenot|isnt|isnot|arent|arenot)"
    r"(come|here|arrived|turnedup|shownup)(yet)?"
    r"|(im|iam|weare|were)?stillwaiting(here)?"
    r"|where(is|are|s|re)(he|she|they|you|everybody|everyone|thehelper|thevolunteer|mine)"
    r"|when(will|is|are|does|do)(he|she|they|you|somebody|someone|anybody|anyone|thehelper|it)"
    r"(be)?(come|coming|arrive|arriving|here|there)"
    r"|(is|will)(anybody|anyone|somebody|someone)(come|coming|here|ontheway)"
    r"|howmuchlonger|howlong(more|still|doihavetowait)?|who(is|s)coming"
)
"""Asks where the help stays, and says no more."""


def asks_where_they_are(text: str) -> bool:
    """Return whether a whole message says that nobody has come, or asks when somebody does."""
    return _says_only(WHERE_ARE_THEY, text)


def _says_only(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a whole message, courtesy aside, is what a pattern reads."""
    if len(text) > LONGEST:
        return False
    said = _without_courtesy(plain(text))
    return len(said) <= SHORT * 2 and pattern.fullmatch(said) is not None


def meanings(text: str) -> frozenset[Means]:
    """Return what a whole message can mean, courtesy aside; nothing for anything longer.

    '没事了' answers a roll-call as safe, and under an emergency takes the call back: what is asked
    decides.
    """
    bare = _MODIFIERS.sub("", text)
    if bare and not folded(bare):
        return frozenset(means for means, signs in SIGNS.items() if set(bare) <= set(signs))
    said = plain(text[:LONGEST])
    rest = _without_courtesy(said)
    if len(text) > LONGEST or len(rest) > SHORT:
        return frozenset()
    if not rest:
        return frozenset({Means.THANKS} if folded(BEFORE.sub("", said)) else ())
    return _read(rest) or _in_parts(said)


def _without_courtesy(said: str) -> str:
    return folded(COURTESY.sub("", KINDNESS.sub("", BEFORE.sub("", said))))


def _read(said: str) -> frozenset[Means]:
    return frozenset(means for means, form in PATTERNS.items() if form.fullmatch(said))


def _in_parts(said: str) -> frozenset[Means]:
    """Return what all parts of one message say; a yes before them only leads to the rest."""
    parts = [part for each in _PAUSES.split(said) if (part := _without_courtesy(each))]
    read = [_read(part) for part in parts]
    if len(read) > 1 and Means.YES in read[0] and all(read):
        read = read[1:] if Means.YES not in frozenset.intersection(*read) else read
    if not read or not all(read):
        return frozenset()
    if any(Means.CAN_HELP in one for one in read) and all(
        one & {Means.SAFE, Means.CAN_HELP} for one in read
    ):
        return frozenset({Means.CAN_HELP})
    return frozenset.intersection(*read)
