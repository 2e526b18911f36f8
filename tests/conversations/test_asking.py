"""Asking for help in hard moments: danger, no words, wrong answers, second thoughts."""

from tests.conversations.scenes import a_lamp_is_broken
from tests.conversations.script import Someone, Story


async def test_an_emergency_names_the_numbers_first(
    wang: Someone, li: Someone, chen: Someone, zhao: Someone
) -> None:
    await wang.taps("求助", "紧急求助")
    await wang.sees("急救120", "火警119", "报警110")
    await wang.taps("也请邻居来")
    await wang.sees("出了什么事")
    await wang.taps("有人摔倒")
    await wang.sees("这样发出去", "紧急：马上要人", "有人摔倒")
    await wang.taps("发送")
    await wang.sees("急救120", "您的求助号：101", "15分钟内有人答复您，最晚今天 ", "前办好")
    await chen.has("🆘 邻居急需帮忙")
    await li.has("🆘 邻居急需帮忙")
    await zhao.has("新的求助", "🆘 紧急：马上要人")


async def test_a_photo_alone_says_enough(wang: Someone, li: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "水管漏水")
    await wang.shows_photo("这里在漏")
    await wang.sees("什么时候来人")
    await wang.taps("明天上午")
    await wang.sees("这样发出去", "这里在漏", "明天 09:00左右")
    await wang.taps("发送")
    await wang.sees("您的求助号")
    await li.has("邻居求助", "明天 09:00左右")


async def test_another_day_step_by_step_and_typed_words(wang: Someone) -> None:
    await wang.taps("求助", "宠物照顾")
    await wang.says("喂猫")
    await wang.taps("改天")
    await wang.sees("哪一天")
    await wang.taps("上一步")
    await wang.sees("什么时候来人")
    await wang.says("等我女儿回来以后")
    await wang.sees("这样发出去", "“等我女儿回来以后”")
    await wang.taps("修改", "多急", "急：一天之内")
    await wang.sees("这样发出去", "⚡ 急：一天之内")


async def test_a_sticker_is_no_answer(wang: Someone) -> None:
    await wang.taps("求助", "宠物照顾")
    await wang.sees("您慢慢说")
    wang.person.send_sticker()
    await wang.sees("您慢慢说", "语音")
    await wang.says("🐱" * 1000)
    await wang.sees("什么时候来人")


async def test_door_and_phone_are_asked_where_unknown(
    story: Story, zhou: Someone, chen: Someone
) -> None:
    await zhou.taps("求助", "宠物照顾")
    await zhou.says("遛狗")
    await zhou.taps("什么时候都行", "发送")
    await zhou.sees("还不知道您的门牌号")
    await zhou.taps("填门牌和电话")
    await zhou.says("1单元101")
    await zhou.sees("打哪个电话")
    await zhou.says("13900001006")
    await zhou.sees("已妥善保存")
    assert not [text for text in zhou.texts() if "1单元101" in text or "13900001006" in text]
    await chen.taps("我来帮", "门牌和电话")
    await chen.sees("1单元101", "13900001006")


async def test_asking_for_a_repair_from_the_menu_takes_five_taps(wang: Someone) -> None:
    taps = ("求助", "修理搬抬", "水管漏水", "越快越好", "发送")
    await wang.taps(*taps[:3])
    await wang.says("厨房水管漏水了")
    await wang.taps(*taps[3:])
    await wang.sees("您的求助号")


async def test_double_taps_file_once(story: Story, wang: Someone, zhao: Someone) -> None:
    await a_lamp_is_broken(wang)
    await wang.taps("我的求助")
    await wang.sees("101号")
    assert "102号" not in " ".join(wang.texts())


async def test_claiming_ones_own_request(wang: Someone, li: Someone, chen: Someone) -> None:
    await li.taps("求助", "宠物照顾")
    await li.says("喂鱼")
    await li.taps("什么时候都行", "发送")
    await li.sees("您的求助号：101")
    await li.forges("hc:t:1")
    await li.told("您自己的求助")


async def test_whoever_is_asked_reads_what_something_else_is_if_allowed(
    wang: Someone, li: Someone
) -> None:
    await wang.taps("求助", "其他事情")
    await wang.says("帮我把春联贴到门上")
    await wang.sees("春联", "可以让我们问到的邻居看到", "不会显示")
    await wang.taps("可以给他们看")
    await wang.taps("什么时候都行")
    await wang.sees("这样发出去", "问到的邻居看得到")
    await wang.taps("发送")
    await wang.sees("您的求助号")
    card = await li.has("邻居求助", "“帮我把春联贴到门上”")
    assert "秀英" not in card


async def test_words_that_are_to_stay_private_reach_nobody_who_is_asked(
    wang: Someone, li: Someone, zhao: Someone
) -> None:
    await wang.taps("求助", "其他事情")
    await wang.says("我想找人说说心里话")
    await wang.taps("只给来帮忙的人", "什么时候都行")
    await wang.sees("这样发出去", "只有来帮忙的人和社区看得到")
    await wang.taps("发送")
    await zhao.has("心里话")
    card = await li.has("邻居求助", "其他事情")
    assert "心里话" not in card
