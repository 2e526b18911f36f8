"""A post from its announcement to what was confirmed, by taps, in both languages."""

from tests.conversations.script import Someone, Story


async def announces(zhao: Someone, *, seats: str = "1") -> None:
    """Announce the blackboard for tomorrow at half past nine."""
    await zhao.says("/posts")
    await zhao.taps("发布岗位", "排班")
    await zhao.says("板报组")
    await zhao.says("把新闻写到黑板上")
    await zhao.taps("桂花社区")
    await zhao.says("门房旁边")
    await zhao.taps("跳过", "🌿 能", seats, "一次", "11月25日周三", "09:30", "10:30")
    await zhao.sees("发布“板报组”吗", "门房旁边", "坐着就能做")
    await zhao.taps("发布")
    await zhao.sees("已发布", "板报组")


async def test_from_the_announcement_to_what_was_confirmed(
    story: Story, zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await announces(zhao)
    await wang.taps("帮忙", "📋 公益岗位")
    await wang.sees("板报组", "坐着就能做", "缺1位")
    await wang.taps("板报组", "✋ 我来")
    await wang.told("谢谢您")
    await wang.sees("是您的了", "门房旁边")

    await emma.says("/posts")
    await emma.sees("full; you can stand in the line")
    await emma.taps("板报组", "✋ I come")
    await emma.told("you are in the line")
    await emma.sees("You are number 1 in the line")

    await wang.taps("来不了")
    await wang.told("记下了")
    await emma.has("A place became free")
    await emma.taps("✅ I come")
    await emma.told("Wonderful")

    await story.later(hours=22)
    await emma.has("Your shift is soon")
    await emma.taps("✅ I come")
    await emma.says("/posts")
    await emma.taps("🗓 My shifts", "📅 Put into my calendar")
    await emma.has("your shifts are in your calendar")
    await story.later(hours=2)
    await emma.taps("📍 I am here")
    await emma.told("Thank you for coming")

    await story.later(hours=2)
    await zhao.has("这班结束了")
    await zhao.taps("👥 名单")
    await zhao.sees("☑️", "Emma")
    await zhao.taps("🖨 打印名单")
    await zhao.has("报名名单")
    await zhao.taps("✅ 全部确认")
    await zhao.told("都确认了")
    await emma.says("/posts")
    await emma.sees("Public posts")


async def test_somebody_stands_in(
    story: Story, zhao: Someone, wang: Someone, emma: Someone, li: Someone
) -> None:
    await announces(zhao)
    for somebody, come, told in (
        (wang, "✋ 我来", "是您的了"),
        (emma, "✋ I come", "you are in the line"),
        (li, "✋ 我来", "给您排上队了"),
    ):
        await somebody.says("/posts")
        await somebody.taps("板报组", come)
        await somebody.told(told)
    await wang.taps("🔄 换人")
    await wang.told("问出去了")
    await wang.sees("正在找人替您", "是您的了")
    await emma.has("We have a small request to you", "A neighbour called", "Can you stand in?")
    await li.has("想请您帮个忙", "姓王的邻居来不了，您能顶上吗？")
    await emma.taps("🙋 I stand in for")
    await emma.told("you stand in")
    await emma.sees("It is yours")
    await wang.has("有人替您顶上了")
    await li.forges("wi:1:1")
    await li.told("已经不用人顶了")


async def test_what_the_lead_and_the_desk_do(
    story: Story, zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await announces(zhao, seats="2")
    await zhao.taps("➕ 再加一班", "11月26日周四", "14:00", "16:00")
    await zhao.sees("加好了")
    await zhao.taps("换负责人")
    await zhao.says("没有这个人")
    await zhao.sees("没找到")
    await zhao.says("王")
    await zhao.taps("👤 王")
    await zhao.sees("记下了", "负责人：王")
    await wang.has("请您负责")
    await emma.says("/posts")
    await emma.taps("板报组", "✋ I come")
    await wang.says("/posts")
    await wang.taps("板报组", "👀 各班名单", "👥 11月25日")
    await wang.sees("Emma")
    await wang.taps("✕ 取消这一班")
    await wang.says("下雨")
    await wang.sees("名单上的人都会收到通知", "取消了")
    await emma.has("This was called off", "下雨")
    await zhao.says("/posts")
    await zhao.taps("板报组", "✕ 结束")
    await zhao.says("搬走了")
    await zhao.sees("这个岗位结束了", "搬走了")


async def test_somebody_at_the_office_is_signed_up_and_taken_out(
    zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await announces(zhao)
    await zhao.taps("👀 各班名单", "👥 11月25日", "✍️ 帮人报名")
    await zhao.says("Emma")
    await zhao.taps("👤 Emma")
    await zhao.sees("报上名了", "板报组")
    await emma.has("The office signed you up", "It is yours")
    await zhao.taps("👥 名单")
    await zhao.sees("Emma")
    await zhao.taps("✍️ 帮人报名")
    await zhao.says("王")
    await zhao.taps("👤 王")
    await zhao.sees("位置满了，已经排上队")
    await wang.has("社区给您报了名")
    await zhao.taps("👥 名单", "↩️ Emma Clarke来不了")
    await zhao.told("记下了")
    await wang.has("有空位了")


async def test_who_looks_after_it_lays_that_down(zhao: Someone, zhou: Someone) -> None:
    await announces(zhao)
    await zhao.taps("🧭 不再负责")
    await zhao.sees("告诉所在的队")
    await zhao.taps("‹ 不，我接着负责")
    await zhao.sees("负责人：赵")
    await zhao.taps("🧭 不再负责", "🧭 是的，不再负责")
    await zhao.told("谢谢您这段时间的负责")
    await zhou.has("现在没有人负责")
    await zhao.forges("wo:d:1")
    await zhao.told("不属于您的辖区")


async def test_a_post_that_is_held_and_handed_back(zhao: Someone, wang: Someone) -> None:
    await zhao.says("/posts")
    await zhao.taps("发布岗位", "认领地")
    await zhao.says("门口花坛")
    await zhao.says("浇水、除草")
    await zhao.taps("桂花社区")
    await zhao.says("1号楼前")
    await zhao.taps("跳过", "🚶", "1")
    await zhao.sees("发布“门口花坛”吗")
    await zhao.taps("📨 ")
    await zhao.sees("已发布")
    await wang.says("/posts")
    await wang.taps("门口花坛", "✋ 我来")
    await wang.told("谢谢您")
    await zhao.taps("👥 谁在做")
    await zhao.sees("王")
    await wang.taps("↩️ 交还")
    await wang.told("记下了")
    await wang.sees("缺1位")


async def test_slips_are_named_where_they_are_made(zhao: Someone) -> None:
    await zhao.says("/posts")
    await zhao.taps("发布岗位", "排班")
    await zhao.says("板报组")
    await zhao.says("写字")
    await zhao.taps("桂花社区")
    await zhao.says("门房")
    await zhao.taps("跳过", "🌿 能")
    await zhao.says("100")
    await zhao.sees("1到50之间")
    await zhao.says("两个")
    await zhao.taps("🔁 每周", "周二", "✅ ", "09:30")
    await zhao.says("8点")
    await zhao.sees("结束要在开始之后")
    await zhao.says("11点")
    await zhao.sees("每周二 09:30-11:00")
    await zhao.taps("发布")
    await zhao.sees("已发布", "每周二")


async def test_a_stranger_with_forged_buttons_of_posts(zhao: Someone, wang: Someone) -> None:
    await announces(zhao)
    forged = [*(f"wo:{act}:1" for act in "rsaltxd"), *(f"ws:{act}:1" for act in "rtpcx")]
    for data in forged:
        await wang.forges(data)
        await wang.told("不属于您的辖区")
    await wang.forges("wh:1:2:1")
    await wang.told("不属于您的辖区")
    await wang.forges("wn")
    await wang.told("不属于您的辖区")
    await wang.forges("wo:o:999")
    await wang.told("已经不在了")
    await wang.forges("ws:j:1")
    await wang.told("谢谢您")
    await wang.forges("ws:j:1")
    await wang.told("已经记好了")


async def founds_team(zhao: Someone) -> None:
    """Found a team of the community."""
    await zhao.says("/teams")
    await zhao.taps("成立服务队")
    await zhao.says("桂花帮帮队")
    await zhao.says("帮老人买菜")
    await zhao.taps("发送")
    await zhao.sees("服务队成立了")


async def test_a_teams_post_and_two_shifts_at_once(zhao: Someone, emma: Someone) -> None:
    await founds_team(zhao)
    for title, team in (("板报组", "🚩 桂花帮帮队"), ("门岗", "不属于服务队")):
        await zhao.says("/posts")
        await zhao.taps("发布岗位", "排班")
        await zhao.says(title)
        await zhao.says("写字")
        await zhao.taps("桂花社区")
        await zhao.sees("是哪支服务队的")
        await zhao.taps(team)
        await zhao.says("门房")
        await zhao.taps("跳过", "🌿 能")
        for said in ("1", "一次", "明天", "9点半", "10点半"):
            await zhao.says(said)
        await zhao.sees(f"发布“{title}”吗")
        await zhao.taps("📨 ")
        await zhao.sees("已发布", title)
    await emma.says("/posts")
    await emma.sees("🚩 桂花帮帮队")
    await emma.taps("板报组", "✋ I come")
    await emma.told("the place is yours")
    await emma.says("/posts")
    await emma.taps("门岗", "✋ I come")
    await emma.told("There is a shift in this name at that time already")
    await emma.sees("You have a shift at that time already: 板报组", "Take this one instead?")
    await emma.taps("🔁 Take this one instead")
    await emma.told("the place is yours")
    await emma.says("/posts")
    await emma.taps("🗓 My shifts")
    await emma.sees("门岗")


async def test_for_somebody_without_a_phone(zhao: Someone, wang: Someone) -> None:
    await announces(zhao)
    await wang.says("/posts")
    await wang.taps("板报组", "✋ 我来", "🙋 帮没有手机的人报名")
    await wang.sees("给谁报名")
    await wang.forges("we:n:1:99")
    await wang.told("不属于您的辖区")


async def test_what_was_offered_too_late_is_no_question_any_more(
    story: Story, zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await announces(zhao)
    for somebody, come in ((wang, "✋ 我来"), (emma, "✋ I come")):
        await somebody.says("/posts")
        await somebody.taps("板报组", come)
    await story.later(hours=23, minutes=20)
    await wang.taps("来不了")
    await emma.has("It is free for you: do you take it?")
    await story.later(minutes=45)
    await emma.taps("✅ I come")
    await emma.told("It is too late for that")
    await story.until(
        lambda: not any("do you take it?" in text for text in emma.texts()),
        lambda: f"still asked: {emma.texts()}",
    )
