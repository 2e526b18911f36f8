"""One thought in several messages stays one in every long form."""

from tests.conversations.script import Someone, Story
from tests.conversations.test_proposing import LIFT, begins, skips_wish_and_photos


async def test_a_proposal_told_in_three_messages(wang: Someone) -> None:
    await begins(wang)
    await wang.says(LIFT)
    await wang.sees("起个标题")
    await wang.says("我妈妈八十岁了，天天爬楼")
    await wang.sees("已记到说明里", "起个标题")
    await wang.says("能不能装一部")
    await wang.sees("已记到说明里", "起个标题")
    await wang.says("加装电梯")
    await skips_wish_and_photos(wang)
    await wang.taps("👤 署名")
    await wang.sees("📌 加装电梯", LIFT, "八十岁", "能不能装一部")


async def test_what_was_written_before_the_question_came_is_no_answer_to_it(
    wang: Someone,
) -> None:
    await begins(wang)
    await wang.says(LIFT)
    await wang.says("楼道灯")
    await wang.says("单元门")
    await wang.taps("📌 单元门")
    await skips_wish_and_photos(wang)
    await wang.taps("👤 署名")
    await wang.sees("📌 单元门", "楼道灯\n单元门")


async def test_a_sentence_meant_as_the_title_is_one_tap_away(wang: Someone) -> None:
    await begins(wang)
    await wang.says(LIFT)
    await wang.sees("起个标题")
    await wang.says("我们要电梯")
    await wang.sees("已记到说明里", "起个标题")
    await wang.taps("📌 我们要电梯")
    await wang.sees("您希望怎么办")


async def test_words_after_photos_and_at_the_summary_are_added(wang: Someone) -> None:
    await begins(wang)
    await wang.shows_album("路灯坏了", "这里也坏了")
    await wang.sees("起个标题")
    await wang.says("门口路灯")
    await wang.sees("您希望怎么办")
    await wang.taps("跳过", "👤 署名")
    await wang.sees("这样提交给社区吗", "路灯坏了", "这里也坏了", "2张照片")
    await wang.says("晚上有老人摔过跤，不是今天")
    await wang.sees("已记到说明里", "这样提交给社区吗", "路灯坏了", "摔过跤")


async def test_much_later_a_sentence_is_the_title(story: Story, wang: Someone) -> None:
    await begins(wang)
    await wang.says(LIFT)
    await wang.sees("起个标题")
    await story.later(minutes=6)
    await wang.says("我们要电梯")
    await skips_wish_and_photos(wang)
    await wang.taps("👤 署名")
    await wang.sees("📌 我们要电梯")
