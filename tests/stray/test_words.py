"""Reading cries and short answers: what is one, what is none, and whatever else is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.help.verdicts import Meant, read_verdict
from handlers.stray.cries import Cry, read_cry
from handlers.stray.words import (
    Means,
    asks_to_be_rung,
    asks_where_they_are,
    meanings,
    offers_a_hand,
)

CLEAR = """
救命|救命啊！|我摔倒了，起不来|摔倒了|胸口疼|我胸口好痛|心脏不舒服|喘不上气|老伴晕倒了|爷爷昏过去了
着火了|厨房着火了快来
煤气漏了|我被困在电梯里了|流了好多血|帮我打120|快来人啊|起不來|門外著火|救救我|有人触电了|动不了了
救命！怎么办
I fell and cannot get up|I've fallen and I can't get up|chest pain|my chest hurts
I can't breathe|Fire!|there is a fire
smell of gas on the stairs|Somebody call an ambulance|heart attack|he is unconscious
SOS|save us|I am trapped in the lift
我爸不行了|我妈喘不上来|家里进贼了|老伴叫不醒|奶奶没有反应|孩子噎住了|我在浴室滑倒了|嘴歪了
半边身子麻了|刘大爷倒在楼道里
老公打我|有人在撬我家门|房子烧起来了|救 命|求救|我摔了一跤|电梯里出不来|我媽喘不過氣|阿嬤昏倒了
妈 晕 倒 了|腿断了|有小偷
my husband collapsed|gas!!|I can’t breathe|I’ve fallen and can’t get up|she is not breathing
dad passed out
mum won't wake up|hart attack|smells like gas|someone is in my house|he is hitting me|call 999
HELP ME NOW
my dad is dying|thick smoke|stuck in the elevator|I can't move my left arm|ＳＯＳ|🆘|🆘🆘🆘！
牛奶洒了，老人摔倒了
the window fell on my husband|the lamp fell on me|someone broke in my flat
the door fell off and hit my son
"""
PERHAPS = """
老人摔倒了怎么办？|我差点摔倒|能帮我叫救护车吗|上周我摔倒了，想借个拐杖
help|Help!|what to do if somebody fell?
求求你们来个人
help help|Help! My mum|emergency!|孩子不见了|我快死了|出事了|我要生了|被狗咬了|紧急情况|头好晕
my son is missing
"""
NONE = """
消防演练几点|电视剧《救命》几点放|不是救命，是想问问|我没摔倒|救命恩人|谁能帮我买菜|水管爆了
How do I prevent falls?|I need help with shopping|灭火器在哪里领
小区里着火逃生讲座|你好|谢谢|please help me carry rice|灯不亮了|想找人陪我聊天|我不疼了
救命稻草|谢谢救命之恩|我儿子摔坏了杯子|这个菜真难吃，要命|手机摔了|沙发动不了|电脑中毒了
水龙头不行了|牛奶倒了|他倒了杯水|🆘这个符号是什么意思
急救箱在哪|孩子睡着了|钥匙锁在家里了|轮胎漏气|上不了网|停电到几点|我心疼钱|帮我打妈妈电话
家里没有天然气了|股票跌了
fire alarm test tomorrow?|stroke of luck|I fell asleep|I can't move my sofa
the lamp is broken in the hall
my phone is dying|I'm dying to try it|poison ivy|they smoke in the stairwell
emergency exit light broken
wifi broke in my flat|the internet has broken in our building
the window fell off|the curtain came down
I am on the ground floor|my parcel is missing|help me carry rice now|fire drill at noon
"""
DESPAIR = (
    "我不想活了|活着没意思|I want to kill myself|I don't want to live any more|我想死|I want to die"
)


def each(listed: str) -> list[str]:
    return [one for line in listed.split("\n") for one in line.split("|") if one]


@pytest.mark.parametrize("said", each(CLEAR))
def test_a_clear_cry(said: str) -> None:
    assert read_cry(said) is Cry.CLEAR


@pytest.mark.parametrize("said", each(PERHAPS))
def test_what_may_be_a_cry(said: str) -> None:
    assert read_cry(said) is Cry.PERHAPS


@pytest.mark.parametrize("said", each(NONE))
def test_no_cry(said: str) -> None:
    assert read_cry(said) is None


@pytest.mark.parametrize("said", each(DESPAIR))
def test_who_may_mean_to_die(said: str) -> None:
    assert read_cry(said) is Cry.DESPAIR


SHORT = {
    Means.SAFE: "没受伤|我還好|我沒事|报个平安|我没有事|平安无事|all good here|Everyone is safe"
    "|fine here|I’m fine\n"
    "我没事|我们都没事|家里都平安|平安|在家平安|报平安|我很好|没事，谢谢关心\n"
    "I'm safe|We are all fine|safe",
    Means.NEED_HELP: "请帮帮我|我有困难|I'm not ok|we need help here|我需要幫助|I need some help\n"
    "我需要帮助|需要帮忙|I need help|🆘|帮帮我",
    Means.CAN_HELP: "我没事，可以帮忙|算我一个|count me in|I'm fine and can help"
    "|I can help others\n"
    "我可以帮忙|能帮忙|我能来帮忙|I can help|🤝",
    Means.YES: "好的|好的，谢谢|收到|👍|👍🏻|✅|ok|yes\n"
    "Yes, I'll be there|我来|马上到|还来的|On my way",
    Means.NO: "抱歉，我去不了|嗯，去不了|临时有事去不了|I won't make it|not today|今天不行"
    "|來不了|去不成了\n"
    "去不了|我来不了|没空|no|👎|Sorry I can't come|不方便",
    Means.THANKS: "谢谢小李|谢谢李师傅的帮忙|謝謝|thx|cheers|Thanks, Li!|much appreciated"
    "|麻烦您了|谢谢🙏\n"
    "谢谢|谢谢你们|多谢啦|Thanks a lot|🙏🙏|❤️",
    Means.CALM: "不好意思，按错了|我起来了，没事了|误触|wrong button|False alarm, sorry|取消"
    "|火灭了|孙子乱按的\n"
    "没事了，不用来了|误会|按错了|false alarm|好多了|never mind",
}


@pytest.mark.parametrize(("means", "said"), [(m, one) for m, s in SHORT.items() for one in each(s)])
def test_a_short_answer(means: Means, said: str) -> None:
    assert means in meanings(said)


@pytest.mark.parametrize(
    "said",
    [
        "水管漏了",
        "好的，我等她",
        "谢谢，不过灯还是不亮",
        "👍👎",
        "?",
        "",
        "没事找事的邻居",
        "你好",
        "对不起",
        "好的，灯还是不亮",
        "我没事，老伴摔了",
    ],
)
def test_a_story_is_no_short_answer(said: str) -> None:
    assert meanings(said) == frozenset()


@pytest.mark.parametrize(
    ("said", "meant"),
    [("👍", Meant.SOLVED), ("✅", Meant.SOLVED), ("👎", Meant.UNSOLVED), ("谢谢", Meant.PERHAPS)],
)
def test_a_sign_is_a_verdict(said: str, meant: Meant) -> None:
    assert read_verdict(said) is meant


@given(st.text(max_size=400) | st.text(alphabet="我家里没事了好的不用来", max_size=400))
def test_whatever_is_written_is_read(said: str) -> None:
    assert read_cry(said) in {None, *Cry}
    assert meanings(said) <= set(Means)


@given(st.sampled_from(each(CLEAR)), st.sampled_from(["", " ", "！", "。", "!!", "\n"]))
def test_how_a_cry_is_written_does_not_matter(said: str, behind: str) -> None:
    assert read_cry(behind + said + behind) is Cry.CLEAR
    assert read_cry(said.upper()) is Cry.CLEAR


@pytest.mark.parametrize(
    "said",
    ["给我打个电话吧", "请给我打电话。", "能给我回个电话吗？", "Please call me back"],
)
def test_asks_to_be_rung(said: str) -> None:
    assert asks_to_be_rung(said)


@pytest.mark.parametrize("said", ["有人给我打电话骗钱", "call me Emma", "打电话", "给我"])
def test_asks_for_no_call(said: str) -> None:
    assert not asks_to_be_rung(said)


OFFERS = """
我想帮忙|我也想帮点忙|我愿意帮助别人|想给大家搭把手|我想当志愿者|怎么报名当志愿者？|我退休了，想做点事|我想帮邻居
想出份力|可以当志愿者吗|我想帮老人做点事
I'd like to help|I want to volunteer|How can I help?|I would like to help my neighbours
volunteer|can I help out
"""
OFFERS_NO_HAND = """
我要帮忙|能帮忙吗|帮忙|请志愿者来帮忙|我想请人帮忙|我想帮孩子找家教|希望能帮忙|我想申请志愿服务|申请志愿者|志愿者没来|帮帮我|我想帮邻居搬家，可我腰疼
I would like help|can you help?|help|I want help with my lamp|the volunteer was late
"""


@pytest.mark.parametrize("words", each(OFFERS))
def test_who_would_like_to_help_is_known(words: str) -> None:
    assert offers_a_hand(words)


@pytest.mark.parametrize("words", each(OFFERS_NO_HAND))
def test_who_asks_for_help_offers_none(words: str) -> None:
    assert not offers_a_hand(words)


WAITING = """
没人来|没有人来|怎么还没来|还没人来呢|人呢？|到现在还没来|师傅什么时候来|几点来啊|等了半天都没人来|有人来吗|还来不来
nobody came|Nobody has come yet|no one showed up|still waiting|where are you?
When will somebody come?
he hasn't come yet
"""
NOT_WAITING = """
没人来过我家吗，灯不亮了|我孙子不来了，没人做饭|有人来吗？我在二楼等|什么时候开会|请几点来都行，我在家
nobody told me about the meeting|when does the office open
"""


@pytest.mark.parametrize("words", each(WAITING))
def test_who_waits_for_somebody_is_known(words: str) -> None:
    assert asks_where_they_are(words)


@pytest.mark.parametrize("words", each(NOT_WAITING))
def test_what_tells_more_is_no_waiting(words: str) -> None:
    assert not asks_where_they_are(words)
