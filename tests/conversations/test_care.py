"""Looking in on somebody, from the proposal to what is told in confidence, by taps, twice told."""

from tests.conversations.script import Someone, Story


async def proposes(zhao: Someone, whom: str = "王秀英", visitor: str = "李强") -> None:
    """Propose as the office that a neighbour looks in every Wednesday."""
    await zhao.says("/care")
    await zhao.sees("常来看看")
    await zhao.taps("🏡 关怀户", "➕ 提议一个关怀户")
    await zhao.says(whom)
    await zhao.taps(f"👤 {whom}", "每周一次", "星期三", "独居")
    await zhao.says("喜欢下棋")
    await zhao.sees("哪位邻居")
    await zhao.says(visitor)
    await zhao.taps(f"👤 {visitor}")
    await zhao.sees("由对方自己决定", "🔒 独居", "喜欢下棋")
    await zhao.taps("📨 去问对方")
    await zhao.sees("已经去问了", visitor)


async def pairs_up(zhao: Someone, wang: Someone, li: Someone) -> None:
    """Let Mrs Wang and Mr Li agree, each for themselves."""
    await proposes(zhao)
    await wang.has("李强每星期三来看看您", "您愿意吗")
    await wang.taps("😊 愿意")
    await wang.told("会有人来看您")
    await li.has("桂花社区 5号楼一位邻居", "答应以后会告诉您对方的名字")
    await li.taps("✅ 我愿意")
    await li.told("谢谢")
    await li.sees("您每星期三去看望", "王秀英")
    await zhao.has("李强 → 🏡 王秀英", "✅")


async def stands_in(zhao: Someone, wang: Someone, chen: Someone) -> None:
    """Let Ms Chen come when Mr Li cannot."""
    await zhao.says("/care")
    await zhao.sees("常来看看")
    await zhao.taps("🏡 关怀户", "王秀英 · 桂花社区", "👥 推荐一位邻居", "平时来的人来不了时替一下")
    await zhao.taps("陈静")
    await zhao.sees("提议了", "陈静 · 替补")
    await wang.has("请陈静来看您，好吗")
    await wang.taps("😊 愿意")
    await wang.told("这就去问对方")
    await chen.has("平时有人看望，那位来不了时")
    await chen.taps("✅ 我愿意")
    await chen.told("谢谢")


async def test_from_the_proposal_to_what_was_found(
    story: Story, zhao: Someone, wang: Someone, li: Someone
) -> None:
    await pairs_up(zhao, wang, li)
    await wang.has("李强 · 定期看望")
    await story.later(hours=25)
    await li.has("今天是去看望的日子", "王秀英", "心愿：喜欢下棋")
    await li.taps("🚶 我今天去")
    await li.told("对方知道您要来了")
    mine = await li.sees("今天的暗号", "您去的日子")
    hers = await wang.has("李强来看您", "今天的暗号", "对得上再开门")
    word = mine.partition("暗号：")[2][:2]
    assert word
    assert word in hers
    assert "❌ 没来" not in wang.buttons(), "nobody asks whether he came before he says so"
    await li.taps("🙏 有需要")
    await li.sees("对方需要什么")
    await li.says("纱窗坏了")
    await li.sees("记下了", "已看望")
    await li.taps("💬 说说情况")
    await li.says("聊了半小时，精神很好")
    await li.sees("谢谢您去看望")
    await wang.has("李强今天来看过您吗")
    await wang.taps("✅ 来过")
    await wang.told("谢谢您")
    await wang.sees("您说：来过了")

    await zhao.says("/care")
    await zhao.sees("常来看看")
    await zhao.taps("🏡 关怀户", "王秀英 · 桂花社区")
    assert "纱窗" not in await zhao.sees("👤 王秀英", "🔒 已加密")
    await zhao.taps("🔒 原因、心愿和需求")
    await zhao.sees("独居", "喜欢下棋", "纱窗坏了")

    await story.later(days=7)
    await li.has("今天是去看望的日子", "上次说过", "纱窗坏了")
    await wang.says("/care")
    await wang.taps("🙏 我的需求（1）")
    await wang.sees("纱窗坏了")
    await wang.taps("🤝 请人帮忙：纱窗坏了")
    await wang.told("已经变成一条求助")

    await wang.says("/settings")
    await wang.taps("谁看过我的资料")
    await wang.sees("李强", "赵敏", "来看望您", "看望时找您家的门")


async def test_the_same_in_english(story: Story, zhao: Someone, emma: Someone, li: Someone) -> None:
    await emma.says("/care")
    await emma.sees("Would you like a neighbour to look in on you")
    await emma.taps("🏡 Please look in on me", "every week")
    await emma.says("Somebody who likes tea")
    await emma.sees("We look for a neighbour who suits you")
    assert "👀 The visit of today" not in emma.buttons()
    await zhao.has("Emma Clarke想有人常来看看")
    await zhao.taps("👥 推荐一位邻居", "定期去看望")
    await zhao.says("李强")
    await zhao.taps("👤 李强")
    await zhao.sees("先问关怀户")
    await emma.has("May 李强 look in on you?")
    await emma.taps("😊 Yes, please")
    await emma.told("Now we ask them")
    await li.taps("✅ 我愿意")
    await li.told("谢谢")
    await emma.has("李强 has said yes")
    await story.later(days=7)
    await li.has("今天是去看望的日子", "Somebody who likes tea")
    await li.taps("📅 别的日期", "12月2日周三")
    await li.told("您哪天来")
    await emma.has("李强 comes to see you: Wed, Dec 2")
    await story.later(days=1)
    await emma.has("comes to see you", "The word of today")
    await li.has("您说好了去看望Emma Clarke", "今天的暗号")
    await li.taps("😊 都好")
    await li.told("谢谢您去看望")
    await emma.has("Did 李强 come to see you today?")
    await emma.taps("❌ Nobody came")
    await emma.told("nobody is blamed")
    await emma.taps("↩️ A slip of the finger: they came")
    await emma.sees("You said: they came")
    await emma.says("/care")
    await emma.sees("Somebody looks in on you every week")
    await emma.taps("⏸ Pause")
    await emma.told("Nobody comes until you say so")
    await emma.taps("▶️ Come again, please")
    await emma.told("Gladly")
    await emma.taps("End it")
    await emma.told("Ended")
    await emma.sees("Nobody looks in on you any more", "one tap brings everything back")
    await zhao.has("Emma Clarke以后不用人来看望了")
    await emma.taps("↩️ A slip of the finger")
    await emma.told("all is as it was")
    await emma.sees("Somebody looks in on you every week")
    await zhao.has("Emma Clarke点错了")
    await emma.taps("End it")
    await emma.told("Ended")
    await story.later(hours=25)
    await emma.says("/care")
    await emma.sees("Would you like a neighbour to look in on you")


async def test_she_wants_somebody_else_or_not_now(
    zhao: Someone, wang: Someone, li: Someone
) -> None:
    await proposes(zhao)
    await wang.taps("🔄 换个人")
    await wang.told("会有人来看您")
    await wang.sees("正在为您找合适的邻居")
    await zhao.has("王秀英同意有人常来看看", "还没有人去看望")
    assert not any("王秀英" in text for text in li.texts()), "he never hears of it"
    await wang.taps("不用再来了")
    await wang.told("随时")
    await wang.sees("已结束")
    await zhao.says("/care")
    await zhao.sees("常来看看")
    await zhao.taps("🏡 关怀户", "➕ 提议一个关怀户")
    await zhao.says("王秀英")
    await zhao.taps("👤 王秀英")
    await zhao.sees("一年内", "谁会高兴有人来")
    await zhao.says("李强")
    await zhao.taps("👤 李强")
    await zhao.sees("多久")


async def test_who_cannot_come_is_stood_in_for(
    story: Story, zhao: Someone, wang: Someone, li: Someone, chen: Someone
) -> None:
    await pairs_up(zhao, wang, li)
    await stands_in(zhao, wang, chen)
    await story.later(hours=25)
    await li.taps("↩️ 去不了")
    await li.told("我们去问别人")
    await chen.has("今天是去看望的日子")
    await chen.taps("🚶 我今天去")
    await chen.told("对方知道您要来了")
    await wang.has("陈静来看您", "今天的暗号")
    await li.forges("kc:g:1")
    await li.told("刚刚已经有人接下了")
    await chen.taps("❗ 敲门没人应")
    await chen.told("马上告诉社区")
    await zhao.has("没见到王秀英")
    await zhao.taps("🚪 我自己去看过了", "😊 都好")
    await zhao.told("谢谢您去看望")
    await wang.has("赵敏今天来看过您吗")


async def test_what_is_missed_is_made_up_for(
    story: Story, zhao: Someone, wang: Someone, li: Someone, chen: Someone
) -> None:
    await pairs_up(zhao, wang, li)
    await stands_in(zhao, wang, chen)
    await story.later(hours=25)
    await li.has("今天是去看望的日子")
    await story.later(days=2, hours=9.2)
    await zhao.has("🔴", "王秀英")
    await zhao.says("/care")
    await zhao.sees("常来看看")
    await zhao.taps("📅 今天该走访", "🔴 王秀英", "🤝 请人补上")
    await zhao.told("正在请别人补上")
    await story.later(hours=12)
    await chen.has("时间已经过了", "今天去也好")
    await chen.taps("🚶 我今天去")
    await chen.told("对方知道您要来了")
    await chen.sees("今天的暗号")
    await wang.has("陈静来看您", "今天的暗号")
    await chen.taps("😊 都好")
    await chen.told("谢谢您去看望")
    await zhao.has("后来有人去看过王秀英了")


async def test_money_was_asked_and_only_the_secretary_reads_it(
    story: Story, zhao: Someone, wang: Someone, li: Someone, zhou: Someone, emma: Someone
) -> None:
    await pairs_up(zhao, wang, li)
    await story.later(hours=25)
    await li.taps("🚶 我今天去", "😊 都好")
    await wang.says("/care")
    await wang.taps("💰 有人跟我要钱")
    await wang.says("他要借五百块")
    await wang.sees("会保密")
    card = await zhou.has("悄悄话", "有人要钱", "关于李强")
    assert "五百" not in card
    await zhou.taps("🔒 打开看")
    await zhou.sees("他要借五百块", "📞 王秀英")
    for other in (zhao, li, emma):
        assert not any("五百" in text or "有人要钱" in text for text in other.texts())
    await li.says("/care")
    await li.taps("👥 王秀英", "▶️ 我又能去了")
    await li.told("由别人去看望")
    await zhao.forges("kk:o:1")
    await zhao.told("不属于您的辖区")
    await zhou.taps("📝 汇报我做了什么")
    await zhou.says("打过电话，李强说是误会")
    await zhou.sees("没有别的人可以复核", "✅ 已按汇报处理", "周正汇报了处理情况")


async def test_another_visitor_and_the_pair_ends_when_it_is_seen_to(
    zhao: Someone, wang: Someone, li: Someone, zhou: Someone
) -> None:
    await pairs_up(zhao, wang, li)
    await wang.says("/care")
    await wang.taps("🔄 请换个人", "跳过")
    await wang.sees("会保密")
    await zhou.has("请换一位", "李强")
    await zhou.taps("🔒 打开看")
    await zhou.sees("没有写什么")
    await zhou.taps("✅ 我处理好了")
    await zhou.told("记下了")
    await li.says("/care")
    assert "👥 王秀英" not in li.buttons()[-6:]
    await wang.says("/care")
    await wang.sees("正在为您找合适的邻居")


async def test_a_voice_instead_of_words(
    story: Story, zhao: Someone, wang: Someone, li: Someone
) -> None:
    await pairs_up(zhao, wang, li)
    await wang.says("/care")
    await wang.taps("🙏 我有需要")
    await wang.speaks()
    await wang.sees("记下了", "李强")
    await wang.taps("🙏 我的需求（1）")
    await wang.sees("🎤 一段语音")
    await wang.taps("🎤 听语音")
    await wang.sees("<voice>")
    await story.later(hours=25)
    await li.has("今天是去看望的日子", "🎤 一段语音")
    await li.taps("🎤 听语音")
    await li.sees("<voice>")
    await li.taps("🚶 我今天去", "😊 都好", "💬 说说情况")
    await li.speaks()
    await li.sees("谢谢您去看望")
    await zhao.says("/care")
    await zhao.sees("常来看看")
    await zhao.taps("🏡 关怀户", "王秀英 · 桂花社区", "🔒 原因、心愿和需求")
    await zhao.taps("🎤 听语音")
    await zhao.sees("<voice>")
    await zhao.taps("💬 心愿")
    await zhao.speaks()
    await zhao.sees("改好了")
    await zhao.taps("🔒 原因、心愿和需求")
    await zhao.sees("心愿：🎤 一段语音")
    await zhao.taps("🎤 听心愿")
    await zhao.sees("<voice>")


async def test_a_pause_changes_every_card_at_once(
    story: Story, zhao: Someone, wang: Someone, li: Someone
) -> None:
    await pairs_up(zhao, wang, li)
    await story.later(hours=25)
    await li.has("今天是去看望的日子")
    await wang.says("/care")
    await wang.taps("⏸ 暂停")
    await wang.told("停下来了")
    await story.all_sent()
    await li.has("王秀英", "这次不用去了")
    await li.forges("kc:g:1")
    assert "谢谢！对方知道" not in (li.toast() or "")
    await zhao.has("⏸ 王秀英")


async def test_a_stranger_with_forged_buttons(
    story: Story, zhao: Someone, wang: Someone, li: Someone, emma: Someone
) -> None:
    await pairs_up(zhao, wang, li)
    await story.later(hours=25)
    for act in "oynzprefwasmitvdlbh":
        await emma.forges(f"kh:{act}:1")
        await emma.told("not of your places")
    for act in "oyntdrbe":
        await emma.forges(f"kp:{act}:1")
        await emma.told("not of your places")
    for act in "oglcwvmr":
        await emma.forges(f"kc:{act}:1")
        await emma.told("not of your places")
    for data in ("kr:1:well", "ks:1:came", "kd:1:1", "kf:m:1", "kl:0", "kt:0", "kq", "kb"):
        await emma.forges(data)
        await emma.told("not of your places")
    await emma.forges("kh:o:999")
    await emma.told("no longer there")
    for act in "yzp":
        await zhao.forges(f"kh:{act}:1")
        await zhao.told("不属于您的辖区")
    texts = [text for text in emma.texts() if "王秀英" in text or "暗号" in text]
    assert texts == []


async def test_slips_and_impatience(
    story: Story, zhao: Someone, wang: Someone, li: Someone
) -> None:
    await proposes(zhao)
    await wang.says("这是什么")
    await wang.has("您愿意吗")
    await wang.taps("😊 愿意")
    await wang.told("会有人来看您")
    await wang.forges("kh:y:1")
    await wang.told("已经是这样了")
    await wang.taps("🙏 我有需要")
    await wang.shows_photo()
    await wang.sees("需要什么")
    await wang.says("/cancel")
    await wang.says("/care")
    await wang.sees("每星期三有人来看您")
    await li.taps("✅ 我愿意")
    await li.forges("kp:t:1")
    await li.told("已经是这样了")
    await li.forges("kr:1:well")
    await li.told("还没到看望的日子")
