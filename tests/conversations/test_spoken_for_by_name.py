"""Whoever asks for somebody else reads of them by name, from the first question to the stars."""

from tests.conversations.scenes import does_it
from tests.conversations.script import Someone, Story


async def sun_is_written_down(zhao: Someone) -> None:
    """Begin to ask for somebody new, without door and phone."""
    await zhao.taps("工作台", "代人登记求助", "新登记一位")
    await zhao.says("孙奶奶")
    await zhao.sees("哪栋楼")
    await zhao.taps("4号楼")
    await zhao.sees("门牌号")
    await zhao.taps("跳过")
    await zhao.sees("联系电话")
    await zhao.taps("跳过")


async def test_every_question_of_the_desk_names_her(zhao: Someone, chen: Someone) -> None:
    await sun_is_written_down(zhao)
    await zhao.sees("孙奶奶需要什么帮助")
    await zhao.taps("其他事情")
    await zhao.sees("您慢慢说，孙奶奶需要什么")
    await zhao.says("想请人念念信")
    await zhao.sees("孙奶奶的姓名、门牌和电话不会显示")
    await zhao.taps("可以")
    await zhao.sees("希望什么时候有人去孙奶奶那儿")
    await zhao.taps("越快越好")
    await zhao.sees("这样发出去", "孙奶奶的门牌和电话，只有来帮忙的人才看得到")
    await zhao.taps("发送")
    await zhao.sees("孙奶奶的求助号", "还不知道孙奶奶的门牌号")
    await zhao.taps("填孙奶奶的门牌和电话")
    await zhao.sees("孙奶奶的门牌号是多少")
    await zhao.says("4-402")
    await zhao.sees("打哪个电话能找到孙奶奶")
    await zhao.says("0571-8888 1234")
    await zhao.sees("已妥善保存")
    await chen.taps("我来帮", "门牌和电话")
    await chen.sees("孙奶奶", "4-402", "057188881234")
    await chen.taps("收起")
    await does_it(chen)
    await zhao.taps("解决了")
    await zhao.sees("陈静帮得怎么样")


async def test_her_emergency_is_said_of_her(zhao: Someone) -> None:
    await sun_is_written_down(zhao)
    await zhao.sees("孙奶奶需要什么帮助")
    await zhao.taps("紧急", "是的")
    await zhao.sees("出了什么事")
    await zhao.taps("孙奶奶摔倒了，起不来")
    await zhao.sees("这样发出去", "孙奶奶摔倒了，起不来")


async def test_a_relative_is_not_taken_for_whom_she_speaks_for(
    story: Story, wang: Someone, chen: Someone
) -> None:
    await wang.taps("求助", "陪伴关怀", "上门看望")
    await wang.says("想有人陪陪")
    await wang.taps("什么时候都行")
    await wang.sees("这样发出去")
    await wang.taps("修改", "👤 为谁", "没有手机")
    await wang.says("孙奶奶")
    await wang.sees("哪栋楼")
    await wang.taps("5号楼")
    await wang.sees("门牌号")
    await wang.taps("跳过")
    await wang.sees("电话")
    await wang.taps("跳过")
    await wang.sees("这样发出去", "孙奶奶")
    await wang.taps("修改", "什么时候")
    await wang.sees("希望什么时候有人去孙奶奶那儿")
    await wang.taps("保留")
    await wang.sees("这样发出去")
    await wang.taps("发送")
    await wang.sees("还不知道孙奶奶的门牌号")

    await wang.says("救命")
    await wang.sees("谁有危险")
    await wang.taps("🆘 孙奶奶")
    await wang.sees("紧急求助", "为孙奶奶", "先打120")
    await wang.taps("填孙奶奶的门牌和电话")
    await wang.sees("孙奶奶的门牌号是多少")
    await wang.says("5-501")
    await wang.sees("打哪个电话能找到孙奶奶")
    await wang.taps("跳过")
    await wang.sees("已妥善保存")
    await wang.says("救命")
    await wang.sees("为孙奶奶发的紧急求助")
    await chen.taps("我来帮")
    await chen.sees("由您来办")
    await chen.taps("门牌和电话")
    await chen.sees("5-501")

    await wang.taps("求助")
    await wang.sees("需要什么帮助")
    assert "您需要什么帮助" not in await wang.has("需要什么帮助")
