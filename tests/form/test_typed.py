"""The words of a button do what the button does."""

import pytest

from handlers.form import Choose, Form, Question, forms, plain
from tests.form import sample
from tests.form.phone import Phone
from tests.form.test_walk import photo, to_photos


async def test_skip_written_is_skip_tapped(phone: Phone) -> None:
    await to_photos(phone)
    await phone.send("skip")
    assert "Which building?" in phone.last.text
    assert phone.chat[-2].text.endswith("✓ Skipped")


async def test_the_other_language_is_understood_as_well(phone: Phone) -> None:
    await to_photos(phone)
    await phone.send("跳过")
    assert "Which building?" in phone.last.text


async def test_done_written_ends_a_collection(phone: Phone) -> None:
    await to_photos(phone)
    await phone.send(photo=photo("a"))
    await phone.send("完成")
    assert "Which building?" in phone.last.text
    assert phone.chat[-2].text.endswith("✓ 1 photo")


async def test_words_of_a_button_that_is_not_there_are_an_answer(phone: Phone) -> None:
    await phone.send("!test.short")
    await phone.send("skip")
    assert sample.finished[0][1] == {"why": "skip"}


async def test_back_written_asks_below_the_words(phone: Phone) -> None:
    await to_photos(phone)
    await phone.send("上一步")
    assert "What is it?" in phone.last.text
    assert phone.live == [phone.last]


async def test_cancel_written_where_a_story_is_awaited_asks_before_it_drops(phone: Phone) -> None:
    await phone.send("!test.everything")
    await phone.tap("Other")
    await phone.send("a cat")
    await phone.send("取消")
    assert "Stop here?" in phone.last.text
    assert phone.live == [phone.last]
    await phone.tap("Yes, throw it away")
    assert "Nothing was sent" in phone.last.text
    assert await phone.state.get_state() is None


async def test_cancel_written_at_once_cancels(phone: Phone) -> None:
    await phone.send("!test.short")
    await phone.send("Cancel!")
    assert "Nothing was sent" in phone.last.text
    assert phone.live == []
    assert sample.finished == []


async def test_send_written_at_the_summary_sends(phone: Phone) -> None:
    given = ("kind", "what", "building", "skills", "hands", "day", "hour", "when")
    await phone.send("!test.everything " + " ".join(f"{key}=1" for key in given))
    for _question in ("photos", "spot", "phone"):
        await phone.send("skip")
    assert "Send" in " ".join(phone.last.buttons())
    await phone.send("send it?")
    assert "Please tap one of the buttons below." in phone.last.text
    await phone.send("好的")
    assert phone.last.text == "Thank you, it is filed."
    assert len(sample.finished) == 1


SIGNS = Form(
    name="test.signs",
    version=1,
    title="Signs",
    questions=(
        Question(
            "agree",
            plain("Do you agree?", ("👍 Yes, I do", "y"), ("👎 No, I do not", "n")),
            (Choose(),),
        ),
        Question("come", plain("Will you come?", ("Yes", "y"), ("No", "n")), (Choose(),)),
        Question("when", plain("When?", ("Now", "now"), ("No fixed time", "any")), (Choose(),)),
    ),
    finish=sample.finish,
    confirm=False,
)


async def test_a_sign_answers_yes_and_no(phone: Phone) -> None:
    if forms.find(SIGNS.name) is None:
        forms.add(SIGNS)
    await phone.send("!test.signs")
    await phone.send("👍🏻")
    assert "Will you come?" in phone.last.text
    await phone.send("❌")
    assert "When?" in phone.last.text
    await phone.send("👎")
    assert "tap one of the buttons" in phone.last.text
    await phone.tap("Now")
    assert sample.finished[-1][1] == {"agree": "y", "come": "n", "when": "now"}


@pytest.mark.parametrize("said", ["没有", "没有。", "无", "none", "I don't know", "不知道"])
async def test_there_is_none_leaves_out_what_may_be_left_out(phone: Phone, said: str) -> None:
    await to_photos(phone)
    await phone.send(said)
    assert "Which building?" in phone.last.text
    assert phone.chat[-2].text.endswith("✓ Skipped")


async def test_there_is_none_is_an_answer_where_one_is_needed(phone: Phone) -> None:
    await phone.send("!test.short")
    await phone.send("没有")
    assert sample.finished[0][1] == {"why": "没有"}
