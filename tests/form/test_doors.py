"""Doors: buttons of a question that lead out of the form, which stays as it is."""

import pytest

from handlers.callbacks import Go
from handlers.form import (
    Answers,
    Choice,
    Choose,
    Door,
    Form,
    FormContext,
    Prompt,
    Question,
    Text,
    forms,
)
from handlers.screen import Screen
from tests.form.phone import Phone
from tests.form.test_walk import voice

NAME = "test.short.doors"
AWAY = Go(to="settings")


def ask(_ctx: FormContext, _answers: Answers) -> Prompt:
    return Prompt("Which?", [Choice("This", "this")], doors=[Door("x" * 99, AWAY)])


async def finish(_ctx: FormContext, answers: Answers) -> Screen:
    return Screen(f"{answers['which']} it is")


@pytest.fixture(autouse=True)
def doors() -> None:
    if forms.find(NAME) is None:
        question = Question("which", ask, accepts=(Choose(), Text(20)))
        forms.add(Form(NAME, 1, "Doors", (question,), finish, confirm=False))


async def test_a_door_leads_out_and_the_question_still_stands(phone: Phone) -> None:
    await phone.send(f"!{NAME}")
    [door, choice, _cancel] = phone.last.buttons().items()
    assert door == ("x" * 59 + "…", AWAY.pack())
    with pytest.raises(AssertionError, match="answered once"):  # it is for another room to answer
        await phone.tap(door[0])
    assert len(phone.fallen_through) == 1
    await phone.tap(choice[0])
    assert phone.last.text == "this it is"


async def test_a_voice_where_words_are_needed_is_told_how_to_write_easily(phone: Phone) -> None:
    await phone.send(f"!{NAME}")
    await phone.send(voice=voice(3))
    assert "in writing" in phone.last.text
    assert "microphone" in phone.last.text
    await phone.send("that")
    assert phone.last.text == "that it is"
