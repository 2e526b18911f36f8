"""Slips while a broadcast is written: one picture of several, a button of an earlier screen."""

from tests.conversations.script import Someone
from tests.conversations.test_broadcast_writing import drafts, sends_album, writes


async def test_of_an_album_that_is_replied_to_one_picture_is_taken_and_said(
    zhou: Someone, wang: Someone
) -> None:
    sends_album(zhou, "三张照片", 3)
    first = next(one for one in zhou.person.chat.messages.values() if "media_group_id" in one)
    zhou.person.send_text("/broadcast", reply_to=first["message_id"])
    await zhou.has("那是一组里的一个", "只收下这一个")
    await drafts(zhou)
    await zhou.taps("📢 发给", "📢 是的，发出")
    await wang.has("三张照片")
    assert len([one for one in wang.shown if one.get("photo")]) == 1


async def test_a_cross_of_an_earlier_screen_takes_nothing_else_away(zhou: Someone) -> None:
    await writes(zhou, "明天上午停水。")
    for label, url in (("安排", "https://a.example.com"), ("电话", "https://b.example.com")):
        await zhou.taps("🔘 按钮", "🔗 加链接")
        await zhou.says(url)
        await zhou.sees("按钮上写什么")
        await zhou.says(label)
        await zhou.sees("草稿", label)
    await zhou.taps("🔘 按钮")
    await zhou.sees("安排", "电话")
    stale = next(
        button["callback_data"]
        for row in zhou.shown[-1]["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"].startswith("✕ 🔗 安排")
    )
    await zhou.taps("✕ 🔗 安排")
    await zhou.sees("已保存", "电话")
    zhou.person.press(zhou.shown[-1]["message_id"], stale)
    await zhou.sees("内容后来改过，请再看一遍", "🔗 电话")
