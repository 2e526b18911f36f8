"""An answer that Telegram refuses, or that comes too late, is followed by a message below."""

from datetime import timedelta

import pytest

from tests.conversations.scenes import takes_it
from tests.conversations.script import Someone, Story

VOICE = "VOICE_MESSAGES_FORBIDDEN"
RESTRICTED = "user restricted receiving of voice messages"
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def spoken(wang: Someone, li: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.sees("您慢慢说")
    await wang.speaks()
    await wang.taps("越快越好")
    await wang.sees("这样发出去")
    await wang.taps("发送")
    await wang.sees("您的求助号")
    await takes_it(li)


@pytest.mark.parametrize("refusal", [VOICE, RESTRICTED])
async def test_a_reader_who_takes_no_voice_is_told_so(
    story: Story, wang: Someone, li: Someone, refusal: str
) -> None:
    await spoken(wang, li)
    story.world.faults.refuse(refusal, method="sendVoice")
    await li.taps("听语音")
    await li.sees("不接收语音和视频消息")
    await li.taps("我出发了")
    await li.sees("您已出发")


async def test_a_photo_that_cannot_be_brought_is_said_so(
    story: Story, wang: Someone, li: Someone
) -> None:
    await spoken(wang, li)
    story.world.faults.refuse("wrong file identifier/HTTP URL specified", method="sendVoice")
    await li.taps("听语音")
    await li.sees("一起发来的东西 Telegram 送不过来")


async def test_a_toast_that_comes_too_late_is_said_below(
    story: Story, wang: Someone, li: Someone
) -> None:
    await spoken(wang, li)
    story.world.faults.refuse(TOO_OLD, method="answerCallbackQuery")
    await li.taps("我出发了")
    await li.sees("记下了：您在路上")
    story.world.clock.advance(timedelta(minutes=1))
    await li.taps("门牌和电话")
    await li.told("门牌和电话在下面")
