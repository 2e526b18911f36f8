"""Silence before the start, nobody there, and two helpers changing tasks, from phone to phone."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone, Story


async def both_on_it(wang: Someone, li: Someone, chen: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await chen.taps("我来候补")
    await chen.sees("候补第1位")


async def test_no_answer_and_the_next_in_line_comes(
    story: Story, wang: Someone, li: Someone, chen: Someone, zhao: Someone
) -> None:
    await both_on_it(wang, li, chen)
    await story.later(hours=4, minutes=1)
    await li.has("您还能来吗")
    await story.later(hours=2, minutes=1)
    await chen.has("轮到您了")
    await wang.has("李强一直没回音", "正在请候补的陈静")
    await zhao.has("李强一直没回音")
    await li.has("没等到您的回复", "现在有别人去了")


async def test_who_comes_up_from_the_line_says_so_and_who_was_let_go_may_wait(
    story: Story, wang: Someone, li: Someone, chen: Someone
) -> None:
    await both_on_it(wang, li, chen)
    await story.later(hours=4, minutes=1)
    await li.has("您还能来吗")
    await story.later(hours=2, minutes=1)
    await chen.has("轮到您了")
    await chen.taps("我会来")
    await chen.sees("邻居等着您呢")
    await li.has("没等到您的回复")
    await li.taps("我来候补")
    await li.has("您现在是候补")
    assert not any("您已经交回" in said for said in li.texts())


async def test_no_answer_and_back_with_one_tap(story: Story, wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await story.later(hours=4, minutes=1)
    await li.has("您还能来吗")
    await story.later(hours=2, minutes=1)
    await li.has("没等到您的回复", "正在另外找人")
    await wang.has("李强一直没回音", "正在另外找人")
    await li.taps("我又可以去了")
    await li.told("交给您了")
    await wang.has("好消息：李强会来帮您")


async def test_nobody_came_and_somebody_else_does(
    story: Story, wang: Someone, li: Someone, chen: Someone, zhao: Someone
) -> None:
    await both_on_it(wang, li, chen)
    await li.taps("我出发了")
    await li.told("在路上")
    await story.later(hours=3, minutes=1)
    await li.has("出发有一会儿了")
    await wang.has("李强来您这儿了吗")
    await wang.taps("没人来")
    await wang.told("马上另外找人")
    await chen.has("轮到您了")
    await zhao.has("李强没有来", "正在请候补的陈静")
    await li.has("邻居等着您", "现在有别人去了")
    await chen.taps("打开任务", "我出发了")
    await chen.told("在路上")
    await story.later(hours=3, minutes=1)
    await wang.has("陈静来您这儿了吗")
    await wang.taps("来了")
    await wang.told("知道了")
    await wang.sees("您说陈静已经到了", "办好了吗")
    await wang.taps("解决了")
    await wang.sees("帮得怎么样")
    await wang.taps("我的求助", "101号", "全部经过")
    await wang.sees("王秀英说：没人来", "王秀英说：人来了")


async def test_two_helpers_change_tasks(
    story: Story, wang: Someone, emma: Someone, li: Someone, chen: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await emma.taps("Ask for help", "Company", "A visit")
    await emma.sees("your own words")
    await emma.says("Somebody to talk to")
    await emma.taps("No fixed time", "Send")
    await emma.sees("Your number: 102")
    await chen.has("上门看望")
    await chen.taps("我来帮")
    await chen.sees("由您来办", "Emma Clarke")
    await li.taps("门牌和电话")
    await li.sees("13800001001")
    await li.taps("和别人对换")
    await li.sees("您想和谁对换", "102号", "陈静")
    await li.taps("🔄 陈静")
    await li.told("已经去问了")
    await chen.has("李强想和您对换任务", "101号", "102号")
    await chen.taps("好，换吧")
    await chen.told("换好了")
    await chen.sees("现在由您来办", "101号")
    await li.has("换好了", "102号")
    await wang.has("改由陈静来，替李强")
    await emma.has("李强 comes instead of 陈静")
    assert not [text for text in li.texts() if "13800001001" in text]
    await chen.taps("打开任务")
    await chen.sees("由您来办", "灯不亮了")
    await chen.taps("门牌和电话")
    await chen.sees("13800001001")


async def test_nobody_is_found_and_the_resident_is_told_so(
    story: Story, wang: Someone, zhao: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await story.later(minutes=16)
    await wang.has("还没找到能来的人", "社区赵敏正在想办法找人")
    await zhao.has("还差1人")
    await story.later(minutes=16)
    await zhou.has("还没人接这件事，由赵敏负责")
