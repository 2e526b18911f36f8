"""What recipients have in their chats: photos and albums as such, and nothing after a recall."""

from sqlalchemy import func, select

from models.broadcasts.tables import RecipientRow
from models.database import transaction
from tests.conversations.script import Someone, Story
from tests.conversations.test_broadcast_writing import drafts, sends_album, writes
from tests.conversations.test_roll_call import grandma_has_no_phone


async def goes_out(zhou: Someone, number: int = 1) -> None:
    await zhou.taps("📢 发给")
    await zhou.taps("📢 是的，发出")
    await zhou.has(f"第{number}号", "已发送")  # its own card: older ones have the same buttons


async def test_a_photo_arrives_with_its_words_and_is_corrected_and_recalled(
    zhou: Someone, wang: Someone
) -> None:
    await zhou.says("/broadcast")
    await zhou.shows_photo("看这里")
    await drafts(zhou)
    await goes_out(zhou)
    await wang.has("看这里")
    assert wang.shown[-1]["photo"]
    await wang.taps("收到")
    await wang.told("收到")
    await zhou.taps("✏️ 更正文字")
    await zhou.says("看那里")
    await zhou.taps("跳过", "✏️ 全部更正")
    await wang.has("看那里", "更正，以此为准")
    assert wang.shown[-1]["photo"]
    await zhou.taps("🧹 撤回")
    await zhou.taps("🧹 是的，撤回")
    await zhou.sees("已撤回")
    card = next(each for each in reversed(zhou.shown) if "已撤回" in each.get("text", ""))
    keys = [key["text"] for row in card["reply_markup"]["inline_keyboard"] for key in row]
    assert not [label for label in keys if "更正" in label or "撤回" in label]
    await wang.story.until(
        lambda: not any("看那里" in text for text in wang.texts()), lambda: str(wang.texts())
    )


async def test_an_album_arrives_whole_and_goes_whole(zhou: Someone, wang: Someone) -> None:
    await zhou.says("/broadcast")
    await zhou.sees("要通知大家什么")
    sends_album(zhou, "三张照片", 3)
    await drafts(zhou)
    await goes_out(zhou)
    await wang.has("三张照片")
    assert [bool(one.get("photo")) for one in wang.shown[-4:]] == [True, True, True, False]
    await zhou.taps("🧹 撤回")
    await zhou.taps("🧹 是的，撤回")
    await wang.story.until(lambda: _nothing_of_it(wang), lambda: str(wang.texts()))


def _nothing_of_it(someone: Someone) -> bool:
    pictures = any(one.get("photo") for one in someone.shown)
    return not pictures and not any("三张照片" in text for text in someone.texts())


async def test_what_is_paused_waits_and_what_is_cancelled_never_comes(
    story: Story, zhou: Someone, wang: Someone
) -> None:
    await story.later(hours=13)
    await writes(zhou, "第一条")
    await goes_out(zhou)
    await zhou.taps("✕ 取消")
    await zhou.taps("✕ 是的，取消")
    await zhou.sees("已取消")
    await writes(zhou, "第二条")
    await goes_out(zhou, 2)
    await zhou.taps("⏸ 暂停")
    await zhou.sees("已暂停")
    await story.later(hours=10)
    await writes(zhou, "第三条")
    await goes_out(zhou, 3)
    await wang.has("第三条")
    assert not any("第一条" in text or "第二条" in text for text in wang.texts())
    await zhou.taps("▶️")
    await wang.has("第二条")
    assert not any("第一条" in text for text in wang.texts())


async def test_what_telegram_keeps_after_two_days_is_said(
    story: Story, zhou: Someone, wang: Someone
) -> None:
    await writes(zhou, "周六大扫除")
    await goes_out(zhou)
    await wang.has("周六大扫除")
    await story.all_sent()
    await story.later(seconds=6)
    await zhou.has("已发完")
    await story.later(hours=49)
    await zhou.taps("🧹 撤回")
    await zhou.taps("🧹 是的，撤回")
    await zhou.sees("已撤回", "还留在6个人的聊天里")
    assert any("周六大扫除" in text for text in wang.texts())


async def test_a_file_a_voice_and_a_point_on_the_map_arrive_as_such(
    zhou: Someone, wang: Someone
) -> None:
    await zhou.says("/broadcast")
    await zhou.sees("要通知大家什么")
    await zhou.sends_file("会议材料")
    await drafts(zhou)
    await goes_out(zhou)
    await wang.has("会议材料")
    assert wang.shown[-1]["document"]["file_name"] == "note.txt"
    await zhou.says("/broadcast")
    await zhou.sees("要通知大家什么")
    await zhou.speaks()
    await drafts(zhou)
    await goes_out(zhou)
    await wang.story.until(lambda: "voice" in wang.shown[-1], lambda: str(wang.shown[-1]))
    assert wang.shown[-1]["reply_markup"]["inline_keyboard"][0][0]["text"] == "✅ 收到"
    await zhou.says("/broadcast")
    await zhou.sees("要通知大家什么")
    zhou.person.send_location(30.25, 120.17)
    await drafts(zhou)
    await goes_out(zhou)
    await wang.story.until(lambda: "location" in wang.shown[-2], lambda: str(wang.shown[-2:]))
    assert abs(wang.shown[-2]["location"]["latitude"] - 30.25) < 0.001
    assert "✅ 收到" in wang.buttons()


async def test_who_has_no_phone_gets_it_through_whoever_speaks_for_them(
    story: Story, zhou: Someone, wang: Someone, emma: Someone
) -> None:
    await grandma_has_no_phone(story)
    await writes(zhou, "明天停水")
    await goes_out(zhou)
    await emma.has("明天停水", "🤝 For 孙奶奶 too: please pass it on.")
    copy = await wang.has("明天停水")
    assert "孙奶奶" not in copy
    await emma.taps("Received")
    await emma.told("Thank you: noted that you have received it.")
    async with transaction(story.house.sessions) as session:
        confirmed = select(func.count(RecipientRow.confirmed_at))
        assert await session.scalar(confirmed) == 2, "her own, and that of whom she speaks for"
