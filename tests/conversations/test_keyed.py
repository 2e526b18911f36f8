"""Commands and keys of the menu as people write them, also in the middle of a form."""

import pytest

from tests.conversations.script import Someone


async def test_it_works_in_the_middle_of_a_form(wang: Someone) -> None:
    await wang.taps("求助", "宠物照顾")
    await wang.sees("您慢慢说")
    for said in (
        "/MINE",
        "/Mine",
        "／mine",
        "/mine。",
        "我的求助。",
        " 我的求助！",
        "my requests.",
    ):
        await wang.says(said)
        await wang.sees("我的求助")
    await wang.taps("求助")
    await wang.sees("没填完")


@pytest.mark.parametrize("said", ["/START", "/Start", "/start."])
async def test_start_in_capitals(wang: Someone, said: str) -> None:
    await wang.says(said)
    await wang.sees("王秀英，您好")


async def test_a_key_without_its_sign_is_an_answer(wang: Someone) -> None:
    await wang.taps("求助", "宠物照顾")
    await wang.sees("您慢慢说")
    await wang.says("紧急")
    await wang.sees("什么时候来人")
    assert not any("先打120" in text for text in wang.texts())
