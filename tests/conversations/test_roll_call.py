"""Roll-calls from the first button to the thanks: a real one and a drill, in both languages."""

import pytest
from sqlalchemy import select

from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow
from models.database import transaction
from models.help.rules.policy import Urgency
from models.help.tables import MediaRow, RequestRow
from models.outbox.reaching import recognise
from models.people.actions.proxies import add_person_without_phone
from models.people.tables import PersonRow
from models.places.queries import find_code
from tests.conversations.conftest import EMMA
from tests.conversations.script import Someone, Story
from tests.rollcalls.hall import send_out

MINUTES = 15


async def grandma_has_no_phone(story: Story) -> None:
    """Let Emma speak for Mrs Sun, who lives in building 3."""
    now = story.world.clock.now()
    async with transaction(story.house.sessions) as session:
        emma = await recognise(session, EMMA, now)
        place = await find_code(session, "b3")
        assert emma is not None
        assert place is not None
        await add_person_without_phone(
            session, emma, name="孙奶奶", place_id=place.id, proxy_id=emma.id, now=now
        )
        assert await session.scalar(select(PersonRow.id).where(PersonRow.name == "孙奶奶"))


async def is_approved(story: Story) -> None:
    """Let the newest draft go out, as if a second person had approved it."""
    async with transaction(story.house.sessions) as session:
        found = await session.scalars(select(BroadcastRow).order_by(BroadcastRow.id.desc()))
        row = found.first()
        assert row is not None
        assert row.state == State.DRAFT
        await send_out(session, row, story.world.clock.now())
    story.house.sender.wake()


async def prepares_a_real_one(zhou: Someone) -> None:
    await zhou.says("/rollcall")
    await zhou.sees("真实紧急情况的平安点名", "另一个人审核")
    await zhou.taps("真实紧急情况：准备点名")
    await zhou.sees("发生了什么")
    await zhou.taps("地震")
    await zhou.sees("在哪里")
    await zhou.taps("桂花社区")
    await zhou.taps("桂花社区全部")
    await zhou.sees("这不是练习", "刚刚发生地震", "桂花社区")
    await zhou.taps("🟥 真实紧急情况：准备点名")
    await zhou.sees("准备好了", "刚刚发生地震", "There has been an earthquake")
    await zhou.taps("🚨🔴 平安点名")
    asked = await zhou.sees("要送去审核吗")
    assert "只写了一种语言" not in asked
    await zhou.taps("不，返回")


async def prepares_a_drill(zhou: Someone) -> None:
    await zhou.says("/rollcall")
    await zhou.taps("没有紧急情况")
    await zhou.sees("练习平安点名")
    await zhou.taps("演练：准备一次练习")
    await zhou.sees("练习什么")
    await zhou.taps("地震", "桂花社区", "桂花社区全部")
    await zhou.sees("准备这次练习吗")
    await zhou.taps("🟦 演练：准备练习")
    await zhou.sees("准备好了", "假设发生地震")


async def test_a_real_roll_call_from_the_first_button_to_the_thanks(
    story: Story, wang: Someone, emma: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await grandma_has_no_phone(story)
    await prepares_a_real_one(zhou)
    await is_approved(story)
    await zhou.has("平安点名看板", "7人，已回答0人", "没有消息: 7")

    await story.later(minutes=MINUTES)
    await wang.has("您平安吗", "刚刚发生地震", "还没有收到您的回答")
    await wang.says("楼道的灯灭了")
    await wang.has("要请邻居来帮忙吗")
    await wang.sees("您平安吗", "还没有收到您的回答")
    await wang.taps("🆘 我需要帮助")
    await wang.sees("求助已经发出，求助号101", "请先拨打120")
    await wang.has("点一下告诉我们您在哪里")
    wang.person.send_location(30.25, 120.15)
    await wang.has("来的人知道您在哪里了")
    await wang.has("求助已经发出")
    assert "求助" in wang.keyboard
    await help_is_asked_for(story)

    await emma.has("Are you safe?", "There has been an earthquake", "not heard about: 孙奶奶")
    await emma.taps("I'm safe")
    await emma.sees("Down as safe")
    await emma.taps("孙奶奶 can help")
    await emma.sees("About 孙奶奶", "ready to help")
    await emma.taps("孙奶奶 is safe")
    await emma.sees("About 孙奶奶", "Down as safe")

    await li.taps("🤝 我能帮忙")
    await li.sees("已记下：能帮忙")
    await story.later(seconds=15)
    await zhou.has("平安点名看板", "7人，已回答4人", "需要帮助: 1", "能帮忙: 1", "平安: 2")
    await zhou.taps("🆘 需要帮助 (1)")
    await zhou.sees("王秀英", "101号")
    await zhou.taps("🆘 王秀英")
    await zhou.taps("门牌和电话")
    await zhou.told("13800001001")
    await zhou.taps("回名单", "回看板")
    await zhou.taps("请能帮忙的人过来")
    await zhou.sees("请他们去哪里")
    await zhou.says("请到5号楼门口")
    await zhou.sees("正在请他们过来", "1")
    await li.has("请来帮忙", "请到5号楼门口", "自己安全才去")

    await wang.taps("✅ 我平安")
    await wang.sees("已记下：平安", "求助101还没有结束")
    await wang.taps("可以，不需要帮助了")
    await wang.sees("101")

    await zhou.taps("回看板")
    await zhou.taps("🔇 没有消息")
    await zhou.sees("陈静", "赵")
    await zhou.taps("🔇 陈静")
    await zhou.taps("见到了：平安")
    await zhou.told("记下了")
    await zhou.sees("平安", "代答")
    for _round in range(3):
        await story.later(minutes=MINUTES)
    await zhao.has("您楼里还没有消息的人", "请上门看看")
    await zhou.taps("回名单", "回看板", "⏹ 结束点名")
    await zhou.sees("结束点名吗", "没有消息")
    await zhou.taps("⏹ 是的，结束")
    await zhou.sees("最后的结果", "7人，已回答5人")
    await emma.has("The roll-call is over. Thank you")
    await emma.taps("I'm safe")
    await emma.told("The roll-call is over")
    await li.has("点名结束")
    await li.taps("🆘 我需要帮助")
    await li.sees("紧急求助", "先打120")
    for someone in (wang, emma, li, zhao, zhou):
        assert not [text for text in someone.texts() if "演练" in text or "DRILL" in text]


async def help_is_asked_for(story: Story) -> None:
    """Hold that an emergency stands where Mrs Wang lives, with where she is."""
    async with transaction(story.house.sessions) as session:
        request = (await session.scalars(select(RequestRow))).one()
        home = await find_code(session, "b5")
        spot = (await session.scalars(select(MediaRow))).one()
        assert home is not None
        assert (request.urgency, request.place_id) == (Urgency.EMERGENCY, home.id)
        assert (spot.request_id, spot.latitude, spot.longitude) == (request.id, 30.25, 120.15)


def is_marked(text: str) -> bool:
    """Tell whether a message says first and last that it is a drill, but for one's own answer."""
    plain = text.partition("\n\n✓ ")[0].strip("🟦 \n")
    marks = plain.count("演练") + plain.count("DRILL")
    return plain.startswith(("演练", "DRILL")) and plain.endswith(("演练", "DRILL")) and marks == 2


async def test_a_roll_call_is_answered_in_words(
    story: Story, wang: Someone, emma: Someone, li: Someone, zhou: Someone
) -> None:
    await prepares_a_real_one(zhou)
    await is_approved(story)
    await zhou.has("平安点名看板", "已回答0人")
    await story.later(minutes=MINUTES)
    await wang.has("刚刚发生地震")
    await wang.says("我没事，谢谢关心")
    await wang.sees("已记下：平安")
    await emma.has("There has been an earthquake")
    await emma.says("I can help")
    await emma.sees("ready to help")
    await li.has("刚刚发生地震")
    await li.forwards("我没事")
    await li.says("我被压住了，动不了，救命")
    await li.sees("求助已经发出，求助号101", "请先拨打120")
    await story.later(seconds=15)
    await zhou.has("平安点名看板", "已回答3人", "需要帮助: 1", "能帮忙: 1", "平安: 1")


async def test_a_drill_says_so_first_and_last_in_everything(
    story: Story, wang: Someone, emma: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await grandma_has_no_phone(story)
    everybody = (wang, emma, li, zhao, zhou)
    before = {someone.person.id: len(someone.texts()) for someone in everybody}
    await prepares_a_drill(zhou)
    begun = len(zhou.texts())
    await is_approved(story)
    await zhou.has("平安点名看板", "7人，已回答0人")
    await story.later(minutes=MINUTES)
    await wang.has("您平安吗", "假设发生地震")
    await wang.taps("🆘 我需要帮助")
    await wang.told("演练 · 记下了，谢谢 · 演练")
    await wang.sees("什么也没有发出")
    await emma.has("We practise an earthquake")
    await emma.taps("孙奶奶 needs help")
    await emma.told("DRILL")
    await emma.sees("Nothing was sent")
    await li.taps("我能帮忙")
    await li.sees("已记下：能帮忙")
    await zhou.taps("看最新情况", "🔇 没有消息")
    await zhou.taps("🔇 陈静", "门牌和电话")
    await zhou.told("演练 · 没有留下门牌和电话。 · 演练")
    await zhou.taps("见到了：平安")
    await zhou.told("演练 · 记下了，谢谢 · 演练")
    await zhou.taps("回名单", "回看板", "请能帮忙的人过来")
    await zhou.says("请到5号楼门口")
    await li.has("请来帮忙", "请到5号楼门口")
    for _round in range(3):
        await story.later(minutes=MINUTES)
    await zhao.has("您楼里还没有消息的人")
    await zhou.taps("回看板", "⏹ 结束点名")
    await zhou.taps("⏹ 是的，结束")
    await zhou.sees("最后的结果")
    for someone in everybody:
        await someone.has("点名结束" if someone is not emma else "Roll-call ended")
    for someone in everybody:
        start = begun if someone is zhou else before[someone.person.id]
        for text in someone.texts()[start:]:
            assert is_marked(text), text
            assert "🟥" not in text
    async with transaction(story.house.sessions) as session:
        assert (await session.scalars(select(RequestRow))).all() == []


async def test_who_is_no_staff_begins_nothing_and_sees_no_board(
    story: Story, wang: Someone, zhou: Someone
) -> None:
    await wang.says("/rollcall")
    await wang.sees("平安点名由工作人员发起")
    await prepares_a_real_one(zhou)
    await is_approved(story)
    await zhou.has("平安点名看板")
    await wang.forges("qb:1:0")
    await wang.told("给负责点名的人看")
    await wang.forges("qr:1")
    await wang.told("给负责点名的人看")


@pytest.mark.parametrize("page", ["/rollcall", "/drill"])
async def test_a_drill_and_the_real_thing_never_stand_on_one_page(zhou: Someone, page: str) -> None:
    await zhou.says(page)
    text = await zhou.sees("平安点名")
    shown = [text, *(row["text"] for rows in _rows(zhou) for row in rows)]
    drill, real = [any(word in each for each in shown) for word in ("演练", "真实")]
    assert (drill, real) == (page == "/drill", page == "/rollcall")


def _rows(someone: Someone) -> list[list[dict[str, str]]]:
    found: list[list[dict[str, str]]] = someone.shown[-1]["reply_markup"]["inline_keyboard"]
    return found


async def test_an_answer_in_words_is_renewed_when_they_are_changed(
    story: Story, wang: Someone, zhou: Someone
) -> None:
    await prepares_a_real_one(zhou)
    await is_approved(story)
    await story.later(minutes=MINUTES)
    await wang.has("您平安吗")
    await wang.says("我没事")
    await wang.sees("已记下：平安")
    await wang.changes("我没事", "我没事，猫也没事吧")
    await wang.sees("还是打勾的那个")
    assert any("平安 ✔" in label for label in wang.buttons())
    await wang.changes("我没事", "我需要帮助")
    await wang.sees("求助已经发出")


async def test_an_answer_that_becomes_a_cry_calls_for_help(
    story: Story, wang: Someone, zhou: Someone, li: Someone
) -> None:
    await prepares_a_real_one(zhou)
    await is_approved(story)
    await story.later(minutes=MINUTES)
    await wang.has("您平安吗")
    await wang.says("我没事")
    await wang.sees("已记下：平安")
    await wang.changes("我没事", "救命")
    await wang.sees("求助已经发出")
    await li.has("邻居急需帮忙")
