"""Festival visits, the month and the ledger of care by taps, in both languages."""

from sqlalchemy import select

from models.care.actions import pairs, proposing
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CareRhythm
from models.care.rules.states import PairPart
from models.care.tables import CarePairRow
from models.database import Session, transaction
from models.outbox.reaching import recognise
from models.people.views import Person
from tests.conversations.conftest import EMMA, LI, WANG, ZHAO
from tests.conversations.script import Someone, Story

DAYS_TO_JANUARY = 62
"""From the morning of the tests to twelve days before the Spring Festival of 2027."""


async def looked_in_on(story: Story) -> None:
    """Let wang and emma be looked in on by li, all having agreed."""
    now = story.world.clock.now()

    async def person(session: Session, account: int) -> Person:
        found = await recognise(session, account, now)
        assert found is not None
        return found

    async with transaction(story.house.sessions) as session:
        zhao, li = await person(session, ZHAO), await person(session, LI)
        for account in (WANG, EMMA):
            she = await person(session, account)
            made = await proposing.ask_for_company(session, she, CareRhythm.WEEKLY, "", now=now)
            assert made.home_id is not None
            named = await pairs.name_neighbour(
                session, zhao, made.home_id, li.id, PairPart.MAIN, now=now
            )
            assert named is CareOutcome.NAMED
            found = await session.scalars(select(CarePairRow.id).order_by(CarePairRow.id.desc()))
            pair_id = found.first()
            assert pair_id is not None
            assert await pairs.welcome(session, she, pair_id, now=now) is CareOutcome.WELCOMED
            assert await pairs.take_on(session, li, pair_id, now=now) is CareOutcome.PAIRED
    story.house.sender.wake()
    await story.all_sent()


async def test_from_the_list_of_a_festival_to_whether_it_came(
    story: Story, zhao: Someone, zhou: Someone, li: Someone, wang: Someone, emma: Someone
) -> None:
    await story.later(days=DAYS_TO_JANUARY)
    await looked_in_on(story)
    await zhao.says("/care")
    await zhao.taps("🎁 节日慰问")
    await zhao.sees(
        "哪个节日安排慰问",
    )
    await zhao.taps("➕ 春节")
    await zhao.told("安排好了")
    await zhao.sees("🎁 春节", "还没人去")

    await li.has("快过节了", "点一户")
    await li.taps("王")
    await li.taps("✋ 我去")
    await li.told("这户交给您了")
    await li.taps("王", "✅ 我送到了")
    await li.told("辛苦您了")
    await wang.has("给您送来了节日慰问品", "收到了吗")
    await wang.taps("没收到")
    await wang.told("谁也不怪")
    await zhou.has("慰问品没收到")
    await wang.has("现在收到了吗")
    await wang.taps("😊 收到了")
    await wang.told("节日快乐")

    await li.says("/care")
    await li.taps("🎁 节日慰问", "🎁 春节", "⏳ Emma", "✋ 我去", "🚶 Emma", "✅ 我送到了")
    await emma.has("brought you something for the festival", "Has it come?")
    await emma.taps("😊 It has come")
    await emma.told("Have a lovely festival!")


async def test_the_month_and_the_ledger(
    story: Story, zhao: Someone, zhou: Someone, wang: Someone
) -> None:
    await looked_in_on(story)
    await zhao.says("/care")
    await zhao.taps("📊 本月情况")
    await zhao.sees("关怀情况", "2户", "不足5户")
    await zhao.taps("‹ 上个月", "下个月 ›", "🏡 常来看看", "📒 台账")
    await zhao.sees("关怀台账", "另一位工作人员批准")
    await zhao.taps("📒 2026")
    await zhao.sees("<document>", "不含姓名")
    await zhao.taps("🔒 含姓名")
    await zhao.sees("用来做什么")
    await zhao.says("街道年底检查")
    await zhao.sees("已提交")
    await zhou.has("申请2026年的台账", "街道年底检查")
    await zhou.taps("✅ 通过")
    await zhou.told("已批准")
    await zhao.sees("<document>", "含姓名。请妥善保管")
    await zhao.has("已批准，文件随这条消息发给您")
    await wang.says("/settings")
    await wang.taps("谁看过我的资料")
    await wang.sees("为了关怀台账")


async def test_a_resident_has_neither_month_nor_ledger(story: Story, wang: Someone) -> None:
    await looked_in_on(story)
    await wang.says("/care")
    text = await wang.sees("常来看看")
    assert "台账" not in text
    assert not any("台账" in label or "本月" in label for label in wang.buttons())
