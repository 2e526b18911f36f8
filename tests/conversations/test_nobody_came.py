"""Who waits says that nobody came, or asks when somebody does: where it is comes first."""

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone


async def test_nobody_came_in_words_is_one_tap_from_nobody_came(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.says("怎么还没来")
    await wang.sees("李强", "没有人来吗")
    await wang.taps("没人来")
    await wang.told("社区会去问清楚")


async def test_not_yet_while_the_helper_is_on_the_way(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await li.taps("我出发了")
    await wang.says("还没解决")
    await wang.sees("李强", "已经出发", "没有人来吗")
    await wang.taps("转给")
    await li.has("还没解决")


async def test_who_is_asked_for_is_said_where_nobody_has_taken_it(
    wang: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await wang.says("什么时候来人啊")
    await wang.sees("位志愿者")
    assert "没人来" not in " ".join(wang.buttons())


async def test_in_english(emma: Someone) -> None:
    await emma.taps("Ask for help", "Repairs")
    await emma.taps("Lights")
    await emma.says("The lamp is broken")
    await emma.taps("As soon as possible", "Send")
    await emma.sees("Your number: 101")
    await emma.says("nobody came")
    await emma.sees("No. 101")
    await emma.taps("Pass on what I wrote")
    await emma.sees("Noted")


async def test_the_same_words_with_nothing_underway_are_words(wang: Someone) -> None:
    await wang.says("没人来")
    await wang.sees("要请邻居来帮忙吗")
