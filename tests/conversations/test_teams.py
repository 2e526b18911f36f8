"""A team from its founding to its end, by taps, in both languages."""

from tests.conversations.script import Someone, Story


async def founds(zhao: Someone) -> None:
    """Found a team as the office."""
    await zhao.says("/teams")
    await zhao.sees("还没有服务队")
    await zhao.taps("成立服务队")
    await zhao.sees("叫什么名字")
    await zhao.says("桂花帮帮队")
    await zhao.says("每周六帮老人买菜")
    await zhao.taps("发送")
    await zhao.sees("服务队成立了", "每周六帮老人买菜")


async def test_from_the_founding_to_the_end(
    story: Story, zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await founds(zhao)
    await wang.says("/teams")
    await wang.sees("桂花帮帮队", "0 名队员")
    await wang.taps("桂花帮帮队", "我要加入")
    await wang.told("队长很快会在这里答复您")
    await wang.sees("您已申请加入")
    await zhao.has("王秀英想加入“桂花帮帮队”")
    await zhao.taps("接收")
    await zhao.told("已加入")
    await wang.has("欢迎！您已经是队员了", "您是队员")

    await zhao.says("/teams")
    await zhao.taps("桂花帮帮队", "队员名单", "王秀英", "设为队长")
    await zhao.told("已设为队长")
    await wang.has("您现在是这支队的队长")

    await emma.says("/teams")
    await emma.taps("桂花帮帮队", "🙋 Join")
    await emma.told("answer you here")
    await wang.has("Emma Clarke想加入")
    await wang.taps("接收")
    await emma.has("You are in the team now")
    await wang.says("/teams")
    await wang.taps("桂花帮帮队", "告诉全队")
    await wang.says("周六早上八点，小区门口见")
    await wang.sees("已发给全队")
    await emma.has("周六早上八点", "your team")

    await emma.taps("🚩 To the team", "Leave the team", "Yes, leave it")
    await emma.told("You have left the team")
    await zhao.says("/teams")
    await zhao.taps("桂花帮帮队", "解散服务队", "是的，解散")
    await zhao.told("服务队已解散")
    await wang.has("这支服务队已解散")


async def test_a_strangers_forged_taps_do_nothing(
    zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await founds(zhao)
    await emma.says("/teams")
    for forged in ("ta:r:1", "ta:w:1", "ta:e:1", "tm:l:1:1", "tm:r:1:1", "tn", "tp:1:0"):
        await emma.forges(forged)
        await emma.told("The attempt has been noted")
    await wang.says("/teams")
    await wang.sees("桂花帮帮队")
