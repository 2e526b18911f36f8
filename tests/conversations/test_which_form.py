"""A form is half-filled and another is wanted: what is written meanwhile is kept for either."""

from tests.conversations.script import Someone


async def half_filled(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.sees("什么时候来人")


async def test_words_go_along_with_the_form_gone_on_with(wang: Someone) -> None:
    await half_filled(wang)
    await wang.says("/ask")
    await wang.sees("没填完")
    await wang.says("厨房的也坏了")
    await wang.sees("记住了", "没填完")
    await wang.shows_photo()
    await wang.sees("记住了", "没填完")
    await wang.taps("接着填")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "灯不亮了", "厨房的也坏了", "📷 1")


async def test_words_go_along_with_the_form_that_begins(wang: Someone) -> None:
    await half_filled(wang)
    await wang.says("/ask")
    await wang.sees("没填完")
    await wang.says("水管漏水了")
    await wang.sees("记住了")
    await wang.taps("重新")
    await wang.sees("收到。这是哪一类的事？")
    await wang.taps("水管漏水", "越快越好")
    assert "灯不亮了" not in await wang.sees("这样发出去", "水管漏水了")


async def test_where_words_have_no_place_that_is_said(wang: Someone) -> None:
    await half_filled(wang)
    await wang.taps("设置", "称呼")
    await wang.sees("没填完")
    await wang.says("厨房的也坏了")
    await wang.sees("记住了")
    await wang.taps("重新")
    await wang.sees("没有留下", "厨房的也坏了")
    await wang.sees("怎么称呼")


async def test_which_one_can_be_written(wang: Someone) -> None:
    await half_filled(wang)
    await wang.says("/ask")
    await wang.sees("没填完")
    await wang.says("接着填")
    await wang.sees("什么时候来人")
    await wang.says("/ask")
    await wang.says("不要了")
    await wang.sees("您需要什么帮助")
