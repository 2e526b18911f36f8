"""Times that no calendar has, and hours that have just gone, are asked about, never booked."""

from tests.conversations.script import Someone


async def test_a_day_that_there_is_not_is_asked_again(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.sees("什么时候")
    await wang.says("2月30号下午3点")
    await wang.sees("没有这一天")
    await wang.says("明天半夜两点")
    await wang.sees("有两种读法")
    await wang.taps("11月25日周三 02:00")
    await wang.sees("这样发出去，可以吗", "明天 02:00")


async def test_an_hour_that_has_just_gone_is_asked_about(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.sees("什么时候")
    await wang.says("上午9点半")
    await wang.sees("有两种读法")
    await wang.taps("11月25日周三 09:30")
    await wang.sees("这样发出去，可以吗", "明天 09:30")
