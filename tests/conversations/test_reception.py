"""From the office's queue to enough seconds: returned, mended, changed, merged, turned, lapsed."""

from datetime import timedelta

from sqlalchemy import select

from handlers.proposals.callbacks import (
    MergeInto,
    OnProposal,
    OnReasons,
    OnReception,
    OnTerms,
    ProposalAct,
    ReasonAct,
    ReturnReady,
    SecondText,
)
from models.database import transaction
from models.outbox.reaching import recognise
from models.proposals.actions.submitting import submit
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow, SecondRow
from models.proposals.views import ProposalForm
from tests.conversations.script import Someone, Story


async def proposes(
    story: Story,
    who: Someone,
    title: str,
    topic: ProposalTopic = ProposalTopic.FACILITIES,
    **fields: object,
) -> int:
    """Let somebody have sent a proposal to the office; give its id."""
    async with transaction(story.sessions) as session:
        now = story.world.clock.now()
        person = await recognise(session, who.person.id, now)
        assert person is not None
        given: dict[str, object] = {
            "token": f"told-{title}",
            "topic": topic,
            "title": title,
            "problem": "老人上下楼很吃力",
            "wish": "装一部电梯",
        }
        sent = await submit(session, person, ProposalForm(**(given | fields)), now=now)  # type: ignore[arg-type]  # real fields
        assert sent.proposal_id is not None
    story.house.sender.wake()
    return sent.proposal_id


async def asks_for(zhou: Someone, needed: int) -> None:
    """Let the secretary set how many seconds the community asks for."""
    await zhou.taps("工作台", "待受理的提案", "附议要求")
    await zhou.sees("桂花社区的附议要求", "所有类别", "10")
    await zhou.taps("✏️ 所有类别")
    await zhou.sees("需要多少人附议")
    await zhou.says(str(needed))
    await zhou.sees("多少天之内")
    await zhou.taps("14天")
    await zhou.sees("已保存", f"14天内{needed}人附议")


def presses(someone: Someone, data: str) -> None:
    """Press a button that the last message does not have, and that is answered by a screen."""
    someone.known = {}
    someone.person.press(someone.shown[-1]["message_id"], data)


async def state_of(story: Story, proposal_id: int) -> str:
    async with transaction(story.sessions) as session:
        return (await session.get_one(ProposalRow, proposal_id)).state


async def test_returned_mended_accepted_changed_confirmed_and_reached(
    story: Story, wang: Someone, emma: Someone, li: Someone, zhou: Someone
) -> None:
    one = await proposes(story, wang, "加装电梯")
    await zhou.has("有一件提案等您受理", "加装电梯")
    await asks_for(zhou, 2)
    await zhou.taps("📨 受理")
    await zhou.sees("提案受理", "1件待受理", "101号 · 加装电梯", "前答复")
    await zhou.taps("📨 101号")
    await zhou.sees("提案101号", "等社区受理")
    await zhou.taps("退回")
    await zhou.sees("为什么退回", "请写清楚地点")
    await zhou.taps("请写清楚地点")
    await zhou.told("已退回")

    await wang.has("社区退回了您的提案", "请写清楚地点")
    await wang.taps("改好再提交")
    await wang.sees("现在的内容", "社区的意见", "请写清楚地点", "点“修改”")
    await wang.taps("修改", "照片")
    await wang.sees("要补充照片或文件吗")
    await wang.taps("跳过")
    await wang.sees("现在的内容", "社区的意见")
    await wang.taps("修改", "什么问题")
    await wang.sees("请完整重写", "老人上下楼很吃力")
    await wang.says("5号楼的老人上下楼很吃力")
    await wang.sees("这样写可以吗", "5号楼的老人")
    await wang.taps("提交给社区")
    await wang.sees("已重新提交给社区", "5号楼的老人")

    await zhou.taps("受理")
    await zhou.told("已受理")
    await wang.has("社区已受理您的提案", "分享")
    await emma.says("/p 101")
    await emma.sees("Proposal 101", "No supporters yet; 2 needed")
    assert "🔀 What changed" not in emma.buttons(), "she has only ever read it as it is"
    changes = OnProposal(act=ProposalAct.CHANGES, id=one).pack()
    emma.person.press(emma.shown[-1]["message_id"], changes)
    await emma.sees("have only ever read it as it reads now")
    await emma.taps("I support this")
    await emma.told("Seconded. Thank you!")
    await emma.sees("1 of 2 supporters", "You support this")

    await wang.taps("修改内容")
    await wang.sees("现在的内容")
    await wang.taps("保存")
    await wang.sees("内容和原来一样")
    await wang.taps("修改内容")
    await wang.sees("现在的内容")
    await wang.taps("✏️ 修改", "希望怎么办")
    await wang.sees("请完整重写", "装一部电梯")
    await wang.says("装两部电梯")
    await wang.taps("保存")
    await wang.sees("问附议过的邻居", "还没有人附议，要2人")
    await emma.has("counts again once you say", "What is wished", "装【－一】【＋两】部电梯")
    await emma.has("－ was taken out, ＋ was put in.")
    await li.says("/p 101")
    await li.taps("我附议")
    await li.sees("1人附议，要2人")
    await emma.taps("I still support it")
    await emma.told("Seconded")
    assert await state_of(story, one) == State.DELIBERATION
    await wang.has("您的提案附议的人够了")
    await li.has("这件提案附议的人够了")
    await zhou.has("附议的人够了", "召集议事会")
    await zhou.taps("📅 开议事会")


async def test_a_count_follows_on_the_cards_of_others(
    story: Story, wang: Someone, emma: Someone, li: Someone, chen: Someone, zhou: Someone
) -> None:
    one = await proposes(story, wang, "加装电梯")
    await zhou.taps("受理")
    await zhou.told("已受理")
    for neighbour in (emma, li, chen):
        await neighbour.says("/p 101")
    await emma.sees("No supporters yet; 10 needed")
    await li.sees("要10人")
    await chen.taps("我附议")
    await chen.told("已附议")
    await li.taps("我附议")
    await li.told("已附议")
    await story.later(seconds=15)
    await emma.has("2 of 10 supporters")
    await li.taps("收回附议")
    await li.told("已收回您的附议")
    await story.later(seconds=15)
    await emma.has("1 of 10 supporters")
    async with transaction(story.sessions) as session:
        rows = await session.scalars(select(SecondRow).where(SecondRow.proposal_id == one))
        assert sorted(row.withdrawn_at is None for row in rows) == [False, True]


async def test_two_become_one_and_voices_move_along(
    story: Story, wang: Someone, emma: Someone, li: Someone, chen: Someone, zhou: Someone
) -> None:
    await proposes(story, wang, "加装电梯")
    await zhou.taps("受理")
    await zhou.told("已受理")
    await proposes(story, emma, "5号楼装电梯")
    await zhou.has("等您受理", "5号楼装电梯")
    await zhou.taps("✅ 受理")
    await zhou.told("已受理")
    await li.says("/p 102")
    await li.taps("我附议")
    await li.told("已附议")
    await zhou.taps("🔗 并案")
    await zhou.sees("并入哪一件提案")
    await zhou.taps("输入提案号")
    await zhou.says("999")
    await zhou.sees("没有这个号码的公开提案")
    await zhou.says("101")
    await zhou.sees("把 102号 · 5号楼装电梯", "并入 101号 · 加装电梯", "每人只算一次")
    await zhou.taps("是的，并案")
    await zhou.told("已并案，转入2人附议")
    await zhou.sees("提案101号")
    await emma.has("No. 102 “5号楼装电梯” asks for the same", "Your voice has moved along")
    await li.has("102号“5号楼装电梯”", "您的附议跟着转过去了")
    await li.taps("收回附议")
    await li.told("已收回您的附议")
    await emma.says("/p 101")
    await emma.sees("1 of 10 supporters")


async def test_what_can_be_helped_with_at_once_becomes_a_request(
    story: Story, wang: Someone, zhou: Someone
) -> None:
    one = await proposes(story, wang, "5号楼门口的灯坏了")
    await zhou.has("等您受理")
    await zhou.taps("转为求助")
    await zhou.sees("变成提出人的一件求助")
    await zhou.taps("✅")
    await zhou.sees("已转为求助")
    assert await state_of(story, one) == State.TURNED
    await wang.has("社区把它转成了求助：101号")
    await wang.taps("打开")
    await wang.sees("101号", "灯坏了")


async def test_too_few_seconds_and_a_late_answer(
    story: Story, wang: Someone, emma: Someone, zhou: Someone
) -> None:
    one = await proposes(story, emma, "A bench by the pond")
    await story.later(days=2, hours=5)
    await zhou.has("答复时限快到了")
    await story.later(days=2)
    await zhou.has("过了该答复的时间")
    await emma.has("We are sorry: the office has not answered your proposal")
    await zhou.taps("工作台", "待受理的提案（1）")
    await zhou.sees("1件已超时", "已超时，应在")
    await zhou.taps("⏰ 101号", "✅ 受理")
    await zhou.told("已受理")
    await wang.says("/p 101")
    await wang.taps("我附议")
    await wang.told("已附议")
    await story.later(days=15)
    assert await state_of(story, one) == State.LAPSED
    await emma.has("1 neighbour supported it, 10 were needed", "Thank you for your idea")
    await wang.has("1位邻居附议，需要10位", "谢谢您的支持")


async def test_withdrawn_after_being_asked(story: Story, wang: Someone, li: Someone) -> None:
    one = await proposes(story, wang, "加装电梯")
    async with transaction(story.sessions) as session:
        row = await session.get_one(ProposalRow, one)
        now = story.world.clock.now()
        row.state, row.received_at, row.needed = State.SECONDING, now, 10
        row.second_by = now + timedelta(days=14)
    await li.says("/p 101")
    await li.taps("我附议")
    await li.told("已附议")
    await wang.says("/p 101")
    await wang.taps("撤回")
    await wang.sees("要撤回这件提案吗")
    await wang.taps("是的，撤回")
    await wang.told("已撤回")
    await li.has("提议人撤回了")


async def test_reasons_are_kept_ready(story: Story, wang: Someone, zhou: Someone) -> None:
    await proposes(story, wang, "加装电梯")
    await zhou.taps("工作台", "待受理的提案（1）", "常用理由")
    await zhou.sees("桂花社区还没有自己的常用理由")
    await zhou.taps("添加理由")
    await zhou.sees("要照着您的话去改")
    await zhou.says("请先和楼上楼下商量")
    await zhou.sees("已保存", "请先和楼上楼下商量")
    await zhou.taps("✏️ 请先和")
    await zhou.says("请先征求全楼的意见")
    await zhou.sees("已保存", "请先征求全楼的意见")
    await zhou.taps("📨 受理", "📨 101号", "退回", "请先征求全楼的意见")
    await zhou.told("已退回")
    await wang.has("请先征求全楼的意见")
    await zhou.taps("🗑")
    await zhou.told("已删除")
    await zhou.sees("还没有自己的常用理由")


async def test_the_office_returns_in_its_own_words(
    story: Story, wang: Someone, zhou: Someone
) -> None:
    await proposes(story, wang, "加装电梯")
    await zhou.taps("退回", "自己写理由")
    await zhou.sees("为什么退回？提议人会看到")
    await zhou.says("楼号写错了")
    await zhou.sees("已退回", "加装电梯")
    await wang.has("楼号写错了")


async def test_nobody_does_what_is_not_theirs(
    story: Story, wang: Someone, emma: Someone, zhao: Someone, zhou: Someone
) -> None:
    one = await proposes(story, wang, "加装电梯")
    own = await proposes(story, zhou, "党群活动室延长开放")
    for act in (
        ProposalAct.ACCEPT,
        ProposalAct.ASK_RETURN,
        ProposalAct.ASK_MERGE,
        ProposalAct.TURN,
    ):
        await emma.forges(OnProposal(act=act, id=one).pack())
        await emma.told("This is not in your hands")
        await zhou.forges(OnProposal(act=act, id=own).pack())
        await zhou.told("您自己的提案")
    await emma.forges(ReturnReady(id=one, which=0).pack())
    await emma.told("This is not in your hands")
    await emma.forges(MergeInto(id=one, into_id=own, sure=True).pack())
    await emma.told("This is not in your hands")
    await emma.forges(SecondText(id=one, version=1).pack())
    await emma.told("has moved on")
    await emma.forges(OnProposal(act=ProposalAct.EDIT, id=one).pack())
    await emma.told("This is not in your hands")
    presses(emma, OnReception().pack())
    await emma.sees("The desk is for the staff")
    presses(emma, OnReasons(act=ReasonAct.LIST, place_id=4).pack())
    await emma.sees("whoever works at the desk of that place")
    presses(emma, OnTerms(place_id=4).pack())
    await emma.sees("This is not in your hands")
    await zhao.forges(OnProposal(act=ProposalAct.ACCEPT, id=one).pack())
    await zhao.told("这不归您办")
    assert await state_of(story, one) == await state_of(story, own) == State.SUBMITTED
    await zhou.forges(OnProposal(act=ProposalAct.ACCEPT, id=one).pack())
    await zhou.told("已受理")
    await wang.forges(SecondText(id=one, version=1).pack())
    await wang.told("您自己的提案")
