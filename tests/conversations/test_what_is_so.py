"""Asked, on its way, agreed, known: each is said once it is so, and who is not reached is named."""

from models.help.rules.policy import HelpPolicy
from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone, Story
from tests.conversations.test_roll_call import prepares_a_drill

POLICY = HelpPolicy()


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
    await zhao.sees("刘大爷的求助号")
    await chen.taps("我来帮", "我出发了")
    await chen.sees("您已出发", "刘大爷")
    assert not any("刘大爷知道了" in text for text in chen.texts())


async def asks_for_the_cat(wang: Someone) -> None:
    await wang.taps("求助", "宠物照顾")
    await wang.sees("您慢慢说")
    await wang.says("喂猫")
    await wang.sees("什么时候来人")
    await wang.taps("什么时候都行")
    await wang.sees("这样发出去")
    await wang.taps("发送")


async def test_sent_stands_only_under_what_has_gone_to_somebody(
    wang: Someone, zhou: Someone
) -> None:
    await asks_for_the_cat(wang)
    await wang.has("这样发出去", "✓ 已发送")
    await prepares_a_drill(zhou)
    await zhou.taps("工作台", "值班和办公时间", "🕘 办公时间", "其他时间")
    await zhou.says("周一至周六 9:00-17:00")
    await zhou.sees("周一至周六 09:00-17:00")
    await zhou.taps("保存")
    await zhou.has("周一至周六 09:00-17:00", "✓ 已记下")
    assert not any("✓ 已发送" in text for text in zhou.texts())


async def test_what_was_refused_was_neither_sent_nor_kept(wang: Someone) -> None:
    for _turn in range(POLICY.most_open):
        await asks_for_the_cat(wang)
        await wang.sees("您的求助号")
    await asks_for_the_cat(wang)
    await wang.sees("您在办的求助已经很多了")
    assert len([text for text in wang.texts() if "✓ 已发送" in text]) == POLICY.most_open
    assert not any("✓ 已记下" in text for text in wang.texts())
