"""Whoever speaks for somebody is never addressed as that somebody; who has no phone is rung."""

from tests.conversations.scenes import does_it
from tests.conversations.script import Someone, Story


async def test_a_proxy_reads_of_the_other_by_name(
    story: Story, wang: Someone, chen: Someone
) -> None:
    await wang.taps("求助", "陪伴关怀", "上门看望")
    await wang.says("想有人陪陪")
    await wang.taps("什么时候都行")
    await wang.sees("这样发出去")
    await wang.taps("修改", "👤 为谁", "没有手机")
    await wang.says("刘大爷")
    await wang.sees("哪栋楼")
    await wang.taps("5号楼")
    await wang.sees("门牌号")
    await wang.says("501")
    await wang.sees("电话")
    await wang.taps("跳过")
    await wang.sees("这样发出去", "刘大爷")
    await wang.taps("发送")
    await wang.sees("刘大爷的求助号")
    await chen.has("上门看望")
    await chen.taps("我来帮")
    await wang.has("陈静会去帮刘大爷", "为刘大爷")
    await chen.sees("刘大爷的消息由王秀英代收")
    await chen.taps("我出发了")
    await wang.has("正往刘大爷那儿去")
    await story.later(hours=3, minutes=1)
    await wang.has("陈静到刘大爷那儿了吗")
    await chen.has("出发有一会儿了")
    await chen.taps("办好了")
    await wang.has("陈静说办好了", "为刘大爷")
    for text in wang.texts():
        assert "来帮您" not in text
        assert "您那儿" not in text
        assert "您这儿" not in text


async def test_who_cannot_answer_is_rung_at_once(
    zhao: Someone, zhou: Someone, chen: Someone
) -> None:
    await zhao.taps("工作台", "代人登记求助", "新登记一位")
    await zhao.says("刘大爷")
    await zhao.sees("哪栋楼")
    await zhao.taps("4号楼")
    await zhao.sees("门牌号")
    await zhao.taps("跳过")
    await zhao.sees("联系电话")
    await zhao.taps("跳过")
    await zhao.sees("需要什么帮助")
    await zhao.taps("陪伴关怀", "上门看望")
    await zhao.says("想有人陪陪")
    await zhao.taps("越快越好")
    await zhao.sees("这样发出去")
    await zhao.taps("发送")
    await zhao.sees("刘大爷的求助号")
    await chen.has("上门看望")
    await chen.taps("我来帮")
    await chen.sees("由您来办")
    await does_it(chen)
    await zhao.has("陈静说办好了", "刘大爷收不到我们的消息，请打电话或上门问一问")
    await zhao.taps("工作台")
    await zhao.sees("工作台")
    assert any("回访" in label and "1" in label for label in zhao.buttons()), zhao.buttons()
    assert not any("还没回话" in text or "一直没回" in text for text in zhao.texts())


async def test_who_did_it_for_them_is_not_asked_whether_it_is_solved(
    zhao: Someone, zhou: Someone
) -> None:
    await zhao.taps("工作台", "代人登记求助", "新登记一位")
    await zhao.says("刘大爷")
    await zhao.taps("4号楼")
    await zhao.sees("门牌号")
    await zhao.taps("跳过")
    await zhao.sees("联系电话")
    await zhao.taps("跳过")
    await zhao.taps("陪伴关怀", "上门看望")
    await zhao.says("想有人陪陪")
    await zhao.taps("越快越好", "发送")
    await zhao.sees("刘大爷的求助号")
    await zhao.taps("工作台", "101号", "我自己来办")
    await zhao.told("您自己去办")
    await zhao.taps("打开任务", "办好了", "是的，办好了")
    await zhao.has("要请别的同事去问刘大爷是否解决")
    assert not any("解决了吗" in text for text in zhao.texts())
    await zhou.taps("工作台", "电话回访")
    await zhou.sees("刘大爷")
