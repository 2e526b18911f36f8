"""Cards whose parts agree, whatever has happened since they came; each is changed once a move."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone, Story


def edits(story: Story, someone: Someone, message_id: int) -> int:
    calls = story.world.calls.since(0, "editMessageText")
    mine = (someone.person.id, message_id)
    return sum((int(c.params["chat_id"]), int(c.params["message_id"])) == mine for c in calls)


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
