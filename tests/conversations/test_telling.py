"""One thought in several messages, albums, and words under pictures: nothing is lost."""

import pytest

from tests.conversations.scenes import takes_it
from tests.conversations.script import Someone


async def test_one_thought_in_three_messages_stays_one(wang: Someone, li: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "水管漏水")
    await wang.sees("您慢慢说", "拍张照片")
    await wang.says("厨房水管漏了")
    await wang.has("什么时候来人")
    await wang.says("水一直流到楼下")
    await wang.sees("已记到说明里", "什么时候来人")
    await wang.says("总阀门在门后面")
    await wang.sees("已记到说明里", "什么时候来人")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "厨房水管漏了", "水一直流到楼下", "总阀门在门后面")
    await wang.says("家里有老人，请轻点敲门")
    await wang.sees("已记到说明里", "这样发出去", "请轻点敲门", "想加照片")
    await wang.shows_photo("别拧那个阀门")
    shown = await wang.sees("这样发出去", "📷 1", "别拧那个阀门")
    assert "想加照片" not in shown
    await wang.speaks()
    await wang.sees("这样发出去", "🎤 1")
    await wang.says("好的，发吧")
    await wang.sees("您的求助号")
    await takes_it(li)
    card = await li.has("由您来办")
    for words in ("厨房水管漏了", "水一直流到楼下", "总阀门在门后面", "请轻点敲门", "别拧那个阀门"):
        assert words in card


@pytest.mark.parametrize(
    "said", ["好的，发吧", "可以了，谢谢", "👍", "ok 发送", "没问题，发出去吧"]
)
async def test_consent_in_words_sends(wang: Someone, said: str) -> None:
    await wang.taps("求助", "宠物照顾")
    await wang.says("喂猫")
    await wang.taps("越快越好")
    await wang.sees("这样发出去")
    await wang.says(said)
    await wang.sees("您的求助号")


async def test_a_no_at_the_summary_asks_what_to_change(wang: Someone) -> None:
    await wang.taps("求助", "宠物照顾")
    await wang.says("喂猫")
    await wang.taps("越快越好")
    await wang.sees("这样发出去")
    await wang.says("👎")
    await wang.sees("您想改哪一项")
    await wang.taps("上一步")
    await wang.says("谢谢")
    await wang.sees("请点下面的按钮", "这样发出去")
    await wang.says("不可以发给楼上")
    await wang.sees("这样发出去", "不可以发给楼上")


async def test_an_album_is_one_answer_and_its_captions_come_along(
    wang: Someone, li: Someone
) -> None:
    await wang.taps("求助", "修理搬抬", "水管漏水")
    await wang.has("您慢慢说")
    await wang.shows_album("厨房", "", "这个阀门别拧")
    await wang.has("什么时候来人")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "📷 3", "厨房", "这个阀门别拧")
    await wang.taps("发送")
    await wang.sees("您的求助号")
    await takes_it(li)
    await li.has("由您来办", "📷 3", "这个阀门别拧")


async def test_words_under_photos_added_at_the_end_are_read_by_whoever_comes(
    wang: Someone, li: Someone
) -> None:
    await wang.taps("求助", "修理搬抬", "水管漏水")
    await wang.says("漏水了")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "想加照片")
    await wang.taps("修改", "📷 照片")
    await wang.sees("拍张照片")
    await wang.shows_photo("不要拧这个阀门")
    await wang.sees("1张照片")
    await wang.taps("完成")
    await wang.sees("这样发出去", "不要拧这个阀门")
    await wang.taps("发送")
    await wang.sees("您的求助号")
    await takes_it(li)
    await li.has("由您来办", "漏水了", "不要拧这个阀门", "📷 1")


async def test_photos_stay_where_the_kind_is_changed_and_more_is_shown(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "水管漏水")
    await wang.says("漏水了")
    await wang.taps("越快越好", "修改", "📷 照片")
    await wang.sees("拍张照片")
    await wang.shows_photo()
    await wang.sees("1张照片")
    await wang.taps("完成", "修改", "哪一类", "宠物照顾")
    await wang.says("猫不敢过去")
    await wang.sees("这样发出去", "宠物照顾", "📷 1")
    await wang.shows_album("", "")
    await wang.sees("这样发出去", "📷 1", "📷 2")


async def test_an_album_at_home_is_held_whole(wang: Someone, li: Someone) -> None:
    await wang.shows_album("水管漏了", "", "阀门在这里")
    await wang.sees("要请邻居来帮忙吗")
    await wang.taps("请人帮忙")
    await wang.taps("水管漏水", "越快越好")
    await wang.sees("这样发出去", "📷 3", "水管漏了", "阀门在这里")


async def test_an_album_in_reply_and_in_an_emergency_goes_whole(wang: Someone, li: Someone) -> None:
    await wang.says("我摔倒了，起不来")
    await wang.sees("紧急求助")
    await li.taps("我来帮")
    await li.sees("由您来办")
    await wang.shows_album("门是这个", "", "钥匙在这")
    await wang.sees("转给办这件事的人了")
    await li.has("钥匙在这")
    await li.taps("打开任务")
    await li.sees("由您来办", "📷 3")


async def test_a_cry_in_the_middle_of_asking_calls_at_once(wang: Someone, li: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.has("什么时候来人")
    await wang.says("我摔倒了，起不来")
    await wang.sees("先打120", "紧急求助")
    await li.taps("我来帮")
    await li.sees("灯不亮了", "我摔倒了")
    await wang.says("谢谢")
    await wang.sees("先打120")


async def test_a_time_that_can_be_read_two_ways_is_asked(wang: Someone) -> None:
    await wang.taps("求助", "宠物照顾")
    await wang.says("喂猫")
    await wang.has("什么时候来人")
    await wang.says("12.25")
    await wang.sees("两种读法")
    await wang.taps("12月25日")
    await wang.sees("这样发出去", "12月25日")
    await wang.taps("修改", "🕑 什么时候")
    await wang.says("昨天")
    await wang.sees("这个时间已经过了")
