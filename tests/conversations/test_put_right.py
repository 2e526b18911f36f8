"""Not solved, put right under an order, asked again and again whether it is well."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone, Story


async def li_does_it(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("李强说办好了", "解决了吗")


async def zhao_reports(zhao: Someone, words: str, *, photo: bool) -> None:
    await zhao.taps("已整改好")
    await zhao.sees("做了什么")
    await zhao.says(words)
    await zhao.sees("拿什么让大家看到")
    if photo:
        await zhao.shows_photo("接头换了新的")
        await zhao.sees("1张")
        await zhao.sends_file()
        await zhao.sees("已收到2件")
        await zhao.taps("完成")
    else:
        await zhao.taps("跳过")
    await zhao.sees("正在请督办人核验")


async def test_not_solved_is_put_right_and_visited(
    story: Story, wang: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await li_does_it(wang, li)
    await wang.taps("没解决")
    await wang.sees("哪里还没弄好")
    await wang.taps("跳过")
    await wang.sees("还没解决", "赵敏会重新给您办好")
    await zhao.has("居民说没解决")
    await zhou.has("居民不满意，请您盯着重新办好", "赵敏", "物业公司")
    assert {"👤 换人负责整改", "✏️ 调整要求"} <= set(zhou.buttons())
    await zhou.taps("打开督办单", "调整要求", "需要什么证明")
    await zhou.sees("要看到什么才算整改好")
    await zhou.says("灯亮着的照片")
    await zhou.sees("已设定")
    await zhao.has("这件事由您负责整改", "灯亮着的照片")

    await zhao.taps("打开督办单")
    await zhao_reports(zhao, "换了灯泡", photo=False)
    await zhou.has("已报告整改完成", "换了灯泡")
    await zhou.taps("打开督办单", "退回")
    await zhou.sees("还差什么")
    await zhou.says("没有照片")
    await zhou.sees("已退回")
    await zhao.has("整改报告还不够", "没有照片")
    await zhao.taps("打开督办单")
    await zhao.sees("没有照片")
    await zhao_reports(zhao, "换了灯泡，见照片", photo=True)

    await zhou.has("已报告整改完成", "见照片", "接头换了新的")
    await zhou.taps("打开督办单")
    await zhou.sees("📷 1 · 📎 1")
    await zhou.taps("看附带的内容")
    await zhou.sees("<photo>")
    await zhou.has("<document>")
    await zhou.taps("核验通过", "是的，通过")
    await zhou.told("核验通过")
    await zhao.has("核验通过，谢谢")
    await wang.has("社区已经整改好了。现在解决了吗", "换了灯泡，见照片")
    await wang.taps("解决了", "非常满意")
    await wang.sees("⭐⭐⭐⭐⭐")
    await zhao.has("王秀英说解决了", "⭐⭐⭐⭐⭐")

    await story.later(days=8)
    await wang.has("整改已经7天了。现在还好吗")
    await wang.taps("还好")
    await wang.told("太好了")
    await wang.sees("一直都好")
    await story.later(days=23)
    await wang.has("整改已经30天了。现在还好吗")
    await wang.taps("又不好了")
    await wang.sees("又出了什么问题")
    assert not any("又开始漏" in text for text in zhou.texts())
    await wang.says("接头又开始漏")
    await wang.sees("还用原来的求助号")
    await zhou.has("请您盯着重新办好", "接头又开始漏")
    await zhou.taps("工作台", "督办单（1）")
    await zhou.sees("待整改", "赵敏")
    await wang.taps("我的求助")
    await wang.sees("101号", "还没解决")


async def test_few_stars_ask_gently_what_went_wrong(
    wang: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await li_does_it(wang, li)
    await wang.taps("解决了", "不太满意")
    await wang.sees("没让您满意，很抱歉。哪里不好")
    await wang.says("地上弄得很脏")
    await wang.sees("社区会认真看")
    await zhao.has("这件事由您负责整改", "地上弄得很脏")
    await zhou.has("居民不满意", "地上弄得很脏")
    assert not [text for text in li.texts() if "脏" in text]


async def test_it_came_back_and_is_opened_under_its_number(
    wang: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await li_does_it(wang, li)
    await wang.taps("解决了", "非常满意", "我的求助", "101号")
    await wang.sees("解决了，真好")
    await wang.taps("其实还没解决")
    await wang.sees("还用原来的求助号")
    await wang.taps("是的，重新打开")
    await wang.sees("哪里还没好")
    assert not any("居民说没解决" in text for text in zhao.texts())
    await wang.says("又开始滴水了")
    await wang.sees("已经重新打开", "101号", "还没解决")
    await zhao.has("居民说没解决")
    await zhou.has("请您盯着重新办好", "又开始滴水了")


async def test_the_call_back_list_is_worked_through(
    story: Story, wang: Someone, li: Someone, zhao: Someone
) -> None:
    await li_does_it(wang, li)
    await story.later(days=5)
    await zhao.has("居民一直没回话")
    for times in range(1, 4):
        await zhao.taps("工作台", "电话回访（1）")
        await zhao.sees("还有1位要回访", "王秀英", "李强")
        if times == 1:
            await zhao.taps("看电话")
            await zhao.sees("13800001001", "本人看得到")
            await zhao.taps("记下答复")
        await zhao.taps("没人接")
        await zhao.told("下个工作日再打")
        await zhao.sees("没有要回访的人")
        await story.later(days=4)
    await zhao.taps("工作台", "电话回访（1）")
    await zhao.sees("已打过3次")
    await zhao.taps("按“未确认”办结")
    await zhao.told("之后仍可答复")
    await wang.has("打了几次电话没找到您", "解决了吗")
    await wang.taps("👍")
    await wang.sees("李强帮得怎么样")


async def test_what_is_said_on_the_phone_is_taken_down_with_stars(
    story: Story, wang: Someone, li: Someone, zhao: Someone
) -> None:
    await li_does_it(wang, li)
    await story.later(days=5)
    await zhao.taps("工作台", "电话回访（1）", "说解决了")
    await zhao.sees("居民给几颗星")
    await zhao.taps("⭐⭐⭐⭐⭐")
    await zhao.sees("没有要回访的人")
    await li.has("王秀英说解决了", "⭐⭐⭐⭐⭐")


async def test_a_return_visit_that_is_rung_about_asks_what_has_come_back(
    story: Story, wang: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await li_does_it(wang, li)
    await wang.taps("没解决")
    await wang.says("还在漏")
    await zhao.has("居民说没解决")
    await zhao.taps("工作台", "督办单（1）", "📋 101号")
    await zhao_reports(zhao, "换了接头", photo=False)
    await zhou.has("已报告整改完成", "换了接头")
    await zhou.taps("打开督办单", "核验通过", "是的，通过")
    await wang.has("现在解决了吗")
    await wang.taps("解决了", "非常满意")
    await story.later(days=8)
    await wang.has("整改已经7天了")
    await story.later(days=5)
    await zhou.has("一直没回话，请打电话问问")
    await zhou.taps("去电话回访", "👎")
    await zhou.sees("居民说哪里还没弄好")
    await zhou.says("下雨又漏了")
    await zhou.sees("还用原来的求助号")
    await zhou.taps("工作台", "督办单（1）", "📋 101号")
    await zhou.sees("办结后居民说", "下雨又漏了")
