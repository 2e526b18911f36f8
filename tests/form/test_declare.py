"""Forms that contradict themselves are refused where they are declared."""

import pytest

from handlers.form import Choice, Choose, Form, Photos, Question, Text, forms, plain
from handlers.screen import Screen


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
