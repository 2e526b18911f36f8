"""What may come between: handing back, waiting lists, calling off, not solved, nobody there."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone, Story


async def test_handing_back_promotes_the_first_in_line(
    wang: Someone, li: Someone, chen: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await chen.has("李强已经接下了")
    await chen.taps("我来候补")
    await chen.sees("有人快了一步", "候补第1位")
    await chen.has("您是候补第1位")
    await li.taps("我去不了")
    await li.sees("没关系")
    await li.taps("身体不舒服")
    await li.sees("已交回")
    await chen.has("轮到您了", "电灯电路")
    await wang.has("李强临时来不了", "正在请候补的陈静")
    await zhao.has("李强来不了：身体不舒服", "正在请候补的陈静")
    await chen.taps("打开任务")
    await chen.sees("您能去吗", "王秀英")
    await chen.taps("我会来")
    await chen.sees("这件事由您来办")


async def test_leaving_the_waiting_list(wang: Someone, li: Someone, chen: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await chen.taps("我来候补", "不候补了")
    await chen.told("已退出候补")
    await chen.sees("李强已经接下了")


async def test_handing_back_with_nobody_in_line_asks_anew(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.taps("我去不了", "其他原因")
    await li.sees("几个字就行")
    await li.says("家里来客人了")
    await li.sees("已交回")
    await wang.has("李强临时来不了", "正在另外找人")
    await wang.taps("我的求助", "101号")
    await wang.sees("问了2位志愿者")


async def test_the_resident_calls_it_off(
    wang: Someone, li: Someone, chen: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.taps("现在到哪一步了")
    await wang.sees("李强会来帮您", "负责人：社区赵敏")
    await wang.taps("不需要了")
    await wang.sees("确定不需要了吗", "李强")
    await wang.taps("是的，取消")
    await wang.told("已取消")
    await wang.sees("已经取消")
    await li.has("您不用去了")
    await chen.has("已经取消，不用去了")
    await zhao.has("这件求助已取消")
    await li.taps("我出发了")
    await li.told("不在您手上")


async def test_not_solved_comes_back_to_the_desk(wang: Someone, li: Someone, zhao: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("李强说办好了")
    await wang.taps("没解决")
    await wang.sees("哪里还没弄好")
    assert not any("居民说没解决" in text for text in zhao.texts())
    await wang.says("灯还在闪")
    await wang.sees("社区会接着处理", "社区赵敏会重新给您办好，还有专人盯着")
    await zhao.has("居民说没解决")
    await zhao.taps("工作台", "101号")
    await zhao.sees("还没解决")
    await zhao.taps("重新找志愿者")
    await zhao.told("正在重新找")
    await wang.has("社区又跟进了")
    await takes_it(li)
    await does_it(li)
    await wang.taps("解决了")
    await wang.sees("帮得怎么样")


async def test_nobody_came(wang: Someone, li: Someone, zhao: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.taps("现在到哪一步了", "没人来")
    await wang.told("社区会去问清楚")
    await zhao.has("王秀英补充", "没有人来")
    await li.has("王秀英补充", "没有人来")


async def test_not_this_time_and_after_all(wang: Someone, chen: Someone) -> None:
    await a_lamp_is_broken(wang)
    await chen.has("邻居求助")
    await chen.taps("这次不行")
    await chen.told("谢谢您告诉我们")
    await chen.sees("这次不方便，没关系")
    await chen.taps("我又可以去了")
    await chen.sees("由您来办")


async def test_running_late_and_still_coming(story: Story, wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.taps("我要晚到", "30分钟")
    await li.told("会晚一点")
    await wang.has("李强大约晚到30分钟")
    await story.later(hours=4, minutes=1)
    await li.has("这件事怎么样了", "您还能来吗")
    await li.taps("我会来")
    await li.told("邻居等着您呢")
    await li.sees("谢谢！邻居等着您呢")
    await wang.taps("现在到哪一步了", "全部经过")
    await wang.sees("李强确认会来")


async def test_nobody_claims_and_the_desk_sends_somebody(
    story: Story, wang: Someone, li: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await story.later(minutes=16)
    await zhao.has("还差1人", "志愿者都问过了")
    await zhao.taps("在工作台打开")
    await zhao.sees("问了2位志愿者", "王秀英")
    await zhao.taps("指派志愿者")
    await zhao.sees("最合适的排在前面", "李强", "会做")
    await zhao.taps("🙋 李强")
    await zhao.told("已安排")
    await li.has("社区想请您帮这个忙")
    await zhao.has("之前缺人手，现在已经解决")
    await li.taps("打开任务")
    await li.sees("您能去吗")
    await li.taps("我会来")
    await li.sees("这件事由您来办")


async def test_a_silent_resident_is_asked_again_and_then_rung(
    story: Story, wang: Someone, li: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await story.later(hours=25)
    await story.until(lambda: asked_twice(wang), lambda: f"not asked twice: {wang.texts()}")
    await story.later(hours=72)
    await zhao.has("居民一直没回话，请打电话问问")
    await zhao.taps("在工作台打开", "居民说已解决")
    await zhao.sees("解决了")
    await zhao.has("之前居民没回话，现在已经解决")


def asked_twice(resident: Someone) -> bool:
    return len([text for text in resident.texts() if "解决了吗" in text]) == 2


async def test_a_volunteer_who_blocked_the_bot_is_not_asked(
    story: Story, wang: Someone, li: Someone, chen: Someone
) -> None:
    li.person.block()
    await wang.taps("求助", "陪伴关怀", "上门看望")
    await wang.says("想找人说说话")
    await wang.taps("什么时候都行", "发送")
    await wang.sees("正在问1位志愿者")
    await chen.has("上门看望")
    assert not [text for text in li.texts() if "上门看望" in text]
