"""Somebody blocks the bot: whoever counts on them hears at once, and they what they missed."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone, Story
from tests.conversations.test_peace import announces


async def test_whoever_counts_on_a_helper_hears_at_once(
    story: Story, wang: Someone, li: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await story.all_sent()
    li.person.block()
    await story.later(seconds=1)
    await wang.has("现在联系不上李强", "赵敏会打电话问问")
    await zhao.has("现在联系不上李强")


async def test_a_block_that_comes_late_does_not_win(
    story: Story, wang: Someone, li: Someone
) -> None:
    before = story.world.clock.timestamp()
    await story.later(hours=2)
    await li.says("帮忙")
    await li.sees("")
    person = li.person
    change = {
        "chat": person.chat.info,
        "from": person.phone.user(),
        "date": before,
        "old_chat_member": {"user": person.bot.user, "status": "member"},
        "new_chat_member": {"user": person.bot.user, "status": "kicked", "until_date": 0},
    }
    person.bot.queue.push("my_chat_member", change, person.chat.id)
    await a_lamp_is_broken(wang)
    await li.has("邻居求助")


async def test_on_return_what_is_still_so_is_told(
    story: Story, wang: Someone, li: Someone, chen: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    wang.person.block()
    await story.later(seconds=1)
    await li.has("我们的消息送不到王秀英")
    await li.taps("我出发了", "办好了", "是的，办好了")
    await story.all_sent()
    assert not any("解决了吗" in text for text in wang.texts())
    await wang.starts()
    await wang.has("李强说办好了", "解决了吗")


async def test_what_was_announced_meanwhile_stands_among_the_notices(
    story: Story, zhou: Someone, wang: Someone, li: Someone
) -> None:
    wang.person.block()
    await story.later(seconds=1)
    await announces(zhou, "明天上午停水。")
    await li.has("明天上午停水。")
    await story.all_sent()
    await wang.starts()
    await wang.has("联系不上您的时候，有1条通知")
    await wang.taps("📢 看看")
    await wang.sees("明天上午停水。")
    await wang.taps("1")
    await wang.sees("明天上午停水。")
