"""A car in the way, by taps: asked, answered, thanked; unknown; a stranger's button."""

from handlers.cars.callbacks import CarAct, OnCar
from tests.conversations.script import Someone, Story
from tests.conversations.test_registrations import registers_car


async def registered(wang: Someone, zhao: Someone) -> None:
    """Let wang's 苏A12345 stand."""
    await registers_car(wang)
    await zhao.has("有一项登记等您审核")
    await zhao.taps("✅ 通过")
    await zhao.told("已通过")
    await wang.has("社区通过了")


async def test_asked_by_a_plate_alone_answered_and_thanked(
    story: Story, wang: Someone, li: Someone, zhao: Someone, chen: Someone
) -> None:
    await registered(wang, zhao)
    await li.says("su a12345")
    await li.sees("车停在哪儿")
    await li.taps("小区大门口")
    await li.sees("已请车主挪车", "苏A12345（小区大门口）")
    await wang.has("有邻居请您挪一下车", "苏A12345（小区大门口）")
    assert "李" not in "".join(wang.texts()[-1:])
    await chen.says("/car")
    await chen.sees("有车挡路了")
    await chen.forges(OnCar(act=CarAct.COME, id=1).pack())
    await chen.told("您")
    await wang.taps("🕙 10分钟")
    await wang.told("10分钟左右到")
    await li.has("车主10分钟左右到")
    assert "王" not in "".join(li.texts()[-2:])
    await wang.taps("🏃 马上来")
    await wang.told("您马上来")
    await li.has("车主马上来")
    await li.taps("✅ 挪好了，谢谢")
    await li.told("已替您谢过")
    await wang.has("邻居说谢谢您")


async def test_nobody_known_by_a_page_and_words_in_english(story: Story, emma: Someone) -> None:
    await emma.says("gui B12345")
    await emma.sees("Plates of several provinces", "3 more times")
    await emma.says("/car")
    await emma.sees("Is a car in the way?", "3 more times")
    await emma.taps("🚗 Ask for a car to be moved")
    await emma.sees("What is the plate?")
    await emma.says("the white one")
    await emma.sees("That is no plate")
    await emma.says("gui B12345")
    await emma.sees("Plates of several provinces")
    await emma.says("桂B12345")
    await emma.sees("Where does it stand?")
    await emma.says("next to the bins")
    await emma.sees("The owner is being asked", "桂B12345, at: next to the bins")
    await story.later(minutes=11)
    await emma.has("could not be reached", "property's office")
    await emma.taps("✅ It is moved, thank you")
    await emma.told("Good!")


async def test_not_mine_and_asked_no_more(
    story: Story, wang: Someone, zhao: Someone, li: Someone
) -> None:
    await registered(wang, zhao)
    await li.says("苏Ａ·12345")
    await li.taps("车库里")
    await li.sees("已请车主挪车")
    await wang.has("有邻居请您挪一下车")
    await wang.taps("不是我的车")
    await wang.told("对方不会知道")
    await wang.has("这不是您的车", "/register")
    await story.later(minutes=11)
    await li.has("没能联系上车主，请找物业")
    await li.says("苏A12345")
    await li.taps("车库里")
    await wang.has("有邻居请您挪一下车")
    await wang.taps("🔕 别再请我挪车")
    await wang.told("以后不再请您挪车")
    await wang.says("/car")
    await wang.taps("🔔 可以再请我挪车")
    await wang.told("会再请您挪")


async def test_each_reads_the_spot_in_their_own_language(
    wang: Someone, zhao: Someone, emma: Someone
) -> None:
    await registered(wang, zhao)
    await emma.says("苏A12345")
    await emma.sees("Where does it stand?")
    await emma.taps("at the door of")
    told = await emma.sees("The owner is being asked to move the car", "at the door of Building")
    assert told.count("being asked") == 1
    await wang.has("有邻居请您挪一下车", "号楼门口")
