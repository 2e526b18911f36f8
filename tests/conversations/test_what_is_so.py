"""Asked, on its way, agreed, known: each is said once it is so, and who is not reached is named."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone, Story


async def test_asked_is_said_only_of_whom_the_card_has_reached(
    story: Story, wang: Someone, li: Someone, chen: Someone
) -> None:
    li.person.deactivate()
    await a_lamp_is_broken(wang)
    assert any("正在问2位志愿者" in text for text in wang.texts())
    await chen.has("邻居求助")
    await story.all_sent()
    await wang.taps("到哪一步了")
    await wang.sees("问了1位志愿者")


async def test_whoever_was_chosen_comes_only_once_they_say_so(
    wang: Someone, chen: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "101号", "指派志愿者", "陈静")
    await zhao.told("正在问本人")
    await wang.has("社区请了陈静来帮忙")
    await wang.taps("到哪一步了")
    await wang.sees("请了陈静，还在等回话")
    assert not any("陈静会来" in text for text in wang.texts())
    await chen.taps("我会来")
    await wang.has("好消息：陈静会来帮您")


async def test_a_word_that_cannot_reach_the_helper_says_so_to_both(
    story: Story, wang: Someone, li: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    li.person.block()
    await story.all_sent()
    await wang.taps("到哪一步了", "补充几句或照片")
    await wang.says("门铃坏了，请敲门")
    await wang.sees("现在联系不上李强", "赵敏会想办法转告")
    await zhao.has("门铃坏了，请敲门", "联系不上李强")


async def test_the_helper_of_somebody_without_a_phone_knows_that_nothing_is_passed_on(
    zhao: Someone, chen: Someone
) -> None:
    await zhao.taps("工作台", "代人登记求助", "新登记一位")
    await zhao.says("刘大爷")
    await zhao.taps("4号楼")
    await zhao.sees("门牌号")
    await zhao.taps("跳过")
    await zhao.sees("联系电话")
    await zhao.taps("跳过")
    await zhao.sees("需要什么帮助")
    await zhao.taps("陪伴关怀", "上门看望")
    await zhao.says("想有人来看看")
    await zhao.taps("越快越好", "发送")
    await zhao.sees("您的求助号")
    await chen.taps("我来帮", "我出发了")
    await chen.sees("您已出发", "刘大爷")
    assert not any("刘大爷知道了" in text for text in chen.texts())
