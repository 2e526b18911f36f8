"""It was said not to be solved, and then that it is: nobody asks what is not right any more."""

from tests.conversations.scenes import a_lamp_is_broken, does_it, takes_it
from tests.conversations.script import Someone


async def says_unsolved(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await does_it(li)
    await wang.has("解决了吗")
    await wang.says("没解决")
    await wang.sees("哪里还没弄好")


async def test_a_word_that_was_changed_ends_the_question(wang: Someone, li: Someone) -> None:
    await says_unsolved(wang, li)
    await wang.changes("没解决", "解决了")
    await wang.sees("您说的是这件事吗")
    await wang.taps("解决了")
    await wang.sees("真好")
    await wang.says("想找人陪我聊天")
    await wang.sees("请邻居来帮忙吗")


async def test_solved_is_no_answer_to_what_is_not_right(wang: Someone, li: Someone) -> None:
    await says_unsolved(wang, li)
    await wang.says("解决了")
    await wang.sees("您说的是这件事吗")
    await wang.taps("解决了")
    await wang.sees("真好")
    await wang.says("想找人陪我聊天")
    await wang.sees("请邻居来帮忙吗")


async def test_the_thumb_on_the_card_ends_the_question(wang: Someone, li: Someone) -> None:
    await says_unsolved(wang, li)
    await wang.taps("👍 解决了")
    await wang.sees("真好")
    await wang.says("想找人陪我聊天")
    await wang.sees("请邻居来帮忙吗")
