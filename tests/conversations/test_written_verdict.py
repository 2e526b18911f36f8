"""Whoever writes 'solved' instead of tapping is understood."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone, Story


async def li_does_it(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("李强说办好了", "解决了吗")


async def test_written_solved_is_a_tap(wang: Someone, li: Someone) -> None:
    await li_does_it(wang, li)
    await wang.says("解决了，谢谢")
    await wang.sees("帮得怎么样")
    await li.has("王秀英说解决了")
    await wang.taps("非常满意")
    await wang.sees("⭐⭐⭐⭐⭐")


async def test_written_not_solved_is_a_tap(wang: Someone, li: Someone, zhao: Someone) -> None:
    await li_does_it(wang, li)
    await wang.says("还没解决")
    await wang.sees("哪里还没弄好")
    await wang.taps("跳过")
    await wang.sees("还没解决", "赵敏")
    await zhao.has("居民说没解决")


async def test_a_bare_no_is_asked_about(wang: Someone, li: Someone, zhao: Someone) -> None:
    await li_does_it(wang, li)
    await wang.says("没有")
    await wang.sees("您说的是这件事吗", "解决了吗")
    await wang.taps("没解决")
    await wang.sees("哪里还没弄好")
    await wang.taps("跳过")
    await zhao.has("居民说没解决")


async def test_of_two_it_is_asked_which(story: Story, wang: Someone, li: Someone) -> None:
    await li_does_it(wang, li)
    await wang.taps("求助", "宠物照顾")
    await wang.says("喂猫")
    await wang.taps("越快越好", "发送")
    await wang.sees("您的求助号：102")
    await takes_it(li)
    await does_it(li)
    await wang.has("102号", "解决了吗")
    await wang.says("好了")
    await wang.sees("您说的是哪一件", "101号", "102号")
    await wang.taps("102号", "解决了")
    await wang.sees("102号", "解决了，真好")
    await wang.says("好了")
    await wang.sees("101号", "帮得怎么样")


async def test_where_nothing_is_asked_words_are_a_need(wang: Someone) -> None:
    await wang.says("没解决")
    await wang.sees("要请邻居来帮忙吗")


async def test_solved_that_is_changed_after_it_was_taken(
    wang: Someone, li: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("解决了吗")
    await wang.says("解决了")
    await wang.sees("解决了，真好")
    await wang.changes("解决了", "解决了，谢谢小李")
    await wang.changes("解决了", "没解决")
    await wang.sees("您把这句话改成了“没解决”", "已经按您原先说的“解决了”结束")
    await wang.sees("还用原来的求助号")
    await wang.taps("是的，重新打开")
    await zhao.has("101号")


async def test_not_solved_that_is_changed_is_asked_about(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("解决了吗")
    await wang.says("没解决")
    await wang.sees("哪里")
    await wang.changes("没解决", "解决了")
    await wang.sees("您说的是这件事吗", "解决了吗")
    await wang.taps("👍 解决了")
    await wang.sees("解决了，真好")


async def test_not_solved_after_all_asks_whether_to_open_it_again(
    wang: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("解决了吗")
    await wang.says("解决了")
    await wang.sees("解决了，真好")
    await wang.says("又坏了")
    await wang.sees("还用原来的求助号")


async def test_solved_in_the_middle_of_a_form_is_asked_about(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.taps("求助")
    await wang.sees("需要什么帮助")
    await does_it(li)
    await wang.has("解决了吗")
    await wang.says("解决了")
    await wang.sees("您说的是这件事吗", "解决了吗")
    await wang.taps("👍 解决了")
    await li.has("王秀英说解决了")
