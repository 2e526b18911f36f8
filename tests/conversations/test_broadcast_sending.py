"""A broadcast from its draft to every chat: tried on oneself, sent, corrected; both languages."""

from tests.conversations.script import Someone, Story


async def writes(someone: Someone, words: str, place: str = "桂花社区") -> None:
    """Write a draft to everybody at a place, and look at its card."""
    await someone.says("/broadcast")
    await someone.sees("要通知大家什么")
    await someone.says(words)
    await someone.sees("发给")
    await someone.taps(place)
    await someone.sees("是哪一类")
    await someone.taps("水电")
    await someone.sees("草稿")


async def test_what_was_written_is_what_everybody_gets(
    story: Story, zhou: Someone, wang: Someone, emma: Someone
) -> None:
    await writes(zhou, "明天上午停水。")
    await zhou.taps("🌐 另一种语言")
    await zhou.says("No water tomorrow morning.")
    await zhou.sees("草稿")
    await zhou.taps("🧪 测试")
    await zhou.has("测试，只发给您一个人", "明天上午停水。")
    await zhou.has("TEST, to you alone", "No water tomorrow morning.")
    await zhou.taps("📢 发给")
    await zhou.sees("确定就这样发出吗")
    await zhou.taps("📢 是的，发出")
    await wang.has("桂花社区", "明天上午停水。")
    await emma.has("No water tomorrow morning.")
    await zhou.taps("更正")
    await zhou.sees("正确的内容是什么")
    await zhou.says("明天下午停水。")
    await zhou.sees("另一种语言")
    await zhou.says("No water tomorrow afternoon.")
    await zhou.taps("✏️ 全部更正")
    await wang.has("明天下午停水。", "更正，以此为准")
    await emma.has("No water tomorrow afternoon.", "Corrected")
