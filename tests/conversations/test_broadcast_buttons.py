"""Buttons under a broadcast that open a proposal or a request, from the number to the card."""

from tests.conversations.scenes import a_lamp_is_broken
from tests.conversations.script import Someone, Story
from tests.conversations.test_broadcast_writing import writes
from tests.conversations.test_proposing import a_lift_is_proposed, is_received


async def adds(zhou: Someone, which: str, number: str) -> None:
    await zhou.taps("🔘 按钮", "📄 打开提案或求助")
    await zhou.sees("打开什么")
    await zhou.taps(which)
    await zhou.sees("编号是多少")
    await zhou.says(number)


async def goes_out(zhou: Someone) -> None:
    await zhou.taps("📢 发给", "📢 是的，发出")


async def test_everybody_opens_the_proposal_by_the_number_they_know(
    story: Story, zhou: Someone, wang: Someone, emma: Someone
) -> None:
    await a_lift_is_proposed(wang)
    await is_received(story)
    await writes(zhou, "电梯的事，请大家看看。")
    await adds(zhou, "📄 打开提案", "999")
    await zhou.sees("没有这个号")
    await zhou.says("101")
    await zhou.sees("草稿", "101")
    await goes_out(zhou)
    await wang.has("电梯的事")
    await wang.taps("📄 打开提案 101")
    await wang.sees("我们5号楼没有电梯", "装一部电梯")
    await emma.has("电梯的事")
    await emma.taps("📄 Open proposal 101")
    await emma.sees("我们5号楼没有电梯", "No supporters yet; 10 needed")


async def test_a_request_shows_volunteers_what_to_do_and_others_nothing_of_it(
    zhou: Someone, wang: Someone, li: Someone, emma: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await writes(zhou, "有一位老人家的灯坏了。")
    await adds(zhou, "🙋 打开求助", "101")
    await zhou.sees("草稿")
    await goes_out(zhou)
    await li.has("有一位老人家的灯坏了")
    await li.taps("🙋 打开求助 101")
    await li.sees("邻居求助：💡 电灯电路", "桂花社区 5号楼")
    await emma.has("有一位老人家的灯坏了")
    await emma.taps("🙋 Open request 101")
    await emma.told("not for you to see")
    assert not any("灯不亮了" in text or "5号楼" in text for text in emma.texts())
