"""Votes from the secretary's button to the result, open and secret, in both languages."""

from sqlalchemy import select

from models.database import transaction
from models.outbox.reaching import recognise
from models.people.actions.personal import set_personal
from models.people.queries import standing_grants
from models.people.rules import Field, Granting
from models.places.tables import PlaceRow
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow
from models.roles.actions.granting import revoke
from tests.conversations.conftest import CHEN, WANG, ZHOU
from tests.conversations.script import Someone, Story


async def is_deliberated(story: Story) -> int:
    """Let a proposal of Mrs Wang's have found enough seconds; give its id."""
    now = story.world.clock.now()
    async with transaction(story.house.sessions) as session:
        author = await recognise(session, WANG, now)
        place = await session.scalar(select(PlaceRow.id).where(PlaceRow.code == "guihua"))
        assert author is not None
        row = ProposalRow(
            community_id=place,
            number=101,
            token="vote-story",
            author_id=author.id,
            anonymous=False,
            seal=False,
            place_id=place,
            topic="facilities",
            title="加装电梯",
            problem="老人上下楼很吃力",
            wish="装一部电梯",
            state=State.DELIBERATION,
            submitted_at=now,
            changed_at=now,
            receive_by=now,
            received_at=now,
        )
        session.add(row)
        await session.flush()
        return row.id


async def leaves_the_branch_empty(story: Story) -> None:
    """Take the demo's one party member out of the branch."""
    now = story.world.clock.now()
    async with transaction(story.house.sessions) as session:
        secretary = await recognise(session, ZHOU, now)
        member = await recognise(session, CHEN, now)
        assert secretary is not None
        assert member is not None
        (grant,) = await standing_grants(session, member.id)
        assert await revoke(session, secretary, grant.id, now=now) is Granting.REVOKED


async def opens_proposal(someone: Someone, proposal_id: int) -> None:
    await someone.says(f"/p {proposal_id + 100}")
    await someone.has("加装电梯")


async def puts_it_to_the_vote(zhou: Someone, who: str, ballot: str, days: str = "7天") -> None:
    await opens_proposal(zhou, 1)
    await zhou.taps("组织表决")
    await zhou.sees("由谁表决")
    await zhou.taps(who)
    await zhou.sees("记名还是不记名")
    await zhou.taps(ballot)
    await zhou.sees("投票时间多长")
    await zhou.taps(days)
    await zhou.sees("就这样表决吗", "至少50%", "现在开始")
    await zhou.taps("🗳 就这样表决")
    await zhou.sees("表决开始了")


async def test_a_secret_vote_is_given_changed_and_counted(
    story: Story, wang: Someone, emma: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    await puts_it_to_the_vote(zhou, "居民", "🔒 无记名")
    await wang.has("有一项表决", "无记名表决：只记下您投过票", "共6票，已投0票", "您还没有投票")
    await wang.taps("🤷 弃权")
    await wang.told("您的一票算上了")
    await wang.sees("您的一票已经投进票箱", "只有这张卡片能改")
    assert "弃权" not in await wang.has("您的一票已经投进票箱")
    await wang.taps("👍 赞成")
    await wang.told("您的一票改好了")

    await emma.has("There is a vote", "Secret ballot", "0 of 6 have voted")
    await emma.taps("How it stays secret")
    await emma.sees("urn of marbles", "does not protect you from somebody who looks at your phone")
    await emma.taps("Back to the vote")
    await emma.sees("You have not voted yet")
    await emma.taps("No, against it")
    await emma.told("Your vote counts")
    await emma.sees("Your vote is in the urn", "Only this card can change your vote")

    await story.later(seconds=30)
    await li.has("共6票，已投2票", "您还没有投票")
    assert "已投2票" not in str(wang.texts())

    await story.later(days=6)
    await li.has("您还没有投票", "截止")
    assert not [text for text in wang.texts() if "⏰ 您还没有投票" in text]
    await li.taps("👍 赞成")
    await li.told("算上了")
    await story.later(days=1, seconds=1)
    await wang.has("计票结果出来了", "表决通过", "赞成：2", "反对：1", "共6票，投了3票")
    await emma.has("has been counted", "It has passed", "Yes, for it: 2", "3 of 6 voted")
    await zhou.has("表决通过", "由谁办理")
    assert not [label for label in wang.buttons() if "反对" in label]
    await wang.forges("vc:1:n:")
    await wang.told("表决已经结束，不能再投票")


async def test_an_old_button_of_a_secret_ballot_cannot_take_a_vote_out(
    story: Story, wang: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    await puts_it_to_the_vote(zhou, "居民", "🔒 无记名")
    await wang.has("有一项表决")
    await wang.taps("👍 赞成")
    await wang.sees("您的一票已经投进票箱")
    await wang.forges("vc:1:n:")
    await wang.told("您的一票已经算上了。要改，请用您投票的那张最新的卡片")
    await wang.taps("多少人投了票")
    await wang.sees("共6票，已投1票", "您的一票已经投进票箱。要更改")
    await wang.taps("看提案")
    await wang.sees("装一部电梯")
    await wang.has("您的一票已经投进票箱", "只有这张卡片能改")
    await wang.taps("👎 反对")
    await wang.told("您的一票改好了")


async def test_an_open_vote_shows_names_after_the_end(
    story: Story, wang: Someone, emma: Someone, zhao: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    await puts_it_to_the_vote(zhou, "居民", "👁 记名", "3天")
    await wang.has("有一项表决", "记名表决：结束后，有权表决的人和社区工作人员都看得到谁投了什么")
    await wang.taps("👍 赞成")
    await wang.sees("您的一票：👍 赞成", "都可以更改")
    await emma.has("There is a vote", "Open ballot")
    await emma.taps("Yes, for it")
    await emma.sees("Your vote: 👍 Yes, for it")
    await emma.taps("No, against it")
    await emma.sees("Your vote: 👎 No, against it")
    await zhao.has("有一项表决")
    await zhao.taps("👍 赞成")
    await zhao.sees("您的一票：👍 赞成")
    await story.later(days=3, seconds=1)
    await wang.has("表决通过", "赞成：2", "反对：1")
    await wang.taps("谁投了什么")
    await wang.sees("👍 赞成 · 王秀英", "👎 反对 · Emma", "👍 赞成 · 赵敏")


async def test_a_household_votes_once(
    story: Story, wang: Someone, li: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    granddaughter = story.newcomer("小雨")
    await granddaughter.starts("b-b5")
    await granddaughter.taps("同意")
    await granddaughter.sees("小雨")
    async with transaction(story.house.sessions) as session:
        now = story.world.clock.now()
        for account, door in ((granddaughter.person.id, "2-301"), (li.person.id, "101")):
            person = await recognise(session, account, now)
            assert person is not None
            await set_personal(session, person, person.id, Field.DOOR, door, now=now)
    await puts_it_to_the_vote(zhou, "每户一票", "🔒 无记名")
    await wang.has("每户一票", "谁先投，就代表全家", "共3票")
    await wang.taps("👍 赞成")
    await wang.sees("您的一票已经投进票箱")
    await granddaughter.has("您家已经投过票")
    await granddaughter.forges("vc:1:n:")
    await granddaughter.told("您家已经投过票了")
    await zhou.has("每户一票", "共3票")
    await zhou.taps("👍 赞成")
    await zhou.told("还不知道您的门牌")
    await zhou.says("/settings")
    await zhou.taps("门牌")
    await zhou.says("1单元202")
    await zhou.taps("👍 赞成")
    await zhou.sees("您的一票已经投进票箱")


async def test_a_secret_that_two_cannot_keep_is_refused_in_plain_words(
    story: Story, zhou: Someone
) -> None:
    await is_deliberated(story)
    await opens_proposal(zhou, 1)
    await zhou.taps("组织表决", "党支部党员", "🔒 无记名", "7天", "🗳 就这样表决")
    await zhou.sees("不到三个人能投，不记名也猜得出谁投了什么", "记名还是不记名")
    await zhou.taps("👁 记名")
    await zhou.sees("就这样表决吗", "党支部党员")
    await zhou.taps("🗳 就这样表决")
    await zhou.sees("表决开始了")


async def test_a_vote_is_planned_and_called_off(
    story: Story, wang: Someone, li: Someone, zhou: Someone
) -> None:
    await leaves_the_branch_empty(story)
    await is_deliberated(story)
    await opens_proposal(zhou, 1)
    await zhou.taps("组织表决", "党支部党员", "👁 记名", "7天", "修改", "开始时间")
    await zhou.sees("什么时候开始")
    await zhou.says("明天上午9点")
    await zhou.sees("就这样表决吗", "11月25日周三 09:00")
    await zhou.taps("🗳 就这样表决")
    await zhou.sees("现在还没有人能参加表决", "由谁表决")
    await zhou.taps("居民")
    await zhou.sees("就这样表决吗", "居民")
    await zhou.taps("🗳 就这样表决")
    await zhou.sees("表决已安排好")
    await zhou.taps("🗳 表决")
    await zhou.sees("11月25日周三 09:00开始")
    await story.later(days=1)
    await wang.has("有一项表决")
    await zhou.has("有一项表决")
    await zhou.taps("取消表决")
    await zhou.sees("要取消这次表决吗", "6票里已经投了0票")
    await zhou.taps("是的，取消")
    await zhou.told("表决已取消，已通知大家")
    await wang.has("这次表决已取消")
    await wang.forges("vc:1:y:")
    await wang.told("这次表决已取消")


async def test_who_is_no_secretary_is_told_so(story: Story, wang: Someone, zhao: Someone) -> None:
    await is_deliberated(story)
    for someone in (wang, zhao):
        await opens_proposal(someone, 1)
        assert not [label for label in someone.buttons() if "组织表决" in label]
        await someone.forges("pp:q:1")
        await someone.told("不归您办")
    await zhao.forges("vc:9:y:")
    await zhao.told("这次表决已经不在了")
    await zhao.forges("vc")
    await zhao.sees("请在选票上再点一次")
