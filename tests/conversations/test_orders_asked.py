"""An order opens once it is said what is wrong; who supervises it decides on its card."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone, Story


async def test_whoever_supervises_decides_on_the_card(
    wang: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("解决了吗")
    await wang.taps("没解决")
    await wang.sees("哪里还没弄好")
    assert not any("督办" in text for text in zhou.texts())
    await wang.says("灯还在闪")
    await wang.sees("赵敏会重新给您办好")
    await zhou.has("请您盯着重新办好", "灯还在闪")
    for name in ("周正", "赵敏"):
        await zhou.taps("换人负责整改", name)
        await zhou.has(f"责任人：{name}")
    await zhao.has("这件事由您负责整改")


async def test_nobody_came_asks_what_is_to_be_done_before_it_is_ordered(
    wang: Someone, li: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("解决了吗")
    await wang.taps("没人来")
    await wang.sees("没有人来，实在抱歉", "还要办什么")
    assert not any("盯着" in text for text in zhou.texts())
    await wang.says("灯还是不亮")
    await wang.sees("赵敏会重新给您办好")
    await zhou.has("请您盯着重新办好", "没有人来", "灯还是不亮")


async def test_the_desk_writes_down_what_they_say_is_wrong(
    wang: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("解决了吗")
    await zhao.taps("工作台", "101号", "没解决")
    await zhao.sees("居民说哪里还没弄好")
    assert not any("盯着" in text for text in zhou.texts())
    await zhao.says("灯还在闪")
    await zhou.has("请您盯着重新办好", "灯还在闪")

    await wang.taps("到哪一步了")
    await wang.sees("还没解决")


async def test_who_rings_back_asks_what_is_wrong_before_an_order_opens(
    story: Story, wang: Someone, li: Someone, zhao: Someone, zhou: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await story.later(days=5)
    await zhao.taps("工作台", "电话回访（1）")
    await zhao.sees("还有1位要回访", "王秀英")
    await zhao.taps("👎 没解决")
    await zhao.sees("居民说哪里还没弄好")
    assert not any("盯着" in text for text in zhou.texts())
    await zhao.says("灯还是一闪一闪的")
    await zhou.has("请您盯着重新办好", "灯还是一闪一闪的")
    await wang.has("还没解决")
