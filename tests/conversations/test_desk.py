"""The desk: owners, notes, calling off, finding, and who may not."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone, Story

OF_THE_DESK = ("dc:1:0", "dk:p:1", "dk:t:1", "dh:1:2", "da:1:2", "dx:1:s", "dv:a:3")
OF_OTHERS = ("hn:x:1", "hv:1:1", "hr:1:5", "hk:c:1", "hk:f:1", "hb:1:ill", "ht:1:0", "hm:1:0")
"""Buttons of a request that is none of the one who presses."""


async def test_owner_notes_and_calling_off(
    wang: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await zhou.taps("工作台")
    await zhou.sees("待办1", "我负责0", "101号", "负责人：赵敏")
    await zhou.taps("101号", "我来负责")
    await zhou.told("现在由您负责")
    await zhou.sees("负责人：周正")
    await zhao.has("现在由周正负责")
    await zhou.taps("转交")
    await zhou.sees("承诺时间不变")
    await zhou.taps("赵敏")
    await zhou.told("已转交")
    await zhao.has("转交给您")

    await zhao.taps("工作台", "我负责的（1）", "101号", "内部备注")
    await zhao.says("老人耳朵不好，敲门要重一点")
    await zhao.sees("记下了")
    await zhao.taps("在工作台打开", "告诉居民")
    await zhao.says("李强下午三点到")
    await zhao.sees("记下了")
    told = await wang.has("赵敏对您说", "李强下午三点到")
    assert "耳朵" not in told
    await zhao.taps("在工作台打开", "全部经过")
    await zhao.sees("🔒", "耳朵不好")
    await wang.taps("我的求助", "101号", "全部经过")
    story = await wang.sees("李强下午三点到")
    assert "耳朵" not in story

    await zhao.taps("上一步", "门牌和电话")
    await zhao.sees("2单元301室", "这次查看已记录")
    await zhao.taps("收起", "取消求助")
    await zhao.sees("求助的人会看到原因")
    await zhao.taps("居民来电取消")
    await zhao.told("已取消")
    await wang.has("这件求助已取消", "居民来电取消")
    await li.has("您不用去了", "居民来电取消")
    await wang.taps("我的求助", "101号", "谁看过")
    await wang.sees("赵敏查看了门牌和电话")


async def test_finding_a_number_and_a_reason_in_words(wang: Someone, zhao: Someone) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "查找求助")
    await zhao.says("101")
    await zhao.sees("101号", "王秀英")
    await zhao.taps("101号", "取消求助", "其他原因")
    await zhao.says("物业已经修好了")
    await zhao.sees("已取消")
    await wang.has("已取消", "物业已经修好了")
    await zhao.taps("工作台", "查找求助")
    await zhao.says("999")
    await zhao.sees("没有这样的求助")


async def test_what_only_the_office_handles(wang: Someone, zhao: Someone) -> None:
    await wang.taps("求助", "公共设施", "灯不亮")
    await wang.says("楼道灯不亮")
    await wang.taps("什么时候都行", "发送")
    await wang.sees("这件事由社区直接办")
    await zhao.has("新的求助，由您负责", "楼道灯不亮")


async def test_nobody_else_gets_to_the_desk(
    story: Story, wang: Someone, emma: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await emma.says("/desk")
    await emma.sees("The desk is for the staff")
    for data in (*OF_THE_DESK, *OF_OTHERS):
        await emma.forges(data)
    shown = " ".join(emma.texts())
    assert not [word for word in ("王秀英", "301室", "138", "灯不亮") if word in shown]
    await wang.taps("我的求助")
    await wang.sees("101号", "正在找人")


async def test_the_desk_sees_to_its_own_and_the_resident_is_asked(
    wang: Someone, zhao: Someone
) -> None:
    await wang.taps("求助", "公共设施", "电梯")
    await wang.says("电梯又坏了")
    await wang.taps("越快越好", "发送")
    await wang.sees("您的求助号", "社区直接办")
    await zhao.taps("在工作台打开", "我自己来办")
    await zhao.told("您自己去办")
    await zhao.has("社区赵敏亲自去办")
    await wang.has("赵敏会来帮您")
    await zhao.taps("打开任务", "办好了", "是的，办好了")
    await wang.has("赵敏说办好了", "解决了吗")
    await wang.taps("解决了")
    await zhao.has("王秀英说解决了")


async def test_a_spreadsheet_comes_as_a_file(wang: Someone, zhao: Someone) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "表格")
    await zhao.sees("取了会记下来")
    await zhao.taps("一年内的求助")
    await zhao.has("您辖区的求助", "不要外传")


async def test_whom_the_desk_chose_it_can_exchange(
    wang: Someone, li: Someone, chen: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "101号", "指派志愿者", "陈静")
    await zhao.told("正在问本人")
    await chen.has("社区想请您帮这个忙")
    await zhao.taps("换人：不请陈静了")
    await zhao.sees("换谁来代替陈静")
    await zhao.taps("🙋 李强")
    await zhao.told("正在问本人")
    await li.has("社区想请您帮这个忙")
    await chen.has("社区改请别人去了", "您放心")
    await wang.has("社区请了李强来帮忙")
    await li.taps("我会来")
    await wang.has("好消息：李强会来帮您")
    await zhao.taps("换人：不请李强了", "🙋 陈静")
    await zhao.told("正在问本人")
    await chen.taps("我会来")
    await wang.has("好消息：陈静会来帮您")
    await chen.taps("打开任务", "我出发了")
    await zhao.taps("换人：不请陈静了", "🙋 李强")
    await zhao.told("已经结束")


async def test_who_was_chosen_and_never_answered_is_called_by_name(
    story: Story, wang: Someone, chen: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "101号", "指派志愿者", "陈静")
    await chen.has("社区想请您帮这个忙")
    await story.later(hours=4, minutes=1)
    await chen.has("您还能来吗")
    await story.later(hours=2, minutes=1)
    await wang.has("陈静一直没回音")
    await zhao.has("陈静一直没回音")
