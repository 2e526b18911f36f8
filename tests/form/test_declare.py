"""Forms that contradict themselves are refused where they are declared."""

from dataclasses import replace
from typing import cast

import pytest

from handlers.form import Choice, Choose, Form, Photos, Question, Text, forms, plain
from handlers.form.declare import Forms
from handlers.screen import Screen
from models.database import Session


async def finish(_ctx, _answers) -> Screen:
    return Screen("done")


def form(*questions: Question, name: str = "test.declared") -> Form:
    return Form(name=name, version=1, title="T", questions=questions, finish=finish)


ASK = plain("What?")
TEXT = Question("a", ASK, (Text(),))


@pytest.mark.parametrize(
    "questions",
    [
        (),
        (TEXT, TEXT),
        (Question("a", ASK, ()),),
        (Question("a", ASK, (Photos(), Text())),),
        (Question("a", ASK, (Choose(many=True), Text())),),
        (Question("a", ASK, (Text(),), depends=("b",)),),
        (Question("a", ASK, (Choose(),), ahead="b"),),
        (TEXT, Question("b", ASK, (Choose(),), ahead=TEXT.key)),
        (Question("a", ASK, (Choose(),), ahead="b"), Question("b", ASK, (Text(),), personal=True)),
        (Question("a", ASK, (Text(),), given=True, personal=True),),
        (Question("a", ASK, (Text(),), given=True, optional=True),),
        (Question("a", ASK, (Text(),), given=True, label="A"),),
    ],
)
def test_contradictions_are_refused(questions) -> None:
    with pytest.raises(ValueError, match=r"test\.declared"):
        form(*questions)


def test_a_name_is_taken_once_and_fits_a_button() -> None:
    forms.add(form(TEXT, name="test.once"))
    with pytest.raises(ValueError, match="two forms"):
        forms.add(form(TEXT, name="test.once"))
    for name in ("with space", "x" * 41, "colon:colon", ""):
        with pytest.raises(ValueError, match="name"):
            forms.add(form(TEXT, name=name))


def test_a_choice_may_not_read_as_skipped() -> None:
    with pytest.raises(ValueError, match="skipped"):
        Choice("None of these", None)


async def test_a_family_of_forms_is_made_from_data_of_the_version_asked_for() -> None:
    house = Forms()
    kept = {1: form(TEXT, name="data.a"), 2: replace(form(TEXT, name="data.a"), version=2)}

    async def make(_session: object, name: str, version: int | None) -> Form | None:
        return kept.get(version or 2) if name == "data.a" else None

    house.add_family("data", make)
    declared = house.add(form(TEXT, name="test.a"))
    session = cast("Session", None)
    assert await house.get(session, "data.a") is kept[2]
    assert await house.get(session, "data.a", 1) is kept[1]
    for name, version in (("data.a", 3), ("data.b", None), ("test.a", 2), ("else.a", None)):
        assert await house.get(session, name, version) is None
    assert await house.get(session, "test.a") is await house.get(session, "test.a", 1) is declared
    with pytest.raises(ValueError, match="already"):
        house.add_family("test", make)
    with pytest.raises(ValueError, match="two forms"):
        house.add(form(TEXT, name="data.c"))
