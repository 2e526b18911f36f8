"""From the decision to the last star: adopted, delivered, not good enough, done again."""

from datetime import timedelta

from sqlalchemy import select

from models.database import transaction
from models.people.tables import PersonRow
from models.places.tables import PlaceRow
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow, SecondRow
from tests.conversations.conftest import CHEN, EMMA, LI, WANG
from tests.conversations.script import Someone, Story


async def wang_has_proposed_a_lift(story: Story) -> None:
    """Let a proposal of wang's, seconded by emma, li and chen, be deliberated."""
    now = story.world.clock.now()
    async with transaction(story.sessions) as session:
        rows = await session.scalars(select(PersonRow))
        people = {row.telegram_id: row for row in rows}
        community = await session.scalar(select(PlaceRow.id).where(PlaceRow.code == "guihua"))
        assert community is not None
        home = people[WANG].place_id
        assert home is not None
        proposal = ProposalRow(
            community_id=community,
            number=101,
            token="lift",
            author_id=people[WANG].id,
            anonymous=False,
            seal=False,
            place_id=home,
            topic=ProposalTopic.FACILITIES,
            title="加装电梯",
            problem="老人上下楼很吃力",
            wish="装一部电梯",
            state=State.DELIBERATION,
            submitted_at=now,
            changed_at=now,
            received_at=now,
            receive_by=now + timedelta(days=3),
            seconds=3,
            needed=3,
        )
        session.add(proposal)
        await session.flush()
        for who in (EMMA, LI, CHEN):
            person_id = people[who].id
            session.add(SecondRow(proposal_id=proposal.id, person_id=person_id, version=1, at=now))


async def zhou_adopts(zhou: Someone) -> None:
    await zhou.says("/p 101")
    await zhou.has("提案101号", "议事中")
    await zhou.taps("✅ 采纳")
    await zhou.sees("为什么采纳")
    await zhou.says("老人多，大家都支持")
    await zhou.sees("答应办成什么")
    await zhou.says("五号楼装一部电梯")
    await zhou.sees("已采纳", "由谁来办")


async def zhou_names_zhao(zhou: Someone, months: str = "3个月内") -> None:
    await zhou.taps("由谁来办")
    await zhou.sees("由谁负责")
    await zhou.taps("赵敏")
    await zhou.sees("什么时候办好", "负责人：赵敏")
    await zhou.taps(months)
    await zhou.sees("承诺：五号楼装一部电梯", "负责人：赵敏")


async def zhao_delivers(zhao: Someone, words: str) -> None:
    await zhao.taps("已经办好")
    await zhao.sees("办成了什么")
    await zhao.says(words)
    await zhao.sees("有照片")
    await zhao.shows_photo()
    await zhao.sees("1张")
    await zhao.taps("完成")
    await zhao.sees("辛苦了")


async def test_adopted_delivered_rated_badly_done_again_and_closed(
    story: Story, wang: Someone, emma: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await wang_has_proposed_a_lift(story)
    await zhou_adopts(zhou)
    await wang.has("采纳了", "老人多，大家都支持", "五号楼装一部电梯")
    await emma.has("This proposal is adopted!", "五号楼装一部电梯")
    await zhou.taps("承诺的内容")
    await zhou.sees("答应办成什么")
    await zhou.says("五号楼装一部电梯")
    await zhou.sees("已经是这样了")
    await zhou_names_zhao(zhou)
    await zhao.has("由您负责办理", "五号楼装一部电梯")
    await wang.has("开始办理了", "赵敏")
    await emma.has("It is under way", "赵敏")

    await zhao.taps("写进展")
    await zhao.sees("4位居民会收到")
    await zhao.says("井道挖好了")
    await zhao.sees("有照片")
    await zhao.shows_photo("请绕行北门")
    await zhao.sees("1张")
    await zhao.taps("完成")
    await zhao.sees("大家这就能看到")
    await wang.has("进展", "井道挖好了", "请绕行北门")
    await wang.taps("看照片")
    await wang.sees("<photo>")
    await emma.has("This is how it goes", "井道挖好了")
    await emma.taps("How it goes")
    await emma.sees("井道挖好了", "📷 1")

    await zhao.taps("请志愿者帮一部分", "修理搬抬", "搬抬重物")
    await zhao.sees("要做什么")
    await zhao.says("搬走楼下的旧车")
    await zhao.taps("什么时候都行", "2个人")
    await zhao.sees("搬走楼下的旧车")
    await zhao.taps("发送")
    await zhao.sees("求助号是")
    await li.has("邻居求助")
    await zhao.taps("办理进展")
    await zhao.sees("请志愿者帮的事", "需要2人")

    await story.later(days=95)
    await zhao.has("期限到了。请抓紧办好")
    await zhou.has("期限到了，还没有办好")
    await wang.has("很抱歉", "由赵敏负责")
    await emma.has("We are sorry", "赵敏")
    await wang.says("/yearly")
    await wang.sees("2027年为民办实事", "还没有采纳")
    await wang.taps("2026")
    await wang.sees("2026年为民办实事", "承诺1件", "逾期1件", "101号 · 加装电梯")

    await zhao_delivers(zhao, "电梯装好了")
    await wang.has("办好", "电梯装好了", "您满意吗")
    await wang.taps("不太满意")
    await wang.sees("您评了⭐⭐")
    await wang.taps("补几句话")
    await wang.sees("哪里好，哪里不好")
    await wang.says("门太窄，轮椅进不去")
    await wang.sees("谢谢您的话")
    await emma.has("How happy are you")
    await emma.taps("bad")
    await emma.sees("You gave it ⭐.")
    await zhao.says("/p 101")
    await zhao.has("提案101号", "请评价")
    assert not [label for label in zhao.buttons() if "⭐ 评价" in label]

    await story.later(days=15)
    await zhou.has("大家不太满意", "门太窄", "1.5")
    await wang.has("社区正在重新商量")
    await zhou.taps("重新办理")
    await zhou.sees("哪里要改进")
    await zhou.says("把门加宽")
    await zhou.sees("哪天之前办好")
    await zhou.taps("1个月内")
    await zhou.sees("已重新办理")
    await zhao.has("由您负责办理")
    await emma.has("taken up again", "把门加宽")

    await zhao_delivers(zhao, "门加宽了")
    await wang.taps("非常满意")
    await wang.sees("您评了⭐⭐⭐⭐⭐")
    await story.later(days=15)
    await wang.has("这件提案办结了", "5.0", "1人评价")
    await emma.has("This proposal is done", "5.0 from 1 rating")
    await zhao.has("已经办结")
    await wang.says("/yearly")
    await wang.taps("2026")
    await wang.sees("已办成1件", "5.0")
    await wang.taps("101 · 加装电梯")
    await wang.has("提案101号", "已办好")


async def test_declined_with_reasons_and_closed_as_it_is(
    story: Story, wang: Someone, emma: Someone, zhao: Someone, zhou: Someone
) -> None:
    await wang_has_proposed_a_lift(story)
    await zhao.says("/p 101")
    await zhao.has("提案101号")
    assert not [label for label in zhao.buttons() if "采纳" in label]
    await zhou.says("/p 101")
    await zhou.taps("❌ 不采纳")
    await zhou.sees("为什么不采纳")
    await zhou.says("楼下有燃气管道")
    await zhou.sees("不采纳", "告诉提议人")
    await wang.has("没有采纳", "楼下有燃气管道", "谢谢您为社区出主意")
    await emma.has("was not adopted", "楼下有燃气管道")
    await zhou.says("/p 101")
    await zhou.has("提案101号", "未采纳")
