"""Messages that are changed after they were sent."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone


async def test_a_changed_message_renews_its_answer(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "水管漏水")
    await wang.says("1楼水管漏水")
    await wang.has("什么时候来人")
    await wang.changes("1楼", "6楼水管漏水")
    await wang.sees("已按您改的更新", "6楼水管漏水", "什么时候来人")
    await wang.says("总阀门在左边")
    await wang.sees("已记到说明里")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "6楼水管漏水", "总阀门在左边")
    await wang.changes("总阀门", "总阀门在右边")
    await wang.sees("这样发出去", "6楼水管漏水", "总阀门在右边")
    assert "左边" not in await wang.has("这样发出去")


async def test_a_changed_answer_that_does_not_serve_leaves_the_old_one(wang: Someone) -> None:
    await wang.taps("求助", "宠物照顾")
    await wang.says("喂猫")
    await wang.has("什么时候来人")
    await wang.says("明天下午3点")
    await wang.sees("这样发出去", "15:00")
    await wang.changes("明天下午3点", "明天下午4点")
    await wang.sees("这样发出去", "16:00")
    await wang.changes("明天下午4点", "猫叫小花")
    await wang.sees("还是原来的", "16:00")


async def test_a_changed_message_at_home_is_held_as_it_is_now(wang: Someone) -> None:
    await wang.says("我家1楼水管漏水，来个人看看")
    await wang.sees("要请邻居来帮忙吗")
    await wang.changes("1楼", "我家6楼水管漏水，来个人看看")
    await wang.taps("请人帮忙", "水管漏水")
    await wang.has("什么时候来人")
    await wang.changes("6楼", "我家7楼水管漏水")
    await wang.sees("已按您改的更新", "7楼")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "7楼水管漏水")


async def test_a_correction_goes_to_those_who_help(wang: Someone, li: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "水管漏水")
    await wang.says("1楼水管漏水")
    await wang.taps("越快越好", "发送")
    await wang.sees("您的求助号")
    await takes_it(li)
    await wang.changes("1楼", "6楼水管漏水")
    await wang.sees("要告诉来帮忙的人吗", "101号")
    await wang.taps("告诉他们")
    await li.has("改过了", "6楼水管漏水")


async def test_what_becomes_a_cry_by_a_change_is_asked_about(wang: Someone, zhao: Someone) -> None:
    await wang.says("救明")
    await wang.sees("要请邻居来帮忙吗")
    await wang.changes("救明", "救命")
    await wang.sees("先打120", "现在有人有危险吗")
    await wang.taps("是，马上叫人来")
    await wang.sees("紧急求助101号")
    await zhao.has("“救命”")


async def test_a_correction_of_a_helpers_words_goes_to_the_resident(
    wang: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.says("我5点到")
    await li.taps("➕ 101号")
    await li.sees("转给办这件事的人了")
    await wang.has("我5点到")
    await li.changes("我5点到", "我6点到")
    await li.sees("要告诉相关的人吗", "101号")
    await li.taps("告诉他们")
    await wang.has("改过了", "我6点到")


async def test_a_correction_of_the_offices_answer_goes_to_the_resident(
    wang: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "101号", "告诉居民")
    await zhao.says("电工周三来")
    await wang.has("电工周三来")
    await zhao.changes("周三", "电工周四来")
    await zhao.sees("要告诉相关的人吗")
    await zhao.taps("告诉他们")
    await wang.has("改过了", "电工周四来")


async def test_a_note_for_the_desk_alone_is_offered_to_nobody(wang: Someone, zhao: Someone) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "101号", "内部备注")
    await zhao.says("她耳朵不好")
    await zhao.has("她耳朵不好")
    await zhao.changes("她耳朵", "她听力不好")
    await zhao.says("/help")
    await zhao.sees("/desk")
    assert not any("要告诉相关的人吗" in text for text in zhao.texts())
    assert not any("听力" in text for text in wang.texts())


async def test_who_handed_the_task_back_is_offered_no_correction(
    wang: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.replies("由您来办", "我5点到")
    await li.sees("转给办这件事的人了")
    await li.taps("我去不了", "临时有事")
    await wang.has("我5点到")
    await li.changes("我5点到", "我6点到")
    await li.says("/help")
    await li.sees("/settings")
    assert not any("要告诉相关的人吗" in text for text in li.texts())


async def test_a_time_written_at_the_summary_takes_the_place_of_the_old(
    wang: Someone, emma: Someone
) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "越快越好")
    await wang.says("不对，明天下午3点")
    shown = await wang.sees("这样发出去", "明天", "15:00", "“灯不亮了”")
    assert "越快越好" not in shown
    assert shown.count("已按您改的更新") == 1
    await wang.says("明天下午家里没人")
    await wang.sees("已记到说明里", "15:00", "明天下午家里没人")
    await emma.taps("Ask for help", "Repairs", "Lights and wiring")
    await emma.says("hall lamp is out")
    await emma.taps("As soon as possible")
    await emma.sees("Shall we send this?")
    await emma.says("no wait, tomorrow 3pm")
    await emma.sees("Shall we send this?", "tomorrow", "15:00", "“hall lamp is out”")


async def test_thanks_that_become_a_need_are_heard(wang: Someone) -> None:
    await wang.says("谢谢")
    await wang.sees("不客气")
    await wang.changes("谢谢", "谢谢，想请人换个灯泡")
    await wang.sees("要请邻居来帮忙吗")
    await wang.says("我没事")
    await wang.sees("没有在办的求助")
    await wang.changes("我没事", "我需要帮助")
    await wang.sees("要请邻居来帮忙吗")
