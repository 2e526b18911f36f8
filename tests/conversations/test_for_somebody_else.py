"""Asking for somebody without a phone: a relative's way and the desk's way."""

from tests.conversations.scenes import does_it
from tests.conversations.script import Someone, Story


async def test_a_neighbour_speaks_for_an_old_man(
    emma: Someone, chen: Someone, zhao: Someone
) -> None:
    await emma.taps("Ask for help", "Company", "A visit")
    await emma.says("Mr Sun would like some company")
    await emma.taps("No fixed time")
    await emma.sees("Shall we send this?", "For me")
    await emma.taps("Change", "For whom", "Somebody without a phone")
    await emma.sees("What is their name?")
    await emma.says("孙大爷")
    await emma.sees("Which building do they live in?")
    await emma.says("building 3")
    await emma.sees("Which door?")
    await emma.says("3-101")
    await emma.sees("phone number to ring")
    await emma.taps("Skip")
    await emma.sees("Shall we send this?", "孙大爷")
    await emma.taps("Send")
    await emma.sees("孙大爷's number: 101")

    await chen.has("上门看望", "3号楼")
    await chen.taps("我来帮")
    await chen.sees("孙大爷")
    await emma.has("Good news: 陈静 will go and help 孙大爷")
    await chen.taps("门牌和电话")
    await chen.sees("3-101", "13800001002", "代办人：Emma Clarke")
    await chen.taps("收起")
    await does_it(chen)
    await emma.has("Is it solved?")
    await emma.taps("Yes, it is solved", "very good")
    await emma.sees("⭐⭐⭐⭐⭐")

    await emma.taps("My requests")
    await emma.sees("For 孙大爷", "solved")
    await emma.taps("Ask for help", "Pets")
    await emma.says("His cat needs food")
    await emma.taps("No fixed time")
    await emma.sees("For whom is it?")
    await emma.taps("孙大爷")
    await emma.sees("Shall we send this?", "孙大爷")


async def test_the_desk_writes_one_down(
    zhao: Someone, chen: Someone, li: Someone, zhou: Someone
) -> None:
    await zhao.taps("工作台", "代人登记求助")
    await zhao.sees("为谁登记")
    await zhao.taps("新登记一位")
    await zhao.says("钱奶奶")
    await zhao.sees("哪栋楼")
    await zhao.taps("4号楼")
    await zhao.sees("门牌号")
    await zhao.says("2单元202")
    await zhao.sees("联系电话")
    await zhao.says("0571-8888 1234")
    await zhao.sees("需要什么帮助")
    await zhao.taps("看病买药", "代取药品")
    await zhao.says("降压药吃完了")
    await zhao.taps("越快越好")
    await zhao.sees("这样发出去", "钱奶奶", "降压药吃完了")
    await zhao.taps("发送")
    await zhao.sees("的求助号：101", "负责人：社区赵敏")

    await chen.has("代取药品", "4号楼")
    await chen.taps("我来帮", "门牌和电话")
    await chen.sees("2单元202", "057188881234")
    await chen.taps("收起")
    await does_it(chen)
    await zhao.has("陈静说办好了")
    await zhao.taps("解决了")
    await zhao.sees("陈静帮得怎么样")

    await zhou.taps("工作台", "代人登记求助")
    await zhou.says("钱奶奶")
    await zhou.sees("是哪一位")
    assert any("钱奶奶" in label for label in zhou.buttons())


async def test_the_desk_finds_anybody_of_its_places_by_name(
    zhao: Someone, emma: Someone, chen: Someone
) -> None:
    await zhao.taps("工作台", "代人登记求助")
    await zhao.sees("第1步，共4步", "写姓名里的一两个字")
    await zhao.says("张三")
    await zhao.sees("没有找到“张三”")
    await zhao.says("emma")
    await zhao.sees("是哪一位")
    assert any("Emma Clarke · 桂花社区 2号楼" in label for label in zhao.buttons())
    await zhao.taps("Emma Clarke · 桂花社区")
    await zhao.sees("需要什么帮助")
    await zhao.taps("宠物照顾")
    await zhao.says("遛狗")
    await zhao.taps("越快越好")
    await zhao.sees("这样发出去", "Emma Clarke · 桂花社区 2号楼")
    await zhao.taps("发送")
    await zhao.sees("的求助号：101")

    await emma.has("赵敏", "has written down a request for Emma Clarke", "Your number: 101")
    await emma.taps("My requests")
    await emma.sees("No. 101")
    await chen.taps("我来帮")
    await emma.has("Good news: 陈静 will come")


async def test_one_name_in_two_doors_is_told_apart(
    story: Story, zhao: Someone, wang: Someone
) -> None:
    for number in range(2):
        await zhao.taps("工作台", "代人登记求助", "新登记一位")
        await zhao.says("钱奶奶")
        await zhao.taps(f"{number + 3}号楼")
        await zhao.sees("门牌号")
        await zhao.taps("跳过")
        await zhao.sees("联系电话")
        await zhao.taps("跳过")
        await zhao.sees("需要什么帮助")
        await zhao.taps("宠物照顾")
        await zhao.sees("您慢慢说")
        await zhao.says("遛狗")
        await zhao.sees("什么时候有人去钱奶奶那儿")
        await zhao.taps("越快越好")
        await zhao.sees("这样发出去")
        await zhao.taps("发送")
        await zhao.sees("的求助号")
    await zhao.taps("工作台", "代人登记求助")
    await zhao.says("钱")
    await zhao.sees("是哪一位")
    for building in ("3号楼", "4号楼"):
        assert any(label.endswith(f"钱奶奶 · 桂花社区 {building}") for label in zhao.buttons())
    await zhao.taps("上一步")
    await zhao.sees("写姓名里的一两个字")
    newcomer = story.newcomer("外人")
    await newcomer.starts()
    await zhao.says("外人")
    await zhao.sees("没有找到“外人”")


async def test_the_desk_is_offered_only_buildings_of_its_own(zhao: Someone) -> None:
    await zhao.taps("工作台", "代人登记求助", "新登记一位")
    await zhao.says("刘大爷")
    await zhao.sees("哪栋楼")
    assert "5号楼" in zhao.buttons()
    assert "6号楼" not in zhao.buttons()
    await zhao.says("6号楼")
    await zhao.sees("只能登记自己辖区里的人", "哪栋楼")
    await zhao.says("3号楼")
    await zhao.sees("门牌号")


async def test_words_that_name_somebody_else_are_asked_about_at_the_summary(
    emma: Someone, wang: Someone
) -> None:
    await emma.taps("Ask for help", "Repairs", "Lights and wiring")
    await emma.says("for my neighbour Mr Liu, he has no phone: his lamp is out")
    await emma.taps("As soon as possible")
    await emma.sees("Shall we send this?", "For me", "Is it for somebody else?")
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.taps("越快越好")
    assert "别人" not in await wang.sees("这样发出去", "灯不亮了")
    await wang.says("是我老伴屋里的灯")
    await wang.sees("这样发出去", "帮别人")
