"""The yearly survey by taps: asked, filled in together, read back, followed up."""

from sqlalchemy import select

from handlers.care.callbacks import (
    AskingAct,
    BeginSurvey,
    OnAsking,
    OnResident,
    OnSurvey,
    ResidentAct,
    SurveyAct,
    ToSurveys,
)
from models.care.tables import CareAskingRow
from models.database import transaction
from models.people.tables import PersonRow
from tests.conversations.script import Someone, Story


async def begins(zhao: Someone) -> None:
    """Begin the survey of the community as staff."""
    await zhao.says("/care")
    await zhao.taps("📋 摸底")
    await zhao.sees("每年问一次大家需要什么", "不会通知居民")
    await zhao.taps("➕ 开始")
    await zhao.told("由您一位一位地去问")
    await zhao.sees("年摸底", "问过0人", "愿意0人")


async def finds(zhao: Someone, name: str) -> None:
    """Turn pages until somebody is on one, and tap them."""
    while not any(name in label for label in zhao.buttons()):
        await zhao.taps("更多")
        await zhao.sees("年摸底")
    await zhao.taps(name)


async def fills_in(zhao: Someone) -> None:
    """Answer the sheet as staff, with the person beside them."""
    await zhao.sees("家里都有谁一起住")
    await zhao.taps("一个人住")
    await zhao.sees("平时出门方便吗")
    await zhao.taps("要人搭把手")
    await zhao.sees("希望有人帮什么忙")
    await zhao.taps("聊聊天", "买菜买东西", "完成")
    await zhao.sees("想不想有邻居常来看看")
    await zhao.taps("每周来")
    await zhao.sees("每天早上有人问一声平安")
    await zhao.taps("想，每天问一声")
    await zhao.sees("可以告诉谁")
    await zhao.says("女儿小红")
    await zhao.sees("电话是多少")
    await zhao.says("13800001001")
    await zhao.sees("还有什么想说的")
    await zhao.says("晚上怕黑")
    summed = await zhao.sees("摸底表", "希望帮忙：聊聊天、买菜买东西", "常来看看：每周来")
    assert "女儿" not in summed
    assert "怕黑" not in summed
    await zhao.taps("发送")
    await zhao.sees("现在请本人核对一遍")


async def test_from_the_first_question_to_what_follows(
    story: Story, zhao: Someone, wang: Someone
) -> None:
    await begins(zhao)
    await finds(zhao, "王")
    await zhao.sees("一起填吗", "先问问本人")
    await zhao.taps("📨 去问对方")
    await zhao.told("有了答复马上告诉您")

    await wang.has("社区每年问一次大家需要什么", "想和您一起填，几分钟")
    await wang.taps("😊 好的")
    await wang.told("那就一起填")
    await zhao.has("愿意和您一起填摸底表")
    await zhao.taps("📝 一起填")
    await fills_in(zhao)

    await wang.has("这是和您一起记下的，都对吗", "同住：一个人住", "有事告诉：女儿小红", "晚上怕黑")
    await wang.taps("✏️ 要改")
    await wang.told("会和您一起改")
    await zhao.has("想改一改摸底表")
    await zhao.taps("📝 一起填")
    await fills_in(zhao)
    await wang.taps("😊 都对")
    await wang.told("记下了：都对")
    await wang.has("您说过都对", "您想每天有人问一声平安")

    await zhao.taps("🔒 打开")
    await zhao.sees("有事告诉：女儿小红", "晚上怕黑")
    await zhao.taps("🏡 提议邻居来看看（每周一次）")
    await zhao.sees("星期几")
    await zhao.taps("星期三")
    await zhao.sees("为什么")
    await zhao.taps("跳过")
    await zhao.sees("心愿")
    await zhao.taps("跳过")
    await zhao.sees("王")
    await zhao.taps("还没有合适的人")
    await zhao.sees("每周一次")
    await zhao.taps("📨 去问对方")
    await wang.has("邻居", "愿意吗")
    await zhao.has("摸底")
    await zhao.taps("🙏 替本人求助")
    await zhao.sees("第1步")
    await zhao.says("/cancel")
    await wang.says("/settings")
    await wang.taps("谁看过我的资料")
    await wang.sees("赵")

    await wang.says("/care")
    await wang.taps("📋 今年问过您的事")
    await wang.sees("您说过都对")
    await wang.taps("不要留")
    await wang.told("什么都没留")
    await wang.sees("什么都没留")


async def test_in_english_a_no_is_one_tap(story: Story, zhao: Someone, emma: Someone) -> None:
    await begins(zhao)
    await finds(zhao, "Emma")
    await zhao.taps("📨 去问对方")
    await emma.has("Once a year the community asks what everybody needs", "a few minutes")
    await emma.taps("Not this year")
    await emma.told("Nobody asks again for a year")
    await emma.has("nobody asks again for a year")
    await zhao.has("今年不用填，没关系")
    await zhao.says("/care")
    await zhao.taps("📋 摸底")
    await zhao.sees("不会通知居民")
    await zhao.taps("📋 桂花社区")
    await zhao.sees("问过1人", "今年不用1人")


async def test_in_english_it_is_read_back(story: Story, zhao: Someone, emma: Someone) -> None:
    await begins(zhao)
    await finds(zhao, "Emma")
    await zhao.taps("📨 去问对方")
    await emma.has("a few minutes")
    await emma.taps("😊 Gladly")
    await zhao.has("愿意和您一起填摸底表")
    await zhao.taps("📝 一起填")
    await fills_in(zhao)
    await emma.has("Is all of it right?", "Lives with: Alone", "Looking in: Every week")
    await emma.taps("Keep nothing of it")
    await emma.told("nothing of it is kept")
    await emma.has("Nothing of it is kept, as you wished.")


async def test_somebody_without_telegram_is_asked_at_the_door(
    story: Story, zhao: Someone, wang: Someone
) -> None:
    async with transaction(story.house.sessions) as session:
        at = await session.scalar(
            select(PersonRow.place_id).where(PersonRow.telegram_id == wang.person.id)
        )
        assert at is not None
        row = PersonRow(
            name="孙奶奶",
            language="zh_Hans",
            place_id=at,
            created_at=story.world.clock.now(),
        )
        session.add(row)
    await begins(zhao)
    await finds(zhao, "孙奶奶")
    await zhao.sees("本人没有Telegram", "当面去问")
    assert not any("📨" in label for label in zhao.buttons()[-6:])
    await zhao.taps("🚪 当面问过：愿意")
    await zhao.told("那就一起填")
    await zhao.sees("当面问的", "转达本人的话")
    await zhao.taps("📝 一起填")
    await fills_in(zhao)
    await zhao.has("请念给本人听")
    await zhao.taps("🔊 念过了，都对")
    await zhao.told("都对")
    await zhao.has("✅ 本人说都对")


async def test_strangers_forge_and_get_nothing(
    story: Story, zhao: Someone, wang: Someone, li: Someone
) -> None:
    await begins(zhao)
    await finds(zhao, "王")
    await zhao.taps("📨 去问对方")
    await wang.has("想和您一起填")
    async with transaction(story.house.sessions) as session:
        asking = (await session.scalars(select(CareAskingRow))).one()
    await li.says("/care")
    await li.sees("常来看看")
    assert not any("摸底" in label for label in li.buttons())
    for data in (
        ToSurveys(),
        BeginSurvey(place=1),
        *(OnSurvey(act=act, id=asking.survey_id) for act in SurveyAct),
        *(OnResident(act=act, id=1, person=asking.person_id) for act in ResidentAct),
        *(OnAsking(act=act, id=asking.id) for act in AskingAct),
    ):
        await li.forges(data.pack())
        assert "不属于您的辖区" in (li.toast() or ""), (data, li.toast())
    async with transaction(story.house.sessions) as session:
        same = (await session.scalars(select(CareAskingRow))).one()
        assert (same.state, same.filing_id) == ("asked", None)
    await wang.forges(OnAsking(act=AskingAct.FILL, id=asking.id).pack())
    await wang.forges(OnAsking(act=AskingAct.HELP, id=asking.id).pack())
    await wang.forges(OnAsking(act=AskingAct.SEALED, id=asking.id).pack())
    await wang.taps("😊 好的")
