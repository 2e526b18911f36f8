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
    await wang.told("记下了")
    await emma.has("A seat became free", "do you come?")
    await emma.taps("✅ I come")
    await emma.told("see you there")
    await emma.sees("You have a seat")

    await story.later(hours=22)
    await emma.has("See you soon!")
    await story.later(hours=2)
    await emma.taps("📍 I am here")
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
    await li.sees("报上名了", "您代办的邻居：", "李奶奶 · ✅ 有名额")
    await li.taps("🖨 小票")
    await li.has("打印出来交给对方")
    await li.taps("李奶奶来不了")
    await li.told("记下了")


async def test_what_the_host_does(
    story: Story, zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await announces(zhao, seats="2")
    for somebody, come in ((wang, "我要去"), (emma, "✋ I come")):
        await somebody.says("/gatherings")
        await somebody.taps("太极拳练习", come)
    await zhao.taps("🛠 管理", "🌧 下雨改到：活动室")
    await zhao.told("名单上的人都会收到通知")
    await wang.has("地点改到：活动室", "您还来吗")
    await wang.taps("✅ 来")
    await wang.told("到时见")
    await zhao.taps("🔳 打印海报")
    await zhao.has("贴在门口")
    await zhao.taps("🖨 打印名单")
    await zhao.has("报名名单")
    await zhao.taps("改时间地点", "11月26日周四", "不变：09:30", "不变：10:30", "不变：活动室")
    await zhao.taps("📨 ")
    await zhao.sees("名单上的人都会收到通知", "11月26日周四")
    await emma.has("The time has changed", "Do you still come?")
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
    await wang.has("已经取消了", "老师病了")
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


async def test_who_writes_instead_of_tapping(zhao: Someone, wang: Someone, emma: Someone) -> None:
    await wang.says("我要去")
    await wang.sees("请邻居来帮忙")
    await announces(zhao)
    await wang.says("有什么活动")
    await wang.sees("太极拳练习", "还有10个名额")
    await wang.says("我要报名")
    await wang.sees("您想参加哪一个")
    await wang.taps("太极拳练习", "我要去")
    await wang.says("几点开始")
    await wang.sees("09:30", "名额给您留着")
    await wang.says("在哪里")
    await wang.sees("花园")
    await wang.says("来不了")
    await wang.sees("您是说这个活动吗")
    await wang.taps("来不了")
    await wang.told("记下了")
    await emma.says("events")
    await emma.taps("太极拳练习", "✋ I come")
    await emma.says("I cannot come")
    await emma.sees("Do you mean this one?")


async def test_a_seat_that_became_free_is_taken_with_a_word(
    zhao: Someone, wang: Someone, li: Someone
) -> None:
    await announces(zhao, seats="1")
    for one in (wang, li):
        await one.says("/gatherings")
        await one.taps("太极拳练习", "我要去")
    await wang.taps("来不了")
    await li.has("有空位了")
    await li.replies("有空位了", "我要去")
    await li.sees("到时见", "名额给您留着")


async def test_slips_of_the_finger_are_named_where_they_are_made(zhao: Someone) -> None:
    await zhao.says("/gatherings")
    await zhao.taps("发布活动", "练习、上课")
    await zhao.says("太极拳练习")
    await zhao.shows_photo()
    await zhao.sees("活动内容是什么")
    await zhao.says("穿宽松的衣服")
    await zhao.says("昨天")
    await zhao.sees("已经过了")
    await zhao.says("明天")
    await zhao.says("九点半")
    await zhao.says("9点")
    await zhao.sees("结束要在开始之后", "几点结束")
    await zhao.says("11点")
    await zhao.says("花园")
    await zhao.says("0")
    await zhao.sees("1到5000之间")
    await zhao.says("十个")
    await zhao.says("老人")
    await zhao.sees("60岁以上")
    await zhao.says("60岁以上")
    await zhao.taps("跳过", "4周")
    await zhao.says("起势\n云手")
    await zhao.sees("👶 60岁以上", "1. 起势", "2. 云手")
    await zhao.taps("✕ 取消")
    await zhao.says("/gatherings")
    await zhao.sees("眼下还没有活动")


async def test_a_second_tap_is_no_alarm(zhao: Someone, wang: Someone) -> None:
    await announces(zhao)
    await wang.forges("ga:j:1")
    await wang.told("到时见")
    await wang.forges("ga:j:1")
    await wang.told("已经记好了")


async def test_a_proxy_is_told_for_whom_a_seat_is_free(
    story: Story, zhao: Someone, wang: Someone, li: Someone
) -> None:
    await announces(zhao, seats="1")
    await wang.says("/gatherings")
    await wang.taps("太极拳练习", "我要去")
    await li.says("/gatherings")
    await li.taps("太极拳练习", "帮没有手机的人报名", "为没有手机的人")
    await li.says("李奶奶")
    await li.says("5号楼")
    await li.taps("跳过")
    await li.sees("联系电话")
    await li.taps("跳过")
    await li.sees("李奶奶 · ⏳ 排在第1位")
    await wang.taps("来不了")
    await li.has("轮到李奶奶了", "请回个话来不来")
    await li.taps("✅ 李奶奶来")
    await li.told("到时见")
    await li.sees("李奶奶 · ✅ 有名额")
    await story.later(hours=22)
    await li.has("这是给李奶奶的通知", "马上就要见面了")


async def test_the_host_finds_what_is_over_and_who_was_there(
    story: Story, zhao: Someone, wang: Someone
) -> None:
    await announces(zhao)
    await wang.says("/gatherings")
    await wang.taps("太极拳练习", "我要去")
    await wang.told("到时见")
    await story.later(hours=26)
    await zhao.says("/gatherings")
    await zhao.sees("眼下还没有活动")
    await zhao.taps("🕰 办过的")
    await zhao.sees("太极拳练习", "到场0人")
    await zhao.taps("太极拳练习", "👥 名单")
    await zhao.sees("谁到了就点谁")
    await zhao.taps("◻️ 王秀英")
    await zhao.told("欢迎您")


async def test_a_whole_course_in_one_tap(zhao: Someone, wang: Someone) -> None:
    await announces(zhao, weeks="4周")
    await zhao.says("基本步\n云手")
    await zhao.taps("📨 ")
    await zhao.sees("发布了")
    await wang.says("/gatherings")
    await wang.taps("太极拳练习", "4次我都去")
    await wang.told("每一次都给您报上了")
    await zhao.taps("🛠 管理", "👥 名额")
    await zhao.says("12")
    await zhao.sees("改好了")
    await zhao.taps("🛠 管理", "这次和以后的都取消")
    await zhao.says("老师出差")
    await zhao.sees("已经取消了")
    await wang.has("以后的几次也都取消了", "老师出差")
