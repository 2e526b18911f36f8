"""Hours and days written right after a page that takes them by a button only."""

from tests.conversations.script import Someone, Story


async def test_hours_written_on_the_page_of_quiet_hours(wang: Someone) -> None:
    await wang.says("/settings")
    await wang.taps("免打扰")
    await wang.says("晚上10点到早上6点")
    await wang.sees("安静时段，22:00–6:00")
    await wang.taps("是的，22:00–6:00")
    await wang.sees("您的安静时段：22:00–6:00")


async def test_a_day_written_on_that_page(wang: Someone) -> None:
    await wang.says("/settings")
    await wang.taps("免打扰")
    await wang.says("停到12月10号")
    await wang.sees("12月10日", "紧急")
    await wang.taps("是的，停到12月10日")
    await wang.sees("消息停到12月10日")


async def test_a_day_far_away_in_english(emma: Someone) -> None:
    await emma.says("/settings")
    await emma.taps("Peace and quiet")
    await emma.says("until 10 May")
    await emma.sees("Shall our messages wait until", "May")
    await emma.taps("Yes, pause until")
    await emma.sees("Paused until", "May")


async def test_until_when_a_volunteer_takes_a_break(li: Someone) -> None:
    await li.taps("帮忙", "休息一阵")
    await li.sees("您在休息")
    await li.says("到12月10号")
    await li.sees("没有结束的日子", "12月10日")
    await li.taps("是的，停到12月10日")
    await li.sees("消息停到12月10日")


async def test_what_tells_more_is_a_need_as_ever(story: Story, wang: Someone) -> None:
    await wang.says("/settings")
    await wang.taps("免打扰")
    await wang.says("晚上10点到早上6点楼上很吵")
    await wang.sees("请邻居来帮忙吗")
    await story.later(minutes=30)
    await wang.says("晚上10点到早上6点")
    await wang.sees("请邻居来帮忙吗")
