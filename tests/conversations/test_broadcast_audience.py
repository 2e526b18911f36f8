"""Whom a broadcast comes to: groups by skill and language, task holders, the unconfirmed."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone
from tests.conversations.test_broadcast_writing import writes


async def goes_to(zhou: Someone, *taps: str) -> None:
    """Put a group in the place of everybody."""
    await zhou.taps("👥 发给谁", "➕ 加一组人", "👥 桂花社区")
    await zhou.sees("那里的哪些人")
    await zhou.taps(*taps)
    await zhou.sees("草稿")
    await zhou.taps("👥 发给谁", "✕ ➕ 桂花社区：所有人")
    await zhou.sees("已保存")
    await zhou.taps("‹ 回到草稿")


async def goes_out(zhou: Someone) -> None:
    await zhou.taps("📢 发给")
    await zhou.taps("📢 是的，发出")
    await zhou.has("▓", "已发送")
    await zhou.story.all_sent()
    await zhou.story.later(seconds=6)
    await zhou.has("已发完")


def have_it(words: str, *people: Someone) -> list[bool]:
    return [any(words in text for text in each.texts()) for each in people]


async def test_those_with_a_skill_are_asked_and_nobody_else(
    zhou: Someone, li: Someone, chen: Someone, wang: Someone
) -> None:
    await writes(zhou, "谁能修水管？")
    await goes_to(zhou, "有某项技能的志愿者", "水管", "哪种都行")
    await goes_out(zhou)
    assert have_it("谁能修水管", li, chen, wang) == [True, False, False]


async def test_readers_of_one_language_alone(zhou: Someone, emma: Someone, wang: Someone) -> None:
    await writes(zhou, "English corner on Friday")
    await goes_to(zhou, "所有人", "English")
    await goes_out(zhou)
    assert have_it("English corner", emma, wang) == [True, False]


async def test_whoever_holds_an_open_task_is_told(
    zhou: Someone, wang: Someone, li: Someone, chen: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await writes(zhou, "接了任务的请带上雨衣")
    await goes_to(zhou, "手上有任务的人", "哪种都行")
    await goes_out(zhou)
    assert have_it("请带上雨衣", li, chen, wang) == [True, False, False]


async def test_who_has_not_confirmed_is_asked_once_more(
    zhou: Someone, wang: Someone, emma: Someone
) -> None:
    await writes(zhou, "明天停水")
    await goes_out(zhou)
    await wang.taps("收到")
    await wang.told("收到")
    await writes(zhou, "再提醒一次")
    await goes_to(zhou, "没有确认", "明天停水", "哪种都行")
    await goes_out(zhou)
    await emma.has("再提醒一次")
    assert have_it("再提醒一次", wang) == [False]
