"""What a helper writes without replying, and after the task is no longer theirs."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone


async def test_words_of_a_helper_go_to_the_task_with_one_tap(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.says("我晚十分钟到")
    await li.sees("转给您在帮的那位邻居")
    await li.taps("➕ 101号")
    await li.sees("转给办这件事的人了")
    await wang.has("我晚十分钟到")


async def test_words_of_a_helper_in_an_emergency_go_at_once(wang: Someone, li: Someone) -> None:
    await wang.says("救命")
    await li.has("邻居急需帮忙")
    await li.taps("我来帮")
    await li.sees("由您来办", "王秀英")
    await li.says("到门口了，没人应")
    await li.sees("转给办这件事的人了")
    await wang.has("到门口了，没人应")


async def test_who_handed_a_task_back_learns_that_words_do_not_arrive(
    wang: Someone, li: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await li.has("邻居求助")
    await li.taps("我来帮")
    await li.sees("由您来办", "王秀英")
    await li.taps("我去不了", "临时有事")
    await li.sees("已交回")
    await li.replies("邻居求助", "她家门牌不对")
    await li.sees("居民收不到")
    await li.taps("❓ 问社区")
    await zhao.has("她家门牌不对")


async def test_who_was_called_off_learns_that_words_do_not_arrive(
    wang: Someone, li: Someone
) -> None:
    await wang.says("救命")
    await li.has("邻居急需帮忙")
    await li.taps("我来帮")
    await li.sees("由您来办", "王秀英")
    await wang.says("按错了")
    await wang.taps("是的，取消")
    await li.has("您不用去了")
    await li.story.all_sent()
    await li.replies("您不用去了", "我已经在门口了")
    await li.sees("居民收不到")


async def test_who_takes_it_later_reads_what_was_added(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await wang.replies("您的求助号", "总开关在门后面")
    await wang.sees("转给办这件事的人了")
    await li.has("邻居求助")
    await li.taps("我来帮")
    await li.sees("由您来办", "灯不亮了", "王秀英补充", "总开关在门后面")


async def test_done_and_cannot_come_in_words_are_asked_about(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.says("来不了了")
    await li.sees("您来不了吗")
    await li.taps("我会来")
    await li.says("办好了")
    await li.sees("办好了吗")
    await li.taps("是的，办好了")
    await wang.has("解决了吗")
