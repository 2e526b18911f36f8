"""Asked every day whether all is well: from the first tap to whoever goes there."""

from datetime import UTC, datetime

from sqlalchemy import select

from models.circle import actions as circle
from models.circle.rules import Tie
from models.database import transaction
from models.daychecks.tables import DayCheckRow
from models.help.rules.policy import Urgency
from models.help.tables import RequestRow
from models.outbox.reaching import recognise
from tests.conversations.conftest import EMMA, LI, WANG
from tests.conversations.script import Someone, Story


async def switches_on(wang: Someone, *, neighbours: str = "✋ 不用") -> None:
    """Have oneself asked at eight, by taps."""
    await wang.says("每日报平安")
    await wang.sees("每天到您定的钟点", "一个一个问您指定的人")
    await wang.taps("每天问我一声")
    await wang.sees("每天几点问您")
    await wang.taps("8:00", "一天一次")
    await wang.sees("除了我们，还想让谁知道您好不好")
    await wang.taps("只要社区")
    await wang.sees("楼长上门看看吗")
    await wang.taps("✋ 不用")
    await wang.sees("请邻居上门看看您吗")
    await wang.taps(neighbours)
    await wang.sees("好了：我们每天问您一声", "每天8:00问您", "只有社区")


async def has_circle(story: Story, *members: int) -> None:
    """Let some people have agreed to be in Mrs Wang's circle."""
    now = story.world.clock.now()
    async with transaction(story.house.sessions) as session:
        wang = await recognise(session, WANG, now)
        assert wang is not None
        for account in members:
            member = await recognise(session, account, now)
            assert member is not None
            named = await circle.add_contact(session, wang, member.id, Tie.CHILD, now=now)
            assert named.circle_id is not None
            await circle.agree(session, member, named.circle_id, now=now)
    story.house.sender.wake()


async def it_is(story: Story, hour: int, minute: int = 0, day: int = 25) -> None:
    """Let the clock of the world come to an instant by Shanghai's clocks."""
    at = datetime.fromisoformat(f"2026-11-{day:02}T{hour:02}:{minute:02}:00+08:00")
    span = at.astimezone(UTC) - story.world.clock.now()
    await story.later(seconds=span.total_seconds())


async def is_silent(story: Story, day: int = 25) -> None:
    """Let two hours go by after the question at eight, in which nothing is heard."""
    for hour, minute in ((8, 0), (9, 1), (10, 2)):
        await it_is(story, hour, minute, day)


async def checks(story: Story) -> list[tuple[int, int | None]]:
    async with transaction(story.sessions) as session:
        found = await session.execute(select(DayCheckRow.hour, DayCheckRow.second_hour))
        return [(row.hour, row.second_hour) for row in found.all()]


async def urgencies(story: Story) -> list[tuple[str, str]]:
    async with transaction(story.sessions) as session:
        found = await session.execute(
            select(RequestRow.urgency, RequestRow.state).order_by(RequestRow.id)
        )
        return [(row.urgency, row.state) for row in found.all()]


async def test_from_switching_on_to_the_first_answer(story: Story, wang: Someone) -> None:
    await switches_on(wang)
    await it_is(story, 8)
    await wang.has("王秀英，早上好！今天都好吗？")
    await wang.taps("😊 都好")
    await wang.told("听到您都好真高兴")
    await wang.sees("今天都好", "祝您一天顺心")
    await wang.says("/daily")
    await wang.sees("今天都好", "每天8:00问您")


async def test_a_tap_before_the_hour_and_nobody_is_asked(
    story: Story, wang: Someone, li: Someone
) -> None:
    await switches_on(wang)
    await has_circle(story, LI)
    await it_is(story, 7, 10)
    await wang.taps("我的求助")
    await wang.sees("求助")
    await is_silent(story)
    await story.all_sent()
    assert not [text for text in wang.texts() if "今天都好吗" in text]
    assert not [text for text in li.texts() if "还没收到" in text]


async def test_words_of_trouble_bring_the_question_at_once_and_help_is_filed(
    story: Story, wang: Someone, zhao: Someone
) -> None:
    await switches_on(wang)
    await it_is(story, 7, 10)
    await wang.says("我摔了")
    await wang.has("现在要人帮忙吗")
    await wang.taps("🙏 要人帮忙")
    await wang.told("已经替您求助了")
    await wang.sees("120", "接着写、接着说都行")
    await wang.says("在厨房摔了")
    await zhao.has("在厨房摔了")
    assert await urgencies(story) == [(Urgency.EMERGENCY, "open")]


async def test_an_emergency_takes_the_place_of_the_request(
    story: Story, wang: Someone, zhao: Someone
) -> None:
    await switches_on(wang)
    await it_is(story, 8)
    await wang.has("今天都好吗")
    await wang.taps("🙏 要人帮忙")
    await wang.sees("急不急", "120")
    await wang.taps("🆘 很急，有危险")
    await wang.has("已经在叫附近的人")
    await wang.says("起不来床")
    await wang.has("已告诉来帮忙的人")
    await zhao.has("起不来床")
    assert await urgencies(story) == [
        (Urgency.URGENT, "cancelled"),
        (Urgency.EMERGENCY, "open"),
    ]


async def test_help_that_can_wait_is_said_by_voice(
    story: Story, wang: Someone, zhao: Someone
) -> None:
    await switches_on(wang)
    await it_is(story, 8)
    await wang.has("今天都好吗")
    await wang.taps("🙏 要人帮忙", "🙂 不急")
    await wang.sees("是什么事")
    await wang.speaks()
    await wang.sees("已告诉来帮忙的人", "您要人帮忙")
    await zhao.has("不急")
    assert await urgencies(story) == [(Urgency.URGENT, "open")]


async def test_a_mistake_is_taken_back(story: Story, wang: Someone) -> None:
    await switches_on(wang)
    await it_is(story, 8)
    await wang.has("今天都好吗")
    await wang.taps("🙏 要人帮忙", "按错了")
    await wang.sees("确定不需要了吗")
    await wang.taps("是的，取消")
    await wang.told("取消")
    assert [state for _urgency, state in await urgencies(story)] == ["cancelled"]


async def test_silence_asks_one_after_the_other_until_somebody_knows(
    story: Story, wang: Someone, emma: Someone, li: Someone
) -> None:
    await has_circle(story, LI, EMMA)
    await switches_on_with_circle(wang)
    await it_is(story, 8)
    await wang.has("早上好")
    await it_is(story, 9, 1)
    again = await wang.has("还没等到您的回音")
    assert "早上好" not in again
    await it_is(story, 10, 2)
    await li.has("今天还没收到王秀英的回音。您能联系上吗？")
    assert not [text for text in emma.texts() if "no answer" in text]
    await li.taps("打了没人接")
    await li.told("马上问下一位")
    await emma.has("Today we have had no answer from 王秀英. Can you reach them?")
    await emma.taps("🚶 I go there now")
    await emma.told("All who know of it see that you go")
    await li.has("Emma", "10:02出发")
    await emma.taps("👀 I am there: all well")
    await emma.told("Thank you")
    await emma.sees("王秀英 is well", "They have seen each other")
    await li.has("王秀英都好", "谢谢您")
    await wang.has("今天没等到您的回音", "去看了您", "以后想改时间，点这里")
    await wang.taps("改时间")
    await wang.sees("每天几点问您")


async def switches_on_with_circle(wang: Someone) -> None:
    """Have oneself asked at eight where a circle stands already."""
    await wang.says("/daily")
    await wang.taps("每天问我一声", "8:00", "一天一次", "只要社区", "👌 可以")
    await wang.sees("请邻居上门看看您吗")
    await wang.taps("✋ 不用")
    await wang.sees("每天8:00问您", "李强、Emma")


async def test_somebody_went_and_nothing_was_heard_so_the_next_are_told(
    story: Story, wang: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await has_circle(story, LI)
    await _alone(wang)
    await is_silent(story)
    await li.has("您能联系上吗")
    await li.taps("🚶 我现在过去")
    await li.sees("李强", "10:02出发")
    await it_is(story, 10, 49)
    for desk in (zhao, zhou):
        await desk.has("无人确认王秀英平安", "李强", "10:02出发，之后还没有消息", "桂花社区 5号楼")
    await zhou.taps("工作台", "🔴 无人确认平安（1）")
    await zhou.sees("王秀英", "桂花社区 5号楼")
    await zhou.taps("🔴 王秀英", "📞 打给谁")
    await zhou.sees("13800001001", "2单元301室")
    await zhou.taps("💚 联系上了，都好")
    await zhou.sees("您怎么知道王秀英都好的")
    await zhou.taps("📞 通了话")
    await zhou.told("问过的人都会知道")
    await zhao.has("王秀英都好：周正确认了")
    await li.has("王秀英都好：周正确认了")
    await wang.has("周正给您打了电话")
    await wang.taps("设置", "谁看过")
    await wang.sees("周正")


async def _alone(wang: Someone) -> None:
    await wang.says("/daily")
    await wang.taps("每天问我一声", "8:00", "一天一次", "只要社区", "✋ 不用")
    await wang.sees("请邻居上门看看您吗")
    await wang.taps("✋ 不用")
    await wang.sees("每天8:00问您")


async def test_after_an_outage_one_message_each_and_never_good_morning(
    story: Story, wang: Someone, li: Someone
) -> None:
    await has_circle(story, LI)
    await _alone(wang)
    await it_is(story, 11, 30)
    late = await wang.has("问晚了", "今天都好吗")
    assert "早上好" not in late
    await li.has("今天还没收到王秀英的回音")
    await story.all_sent()
    assert len([text for text in li.texts() if "还没收到" in text]) == 1
    await wang.says("都好")
    await wang.sees("真高兴")
    await li.has("王秀英有回音了")


async def test_pausing_changes_cards_that_were_sent_and_ends_all(
    story: Story, wang: Someone, li: Someone
) -> None:
    await has_circle(story, LI)
    await _alone(wang)
    await is_silent(story)
    await li.has("您能联系上吗")
    await wang.says("/daily")
    await wang.taps("⏸ 暂停")
    await wang.told("不会再有人被问起您")
    await li.has("王秀英有回音了")
    await li.forges("iy:g:1")
    await li.told("有变化了")
    await is_silent(story, day=26)
    await story.all_sent()
    asked = [text for text in wang.texts() if "早上好！今天都好吗" in text]
    assert asked == []
    await wang.says("/daily")
    await wang.taps("重新问我")
    await wang.told("欢迎回来")
    await wang.taps("我出门几天")
    await wang.sees("您出门到哪一天")
    await wang.says("昨天")
    await wang.sees("已经过了")
    await wang.taps("11月28日")
    await wang.sees("出门顺利", "出门到11月28日")
    await wang.taps("我回来了")
    await wang.told("照常问您")
    await wang.taps("关掉")
    await wang.sees("也可以先停一阵")
    await wang.taps("是的，关掉")
    await wang.told("随时可以再打开")


async def test_hours_that_serve_and_hours_that_do_not(story: Story, wang: Someone) -> None:
    await wang.says("/daily")
    await wang.taps("每天问我一声")
    for words, expected in (
        ("25:00", "早上5点到晚上9点之间"),
        ("半夜", "早上5点到晚上9点之间"),
        ("0点", "早上5点到晚上9点之间"),
        ("8点半", "8:00还是9:00"),
        ("23:00", "早上5点到晚上9点之间"),
    ):
        await wang.says(words)
        await wang.sees(expected)
    await wang.says("早上七点")
    await wang.sees("一天问一次，还是两次")
    await wang.taps("一天两次")
    await wang.says("9点")
    await wang.sees("晚四个小时以上")
    await wang.says("下午六点")
    await wang.sees("还想让谁知道")
    await wang.says("/cancel")
    assert await checks(story) == []
    await wang.says("/daily")
    await wang.sees("每天到您定的钟点")


async def test_now_in_the_night_is_said_so(story: Story, wang: Someone) -> None:
    await it_is(story, 21, 40, day=24)
    await wang.says("/daily")
    await wang.taps("每天问我一声")
    await wang.says("现在")
    await wang.sees("夜里休息时间")


async def test_a_voice_message_waits_until_somebody_has_listened(
    story: Story, wang: Someone, zhao: Someone
) -> None:
    await _alone(wang)
    await it_is(story, 7, 40)
    await wang.speaks()
    await zhao.has("王秀英发来一段语音")
    await zhao.taps("🎤 听")
    await zhao.has("<voice>")
    await zhao.taps("工作台", "🔴 无人确认平安（1）")
    await zhao.sees("有一条语音要听")
    await zhao.taps("🎤 王秀英", "✅ 听过了，没事")
    await zhao.told("谢谢您听了")
    await wang.taps("设置", "谁看过")
    await wang.sees("赵敏", "语音")


async def test_strangers_old_cards_and_double_taps(
    story: Story, wang: Someone, li: Someone, zhao: Someone, emma: Someone
) -> None:
    await has_circle(story, LI)
    await _alone(wang)
    await is_silent(story)
    await li.has("您能联系上吗")
    for data in ("iy:w:1", "iy:h:1", "iy:e:1", "iy:g:1", "iy:s:1", "iy:l:1", "iy:t:1", "iy:f:1"):
        await emma.forges(data)
        await emma.told("not of your places")
    for data in ("is", "im:0"):
        await emma.forges(data)
        await emma.told("not of your places")
    for data in ("iy:w:1", "iy:h:1", "iy:f:1"):
        await li.forges(data)
        await li.told("不属于您")
    await li.taps("↩️ 我不行")
    await li.told("马上问下一位")
    await li.forges("iy:x:1")
    await zhao.has("无人确认王秀英平安")
    await wang.taps("😊 都好")
    await wang.told("真高兴")
    await wang.forges("iy:w:1")
    await wang.told("已经是这样了")
    await li.forges("iy:v:1")
    await li.told("有变化了")
    await zhao.has("王秀英有回音了，都好")


async def test_in_english(story: Story, emma: Someone) -> None:
    await emma.says("/daily")
    await emma.sees("Every day at your hour")
    await emma.taps("🌅 Ask me every day", "8:00", "Twice a day", "18:00")
    await emma.taps("🏠 Only the community", "👌 Yes")
    await emma.sees("may we send neighbours")
    await emma.taps("👌 Yes")
    await emma.sees("Every day at 8:00 and 18:00", "Neighbours may be sent: gladly")
    await emma.taps("🤝 Neighbours: rather not")
    await emma.told("Changed")
    await emma.sees("Neighbours may be sent: rather not")
    await it_is(story, 18, day=24)
    await emma.has("Good evening, Emma Clarke! Is all well today?")
    await emma.says("I'm fine, thanks")
    await emma.sees("Glad to hear it")
