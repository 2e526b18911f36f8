"""Money was asked for: reported, sent back, signed off, asked about, by taps."""

from tests.conversations.script import Someone, Story
from tests.conversations.test_care import pairs_up


async def says_so(wang: Someone) -> None:
    """Say as Mrs Wang that money was asked for."""
    await wang.says("/care")
    await wang.taps("💰 有人跟我要钱")
    await wang.says("他要借五百块")
    await wang.sees("会保密")


async def signs(sun: Someone) -> None:
    """Open what was reported, and sign it off."""
    await sun.has("处理情况报上来了", "请打开看看")
    await sun.taps("🔒 打开看")
    await sun.sees("他要借五百块")
    await sun.taps("✅ 确认处理好了")
    await sun.told("已确认")


async def test_money_from_what_she_says_to_whether_it_was_well(
    story: Story, zhao: Someone, wang: Someone, li: Someone, zhou: Someone, sun: Someone
) -> None:
    await pairs_up(zhao, wang, li)
    await says_so(wang)
    await zhou.has("悄悄话", "有人要钱", "前处理")
    await zhou.taps("📝 汇报我做了什么")
    await zhou.sees("您做了什么")
    await zhou.says("问过了，是误会")
    await zhou.sees("现在请另一位复核", "另一位复核过才算完")

    card = await sun.has("处理情况报上来了", "周正汇报了处理情况")
    assert "五百" not in card
    assert "误会" not in card
    assert "✅ 确认处理好了" not in sun.buttons(), "nobody signs unread"
    await sun.taps("🔒 打开看")
    await sun.sees("他要借五百块", "问过了，是误会", "📞 王秀英")
    await sun.taps("↩️ 还不够")
    await sun.sees("还差什么")
    await sun.says("钱还了没有？")
    await sun.sees("已退回")

    card = await zhou.has("处理得还不够", "孙丽：还不够")
    assert "钱还了" not in card
    await zhou.taps("🔒 打开看")
    await zhou.sees("钱还了没有？")
    await zhou.taps("📝 汇报我做了什么")
    await zhou.speaks()
    await zhou.sees("现在请另一位复核")
    await sun.has("处理情况报上来了")
    await sun.taps("🔒 打开看", "🎤 听语音")
    await sun.sees("<voice>")
    await sun.taps("✅ 确认处理好了")
    await sun.told("已确认")
    await zhou.has("您的处理情况已经确认了")
    for other in (zhao, li):
        assert not any("五百" in text or "有人要钱" in text for text in other.texts())

    await story.later(days=7, hours=1)
    await wang.has("上次您说有人跟您要钱", "后来还好吗")
    await wang.taps("❗ 又有了")
    await wang.sees("想说说怎么回事吗")
    await wang.says("昨天又来借")
    await wang.sees("又有了", "很快会有人给您打电话")
    card = await zhou.has("后来并不好", "又有了")
    assert "昨天" not in card
    await zhou.taps("🔒 打开看")
    await zhou.sees("昨天又来借")
    await zhou.taps("📝 汇报我做了什么")
    await zhou.says("和他谈过了")
    await zhou.sees("现在请另一位复核")
    await signs(sun)

    await story.later(days=7, hours=1)
    await wang.has("后来还好吗")
    await wang.taps("😊 都好")
    await wang.told("那就好")
    await story.later(days=23)
    await wang.has("后来还好吗")
    await story.later(days=4, hours=1)
    await sun.has("王秀英一直没说后来好不好", "没有回答", "📝 周正")
    await sun.taps("🔒 打开看")
    await sun.sees("📞 王秀英")
    await sun.taps("☎️ 对方说：都好")
    await sun.told("那就好")
    await wang.says("/settings")
    await wang.taps("谁看过我的资料")
    await wang.sees("孙丽", "处理您的悄悄话")


async def test_strangers_forge_every_button_of_it(
    story: Story,
    zhao: Someone,
    wang: Someone,
    li: Someone,
    zhou: Someone,
    sun: Someone,
    emma: Someone,
) -> None:
    await pairs_up(zhao, wang, li)
    await says_so(wang)
    await zhou.taps("📝 汇报我做了什么")
    await zhou.says("问过了")
    await zhou.sees("现在请另一位复核")
    for data in ("kk:y:1", "kk:s:1"):
        await zhou.forges(data)
        await zhou.told("由别人来说")
    await signs(sun)
    await story.later(days=7, hours=1)
    await wang.has("后来还好吗")
    for data in ("kk:o:1", "kk:r:1", "kk:y:1", "kk:b:1", "kk:l:1", "k4:1:1:1", "k5:o:1", "k5:n:1"):
        await emma.forges(data)
        await emma.told("not of your places")
        await li.forges(data)
        await li.told("不属于您的辖区")
    await zhou.forges("k4:1:1:1")
    await zhou.told("不属于您的辖区")
    await emma.forges("k5:o:999")
    await emma.told("no longer there")


async def test_what_was_asked_is_told_by_voice(
    story: Story, zhao: Someone, wang: Someone, li: Someone, zhou: Someone
) -> None:
    await pairs_up(zhao, wang, li)
    await wang.says("/care")
    await wang.taps("💰 有人跟我要钱")
    await wang.sees("按住麦克风")
    await wang.speaks()
    await wang.sees("会保密")
    await zhou.has("悄悄话", "有人要钱")
    await zhou.taps("🔒 打开看")
    await zhou.sees("🎤 一段语音")
    await zhou.taps("🎤")
    await zhou.sees("<voice>")
