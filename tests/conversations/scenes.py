"""Scenes that several stories begin with."""

from tests.conversations.script import Someone


async def a_lamp_is_broken(wang: Someone, hands: int = 1, asked: int = 2) -> None:
    """Ask for somebody to mend a lamp, no photo, as soon as possible."""
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.sees("您慢慢说")
    await wang.says("灯不亮了")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "灯不亮了")
    if hands > 1:
        await wang.taps("修改", "几个人", f"{hands}个人")
        await wang.sees("这样发出去", f"需要{hands}人")
    await wang.taps("发送")
    await wang.sees("您的求助号", f"{asked}位志愿者")


async def takes_it(volunteer: Someone) -> None:
    """Take the task from its card."""
    await volunteer.has("邻居求助")
    await volunteer.taps("我来帮")
    await volunteer.told("交给您了")
    await volunteer.sees("由您来办", "王秀英")


async def does_it(volunteer: Someone) -> None:
    """Go there, do it, report it."""
    await volunteer.taps("我出发了")
    await volunteer.sees("您已出发")
    await volunteer.taps("办好了", "是的，办好了")
    await volunteer.sees("您说办好了")
