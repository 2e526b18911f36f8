"""A gathering from its announcement to what people found of it, by taps, in both languages."""

from tests.conversations.script import Someone, Story


async def announces(zhao: Someone, *, seats: str = "10", weeks: str = "一次") -> None:
    """Announce tai chi for tomorrow at half past nine."""
    await zhao.says("/gatherings")
    await zhao.taps("发布活动", "练习、上课")
    await zhao.says("太极拳练习")
    await zhao.says("穿宽松的衣服")
    await zhao.taps("11月25日周三", "09:30", "10:30")
    await zhao.says("花园")
    await zhao.says(seats)
    await zhao.taps("都可以")
    await zhao.says("活动室")
    await zhao.taps(weeks)
    if weeks == "一次":
        await zhao.sees("发布“太极拳练习”吗", "花园", "下雨改到：活动室")
        await zhao.taps("发布")
        await zhao.sees("发布了", "太极拳练习")


async def test_from_the_announcement_to_what_was_found_of_it(
    story: Story, zhao: Someone, wang: Someone, emma: Someone, li: Someone
) -> None:
    await announces(zhao, seats="1")
    await wang.taps("通知", "🎈 活动")
    await wang.sees("太极拳练习", "还有1个名额")
    await wang.taps("太极拳练习")
    await wang.sees("穿宽松的衣服", "花园")
    await wang.taps("我要去")
    await wang.told("到时见")
    await wang.sees("名额给您留着")

    await emma.says("/gatherings")
    await emma.sees("full")
    await emma.taps("太极拳练习", "✋ I come")
    await emma.told("you are in the line")
    await emma.sees("You are number 1 in the line")
    await li.says("/gatherings")
    await li.taps("太极拳练习", "我要去")
    await li.sees("您排在第2位")

    await wang.taps("来不了")
    await wang.told("名额让出来了")
    await emma.has("A seat became free", "do you come?")
    await emma.taps("✅ I come")
    await emma.told("see you there")
    await emma.sees("You have a seat")

    await story.later(hours=22)
    await emma.has("See you soon!")
    await story.later(hours=2)
    await emma.says("/gatherings")
    await emma.taps("太极拳练习", "📍 I am here")
    await emma.told("Welcome!")
    await story.later(hours=4)
    await emma.has("How was it?")
    await emma.taps("😊")
    await emma.told("Thank you!")
    await emma.taps("💬 Say a word")
    await emma.says("Lovely morning")
    await emma.sees("Thank you!")


async def test_with_a_child_and_for_somebody_without_a_phone(
    zhao: Someone, wang: Someone, li: Someone
) -> None:
    await announces(zhao)
    await wang.says("/gatherings")
    await wang.taps("太极拳练习", "带人，或给孩子报名")
    await wang.sees("来几个大人")
    await wang.taps("0")
    await wang.sees("带几个孩子")
    await wang.taps("1", "6到11岁")
    await wang.sees("哪位大人带孩子来")
    await wang.says("孩子的舅舅")
    await wang.sees("名额给您留着")

    await li.says("/gatherings")
    await li.taps("太极拳练习", "帮没有手机的人报名", "为没有手机的人")
    await li.says("李奶奶")
    await li.sees("哪栋楼")
    await li.says("5号楼")
    await li.taps("跳过")
    await li.sees("联系电话")
    await li.taps("跳过")
    await li.sees("到时见", "您帮忙报名的：李奶奶")
    await li.taps("🖨 小票")
    await li.has("打印出来交给对方")
    await li.taps("李奶奶来不了")
    await li.told("名额让出来了")


async def test_what_the_host_does(
    story: Story, zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await announces(zhao, seats="2")
    for somebody, come in ((wang, "我要去"), (emma, "✋ I come")):
        await somebody.says("/gatherings")
        await somebody.taps("太极拳练习", come)
    await zhao.taps("🛠 管理", "🌧 下雨改到：活动室")
    await zhao.told("名单上的人都会收到通知")
    await wang.has("时间或地点改了", "活动室")
    await wang.taps("✅ 来")
    await wang.told("到时见")
    await zhao.taps("🔳 打印海报")
    await zhao.has("贴在门口")
    await zhao.taps("🖨 打印名单")
    await zhao.has("报名名单")
    await zhao.taps("改时间地点", "11月26日周四", "不变：09:30", "不变：10:30", "不变：活动室")
    await zhao.taps("📨 ")
    await zhao.sees("名单上的人都会收到通知", "11月26日周四")
    await emma.has("The time or the place has changed", "Do you still come?")
    await story.later(hours=47)
    await zhao.says("/gatherings")
    await zhao.taps("太极拳练习", "🛠 管理", "👥 名单")
    await zhao.sees("谁到了就点谁")
    await zhao.taps("◻️ 王秀英")
    await zhao.told("欢迎您")
    await zhao.taps("☑️ 王秀英")
    await zhao.told("已撤回")
    await zhao.taps("‹ 上一步", "✕ 取消活动")
    await zhao.says("老师病了")
    await zhao.sees("名单上的人都会收到通知")
    await wang.has("活动取消了", "老师病了")
    await emma.has("This was called off", "老师病了")
    await wang.forges("gc:1:1:0")
    await wang.told("情况有变化了")


async def test_a_stranger_with_forged_buttons(zhao: Someone, wang: Someone) -> None:
    await announces(zhao)
    for data in ("ga:m:1", "ga:r:1", "ga:p:1", "ga:q:1", "ga:x:1", "ga:c:1", "ga:s:1", "gn", "gd"):
        await wang.forges(data)
        await wang.told("不属于您的辖区")
    await wang.forges("gs:t:1:2")
    await wang.forges("ga:o:999")
    await wang.told("已经不在了")
