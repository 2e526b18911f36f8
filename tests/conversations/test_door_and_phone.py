"""Door and phone come on a card of their own, and do not stay in the chat."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone

DOOR, PHONE = "2单元301室", "13800001001"


async def gone_from(reader: Someone) -> None:
    """Wait until neither door nor phone is anywhere in a chat."""
    await reader.story.until(
        lambda: not [text for text in reader.texts() if DOOR in text or PHONE in text],
        lambda: f"still there: {reader.texts()}",
    )


async def test_door_and_phone_vanish_from_the_chat(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.taps("门牌和电话")
    await li.told("门牌和电话在下面")
    await li.sees(DOOR, PHONE, "看得到您查看过")
    await does_it(li)
    await wang.taps("解决了", "非常满意")
    await li.has("王秀英说解决了")
    await li.has(DOOR)
    await li.story.later(hours=49)
    await li.sees("已经收起", "谢谢您替邻居保密")
    await gone_from(li)
    await li.taps("门牌和电话")
    await li.told("不再显示")


async def test_hidden_by_hand_it_comes_again_only_by_another_look(
    wang: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.taps("门牌和电话")
    await li.sees(DOOR)
    await li.taps("收起")
    await li.told("已经收起")
    await li.sees("门牌和电话已经收起")
    await gone_from(li)
    await li.taps("我出发了")
    await wang.has("李强已经出发")
    await gone_from(li)
    await li.taps("打开任务", "门牌和电话")
    await li.sees(DOOR)
    await wang.taps("我的求助", "101号", "谁看过")
    await wang.story.until(
        lambda: sum(text.count("李强查看了门牌和电话") for text in wang.texts()) == 2,
        lambda: f"not two looks: {wang.texts()}",
    )


async def test_handing_back_takes_it_away_at_once_in_english_too(
    wang: Someone, li: Someone
) -> None:
    await li.says("/language")
    await li.taps("English")
    await a_lamp_is_broken(wang)
    await li.taps("I'll do it", "Door and phone")
    await li.told("Below you see door and phone.")
    await li.sees(DOOR, "can see that you looked")
    await li.taps("I cannot go", "I am not well")
    await li.has("hidden again. Thank you")
    await gone_from(li)
