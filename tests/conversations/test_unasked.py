"""Saying what one needs without being asked: at the first question, and at home."""

from datetime import timedelta

from handlers.form.held import THOUGHTS_AT_MOST
from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone, Story


async def test_typing_at_the_first_question_is_the_description(wang: Someone) -> None:
    await wang.taps("求助")
    await wang.sees("需要什么帮助")
    await wang.says("厕所的灯不亮了")
    await wang.sees("收到。这是哪一类的事？")
    await wang.says("晚上看不见")
    await wang.sees("收到。这是哪一类的事？")
    await wang.taps("电灯电路", "越快越好")
    await wang.sees("这样发出去", "厕所的灯不亮了", "晚上看不见")
    await wang.taps("修改", "哪一类", "宠物照顾")
    await wang.sees("这样发出去", "宠物照顾", "厕所的灯不亮了")
    await wang.taps("修改", "什么事")
    await wang.says("喂猫")
    await wang.sees("这样发出去", "“喂猫”")
    await wang.taps("发送")
    await wang.sees("您的求助号")


async def test_a_voice_at_the_first_question_in_english(emma: Someone) -> None:
    await emma.taps("Ask for help")
    await emma.speaks()
    await emma.sees("Got it. What kind of thing is it?")
    await emma.taps("Pets")
    await emma.sees("When")
    await emma.taps("Back")
    await emma.sees("in your own words", "voice message")
    await emma.taps("Keep this answer", "No fixed time")
    await emma.sees("🎤 voice message")


async def test_a_photo_and_words_make_one_description(wang: Someone) -> None:
    await wang.taps("求助")
    await wang.shows_photo()
    await wang.sees("收到。这是哪一类的事？")
    await wang.says("这里在漏")
    await wang.sees("收到。这是哪一类的事？")
    await wang.taps("修理搬抬", "水管漏水", "越快越好")
    await wang.sees("这样发出去", "📷 1", "这里在漏")


async def test_words_while_kinds_of_trouble_are_open_stay_there(wang: Someone) -> None:
    await wang.taps("求助", "紧急求助")
    await wang.sees("急救120")
    await wang.says("老伴的药找不到了")
    await wang.sees("急救120")
    await wang.taps("也请邻居来")
    await wang.sees("这样发出去", "老伴的药找不到了")


async def test_a_sticker_at_the_first_question_is_told_what_serves(wang: Someone) -> None:
    await wang.taps("求助")
    wang.person.send_sticker()
    await wang.sees("语音", "需要什么帮助")
    await wang.says("?")
    await wang.sees("需要什么帮助")


async def test_words_at_home_become_a_request_with_one_tap(wang: Someone, li: Someone) -> None:
    await wang.says("我家水管漏水，来个人看看")
    await wang.sees("要请邻居来帮忙吗")
    assert "求助" in wang.keyboard
    await wang.taps("请人帮忙")
    await wang.sees("收到。这是哪一类的事？")
    await wang.taps("水管漏水", "越快越好")
    await wang.sees("这样发出去", "我家水管漏水，来个人看看")
    await wang.taps("发送")
    await wang.sees("您的求助号")
    await li.has("邻居求助")


async def test_a_voice_at_home_in_english(emma: Someone) -> None:
    await emma.speaks()
    await emma.sees("Is this a request for help")
    await emma.taps("Ask for help with this")
    await emma.sees("Got it. What kind of thing is it?")
    await emma.taps("Pets", "No fixed time")
    await emma.sees("🎤 voice message")


async def test_a_second_tap_goes_on_with_the_same_words(wang: Someone) -> None:
    await wang.says("我家的猫没人喂")
    await wang.taps("请人帮忙")
    await wang.sees("收到。这是哪一类的事？")
    await wang.taps("请人帮忙")
    await wang.sees("收到。这是哪一类的事？")
    await wang.taps("宠物照顾", "越快越好")
    await wang.sees("这样发出去", "我家的猫没人喂")


async def test_an_old_button_finds_its_words_after_going_home(wang: Someone) -> None:
    await wang.says("我家的猫没人喂")
    await wang.sees("要请邻居来帮忙吗")
    await wang.says("/start")
    await wang.sees("王秀英")
    await wang.says("还要买米")
    assert "猫" not in await wang.sees("要请邻居来帮忙吗")
    await wang.taps("请人帮忙", "宠物照顾", "越快越好")
    await wang.sees("这样发出去", "还要买米")


async def test_every_thought_is_held_for_the_question_about_it(story: Story, wang: Someone) -> None:
    await wang.says("我家的猫没人喂")
    await wang.sees("要请邻居来帮忙吗")
    message = wang.shown[-1]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    story.world.clock.advance(timedelta(minutes=30))
    await wang.says("还要买米")
    await wang.sees("要请邻居来帮忙吗")
    wang.person.press(message["message_id"], data)
    await wang.taps("宠物照顾", "越快越好")
    assert "买米" not in await wang.sees("这样发出去", "我家的猫没人喂")


async def test_of_many_thoughts_the_oldest_is_asked_for_once_more(
    story: Story, wang: Someone
) -> None:
    await wang.says("我家的猫没人喂")
    await wang.sees("要请邻居来帮忙吗")
    message = wang.shown[-1]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for number in range(THOUGHTS_AT_MOST):
        story.world.clock.advance(timedelta(minutes=30))
        await wang.says(f"还要买{number}斤米")
        await wang.sees("要请邻居来帮忙吗")
    wang.person.press(message["message_id"], data)
    await wang.has("没有留住")
    await wang.sees("需要什么帮助")


async def test_one_thought_asked_about_twice_is_passed_on_once(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.says("门铃坏了")
    await wang.sees("您说的是哪件事")
    first = wang.shown[-1]
    data = first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await wang.says("请敲门")
    await wang.sees("门铃坏了", "请敲门")
    wang.person.press(first["message_id"], data)
    await li.has("门铃坏了", "请敲门")
    await wang.taps("➕ 101号")
    await wang.sees("已经转过去了")


async def test_words_changed_are_not_lost_to_the_next_question(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.changes("灯不亮了", "灯一闪一闪的")
    await wang.sees("要告诉来帮忙的人吗")
    await wang.says("你几点来")
    await wang.sees("您说的是哪件事")
    await wang.taps("告诉他们")
    await li.has("改过了", "灯一闪一闪的")
    await wang.taps("➕ 101号")
    await li.has("你几点来")


async def test_what_tells_nothing_is_answered_as_ever(wang: Someone) -> None:
    for nothing in ("?", "🙂"):
        await wang.says(nothing)
        await wang.sees("没听明白")
    wang.person.send_sticker()
    await wang.has("用不上")
    await wang.says("长" * 1001)
    await wang.sees("1001", "1000")
    assert not [label for label in wang.buttons() if "请人帮忙" in label]


async def test_words_about_what_is_underway_go_there(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.says("有人来吗？我在二楼等")
    await wang.sees("您说的是哪件事")
    await wang.taps("101号 · 💡 电灯电路")
    await wang.sees("记下了")
    await li.has("王秀英补充", "我在二楼等")


async def test_an_answer_written_instead_of_tapped_reaches_the_desk(
    wang: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "101号", "等居民答复")
    await zhao.says("您几点在家？")
    await wang.has("您几点在家？")
    await wang.says("六点以后")
    await wang.taps("101号 · 💡 电灯电路")
    await zhao.has("王秀英补充", "六点以后")


async def test_what_was_sent_long_ago_still_goes_where_its_button_says(
    story: Story, wang: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await wang.says("走廊那个")
    await wang.sees("您说的是哪件事")
    message = wang.shown[-1]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    story.world.clock.advance(timedelta(minutes=30))
    await wang.says("不对，是厨房那个")
    await wang.sees("您说的是哪件事")
    wang.person.press(message["message_id"], data)
    await wang.has("记下了")
    assert "厨房" not in await zhao.has("王秀英补充", "走廊那个")


async def test_a_burst_at_home_is_one_thought(story: Story, wang: Someone) -> None:
    await wang.says("厨房水管漏了")
    await wang.sees("请邻居来帮忙吗")
    await wang.says("水一直流到楼下")
    await wang.sees("厨房水管漏了", "水一直流到楼下", "请邻居来帮忙吗")
    await wang.shows_photo("总阀门在门后面")
    await wang.sees("总阀门在门后面")
    await wang.taps("请人帮忙")
    await wang.sees("收到。这是哪一类的事？")
    await wang.taps("水管漏水", "越快越好")
    await wang.sees("这样发出去", "厨房水管漏了", "水一直流到楼下", "总阀门在门后面", "📷 1")
    await wang.says("/cancel")
    story.world.clock.advance(timedelta(minutes=30))
    await wang.says("想找人陪我聊聊天")
    await wang.sees("请邻居来帮忙吗")
    assert not any("厨房" in text for text in wang.fresh())


async def test_the_first_button_of_a_burst_finds_all_of_it(wang: Someone) -> None:
    await wang.says("厨房水管漏了")
    await wang.sees("请邻居来帮忙吗")
    first = wang.shown[-1]
    await wang.says("水一直流到楼下")
    await wang.sees("水一直流到楼下")
    key = first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    wang.person.press(first["message_id"], key)
    await wang.sees("收到。这是哪一类的事？")
    await wang.taps("水管漏水", "越快越好")
    await wang.sees("这样发出去", "厨房水管漏了", "水一直流到楼下")


async def test_words_become_a_request_in_five_taps(wang: Someone, li: Someone) -> None:
    await wang.says("我家水管漏水，来个人看看")
    await wang.taps("请人帮忙", "水管漏水", "越快越好", "发送")
    await wang.sees("您的求助号")
    await li.has("邻居求助", "水管漏水")


async def test_words_under_what_cannot_be_used_are_heard(wang: Someone) -> None:
    await wang.sends_sound("水管响了一夜")
    await wang.sees("要请邻居来帮忙吗")
    await wang.taps("请人帮忙", "水管漏水", "越快越好")
    await wang.sees("这样发出去", "水管响了一夜")
