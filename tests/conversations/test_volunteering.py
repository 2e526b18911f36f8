"""Becoming a volunteer, and what a volunteer can do."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone, Story


async def test_signing_up_and_being_approved(
    emma: Someone, zhao: Someone, zhou: Someone, wang: Someone
) -> None:
    await emma.taps("Lend a hand")
    await emma.sees("Have a little time for your neighbours?")
    await emma.taps("Sign up as a volunteer")
    await emma.sees("What could you help with?")
    await emma.taps("Wiring", "Languages", "Done")
    await emma.sees("How far would you go?")
    await emma.taps("My whole community")
    await emma.sees("When do you usually have time?")
    await emma.taps("Any time", "Done")
    await emma.sees("Wiring", "Any time", "8")
    await emma.taps("Send")
    await emma.sees("Thank you! The community office looks at it")

    await zhao.has("Emma Clarke想当志愿者", "电路", "外语", "随时")
    await zhou.has("Emma Clarke想当志愿者")
    await zhao.taps("通过")
    await zhao.told("已通过")
    await zhao.sees("已通过")
    await zhou.has("已通过")
    await emma.has("Welcome, volunteer!")

    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.taps("越快越好", "发送")
    await wang.sees("正在问3位志愿者")
    await emma.has("A neighbour asks for help", "Lights and wiring", "you know how to do this")


async def test_being_refused_kindly(emma: Someone, zhao: Someone) -> None:
    await emma.taps("Lend a hand", "Sign up", "Pets", "Done", "My building", "At night", "Done")
    await emma.taps("Send")
    await zhao.has("Emma Clarke想当志愿者", "夜里")
    await zhao.taps("工作台", "待审志愿者（1）", "Emma Clarke")
    await zhao.sees("Emma Clarke想当志愿者", "住桂花社区 2号楼")
    await zhao.taps("婉拒")
    await zhao.sees("要婉拒Emma Clarke的报名吗")
    await zhao.taps("写明原因")
    await zhao.says("请先参加一次培训")
    await zhao.sees("已婉拒", "没有待审的了")
    await emma.has("could not accept the sign-up this time", "请先参加一次培训")
    await emma.taps("Lend a hand")
    await emma.sees("Your sign-up was not accepted", "Have a little time")


async def test_break_change_hours_and_leaving(wang: Someone, li: Someone, chen: Someone) -> None:
    await li.taps("帮忙")
    await li.sees("您是志愿者", "30天内0件，最多8件")
    await li.taps("休息一阵")
    await li.sees("您在休息")
    await wang.taps("求助", "陪伴关怀", "上门看望")
    await wang.says("想找人说说话")
    await wang.taps("什么时候都行", "发送")
    await wang.sees("正在问1位志愿者")
    await li.taps("结束休息")
    await li.sees("您是志愿者")
    await li.taps("谁需要帮忙")
    await li.sees("101号", "上门看望", "5号楼")
    await li.taps("101号")
    await li.sees("邻居求助：🏠 上门看望")
    await li.taps("我来帮")
    await li.sees("由您来办", "王秀英")
    await li.taps("我的任务")
    await li.sees("101号", "由您来办")
    await li.taps("101号")
    await li.sees("想找人说说话")
    await does_it(li)
    await wang.taps("解决了", "满意")
    await li.taps("帮忙", "我的时长")
    await li.sees("本月：1件，5分钟", "得到评分")
    await li.taps("帮忙", "修改")
    await li.sees("水管", "随时")
    await li.taps("修改", "30天最多", "2件")
    await li.sees("2件")
    await li.taps("发送")
    await li.sees("最多2件")
    await li.taps("不做志愿者了")
    await li.sees("确定不做志愿者了吗")
    await li.taps("是的，退出")
    await li.sees("您已不再是志愿者")


async def test_losing_the_race_shows_the_nearest_other_task(
    wang: Someone, emma: Someone, li: Someone, chen: Someone
) -> None:
    await emma.taps("Ask for help", "Pets")
    await emma.says("My cat is up a tree")
    await emma.taps("No fixed time", "Send")
    await emma.sees("Your number: 101")
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await chen.has("李强已经接下了")
    await chen.taps("我来候补")
    await chen.sees("有人快了一步", "附近还有一位邻居需要帮忙", "宠物照顾", "2号楼")
    await chen.taps("看一看")
    await chen.sees("邻居求助：🐾 宠物照顾")
    await chen.taps("我来帮")
    await chen.sees("由您来办", "Emma Clarke")


async def test_done_with_a_photo(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.taps("办好了", "办好了，附照片")
    await li.sees("请把照片发来")
    await li.shows_photo()
    await li.sees("1张照片")
    await li.taps("完成")
    await li.sees("我们去问问邻居是否满意")
    await wang.has("李强说办好了")
    await wang.taps("看看照片")
    await wang.sees("<photo>")
    await wang.taps("解决了")
    await wang.sees("李强帮得怎么样")


async def test_adding_a_photo_reaches_the_helper(story: Story, wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.taps("补充几句或照片")
    await wang.sees("您想补充什么")
    await wang.shows_photo("是这个灯")
    await wang.sees("记下了")
    await li.has("王秀英补充", "是这个灯", "有照片")
    await li.taps("打开任务", "看照片")
    await li.sees("<photo>")
