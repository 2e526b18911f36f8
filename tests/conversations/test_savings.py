"""Savings from a neighbour's word to one's own book, by taps, in both languages."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone
from tests.conversations.test_posts import announces


async def _done_in(wang: Someone, li: Someone, time: str = "1小时") -> None:
    """Let li do what wang asks for, and say how long it took."""
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await li.sees("大约帮了多久")
    await li.taps(time)


async def test_said_solved_and_read_in_ones_own_book(wang: Someone, li: Someone) -> None:
    await li.says("/service")
    await li.sees("这里还没有记录")
    await _done_in(wang, li)
    await li.sees("记下了", "就给您记上")
    await li.says("/service")
    await li.sees("这里还没有记录")
    await wang.has("李强说帮了约1小时")
    await wang.taps("👍 解决了")
    await wang.sees("真好")
    await li.says("/volunteer")
    await li.taps("📒 我的服务")
    await li.sees("您一共帮了邻居1小时", "受助邻居确认")
    await li.taps("📜 开证明")
    await li.has("这是您的证明")
    await li.taps("🌱 捐给公益池")
    await li.sees("多少")
    await li.says("三小时左右")
    await li.sees("1小时30分")
    await li.taps("全部")
    await li.sees("把1小时捐给社区公益池")
    await li.taps("✅ 是")
    await li.sees("谢谢您！已进公益池", "进了公益池")
    await li.says("/check AAAA")
    await li.sees("没有这个编号的证明")
    await wang.says("/service")
    await wang.sees("这里还没有记录")


async def test_how_long_it_took_is_written_in_ones_own_words(wang: Someone, li: Someone) -> None:
    await _done_in(wang, li, "✍️ 自己写")
    await li.sees("大约帮了多久")
    await li.says("两三小时")
    await li.sees("1小时30分")
    await li.says("一个半小时")
    await li.sees("记下了")
    await wang.has("李强说帮了约1小时30分")


async def test_who_says_nothing_is_credited_nothing(wang: Someone, li: Someone) -> None:
    await _done_in(wang, li, "跳过")
    await wang.taps("👍 解决了")
    await wang.sees("真好")
    await li.says("/service")
    await li.sees("这里还没有记录")


async def test_who_has_given_nothing_reads_in_english_how_it_comes(emma: Someone) -> None:
    await emma.says("/service")
    await emma.sees("Nothing is here yet", "your neighbour says that it was well")


async def test_when_one_is_due_stands_above_ones_book_with_a_file_for_the_calendar(
    zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await announces(zhao, seats="2")
    await wang.says("/posts")
    await wang.taps("板报组", "✋ 我来")
    await wang.says("/service")
    await wang.sees("等您来", "11月25日", "09:30–10:30", "板报组", "门房旁边", "这里还没有记录")
    await wang.taps("📅 放进日历")
    await wang.has("班次就进了您的日历")
    await emma.says("/service")
    await emma.taps("🗓 My shifts")
    await emma.sees("You have no shift to come")
    await emma.says("/posts")
    await emma.taps("板报组", "✋ I come")
    await emma.says("/service")
    await emma.sees("You are expected", "09:30–10:30")
    await emma.taps("🗓 My shifts")
    await emma.sees("your place")


async def test_seen_differently_is_decided_by_the_secretary(
    wang: Someone, li: Someone, zhou: Someone
) -> None:
    for label, answer in (("✅ 算数", "记上了"), ("✕ 不算", "不算")):
        await _done_in(wang, li)
        await wang.says("没解决")
        await wang.sees("哪里还没弄好")
        await wang.says("还是不亮")
        await zhou.has("两位邻居说法不一样")
        await li.has("对方说不是这样")
        await zhou.says("/service")
        await zhou.taps("⚖️ 说法不一致")
        await zhou.sees("先听听两边怎么说")
        await zhou.taps("李强", label)
        await zhou.told("记下了")
        await li.has(answer)


async def test_the_secretary_takes_back_what_was_a_mistake(
    wang: Someone, li: Someone, zhou: Someone
) -> None:
    await _done_in(wang, li)
    await wang.taps("👍 解决了")
    await zhou.says("/service")
    await zhou.taps("🔎 看看时间")
    await zhou.sees("没有特别的地方")
    await zhou.taps("李强")
    await zhou.sees("现在记了1小时", "应该算多少")
    await zhou.taps("一点不算，全部撤回")
    await zhou.sees("为什么更正")
    await zhou.says("记了两次")
    await zhou.sees("已撤回")
    await li.has("记了两次")
    for data in ("xk:0", "xm:1", "xe"):
        await li.forges(data)
        await li.told("")
    await li.says("/service")
    await li.sees("撤回")


async def test_the_secretary_puts_a_line_right_and_the_giver_reads_all_three(
    wang: Someone, li: Someone, zhou: Someone
) -> None:
    await _done_in(wang, li)
    await wang.taps("👍 解决了")
    await zhou.says("/service")
    await zhou.taps("🔎 看看时间")
    await zhou.taps("李强")
    await zhou.says("两三个小时")
    await zhou.sees("1小时30分")
    await zhou.says("60分钟")
    await zhou.sees("没有改动")
    await zhou.says("2小时")
    await zhou.sees("为什么更正")
    await zhou.says("少记了一小时")
    await zhou.sees("改好了")
    await li.has("现在按2小时算", "少记了一小时")
    await li.says("/service")
    await li.sees("更正后的时长 · +2小时", "撤回")


async def test_a_stranger_with_forged_buttons(wang: Someone, li: Someone) -> None:
    await _done_in(wang, li)
    await wang.says("没解决")
    await wang.sees("哪里还没弄好")
    await wang.says("还是不亮")
    for data in ("xd", "xs:k:1", "xs:d:1"):
        await li.forges(data)
    await li.told("由别人来定")
    await wang.forges("xt:1:60")
    await wang.told("")
    await wang.forges("xs:k:9")
    await wang.told("已经不在了")
    await li.says("/service")
    await li.sees("这里还没有记录")
