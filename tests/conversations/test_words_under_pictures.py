"""What stands under a picture goes with it, wherever one is shown."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone
from tests.conversations.test_proposing import LIFT, begins


async def test_words_under_the_proof_reach_whoever_judges(
    wang: Someone, li: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.taps("我出发了")
    await li.sees("您已出发")
    await li.taps("办好了", "附照片")
    await li.sees("请把照片发来")
    await li.shows_photo("先别开总闸")
    await li.sees("1张")
    await li.taps("完成")
    await wang.has("李强说办好了", "先别开总闸")
    await zhao.taps("工作台", "101号")
    await zhao.sees("先别开总闸")


async def test_words_under_the_photos_of_a_proposal_are_read_with_it(
    wang: Someone, zhou: Someone
) -> None:
    await begins(wang)
    await wang.says(LIFT)
    await wang.sees("起个标题")
    await wang.says("加装电梯")
    await wang.sees("您希望怎么办")
    await wang.taps("跳过")
    await wang.sees("有照片或文件吗")
    await wang.shows_album("这是三楼", "", "这里可以装")
    await wang.sees("3张")
    await wang.taps("完成", "👤 署名")
    await wang.sees("这样提交给社区吗", LIFT, "这是三楼", "这里可以装")
    await wang.taps("提交给社区")
    await wang.sees("您的提案编号：101")
    await zhou.taps("工作台", "待受理的提案", "101号")
    await zhou.sees(LIFT, "这是三楼", "这里可以装")


async def test_words_under_the_one_photo_that_tells_it_are_the_problem(
    wang: Someone, zhou: Someone
) -> None:
    await begins(wang)
    await wang.shows_photo("路灯坏了，别碰电线")
    await wang.sees("起个标题")
    await wang.says("门口路灯")
    await wang.sees("您希望怎么办")
    await wang.taps("跳过", "👤 署名", "提交给社区")
    await wang.sees("您的提案编号：101")
    await zhou.taps("工作台", "待受理的提案", "101号")
    await zhou.sees("路灯坏了，别碰电线")
