"""Cards whose parts agree, whatever has happened since they came; each is changed once a move."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone, Story
from tests.conversations.test_meeting import is_deliberated, zhou_calls
from tests.conversations.test_reception import proposes


def edits(story: Story, someone: Someone, message_id: int) -> int:
    calls = story.world.calls.since(0, "editMessageText")
    mine = (someone.person.id, message_id)
    return sum((int(c.params["chat_id"]), int(c.params["message_id"])) == mine for c in calls)


async def card_of(story: Story, someone: Someone, words: str) -> int:
    """Give the number of the newest message with these words, once it is written down."""
    await someone.has(words)
    await story.all_sent()
    found = next(m for m in reversed(someone.shown) if words in str(m.get("text")))
    return int(found["message_id"])


def reads(someone: Someone, message_id: int) -> str:
    """Give the words of a message and of its buttons, as they stand now."""
    shown = next(m for m in someone.shown if m["message_id"] == message_id)
    rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
    return "\n".join([shown["text"], *(key["text"] for row in rows for key in row)])


async def test_a_proposals_card_that_is_tapped_is_changed_once_and_stays_a_card(
    story: Story, wang: Someone, li: Someone, zhou: Someone
) -> None:
    await proposes(story, wang, "加装电梯")
    card = await card_of(story, zhou, "有一件提案等您受理")
    await zhou.taps("受理")
    await zhou.told("已受理")
    await story.all_sent()
    assert edits(story, zhou, card) == 1
    await li.says("/p 101")
    card = await card_of(story, li, "还没有人附议")
    assert "全部提案" not in reads(li, card)
    await li.taps("我附议")
    await li.told("已附议")
    await li.sees("1人附议，要10人")
    await story.all_sent()
    assert edits(story, li, card) == 1
    assert "全部提案" not in reads(li, card)
    await li.taps("收回附议")
    await li.sees("还没有人附议")
    await story.all_sent()
    assert edits(story, li, card) == 2
    assert "全部提案" not in reads(li, card)


async def test_a_meetings_card_that_is_tapped_is_changed_once_and_stays_a_card(
    story: Story, wang: Someone, zhou: Someone
) -> None:
    await is_deliberated(story)
    await zhou_calls(zhou)
    card = await card_of(story, wang, "请您来议事会")
    await wang.taps("我来")
    await wang.sees("您说了：来")
    await story.all_sent()
    assert edits(story, wang, card) == 1
    assert "请您来议事会" in reads(wang, card)
    assert "我的议事会" not in reads(wang, card)
    await wang.taps("打开会议")
    await wang.sees("您说了：来")
    screen = wang.shown[-1]["message_id"]
    await wang.taps("来不了")
    await wang.sees("您说了：来不了")
    await story.all_sent()
    assert edits(story, wang, screen) == 1
    assert edits(story, wang, card) == 2
    assert "请您来议事会" in reads(wang, card)


async def test_an_orders_card_that_is_tapped_is_changed_once(
    story: Story, wang: Someone, li: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("解决了吗")
    await wang.taps("没解决")
    await wang.sees("哪里还没弄好")
    await wang.says("灯还在闪")
    card = await card_of(story, zhou, "请您盯着重新办好")
    await zhou.taps("换人负责整改")
    await zhou.sees("由谁负责整改")
    await story.all_sent()
    before = edits(story, zhou, card)
    await zhou.taps("周正")
    await zhou.has("责任人：周正")
    await story.all_sent()
    assert edits(story, zhou, card) == before + 1


async def test_a_pushed_card_that_is_tapped_is_changed_once(
    story: Story, wang: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await li.has("邻居求助")
    await story.all_sent()  # known by its number: until then it may be changed twice
    card = next(m for m in li.shown if "邻居求助" in str(m.get("text")))["message_id"]
    await takes_it(li)
    await story.all_sent()
    assert edits(story, li, card) == 1
    await does_it(li)
    await wang.has("解决了吗")
    asked = next(m for m in wang.shown if "解决了吗" in str(m.get("text")))["message_id"]
    await story.all_sent()
    before = edits(story, wang, asked)
    await wang.taps("解决了")
    await wang.sees("帮得怎么样")
    await story.all_sent()
    assert edits(story, wang, asked) == before + 1


async def test_what_the_office_put_right_is_not_rated_as_the_helpers(
    story: Story, wang: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("解决了吗")
    await wang.taps("没解决")
    await wang.sees("哪里还没弄好")
    await wang.taps("跳过")
    await zhao.has("居民说没解决")
    shown = await zhao.has("居民说没解决")
    assert "一天之内" not in shown
    assert shown.count("没解决") == 1
    await wang.taps("解决了")
    shown = await zhao.has("之前说没解决，现在的情况", "✅ 解决了")
    assert "跟进" not in shown
    stars = await wang.has("愿意的话，点几颗星")
    assert "李强" not in stars


async def test_who_has_said_yes_is_not_asked_again(
    wang: Someone, chen: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await zhao.taps("工作台", "101号", "指派志愿者", "陈静")
    await chen.has("社区想请您")
    await chen.taps("我会来")
    await chen.sees("邻居等着您")
    await chen.has("邻居求助", "由您来办")
    assert not any("能去吗" in text or "想请您" in text for text in chen.texts())


async def test_who_is_only_asked_reads_nowhere_that_it_is_theirs(
    wang: Someone, chen: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await chen.has("邻居求助")
    await zhao.taps("工作台", "101号", "指派志愿者", "陈静")
    await chen.has("邻居求助", "想请您帮这个忙，您能去吗")
    await chen.taps("打开任务")
    await chen.sees("想请您帮这个忙，您能去吗")
    assert not any("由您来办" in text for text in chen.texts())
    await chen.taps("我会来")
    await chen.has("邻居求助", "这件事由您来办")
    await wang.has("陈静会来帮您")


async def test_who_was_not_heard_from_is_told_once(
    story: Story, wang: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await story.later(hours=4, minutes=1)
    await li.has("您还能来吗")
    await story.later(hours=2, minutes=1)
    await li.has("没等到您的回复", "正在另外找人")
    await story.all_sent()
    assert sum("正在另外找人" in text for text in li.texts()) == 1
