"""The same trouble again in one building, from the third complaint to what was done about it."""

from tests.conversations.script import Someone


async def the_lift_stands_still(wang: Someone, which: int) -> None:
    """Ask for the lift to be mended, once more."""
    await wang.taps("求助", "公共设施", "电梯")
    await wang.sees("您慢慢说")
    await wang.says(f"电梯又坏了，第{which}次")
    await wang.taps("越快越好")
    await wang.sees("这样发出去")
    await wang.taps("发送")
    await wang.sees("您的求助号")


async def test_before_the_next_complaint(wang: Someone, zhou: Someone) -> None:
    for which in (1, 2, 3):
        await the_lift_stands_still(wang, which)
    card = await zhou.has("🌱 未诉先办", "电梯", "同类求助3件", "还没人牵头")
    assert "王秀英" not in card
    assert "又坏了" not in card
    await the_lift_stands_still(wang, 4)
    await zhou.has("🌱 未诉先办", "同类求助4件")

    await zhou.taps("工作台", "🌱 未诉先办（1）")
    await zhou.sees("老有人", "电梯", "5号楼")
    await zhou.taps("电梯 · ")
    await zhou.sees("还没人牵头", "101号")
    await zhou.taps("我来办")
    await zhou.told("由您来办")
    await zhou.sees("在办", "同类求助4件")
    await zhou.taps("101号")
    await zhou.sees("101号", "电梯", "又坏了，第1次")
    await zhou.says("/early")
    await zhou.sees("老有人", "在办")
    await zhou.taps("电梯 · ", "已经办好")
    await zhou.sees("怎么办的")
    await zhou.says("厂家换了门机，周五复查")
    await zhou.sees("已办结")
    await wang.has("从根上办了", "厂家换了门机，周五复查")
    await zhou.has("已办结", "厂家换了门机")
    await zhou.taps("‹ 上一步")
    await zhou.sees("一切都好")


async def test_only_who_answers_for_the_place_has_the_list(wang: Someone, zhao: Someone) -> None:
    for somebody in (wang, zhao):
        await somebody.says("/early")
        await somebody.sees("只给书记和管理员")
