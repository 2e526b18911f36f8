"""What stands under a picture goes with it, wherever one is shown."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone


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
