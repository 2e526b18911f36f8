"""Rounds from the plan to what was walked, with gloves on: by taps, in both languages."""

from tests.conversations.script import Someone, Story


async def sets_up(zhou: Someone, rhythm: str = "每月") -> None:
    """Set up a round of the e-bike shed from today on, in which Zhao's turn it is."""
    await zhou.says("/rounds")
    await zhou.taps("➕ 设巡查")
    await zhou.says("车棚巡查")
    await zhou.taps("1号楼", "电动车棚", rhythm, "11月25日", "物业", "👤 赵")
    await zhou.taps("✅ ")
    await zhou.sees("车棚巡查", "电动车棚", "赵")
    await zhou.taps("✅ 设好")
    await zhou.sees("巡查设好了", "轮流：赵", "还没巡查过")


async def test_five_points_with_gloves_on_one_by_a_date_and_two_days_later_the_rest(
    story: Story, zhao: Someone, zhou: Someone
) -> None:
    await sets_up(zhou)
    await story.later(hours=24)
    await zhao.has("轮到您巡查", "车棚巡查")
    await zhao.taps("🚶 开始巡查")
    await zhao.sees("第1项，共5项", "充电线路")
    await zhao.taps("✓ 没问题")
    await zhao.sees("第2项", "充电桩")
    await zhao.taps("✗ 有隐患")
    await zhao.taps("🛵 电动车违规充电", "📅 限期改", "7天内")
    await zhao.shows_photo("最里面的桩")
    await zhao.sees("第3项", "车辆停放")
    await zhao.taps("⏸ 以后再走")
    await zhao.sees("有1次巡查走了一半", "车棚巡查")

    await story.later(hours=48)
    await zhao.has("这次巡查走了一半：2/5")
    await zhao.says("/rounds")
    await zhao.taps("▶️ 接着走：车棚巡查（2/5）")
    await zhao.sees("第3项")
    await zhao.taps("‹ 上一项")
    await zhao.told("退一步也撤不掉")
    await zhao.taps("✓ 没问题")
    await zhao.sees("第4项")
    await zhao.taps("‹ 上一项")
    await zhao.told("收回了")
    await zhao.sees("第3项")
    for key, then in (("✓ 没问题", "第4项"), ("✓ 没问题", "第5项"), ("不适用", "对吗？")):
        await zhao.taps(key)
        await zhao.sees(then)
    await zhao.sees("3项没问题 · ✗ 1项有隐患 · 1项不适用", "✗ 充电桩")
    await zhao.taps("✅ 走完了")
    await zhao.told("巡查走完了，谢谢您")
    await zhao.taps("‹ 回到这个巡查", "📊 历次记录表格")
    await zhao.has("这个巡查每一次的情况")
    await zhou.says("/rounds")
    await zhou.taps("✅ 车棚巡查")
    await zhou.sees("上次巡查", "1处隐患")


async def test_a_missed_round_reaches_the_secretary(
    story: Story, zhao: Someone, zhou: Someone
) -> None:
    await sets_up(zhou, "每天")
    await story.later(hours=24)
    await zhao.has("轮到您巡查")
    await story.later(hours=10, minutes=30)
    await zhou.has("没有人按时巡查", "漏查", "还没有人说知道这次漏查")
    await zhou.taps("👁 我知道了")
    await zhou.told("知道这次漏查了")
    await zhao.forges("ur:s:1")
    await zhao.told("已经有人说过了")
    await zhou.taps("🚶 开始巡查")
    await zhou.sees("第1项，共5项")
    await zhou.taps("🗑 作废")
    await zhou.told("作废了")
    await zhou.sees("这次作废了")


async def test_nobody_says_that_they_know_and_the_street_hears(
    story: Story, zhou: Someone, zhao: Someone
) -> None:
    await sets_up(zhou, "每天")
    await story.later(hours=24)
    await zhao.has("轮到您巡查")
    await story.later(hours=10, minutes=30)
    await zhou.has("没有人按时巡查")
    await story.later(hours=12)
    await zhao.has("有一次巡查漏了，值班的人里还没有人说知道")
    await zhao.taps("👁 我知道了")
    await zhao.told("知道这次漏查了")
    await zhou.says("/rounds")
    await zhou.sees("漏查")


async def test_a_secretary_writes_a_checklist_and_changes_it(zhou: Someone, zhao: Someone) -> None:
    await zhou.says("/rounds")
    await zhou.taps("📋 检查单列表")
    await zhou.sees("楼栋消防", "电动车棚", "防火门")
    await zhou.taps("➕ 自己写一张检查单")
    await zhou.says("值班室")
    await zhou.sees("第一项看什么")
    await zhou.says("灯亮吗？")
    await zhou.sees("下一项呢")
    await zhou.says("门锁好了吗？\n窗关好了吗？")
    await zhou.sees("第4步", "下一项呢")
    await zhou.taps("跳过")
    await zhou.sees("值班室", "灯亮吗？")
    await zhou.taps("✅ 就用这个")
    await zhou.sees("检查单存好了")
    await zhou.taps("‹ 巡查", "📋 检查单列表")
    await zhou.sees("值班室", "窗关好了吗？")
    await zhao.says("/rounds")
    await zhao.taps("🚶 现在走一次", "1号楼", "值班室", "物业")
    await zhao.sees("第1项，共3项", "灯亮吗？")


async def test_an_inspector_who_reads_english_walks_and_hands_on(
    zhou: Someone, zhao: Someone
) -> None:
    await sets_up(zhou)
    await zhao.says("/language")
    await zhao.taps("English")
    await zhao.says("/rounds")
    await zhao.sees("Never walked yet")
    await zhao.taps("🕑 车棚巡查", "🚶 Begin to walk")
    await zhao.told("Off you go")
    await zhao.sees("1 of 5", "Is the wiring sound")
    await zhao.taps("✗ Dangerous", "🔥 Gas", "🏛 Beyond us")
    await zhao.says("gas company")
    await zhao.taps("Skip")
    await zhao.sees("2 of 5")
    await zhao.taps("✗ Dangerous", "⚡ Wires", "📅 To be put right by a day")
    await zhao.taps("7 days", "Skip")
    await zhao.sees("3 of 5")
    for key, then in (("✓ In order", "4 of 5"), ("Not app", "5 of 5"), ("✓ In", "is that right")):
        await zhao.taps(key)
        await zhao.sees(then)
    await zhao.sees("✓ 2 in order · ✗ 2 dangerous · 1 not applicable")
    await zhao.taps("✅ Finish")
    await zhao.told("The walk is finished")


async def test_a_stranger_with_forged_buttons_of_rounds(zhou: Someone, wang: Someone) -> None:
    await sets_up(zhou)
    await zhou.taps("🚶 开始巡查")
    await zhou.sees("第1项")
    forged = [*(f"ur:{act}:1" for act in "owcespx"), *(f"uw:{act}:1" for act in "ofx")]
    points = ("up:1:0:good", "up:1:0:bad", "ub:1:0", "ul:0", "un", "uf", "uc:0", "ud:1:0")
    for data in (*forged, *points):
        await wang.forges(data)
        await wang.told("不属于您的辖区")
    await wang.says("/rounds")
    await wang.sees("工作人员来做")


async def test_a_secretary_changes_a_checklist_while_it_is_walked(
    zhou: Someone, zhao: Someone
) -> None:
    await zhou.says("/rounds")
    await zhou.taps("📋 检查单列表", "➕ 自己写一张检查单")
    await zhou.says("值班室")
    await zhou.sees("第一项看什么")
    await zhou.says("灯亮吗？")
    await zhou.sees("下一项呢")
    await zhou.taps("跳过", "✅ 就用这个")
    await zhou.sees("检查单存好了")
    await zhao.says("/rounds")
    await zhao.taps("🚶 现在走一次", "1号楼", "值班室", "物业")
    await zhao.sees("第1项，共1项", "灯亮吗？")

    await zhou.taps("‹ 巡查", "📋 检查单列表")
    await zhou.taps("✏️ 改：值班室")
    await zhou.sees("下一项呢")
    await zhou.says("门锁好了吗？")
    await zhou.sees("下一项呢")
    await zhou.taps("跳过")
    await zhou.sees("值班室", "灯亮吗？", "门锁好了吗？")
    await zhou.taps("✏️ 修改", "灯亮吗")
    await zhou.says("灯都亮吗？")
    await zhou.sees("灯都亮吗？", "门锁好了吗？")
    await zhou.taps("✅ 就用这个")
    await zhou.sees("检查单存好了")
    await zhao.taps("✓ 没问题")
    await zhao.sees("检查单后来改过", "对吗？")
    await zhao.taps("✅ 走完了")
    await zhao.told("巡查走完了")
