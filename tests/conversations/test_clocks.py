"""Clocks in the chat: the desk waits for the resident, sets who is on duty and its hours."""

from tests.conversations.scenes import a_lamp_is_broken
from tests.conversations.script import Someone, Story


async def test_the_desk_waits_for_the_resident(story: Story, wang: Someone, zhao: Someone) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台")
    await zhao.sees("101号", "须响应")
    await zhao.taps("101号", "等居民答复")
    await zhao.sees("需要求助的人答复什么")
    await zhao.says("是哪个房间的灯？")
    await zhao.sees("计时已暂停")
    await wang.has("赵敏想问您", "是哪个房间的灯", "在等您的答复")
    await zhao.taps("在工作台打开")
    await zhao.sees("⏸", "等居民答复")
    await zhao.taps("‹ 工作台")
    await zhao.sees("⏸", "101号")
    await story.later(days=9)
    await wang.taps("我的求助", "101号")
    await wang.sees("在等您的答复")
    await wang.taps("✍️ 答复")
    await wang.says("厨房的")
    await wang.has("继续办理")
    await zhao.has("厨房的", "您等的答复来了")
    await zhao.taps("工作台")
    seen = await zhao.sees("101号", "还剩")
    assert "⏸" not in seen


async def test_the_desk_may_go_on_by_itself(wang: Someone, zhao: Someone) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "101号", "等居民答复", "跳过")
    await zhao.sees("计时已暂停")
    await wang.has("赵敏需要您说一声")
    await zhao.taps("在工作台打开", "继续计时")
    await zhao.told("已继续计时")
    await wang.has("继续办理")


async def test_late_is_told_rung_by_rung(
    story: Story, wang: Someone, zhao: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await story.later(minutes=100)
    await zhao.has("还没有人响应", "须响应")
    await story.later(minutes=130)
    await zhou.has("没有人响应", "已超时", "负责人：赵敏")
    await story.later(days=3)
    told = await wang.has("我们办晚了", "很抱歉")
    assert "赵敏" in told
    await zhao.taps("工作台")
    await zhao.sees("⏰", "已超时")


async def test_what_was_told_of_the_clock_settles_in_place(
    story: Story, wang: Someone, zhao: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await story.later(minutes=230)
    await zhou.has("没有人响应", "已超时", "负责人：赵敏")
    await zhao.taps("工作台", "101号", "等居民答复")
    await zhao.says("是哪个房间的灯？")
    await wang.has("赵敏想问您")
    settled = await zhou.has("已经响应过了")
    assert "已超时" not in settled


async def test_the_resident_hears_at_once_that_it_is_late(
    story: Story, wang: Someone, zhao: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "101号", "告诉居民")
    await zhao.says("正在找人")
    await wang.has("正在找人")
    await story.later(days=1, minutes=1)
    await zhou.has("已超时", "负责人：赵敏")
    late = await wang.has("我们办晚了", "赵敏", "社区书记")
    await story.later(minutes=30)
    assert wang.texts().count(late) == 1
    await zhao.taps("在工作台打开", "等居民答复", "跳过")
    await zhou.has("等居民答复")
    await wang.taps("我的求助", "101号", "不需要了", "是的")
    await zhou.has("后来已处理")


async def test_a_second_question_settles_the_first(wang: Someone, zhao: Someone) -> None:
    await a_lamp_is_broken(wang)
    for question, word in (("是哪个房间的灯？", "厨房的"), ("几瓦的？", "十五瓦")):
        await zhao.taps("工作台", "101号", "等居民答复")
        await zhao.says(question)
        await wang.has("赵敏想问您", question)
        asked = [text for text in wang.texts() if "赵敏想问您" in text]
        assert len(asked) == 1
        await wang.taps("✍️ 答复")
        await wang.says(word)
        await wang.has("继续办理")
        await zhao.has(word)


async def test_the_duty_roster(wang: Someone, zhao: Someone, zhou: Someone) -> None:
    await zhou.taps("工作台", "值班和办公时间")
    await zhou.sees("没有排班", "办公时间", "周一至周五 08:30-12:00 13:30-18:00")
    await zhou.taps("周二")
    await zhou.sees("星期二谁值班")
    await zhou.taps("周正")
    await zhou.told("已保存")
    await zhou.sees("周二: 周正", "周三: 无")
    await a_lamp_is_broken(wang)
    await zhou.has("新的求助，由您负责")
    await zhao.taps("工作台", "值班和办公时间")
    await zhao.sees("第一网格", "没有排班")
    assert "周三" not in zhao.buttons()
    await zhou.taps("周二", "没有人")
    await zhou.told("最久没接到求助")


async def test_desk_hours(zhou: Someone, zhao: Someone) -> None:
    await zhou.taps("工作台", "值班和办公时间", "🕘 办公时间", "其他时间")
    await zhou.sees("什么时间办公", "请这样写")
    await zhou.says("早上九点")
    await zhou.sees("请先写星期", "请这样写")
    await zhou.says("周一至周六 9:00-17:00")
    await zhou.sees("周一至周六 09:00-17:00")
    await zhou.taps("保存")
    await zhou.sees("已保存", "这里的办公时间", "周一至周六 09:00-17:00")
    await zhou.taps("每天 8:30-17:30")
    await zhou.sees("周一至周日 08:30-17:30")
    await zhou.taps("和上级一样")
    await zhou.sees("同上级", "周一至周五 08:30-12:00")
    await zhao.taps("工作台", "值班和办公时间", "🕘 办公时间")
    await zhao.sees("周一至周五 08:30-12:00")
    assert not [label for label in zhao.buttons() if "其他时间" in label]
