"""Somebody wants to be left alone: what waits, what still reaches them, and one tap back."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone, Story
from tests.conversations.test_broadcast_sending import writes


async def pauses(someone: Someone, days: int) -> None:
    """Three taps: settings, peace and quiet, until when."""
    await someone.says("/settings")
    await someone.sees("设置")
    await someone.taps("免打扰")
    await someone.sees("现在没有停消息")
    await someone.taps({1: "11月25日", 7: "12月1日"}[days])
    await someone.sees("消息停到")


async def announces(zhou: Someone, words: str) -> None:
    await writes(zhou, words)
    await zhou.taps("📢 发给")
    await zhou.sees("确定就这样发出吗")
    await zhou.taps("📢 是的，发出")


async def test_a_notice_waits_and_one_tap_brings_it(
    story: Story, zhou: Someone, wang: Someone, li: Someone
) -> None:
    await pauses(wang, 7)
    await announces(zhou, "明天上午停水。")
    await li.has("明天上午停水。")
    await story.all_sent()
    assert not any("停水" in said for said in wang.texts())

    await wang.says("/settings")
    await wang.sees("消息停到")
    await wang.taps("免打扰")
    await wang.sees("免打扰", "消息停到")
    await wang.taps("现在恢复")
    await wang.has("明天上午停水。")


async def test_a_pause_ends_by_itself(
    story: Story, zhou: Someone, wang: Someone, li: Someone
) -> None:
    await pauses(wang, 1)
    await announces(zhou, "周末有义诊。")
    await li.has("周末有义诊。")
    await story.later(hours=23)
    await wang.has("周末有义诊。")


async def test_ones_own_request_and_ones_promises_never_wait(
    story: Story, wang: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await pauses(wang, 7)
    await pauses(li, 7)
    await story.later(hours=4)
    await li.has("您还能来吗")
    await li.taps("我会来")
    await li.taps("我出发了")
    await wang.has("出发")


async def test_rings_pass_over_whoever_paused(
    story: Story, wang: Someone, li: Someone, chen: Someone
) -> None:
    await pauses(li, 7)
    await a_lamp_is_broken(wang, asked=1)
    await chen.has("为什么问您")
    await story.all_sent()
    assert not any("为什么问您" in said for said in li.texts())


async def test_quiet_hours_of_ones_own(
    story: Story, zhou: Someone, wang: Someone, li: Someone
) -> None:
    await wang.says("/settings")
    await wang.sees("设置")
    await wang.taps("免打扰")
    await wang.sees("现在没有停消息")
    await wang.taps("20:00–8:00")
    await wang.sees("您的安静时段")
    await story.later(hours=10, minutes=30)  # 20:30, an hour before the night of all
    await announces(zhou, "明天上午停水。")
    await li.has("明天上午停水。")
    await story.all_sent()
    assert not any("停水" in said for said in wang.texts())
    await story.later(hours=12)
    await wang.has("明天上午停水。")


async def test_any_day_can_be_written(story: Story, wang: Someone) -> None:
    await wang.says("/settings")
    await wang.sees("设置")
    await wang.taps("免打扰", "别的日期")
    await wang.sees("停到哪一天")
    await wang.says("2020年1月1日")
    await wang.sees("哪一天")
    await wang.says("12月12日")
    await wang.sees("消息停到12月12日")


async def writes_hours(someone: Someone, words: str) -> None:
    await someone.says("/settings")
    await someone.sees("设置")
    await someone.taps("免打扰", "别的时段")
    await someone.sees("从几点到几点")
    await someone.says(words)


async def test_quiet_hours_can_be_written_as_one_says_them(
    story: Story, zhou: Someone, wang: Someone, li: Someone
) -> None:
    await writes_hours(wang, "到早上")
    await wang.sees("从几点到几点？比如")
    await wang.says("20:30-7:00")
    await wang.sees("您的安静时段：20:00–7:00")
    await story.later(hours=10, minutes=10)  # 20:10, before the night of all
    await announces(zhou, "明天上午停水。")
    await li.has("明天上午停水。")
    await story.all_sent()
    assert not any("停水" in said for said in wang.texts())
    await writes_hours(wang, "晚上9点到早上7点")
    await wang.sees("您的安静时段：21:00–7:00")
    await wang.has("明天上午停水。")


async def test_quiet_hours_in_english_and_too_many_of_them(emma: Someone) -> None:
    await emma.says("/settings")
    await emma.taps("Peace and quiet", "Other hours")
    await emma.sees("From when until when")
    await emma.says("6am to 5:30am")
    await emma.sees("At most 16 hours")
    await emma.says("9pm to 7am")
    await emma.sees("Your quiet hours: 21:00–7:00")
