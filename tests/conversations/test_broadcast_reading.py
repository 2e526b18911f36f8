"""What people do with what they were sent, and what its author learns of it, in both languages."""

from io import BytesIO
from typing import Any

import httpx
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from handlers.broadcasts.callbacks import OnCopy, OnReport, Under
from models.broadcasts.actions.progress import watch
from models.broadcasts.actions.rows import locked
from models.broadcasts.rules.audience import Audience, Group
from models.broadcasts.rules.content import Content, CopyButton
from models.broadcasts.rules.notices import Does, Medium, Notice, Style, Topic, Way
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.database import transaction
from models.outbox.reaching import recognise
from models.outbox.rules import Lane
from models.outbox.rules import State as Copy
from models.outbox.tables import OutboxRow
from models.people.actions.personal import set_personal
from models.people.rules import Field
from models.people.tables import PersonRow
from models.places.tables import PlaceRow
from tests.conversations.conftest import CHEN, EMMA, LI, WANG, ZHAO, ZHOU
from tests.conversations.script import Someone, Story

STANDING = {
    WANG: (Way.CHAT, Copy.SENT),
    EMMA: (Way.CHAT, Copy.SENT),
    LI: (Way.CHAT, Copy.BLOCKED),
    CHEN: (Way.CHAT, Copy.UNCERTAIN),
    ZHAO: (Way.MUTED, None),
}


async def has_gone_out(story: Story, copies: dict[int, Any] | None = None, **fields: Any) -> int:
    """Let the secretary have sent a broadcast, its copies standing as given; give its id."""
    now = story.world.clock.now()
    async with transaction(story.house.sessions) as session:
        place = await session.scalar(select(PlaceRow.id).where(PlaceRow.code == "guihua"))
        people = {
            row.telegram_id: row
            for row in await session.scalars(
                select(PersonRow).where(PersonRow.telegram_id.is_not(None))
            )
        }
        values: dict[str, Any] = {
            "token": f"read-{len(fields)}-{now.isoformat()}",
            "author_id": people[ZHOU].id,
            "place_id": place,
            "style": Style.NOTICE,
            "topic": Topic.UTILITIES,
            "state": State.SENDING,
            "language": "zh_Hans",
            "content": Content(Medium.TEXT, "明天上午停水").kept(),
            "content_other": Content(Medium.TEXT, "No water tomorrow morning").kept(),
            "buttons": [CopyButton(Does.RECEIVED).kept(), CopyButton(Does.SIGN_UP).kept()],
            "audience": Audience((Group(place or 0),)).kept(),
            "created_at": now,
            "changed_at": now,
            "started_at": now,
            "heads": len(copies or STANDING),
        }
        row = BroadcastRow(**(values | fields))
        session.add(row)
        await session.flush()
        for telegram_id, (way, copy) in (copies or STANDING).items():
            person = people[telegram_id]
            chat = way is Way.CHAT
            session.add(
                RecipientRow(
                    broadcast_id=row.id,
                    person_id=person.id,
                    way=way,
                    reader_id=person.id if chat else None,
                    place_id=person.place_id,
                )
            )
            if copy is not None:
                session.add(
                    OutboxRow(
                        lane=Lane.BULK,
                        state=copy,
                        chat_id=telegram_id,
                        method="sendMessage",
                        kind=Notice.COPY,
                        subject_id=row.id,
                        recipient_id=person.id,
                        reason="Forbidden: bot was blocked by the user",
                        created_at=now,
                        due_at=now,
                        finished_at=now,
                    )
                )
        held = await locked(session, row.id)
        assert held is not None
        await watch(session, held, now)
        return row.id


async def reads(someone: Someone, words: str = "明天上午停水") -> None:
    """Open what came last, from the first screen."""
    await someone.taps("通知")
    await someone.sees("给您的通知", words)
    await someone.taps("1")
    await someone.sees(words)


async def test_a_copy_is_confirmed_signed_up_for_and_its_topic_muted(
    story: Story, wang: Someone
) -> None:
    await has_gone_out(story)
    await reads(wang)
    await wang.taps("✅ 收到")
    await wang.told("已记下您收到了")
    await story.until(lambda: "✓ 已收到" in wang.buttons(), lambda: str(wang.buttons()))
    await wang.taps("✓ 已收到")
    await wang.told("已经记下了")
    await wang.taps("✋ 报名")
    await wang.told("报名成功")
    await wang.taps("已报名，点此取消")
    await wang.told("已取消报名")
    await story.until(lambda: "✋ 报名" in wang.buttons(), lambda: str(wang.buttons()))
    await wang.taps("不想再收这类通知")
    await wang.sees("不再接收", "紧急通知和平安点名一定会发给您")
    await wang.taps("是的，关闭")
    await wang.sees("不再给您发", "通知类别")
    assert any("🔕 已关" in label for label in wang.buttons())
    await wang.taps("🔕 已关")
    await wang.told("您又会收到")
    await wang.taps("‹ 设置", "通知类别")
    await wang.sees("您想收到社区的哪些通知", "关不掉")
    assert not any("🔕 已关" in label for label in wang.buttons())


async def test_the_same_in_english(story: Story, emma: Someone) -> None:
    await has_gone_out(story)
    await emma.taps("Notices")
    await emma.sees("Notices for you", "No water tomorrow morning")
    await emma.taps("1")
    await emma.sees("No water tomorrow morning")
    await emma.taps("✅ Received")
    await emma.told("noted that you have received it")
    await emma.taps("✋ Sign up")
    await emma.told("You are signed up")
    await emma.taps("Mute this topic")
    await emma.sees("Shall nothing more come about", "cannot be muted")
    await emma.taps("No, leave it on")
    await emma.sees("✓ received")


async def test_an_emergency_cannot_be_muted_and_says_so(story: Story, wang: Someone) -> None:
    broadcast_id = await has_gone_out(story, style=Style.EMERGENCY)
    await reads(wang)
    await wang.forges(OnCopy(id=broadcast_id, does=Under.ASK_MUTE).pack())
    await wang.told("关不掉")


async def test_what_was_not_sent_or_was_recalled_cannot_be_answered(
    story: Story, wang: Someone, zhao: Someone
) -> None:
    now = story.world.clock.now()
    broadcast_id = await has_gone_out(story, recalled_at=now)
    await wang.taps("通知")
    await wang.sees("已撤回")
    assert not any("明天上午停水" in text for text in wang.texts())
    await wang.forges(OnCopy(id=broadcast_id, does=Under.RECEIVED).pack())
    await wang.told("已经收回了，不用回了")
    await zhao.forges(OnCopy(id=999, does=Under.RECEIVED).pack())
    await zhao.told("不是给您的")


async def test_progress_becomes_a_report_with_lists_doors_and_a_reminder(
    story: Story, wang: Someone, li: Someone, zhou: Someone
) -> None:
    async with transaction(story.house.sessions) as session:
        now = story.world.clock.now()
        neighbour = await recognise(session, LI, now)
        assert neighbour is not None
        await set_personal(session, neighbour, neighbour.id, Field.DOOR, "2-301", now=now)
    await has_gone_out(story)
    await reads(wang)
    await wang.taps("✅ 收到")
    await zhou.has("▓", "100%", "已发送 2／4", "被拒收或失败：1", "不确定：1")
    await story.all_sent()
    await story.later(seconds=6)
    await zhou.has("已全部发完", "收件人：5", "已送达：2", "被拒收：1", "屏蔽了机器人：1")
    await zhou.has("不确定：1", "不想收这类通知：1", "确认收到：1")
    await zhou.taps("按楼栋")
    await zhou.sees("📍", "✅")
    await zhou.taps("‹ 报告", "未确认收到")
    await zhou.sees("Emma", "陈")
    await zhou.taps("‹ 报告", "上门名单")
    await zhou.sees("都还不知道", "屏蔽了机器人")
    await zhou.taps("🚪 李")
    await zhou.sees("2-301", "对方看得到")
    await zhou.taps("上门名单", "‹ 报告", "提醒还没确认的人")
    await zhou.sees("只发给还没确认的人", "明天上午停水")


async def test_a_report_is_none_of_a_residents(story: Story, wang: Someone) -> None:
    broadcast_id = await has_gone_out(story)
    for part in ("", "building", "knock", "sheet", "remind", "?"):
        await wang.forges(OnReport(id=broadcast_id, part=part).pack())
        await wang.told("不给您看")


async def test_the_sheet_is_a_file_that_another_program_reads(story: Story, zhou: Someone) -> None:
    async with transaction(story.house.sessions) as session:
        for row in await session.scalars(select(PersonRow).where(PersonRow.telegram_id == WANG)):
            row.name = "=1+1"
    broadcast_id = await has_gone_out(story)
    await zhou.forges(OnReport(id=broadcast_id, part="sheet").pack())
    await zhou.sees("谁收到了", "<document>")
    book = CalamineWorkbook.from_filelike(BytesIO(await fetched(story, zhou)))
    assert book.sheet_names == ["汇总", "按楼栋", "收件人"]
    counts = {row[0]: row[1] for row in book.get_sheet_by_name("汇总").to_python()}
    assert (counts["收件人"], counts["已送达"], counts["被拒收"]) == (5, 2, 1)
    people = book.get_sheet_by_name("收件人").to_python()
    assert len(people) == 6
    assert [row[1] for row in people if str(row[1]).startswith("=")] == ["=1+1"]


async def fetched(story: Story, someone: Someone) -> bytes:
    """Fetch the last file of a chat over HTTP, as a phone does."""
    document = next(m["document"] for m in reversed(someone.shown) if "document" in m)
    bot = story.house.bot
    file = await bot.get_file(document["file_id"])
    assert file.file_path is not None
    url = bot.session.api.file_url(bot.token, file.file_path)
    async with httpx.AsyncClient() as client:
        answer = await client.get(url)
    assert answer.status_code == 200
    return answer.content
