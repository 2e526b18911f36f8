"""A day and a week told at once, over HTTP: the sandbox takes them as strictly as Telegram."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone, Story


async def test_the_week_s_rates_in_words_and_as_a_picture(
    story: Story, wang: Someone, li: Someone, zhou: Someone
) -> None:
    await story.house.ticker.arrange()
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.taps("解决了", "⭐⭐⭐⭐⭐")
    await wang.sees("谢谢")
    await story.later(days=7)
    await zhou.has("📊", "解决率：1件中1件（100%）", "物业公司", "怎么算的")
    await zhou.has("📊", "<photo>")
    (sent,) = story.world.calls.since(0, "sendPhoto")
    assert sent.params["chat_id"]
    assert len(sent.params["caption"]) <= 1024

    await zhou.says("/language")
    await zhou.taps("English")
    await a_lamp_is_broken(wang)
    await story.later(days=7)
    await zhou.has("📊", "Response rate:", "By responsible body:", "What is counted:")
    await zhou.has("📊", " to ", "<photo>")


async def test_the_morning_of_staff_and_the_sunday_of_volunteers(
    story: Story, wang: Someone, li: Someone, zhao: Someone
) -> None:
    await story.house.ticker.arrange()
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await story.later(days=1)
    await zhao.has("☀️ 早上好", "101号")
    await zhao.taps("🗂 工作台：我负责的")
    await zhao.sees("101号")
    await wang.taps("解决了", "⭐⭐⭐⭐")
    await wang.sees("谢谢")
    await story.later(days=4, hours=1)
    await li.has("💚 您的一周", "1件", "王秀英", "⭐⭐⭐⭐")
