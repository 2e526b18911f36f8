"""A blocked fire door, from the inspector's photo to the look again; a resident's report."""

from handlers.hazards.callbacks import HazardAct, HazardsFile, OnHazard
from handlers.orders.callbacks import OnOrder, OrderAct
from tests.conversations.script import Someone, Story


async def finds_a_door(zhou: Someone) -> None:
    """Write a blocked door down, with a photo, in few taps."""
    await zhou.says("/hazards")
    await zhou.sees("现在没有未整改的隐患", "没有事故记录")
    await zhou.taps("记一处隐患")
    await zhou.sees("在哪栋楼")
    await zhou.taps("5号楼")
    await zhou.sees("是哪一类隐患")
    await zhou.taps("消防通道堵塞")
    await zhou.sees("具体在哪里")
    await zhou.says("二层防火门")
    await zhou.sees("怎么处理")
    await zhou.taps("限期改")
    await zhou.sees("哪天之前改好")
    await zhou.says("12月20日")
    await zhou.sees("请别拍到人和车牌")
    await zhou.shows_photo()
    await zhou.sees("1张")
    await zhou.taps("完成")
    await zhou.sees("二层防火门", "限期改")
    await zhou.taps("✅ 记下来")
    await zhou.sees("记下了", "待整改", "赵敏负责整改")


async def zhao_clears_it(zhao: Someone, order: str = "打开督办单") -> None:
    """Report from the card of the order, or of the request, that it is put right."""
    await zhao.taps(order, "已整改好")
    await zhao.sees("做了什么")
    await zhao.says("杂物清走了")
    await zhao.sees("拿什么让大家看到")
    await zhao.taps("跳过")
    await zhao.sees("正在请督办人核验")


async def test_from_the_photo_to_the_look_again(
    story: Story, zhao: Someone, zhou: Someone, sun: Someone
) -> None:
    await finds_a_door(zhou)
    await zhao.has("这件事由您负责整改", "发现了安全隐患")
    await zhao_clears_it(zhao)
    await zhou.forges(OnOrder(act=OrderAct.SIGN, id=1).pack())
    await zhou.told("您参与过")
    await sun.has("已报告整改完成", "杂物清走了")
    await sun.taps("打开督办单", "核验通过", "是的，通过")
    await sun.told("核验通过")
    await story.later(days=8)
    await zhou.has("请再看一眼", "二层防火门")
    await zhao.forges(OnHazard(act=HazardAct.WELL, id=1).pack())
    await zhao.told("是您整改的")
    await zhou.taps("又这样了")
    await zhou.sees("您看到什么")
    await zhou.says("又堆了纸箱")
    await zhou.sees("重新整改", "待整改")
    await sun.has("改过以后又出现了")
    await zhao.has("101号", "由您负责整改")
    await zhao_clears_it(zhao)
    await sun.sees("已报告整改完成")
    await sun.taps("打开督办单", "核验通过", "是的，通过")
    await sun.told("核验通过")
    await story.later(days=8)
    await zhou.taps("👍 好了")
    await zhou.told("过些日子再请人看一次")
    await story.later(days=24)
    await zhou.taps("👍 好了")
    await zhou.told("销号")
    await zhou.says("/hazards")
    await zhou.taps("已办结（1）")
    await zhou.sees("已销号", "101号")
    await zhou.taps("导出表格")
    await zhou.has("<document>")


async def test_a_resident_is_told_what_became_of_it(
    wang: Someone, zhao: Someone, zhou: Someone
) -> None:
    await wang.taps("求助", "公共设施", "安全隐患")
    await wang.sees("您慢慢说")
    await wang.says("楼道电线露出来了")
    await wang.taps("越快越好")
    await wang.sees("这样发出去")
    await wang.taps("发送")
    await wang.sees("您的求助号")
    await zhou.has("发现一处隐患")
    await zhou.says("/hazards")
    await zhou.sees("居民反映", "101号", "待整改")
    await zhou.taps("其他隐患 · ")
    await zhou.taps("🏷 是哪类隐患", "电线线路")
    await zhou.sees("电线", "居民反映")
    await zhao.has("楼道电线露出来了")
    await zhao_clears_it(zhao, "📋 督办单")
    await zhou.has("已报告整改完成")
    await zhou.taps("打开督办单", "核验通过", "是的，通过")
    await zhou.told("核验通过")
    await wang.has("社区已经整改好了。现在解决了吗", "杂物清走了")
    await wang.taps("解决了")
    await wang.sees("真好")


async def test_a_stranger_finds_nothing(wang: Someone, emma: Someone, zhou: Someone) -> None:
    await finds_a_door(zhou)
    await wang.says("/hazards")
    await wang.sees("这份清单是给工作人员的")
    await emma.says("/hazards")
    await emma.sees("This list is for the desk")
    for act in HazardAct:
        await emma.forges(OnHazard(act=act, id=1).pack())
        await emma.told("The attempt has been noted")
    await emma.forges(HazardsFile().pack())
    await emma.told("The attempt has been noted")


async def test_the_day_of_an_accident(zhou: Someone) -> None:
    await zhou.says("/hazards")
    await zhou.taps("记一次事故")
    await zhou.sees("事故发生在哪里")
    await zhou.taps("桂花")
    await zhou.sees("是哪一天")
    await zhou.taps("11月23日")
    await zhou.sees("社区")
    await zhou.taps("✅ 记下来")
    await zhou.sees("不记任何人的名字")
    await zhou.taps("‹ 隐患")
    await zhou.sees("连续1天没出事故")
    await zhou.taps("记一次事故", "桂花", "11月23日", "✅ 记下来")
    await zhou.sees("记过")
    await zhou.taps("↩️ 记错了，撤回")
    await zhou.told("撤回了")
    await zhou.sees("没有事故记录")


async def test_what_is_beyond_us_is_handed_on(wang: Someone, zhao: Someone, zhou: Someone) -> None:
    await wang.taps("求助", "公共设施", "安全隐患")
    await wang.says("电线杆歪了")
    await wang.taps("越快越好")
    await wang.taps("发送")
    await wang.sees("您的求助号")
    await zhao.says("/hazards")
    await zhao.taps("其他隐患 · ")
    await zhao.taps("🏛 我们管不了：上报")
    await zhao.says("供电公司")
    await zhao.taps("跳过")
    await zhao.taps("✅ 上报")
    await zhao.sees("已上报", "供电公司")
    await wang.has("供电公司", "有答复了")
    await zhou.has("超出我们的能力")
    await zhou.taps("✏️ 记下对方答复")
    await zhou.says("下周来换")
    await zhou.sees("落实整改")
    await wang.has("下周来换")
