"""What the author of a draft sends right after its card is offered to the draft."""

from tests.conversations.script import Someone
from tests.conversations.test_broadcast_writing import writes


async def test_a_photo_after_the_card_goes_under_its_words(zhou: Someone) -> None:
    await writes(zhou, "明天上午停水。")
    await zhou.shows_photo()
    await zhou.sees("放进您正在写的通知")
    await zhou.taps("放进草稿")
    await zhou.sees("就用这个吗", "📎", "明天上午停水。")
    await zhou.taps("就用这个")
    await zhou.sees("已保存", "一张照片", "明天上午停水。")


async def test_other_words_after_the_card_take_the_place_of_its_words(zhou: Someone) -> None:
    await writes(zhou, "明天上午停水。")
    await zhou.says("后天上午停水，请提前接水。")
    await zhou.sees("放进您正在写的通知")
    await zhou.taps("放进草稿", "就用这个")
    await zhou.sees("后天上午停水，请提前接水。", "草稿")


async def test_an_album_after_the_card_stays_whole(zhou: Someone) -> None:
    await writes(zhou, "明天上午停水。")
    await zhou.shows_album("", "", "")
    await zhou.sees("放进您正在写的通知")
    await zhou.taps("放进草稿")
    await zhou.sees("3", "明天上午停水。")


async def test_thanks_and_a_need_are_what_they_were(zhou: Someone) -> None:
    await writes(zhou, "明天上午停水。")
    await zhou.says("谢谢")
    await zhou.sees("不客气")
    await zhou.says("我家的灯不亮了")
    await zhou.taps("请人帮忙")
    await zhou.sees("收到。这是哪一类的事？")
