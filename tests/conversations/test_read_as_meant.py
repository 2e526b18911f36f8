"""A number, a day gone by, "同意": each is taken for what it is."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone, Story


async def test_a_number_alone_is_no_need_and_stays_in_the_story(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.sees("您慢慢说")
    await wang.says("139 0000 2222")
    await wang.sees("号码记下了", "需要什么")
    await wang.says("这是我女儿的电话，灯不亮了")
    await wang.sees("什么时候来人")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "139 0000 2222", "灯不亮了")


async def test_a_number_alone_at_home_in_english(emma: Someone) -> None:
    await emma.says("+86 139 0000 2222")
    await emma.taps("Ask for help with this")
    await emma.taps("Pets")
    await emma.sees("written down the number")
    await emma.taps("Please ring this number")
    await emma.sees("When would you like")
    await emma.taps("No fixed time")
    await emma.sees("Shall we send this?", "+86 139 0000 2222")


async def test_a_day_gone_by_is_said_to_be_past(wang: Someone, emma: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.sees("什么时候来人")
    for gone in ("昨天下午3点", "前天", "昨晚8点"):
        await wang.says(gone)
        await wang.sees("已经过", "什么时候来人")
    await wang.says("昨天下午3点开始的")
    await wang.sees("记到说明里")
    await emma.taps("Ask for help", "Repairs", "Lights and wiring")
    await emma.says("hall lamp is out")
    await emma.sees("When would you like")
    await emma.says("yesterday at 3pm")
    await emma.sees("past", "When would you like")


async def test_agreed_is_a_yes(story: Story, wang: Someone, li: Someone) -> None:
    await wang.says("同意")
    await wang.sees("好的")
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.replies("由您来办", "同意")
    await li.sees("好的")
