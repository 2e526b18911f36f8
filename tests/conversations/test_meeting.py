"""A deliberation meeting from its call to what came of it, in both languages, with its files."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import segno
from icalendar import Calendar
from PIL import Image
from sqlalchemy import select

from handlers import poster
from handlers.meetings.callbacks import MeetingAct
from models.database import transaction
from models.meetings.tables import MeetingRow
from models.people.tables import PersonRow
from models.places.tables import PlaceRow
from models.proposals.actions.notify import show_card
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow, SecondRow
from sandbox.people import BOT_USERNAME
from tests.conversations.conftest import EMMA, LI, WANG, ZHOU
from tests.conversations.script import Someone, Story

ZONE = ZoneInfo("Asia/Shanghai")


async def is_deliberated(story: Story, title: str = "加装电梯", number: int = 101) -> int:
    """Let Wang have proposed something that Emma and Li second; Zhou has opened its card."""
    now = story.world.clock.now()
    async with transaction(story.house.sessions) as session:
        people = dict((await session.execute(select(PersonRow.telegram_id, PersonRow.id))).all())
        place_id = await session.scalar(select(PlaceRow.id).where(PlaceRow.code == "guihua"))
        assert place_id is not None
        proposal = ProposalRow(
            community_id=place_id,
            number=number,
            token=f"t-{number}",
            author_id=people[WANG],
            anonymous=False,
            seal=False,
            place_id=place_id,
            topic=ProposalTopic.FACILITIES,
            title=title,
            problem="老人上下楼很吃力",
            wish="",
            version=1,
            state=State.DELIBERATION,
            submitted_at=now,
            changed_at=now,
            receive_by=now + timedelta(days=3),
            received_at=now,
            seconds=2,
            needed=2,
        )
        session.add(proposal)
        await session.flush()
        for one in (EMMA, LI):
            session.add(
                SecondRow(proposal_id=proposal.id, person_id=people[one], version=1, at=now)
            )
        await session.flush()
        await show_card(session, people[ZHOU], proposal.id, now)
    story.house.sender.wake()
    return proposal.id


async def zhou_calls(zhou: Someone, *whom: str) -> None:
    """Call a meeting for the evening of the day after tomorrow."""
    await zhou.has("提案101号")
    await zhou.taps("开议事会")
    await zhou.sees("哪天开会")
    await zhou.says("后天")
    await zhou.sees("几点开始")
    await zhou.taps("19:00")
    await zhou.sees("在哪里开")
    await zhou.says("居委会二楼")
    await zhou.sees("提议人和附议人都会请")
    await zhou.taps(*whom, "完成" if whom else "跳过")
    await zhou.sees("召开这次议事会吗", "19:00", "居委会二楼", "提议人和附议人")
    await zhou.taps("召开并邀请")
    await zhou.sees("议事会已召集")


async def meeting(story: Story) -> MeetingRow:
    async with transaction(story.house.sessions) as session:
        return (await session.scalars(select(MeetingRow).order_by(MeetingRow.id))).all()[-1]


async def until(story: Story, instant: datetime) -> None:
    """Let it be that time."""
    await story.later(seconds=(instant - story.world.clock.now()).total_seconds())


def file_in(someone: Someone, kind: str) -> bytes:
    """Give the content of the last file of a kind in somebody's chat, as the sandbox got it."""
    sent: list[Any] = [message[kind] for message in someone.shown if kind in message]
    last = sent[-1][-1] if kind == "photo" else sent[-1]
    stored = someone.story.world.files.find(someone.story.world.bot.id, last["file_id"])
    assert stored is not None
    return stored.content


def code_in(text: str, prefix: str) -> str:
    found = re.search(rf"start={prefix}-([A-Za-z0-9_-]+)", text)
    assert found is not None
    return found[1]


async def test_from_the_call_to_the_minutes(
    story: Story, wang: Someone, emma: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    await zhou_calls(zhou, "社区的工作人员")
    await wang.has("请您来议事会", "🕑 11月26日周四 19:00", "居委会二楼", "您来吗")
    await wang.has("请您来议事会", "1. 提案101号 · 加装电梯")
    await emma.has(
        "You are invited to a neighbours' meeting", "19:00", "Proposal 101", "Will you come?"
    )
    await zhao.has("请您来议事会")

    await wang.taps("我来")
    await wang.told("记下了")
    await wang.sees("您说了：来")
    await emma.taps("Can't make it")
    await emma.sees("You said: I can't make it.")
    await emma.taps("I'll come")
    await emma.sees("You said: I'll come.")
    await zhou.taps("打开会议", "谁来参加")
    await zhou.sees("邀请5人：3人来，0人来不了，2人还没定", "王秀英", "周")

    begins = (await meeting(story)).starts_at
    await until(story, begins - timedelta(days=1))
    await wang.has("提醒您：议事会就在明天，11月26日周四。")
    await emma.has("The meeting is tomorrow, Thu, Nov 26.")
    await until(story, begins - timedelta(hours=1))
    await wang.has("提醒您：议事会就在今天，11月26日周四。")

    await wang.taps("我到了")
    await wang.told("您已签到")
    await wang.sees("您已签到")
    await zhou.taps("回到会议", "门口签到码")
    await zhou.sees("打印出来贴在门口", "<photo>")
    code = (await meeting(story)).code
    await emma.starts(f"m-{code}")
    await emma.sees("Welcome! You are checked in.")
    await zhou.taps("打开会议", "谁来参加")
    await zhou.sees("有人来了没带手机？点一下名字就记上。")
    await zhou.taps("⬜ 李强")
    await zhou.sees("📍 已签到3人", "李强 · ⚪ 还没答复 · 📍")
    assert "☑️ 李强" in zhou.buttons()
    await emma.starts(f"m-{code}")
    await emma.sees("You are checked in already.")

    await until(story, begins + timedelta(hours=2))
    await zhou.taps("我的议事会", "📅 11月26日周四", "公布纪要")
    await zhou.sees("会上说了什么")
    await zhou.says("同意加装，先问三家公司。")
    await zhou.sees("同意加装")
    await zhou.says("12月20日前问好。")
    await zhou.sees("同意加装，先问三家公司。\n12月20日前问好。")
    await zhou.taps("📨 公布")
    await zhou.sees("已公布")
    await story.later(hours=12)
    await wang.has("议事会的纪要公布了", "同意加装，先问三家公司。", "12月20日前问好。")
    await li.has("议事会的纪要公布了")
    await emma.has("The minutes of the meeting are published.")
    await zhou.taps("打开会议", "更正纪要")
    await zhou.sees("会上说了什么")
    await zhou.sends_file("见附件")
    await zhou.taps("📨 公布")
    await zhou.sees("已公布")
    await emma.has("The minutes of the meeting were corrected", "见附件")
    await emma.taps("The minutes as a file")
    await emma.sees("<document>")
    assert len([text for text in emma.texts() if "were corrected" in text]) == 1


async def test_a_day_with_its_hour_answers_both_questions(story: Story, zhou: Someone) -> None:
    await is_deliberated(story)
    await zhou.has("提案101号")
    await zhou.taps("开议事会")
    await zhou.sees("哪天开会")
    await zhou.says("后天下午3点")
    await zhou.sees("在哪里开")
    await zhou.says("居委会二楼")
    await zhou.taps("跳过")
    await zhou.sees("召开这次议事会吗", "15:00")


async def test_somebody_new_comes_instead(
    story: Story, wang: Someone, emma: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    await zhou_calls(zhou)
    await emma.has("You are invited to a neighbours' meeting")
    await emma.taps("Send someone in my place")
    await emma.told("Noted")
    link = await emma.sees("Hand this link", "It works once")
    shares = [
        key["url"]
        for message in emma.shown
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for key in row
        if "url" in key
    ]
    code = code_in(link, "i")
    assert shares
    assert shares[-1].startswith(f"https://t.me/share/url?url=https%3A%2F%2Ft.me%2F{BOT_USERNAME}")
    await emma.starts(f"i-{code}")
    await emma.sees("This is your own link")
    await wang.starts(f"i-{code}")
    await wang.sees("您本来就受邀了")

    new = story.newcomer("Ann", "en")
    await new.starts(f"i-{code}")
    await new.taps("Agree", "Building 4")
    await new.sees("Emma", "whether you would go instead", "居委会二楼")
    await new.taps("Yes, I go instead")
    await new.told("You are on the list now")
    await new.has("You are invited to a neighbours' meeting", "You come instead of Emma")
    await emma.has("Ann comes instead of you.")
    late = story.newcomer("老外")
    await late.starts(f"i-{code}")
    await late.taps("同意", "4号楼")
    await late.sees("已经有别人替他来了")

    await new.taps("Can't make it")
    await emma.has("cannot come after all")
    await emma.taps("Open the meeting", "Send someone in my place")
    again = await emma.sees("Hand this link")
    assert code_in(again, "i") != code


async def test_into_the_calendar_and_out_of_it(
    story: Story, wang: Someone, emma: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    await zhou_calls(zhou)
    await emma.has("You are invited to a neighbours' meeting")
    await emma.taps("Add to calendar")
    await emma.sees("Open this file", "<document>")
    first = read(file_in(emma, "document"))
    begins = (await meeting(story)).starts_at
    assert first["method"] == "PUBLISH"
    event = first.events[0]
    assert event.start == begins
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert event.end - event.start == timedelta(minutes=90)
    assert (int(event["sequence"]), str(event["status"])) == (0, "CONFIRMED")
    assert str(event["location"]) == "居委会二楼"
    assert "Neighbours' meeting" in str(event["summary"])
    assert "Proposal 101 · 加装电梯" in str(event["description"])
    assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == [-timedelta(hours=1)]
    assert [zone["tzid"] for zone in first.walk("VTIMEZONE")] == ["Asia/Shanghai"]

    await zhou.taps("打开会议", "改时间或地点")
    await zhou.sees("哪天开会")
    await zhou.taps("不变：")
    await zhou.sees("几点开始")
    await zhou.says("晚上十点")
    await zhou.sees("改在哪里")
    await zhou.taps("不变：居委会二楼")
    await zhou.sees("改时间或地点", "22:00", "安静时段")
    await zhou.taps("修改", "🕑 时间", "15:00")
    await zhou.sees("15:00")
    await zhou.taps("改好并通知")
    await zhou.sees("已改好")
    await wang.has("议事会改了时间或地点", "15:00")
    await wang.taps("记进日历")
    await wang.sees("<document>")
    second = read(file_in(wang, "document")).events[0]
    assert second["uid"] == event["uid"]
    assert int(second["sequence"]) == 1
    assert second.start.astimezone(ZONE).hour == 15
    assert "议事会" in str(second["summary"])

    await zhou.taps("打开会议", "取消会议")
    await zhou.sees("要取消这次会吗")
    await zhou.taps("是的，取消")
    await zhou.sees("已取消")
    await emma.has("This meeting was called off.", "You need not go.")
    await emma.taps("Out of my calendar")
    await emma.sees("out of your calendar", "<document>")
    third = read(file_in(emma, "document")).events[0]
    assert (third["uid"], int(third["sequence"])) == (event["uid"], 2)
    assert str(third["status"]) == "CANCELLED"
    assert third.walk("VALARM") == []
    await wang.forges("ma:1:yes:1")
    await wang.told("取消了")


def read(content: bytes) -> Calendar:
    """Read a file back as calendars do."""
    found = Calendar.from_ical(content)
    assert isinstance(found, Calendar)
    return found


async def test_the_poster_leads_to_the_door(
    story: Story, wang: Someone, chen: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    await zhou_calls(zhou)
    await zhou.taps("打开会议", "门口签到码")
    await zhou.sees("打印出来贴在门口", "居委会二楼", "<photo>")
    found = await meeting(story)
    drawn = file_in(zhou, "photo")
    link = f"https://t.me/{BOT_USERNAME}?start=m-{found.code}"
    assert_poster(drawn, link)
    await chen.starts(f"m-{found.code}")
    await chen.sees("早了一点")
    await until(story, found.starts_at)
    await chen.starts(f"m-{found.code}")
    await chen.sees("名单上没有您，可以旁听", "居委会二楼", "您来旁听了")
    await wang.starts("m-nothing-of-the-kind")
    await wang.sees("找不到了")
    await zhou.taps("谁来参加")
    await zhou.sees("已签到1人 · 其中旁听1人", "陈", "旁听")


def assert_poster(content: bytes, link: str) -> None:
    """Hold that the code leads there, and that something is written above and below it."""
    drawn = BytesIO()
    segno.make_qr(link, error="q").save(drawn, kind="png", scale=poster.PIXELS, border=4)
    code = Image.open(drawn).convert("L")
    page = Image.open(BytesIO(content)).convert("L")
    left = (page.width - code.width) // 2
    found = [
        top
        for top in range(page.height - code.height)
        if page.crop((left, top, left + code.width, top + code.height)).tobytes() == code.tobytes()
    ]
    assert len(found) == 1
    above = page.crop((0, 0, page.width, found[0]))
    below = page.crop((0, found[0] + code.height, page.width, page.height))
    assert min(above.tobytes()) < 100
    assert min(below.tobytes()) < 100


async def test_what_was_agreed_is_done(
    story: Story, emma: Someone, wang: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    await zhou_calls(zhou)
    begins = (await meeting(story)).starts_at
    await until(story, begins)
    await emma.taps("I am here")
    await emma.told("Welcome")
    await zhou.taps("打开会议", "记一件待办事项")
    await zhou.sees("要办什么")
    await zhou.says("问三家电梯公司")
    await zhou.sees("由谁来办")
    await zhou.taps("Emma")
    await zhou.sees("哪天之前办好")
    await zhou.says("下周三")
    await zhou.sees("已记下")
    await emma.has("The meeting asks you to do this.", "问三家电梯公司")
    await story.later(days=10)
    await emma.has("The day for this is over")
    await zhou.has("这件事到期了，还没办好", "问三家电梯公司")
    await emma.says("/meetings")
    await emma.taps("My action items (1)", "问三家电梯公司", "It is done")
    await emma.sees("What came of it?")
    await emma.says("Three offers")
    await emma.sees("Done, thank you!", "Three offers")
    await zhou.has("这件事办好了", "Three offers")
    await wang.says("/meetings")
    await wang.taps("📅 11月", "待办事项（1）")
    await wang.sees("问三家电梯公司", "Emma", "Three offers")


async def test_two_proposals_on_one_agenda_and_a_building(
    story: Story, chen: Someone, li: Someone, zhou: Someone
) -> None:
    await is_deliberated(story, "添置长椅", 100)
    await is_deliberated(story)
    await zhou.has("提案101号")
    await zhou.taps("开议事会")
    await zhou.sees("这些提案也在议事中")
    await zhou.taps("100 · 添置长椅", "完成")
    await zhou.sees("哪天开会")
    await zhou.says("今天")
    await zhou.taps("9:00")
    await zhou.says("活动室")
    await zhou.taps("某一栋楼的居民", "完成")
    await zhou.sees("请哪一栋楼")
    await zhou.taps("1号楼")
    await zhou.sees("2件提案")
    await zhou.taps("召开并邀请")
    await zhou.sees("这个时间已经过了")
    await zhou.says("下午四点")
    await zhou.taps("召开并邀请")
    await zhou.sees("议事会已召集")
    await chen.has("请您来议事会", "1. 提案101号 · 加装电梯", "2. 提案100号 · 添置长椅")


async def test_forged_buttons_are_refused_with_words(
    story: Story, chen: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    await zhou_calls(zhou)
    for act in MeetingAct:
        await chen.forges(f"mt:{act}:1:0")
        assert chen.toast()
    await chen.forges("mg:1:0")
    await chen.told("只有参会的人和社区工作人员看得到")
    await chen.forges("ma:1:yes:1")
    await chen.told("不在这次会的邀请名单上")
    assert not [text for text in chen.texts() if "居委会二楼" in text]
