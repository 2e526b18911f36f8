"""What people say without being asked: cries, answers, replies, thanks, forwarded words."""

from datetime import timedelta

import pytest

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone, Story


async def test_a_cry_calls_at_once_and_what_follows_goes_along(wang: Someone, li: Someone) -> None:
    await wang.says("我摔倒了，起不来")
    await wang.sees("先打120", "紧急求助", "怎么进门")
    await li.has("紧急")
    await li.taps("我来帮")
    await li.sees("由您来办")
    await wang.says("门锁着，钥匙在花盆下面")
    await wang.sees("先打120", "转给办这件事的人了")
    await li.has("门锁着，钥匙在花盆下面")
    await wang.says("救命")
    await wang.sees("先打120", "已经发出")
    await wang.says("没事了，不用来了")
    await wang.taps("是的，取消")
    await wang.sees("取消了")


async def test_a_cry_in_english_is_one_too(emma: Someone) -> None:
    await emma.says("I fell and cannot get up")
    await emma.sees("Ring 120 first", "Emergency No.", "how does one get in")


async def test_what_may_be_a_cry_is_asked_about_with_one_button(
    emma: Someone, wang: Someone
) -> None:
    await wang.says("老人摔倒了怎么办？")
    await wang.sees("先打120", "现在有人有危险吗")
    await wang.taps("马上叫人来")
    await wang.sees("紧急求助", "怎么进门")
    await emma.says("help")
    await emma.sees("Ring 120 first", "in danger now")
    await emma.taps("No danger")
    await emma.sees("Got it. What kind of thing is it?")


async def test_who_may_mean_to_die_is_listened_to(wang: Someone, li: Someone) -> None:
    await wang.says("我不想活了")
    await wang.sees("12356", "别一个人扛着")
    assert not any("紧急" in text for text in li.texts())
    await wang.taps("请来一个人")
    await li.has("紧急")


async def test_one_tap_calls_and_one_takes_it_back(wang: Someone, li: Someone) -> None:
    await wang.taps("🆘 紧急")
    await wang.sees("先打120", "紧急求助")
    await li.has("紧急")
    await wang.taps("按错了")
    await wang.taps("是的，取消")
    await wang.sees("取消了")


async def test_a_tap_without_words_is_said_in_the_readers_language(
    emma: Someone, zhao: Someone, li: Someone
) -> None:
    await emma.taps("🆘 Emergency")
    await emma.sees("Ring 120 first")
    await zhao.has("按了🆘，还没说是什么事")
    await li.taps("我来帮")
    await li.sees("由您来办", "按了🆘，还没说是什么事")
    await emma.taps("Where is it now")
    await emma.sees("Tapped 🆘; no words yet")
    assert not any("no words yet" in text for text in (*zhao.texts(), *li.texts()))


async def test_please_ring_me_takes_two_taps(wang: Someone, zhao: Someone) -> None:
    await wang.taps("📞 请给我打电话")
    await wang.sees("什么时候给您打电话方便")
    await wang.taps("越快越好")
    await wang.sees("社区会给您打电话")
    await zhao.has("请给我打电话")


async def test_a_stranger_who_cries_gets_the_numbers_first(story: Story) -> None:
    new = story.newcomer("孙")
    await new.says("救命，着火了")
    await new.sees("先打120", "同意")
    await new.has("欢迎")


async def test_a_reply_goes_to_whom_it_is_about(wang: Someone, li: Someone, zhao: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.has("李强")
    await li.replies("由您来办", "晚十分钟到，路上堵车")
    await li.sees("转给办这件事的人了")
    await wang.has("李强", "晚十分钟到")
    await wang.replies("晚十分钟到", "没关系，门开着")
    await wang.sees("转给办这件事的人了")
    await li.has("没关系，门开着")
    await wang.replies("李强", "好的")
    await wang.sees("好的")
    await zhao.replies("没关系，门开着", "需要带灯泡吗？")
    await wang.has("需要带灯泡吗")


async def test_a_reply_to_anything_else_of_ours_can_go_to_the_office(
    wang: Someone, zhao: Someone
) -> None:
    await wang.taps("通知")
    await wang.replies(wang.texts()[-1][:4], "停水停到几点？")
    await wang.sees("要请社区的人来回答吗")
    await wang.taps("问社区")
    await wang.sees("您的问题转给社区了")
    await zhao.has("停水停到几点")


async def test_forwarded_words_close_nothing_and_send_nothing(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("李强说办好了", "解决了吗")
    await wang.forwards("解决了")
    await wang.sees("收到。您说的是哪件事")
    assert not any("王秀英说解决了" in text for text in li.texts())
    await wang.forwards("救命")
    await wang.sees("现在有人有危险吗")
    assert not any("紧急" in text for text in li.texts())
    await wang.forwards("我的求助")
    await wang.sees("您说的是哪件事")


async def test_forwarded_words_are_evidence_in_a_form(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.forwards("3楼的灯都不亮了")
    await wang.has("什么时候来人")
    await wang.forwards("明天下午3点")
    await wang.sees("不能当您自己的回答")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "（转来的话）3楼的灯都不亮了")
    await wang.forwards("好的，发吧")
    assert not any("您的求助号" in text for text in wang.texts())


@pytest.mark.parametrize("words", ["👍", "✅", "好了，谢谢"])
async def test_a_sign_is_a_verdict(wang: Someone, li: Someone, words: str) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("李强说办好了", "解决了吗")
    await wang.says(words)
    await wang.sees("帮得怎么样")


async def test_thanks_alone_is_answered_and_starts_nothing(wang: Someone, emma: Someone) -> None:
    await wang.says("谢谢你们")
    await wang.sees("不客气")
    await emma.says("👍")
    await emma.sees("All right")


async def test_a_written_yes_answers_still_coming(story: Story, wang: Someone, li: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.sees("您慢慢说")
    await wang.says("灯不亮了")
    await wang.taps("明天下午", "发送")
    await wang.sees("您的求助号")
    await takes_it(li)
    story.world.clock.advance(timedelta(hours=27))
    await story.later(minutes=1)
    await li.has("还能来吗")
    await li.says("来的")
    await li.sees("谢谢")


async def test_solved_while_an_emergency_runs_asks_whether_help_is_still_needed(
    wang: Someone, zhao: Someone
) -> None:
    await wang.taps("🆘 紧急")
    await wang.sees("紧急求助101号")
    await wang.says("已解决")
    await wang.sees("确定不需要了吗")
    assert not any("已解决" in text for text in zhao.texts())


async def test_what_is_no_longer_needed_is_called_off_in_words(
    wang: Someone, emma: Someone
) -> None:
    await wang.says("不用来了")
    await wang.sees("没有在办的求助")
    await a_lamp_is_broken(wang)
    await wang.says("不用修了，谢谢")
    await wang.sees("确定不需要了吗", "101号")
    await wang.taps("是的，取消")
    await wang.has("已经取消")
    await emma.says("I don't need it any more")
    await emma.sees("You have no request underway")


async def test_a_place_on_the_map_goes_to_what_is_underway(wang: Someone, zhao: Someone) -> None:
    wang.person.send_location(30.25, 120.15)
    await wang.sees("这里我用不上")
    await a_lamp_is_broken(wang)
    wang.person.send_location(30.25, 120.15)
    await wang.sees("您说的是哪件事")
    await wang.taps("➕ 101号")
    await zhao.has("王秀英补充")


async def test_who_would_like_to_help_is_shown_how(wang: Someone, emma: Someone) -> None:
    await wang.says("我退休了，想帮帮忙")
    await wang.sees("有空给邻居搭把手吗")
    await wang.taps("报名当志愿者")
    await emma.says("How can I help?")
    await emma.sees("Have a little time for your neighbours?")
