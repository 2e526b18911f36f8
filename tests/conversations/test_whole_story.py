"""A call for help goes all the way round, in both languages."""

from tests.conversations.script import Someone


async def test_wang_asks_li_comes_and_it_is_solved(
    wang: Someone, li: Someone, chen: Someone, zhao: Someone
) -> None:
    await wang.taps("求助")
    await wang.sees("您需要什么帮助")
    await wang.taps("修理搬抬", "水管漏水")
    await wang.sees("按住话筒", "拍张照片")
    await wang.says("厨房水管漏水了")
    await wang.sees("什么时候来人")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "水管漏水", "厨房水管漏水了", "为我自己")
    await wang.taps("发送")
    await wang.sees(
        "您的求助号：101", "正在问2位志愿者", "负责人：社区赵敏", "有人答复您，最晚明天", "前办好"
    )

    card = await li.has("邻居求助", "水管漏水", "5号楼", "您会做这个")
    assert not [word for word in ("王秀英", "厨房", "301", "138") if word in card]
    await chen.has("邻居求助")
    await zhao.has("新的求助，由您负责", "王秀英")

    await li.taps("我来帮")
    await li.told("交给您了")
    await li.sees("由您来办", "王秀英", "厨房水管漏水了")
    await chen.has("李强已经接下了")
    await wang.has("好消息：李强会来帮您")

    await li.taps("门牌和电话")
    await li.sees("2单元301室", "13800001001", "看得到您查看过")
    await li.taps("收起", "我出发了")
    await li.told("在路上")
    await wang.has("李强已经出发")
    await li.taps("办好了")
    await li.sees("办好了吗")
    await li.taps("是的，办好了")
    await li.sees("您说办好了")

    await wang.has("李强说办好了", "解决了吗")
    await wang.taps("解决了")
    await wang.sees("李强帮得怎么样")
    await wang.taps("非常满意")
    await wang.sees("⭐⭐⭐⭐⭐", "我们会告诉他")
    await li.has("王秀英说解决了", "⭐⭐⭐⭐⭐")

    await wang.taps("我的求助")
    await wang.sees("101号", "已解决")
    await wang.taps("101号")
    await wang.sees("解决了，真好")
    await wang.taps("全部经过")
    await wang.sees("李强查看了门牌和电话", "李强出发了")
    await zhao.taps("工作台")
    await zhao.sees("待办0")


async def test_emma_asks_in_english_and_li_reads_chinese(
    emma: Someone, li: Someone, chen: Someone, zhao: Someone
) -> None:
    await emma.taps("Ask for help")
    await emma.sees("What can we help you with?")
    await emma.taps("Doctor and medicine", "Going along to hospital")
    await emma.sees("your own words")
    await emma.speaks()
    await emma.sees("When would you like somebody to come?")
    await emma.says("tomorrow 9 am")
    await emma.sees("Shall we send this?", "voice message", "Going along to hospital", "09:00")
    await emma.taps("Change", "How many people", "2 people")
    await emma.sees("Shall we send this?", "2 people needed")
    await emma.taps("Send")
    await emma.sees("Your number: 101", "We are asking 2 volunteers", "赵敏")

    await chen.has("邻居求助", "陪同就医", "2号楼", "需要2人", "还差2人")
    await chen.taps("我来帮")
    await chen.sees("由您来办", "Emma Clarke", "🎤 1")
    await li.has("陪同就医", "还差1人")
    await emma.has("Good news: 陈静 will come", "We look for 1 more")
    await chen.taps("听语音")
    await chen.sees("<voice>")
    await li.taps("我来帮")
    await li.sees("由您来办", "和您一起：陈静")
    await emma.has("Good news: 李强 will come")

    await chen.taps("我出发了", "办好了", "我那份做完了")
    await chen.told("您那份已记为办好")
    await li.taps("办好了", "全部办好了")
    await li.sees("您说办好了")
    await emma.has("reported it done. Is it solved?")
    await emma.taps("Yes, it is solved", "all right")
    await emma.sees("⭐⭐⭐", "Thank you! We pass it on")
    await chen.has("Emma Clarke说解决了", "⭐⭐⭐")
    await emma.taps("My requests", "No. 101", "Who looked?")
    await emma.sees("Nobody has looked")
