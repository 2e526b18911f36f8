"""Savings from a neighbour's word to one's own book, by taps, in both languages."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone


async def test_solved_is_saved_and_read_in_ones_own_book(wang: Someone, li: Someone) -> None:
    await li.says("/service")
    await li.sees("这里还没有记录")
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await li.says("/service")
    await li.sees("这里还没有记录")
    await wang.taps("👍 解决了")
    await wang.sees("真好")
    await li.says("/volunteer")
    await li.taps("📒 我的服务")
    await li.sees("您一共帮了邻居", "受助邻居确认")
    await li.taps("📜 开证明")
    await li.has("这是您的证明")
    await li.taps("🌱 捐给公益池")
    await li.sees("多少")
    await li.says("三小时左右")
    await li.sees("1小时30分")
    await li.taps("全部")
    await li.sees("谢谢您！已进公益池", "进了公益池")
    await li.says("/check AAAA")
    await li.sees("没有这个编号的证明")
    await wang.says("/service")
    await wang.sees("这里还没有记录")


async def test_who_has_given_nothing_reads_in_english_how_it_comes(emma: Someone) -> None:
    await emma.says("/service")
    await emma.sees("Nothing is here yet", "your neighbour says that it was well")


async def test_seen_differently_is_decided_by_the_secretary(
    wang: Someone, li: Someone, zhou: Someone
) -> None:
    for number, (label, answer) in enumerate((("✅ 算数", "算数"), ("✕ 不算", "不算")), 1):
        await a_lamp_is_broken(wang)
        await takes_it(li)
        await does_it(li)
        await wang.says("没解决")
        await wang.sees("哪里还没弄好")
        await wang.says("还是不亮")
        await zhou.has("两位邻居说法不一样")
        await zhou.says("/service")
        await zhou.taps("⚖️ 说法不一致")
        await zhou.sees("有人帮了忙")
        await zhou.taps("李强", label)
        if number == 2:
            await zhou.sees("为什么")
            await zhou.says("没有去")
            await zhou.sees("记下了：不算")
            await li.has("社区听了两边的说法", "没有去")
            return
        await zhou.told("算数")
        await li.has("社区听了两边的说法", answer)


async def test_a_stranger_with_forged_buttons(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.says("没解决")
    await wang.sees("哪里还没弄好")
    await wang.says("还是不亮")
    for data in ("xd", "xs:o:1", "xs:k:1", "xs:d:1"):
        await li.forges(data)
    await li.told("由别人来定")
    await wang.forges("xs:k:9")
    await wang.told("已经不在了")
    await li.says("/service")
    await li.sees("这里还没有记录")
