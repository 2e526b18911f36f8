"""A form with a question of every kind, and a router that starts it."""

from typing import Any

from aiogram import F, Router
from aiogram.types import Message

from handlers.form import (
    Again,
    Answers,
    Anything,
    Choice,
    Choose,
    Contact,
    Day,
    Files,
    Form,
    FormContext,
    Location,
    Number,
    OneFile,
    OnePhoto,
    Open,
    Photos,
    Prompt,
    Question,
    Refused,
    Text,
    TimeOfDay,
    VoiceNote,
    When,
    forms,
    plain,
    start_form,
)
from handlers.screen import Screen

BUILDINGS = {
    street: [f"{street}-{number}" for number in range(1, 31)] for street in ("east", "west")
}

finished: list[tuple[str, Answers]] = []
again: list[Again] = []
"""What `finish` is to ask again, once each."""


def ask_building(ctx: FormContext, _answers: Answers) -> Prompt:
    if ctx.at is None:
        return Prompt(
            "Which building?", [Choice(street, street, opens=True) for street in BUILDINGS]
        )
    return Prompt(f"Which one in {ctx.at}?", [Choice(name, name) for name in BUILDINGS[ctx.at]])


async def find_building(_ctx: FormContext, _answers: Answers, text: str) -> Any:
    if text in BUILDINGS:
        return Open(text)
    known = [name for names in BUILDINGS.values() for name in names]
    return text if text in known else Refused(f"No building {text} here.")


async def ask_skills(_ctx: FormContext, answers: Answers) -> Prompt:
    names = [f"skill {number}" for number in range(15)]
    return Prompt("What can you do?", [Choice(name, index) for index, name in enumerate(names)])


async def finish(ctx: FormContext, answers: Answers) -> Screen | Again:
    if again:
        return again.pop()
    finished.append((ctx.run, answers))
    return Screen("Thank you, it is filed.")


KINDS = plain("What kind?", ("Repair", "repair"), ("Company", "company"), ("Other", "other"))

EVERYTHING = Form(
    name="test.everything",
    version=1,
    title="Everything",
    questions=(
        Question("kind", KINDS, (Choose(),), label="Kind"),
        Question(
            "which",
            plain("Which of it?"),
            (Text(20), OnePhoto()),
            label="Which",
            when=lambda answers: answers["kind"] == "other",
            depends=("kind",),
        ),
        Question("what", plain("What is it?"), (Text(200), VoiceNote(60)), label="What"),
        Question("photos", plain("Any photos?"), (Photos(3),), label="Photos", optional=True),
        Question("building", ask_building, (Choose(), Text(40, find_building)), label="Building"),
        Question("spot", plain("Where?"), (Location(),), label="Spot", optional=True),
        Question(
            "phone",
            plain("Your number?"),
            (Contact(),),
            label="Phone",
            optional=True,
            personal=True,
        ),
        Question("skills", ask_skills, (Choose(many=True, at_most=3),), label="Skills"),
        Question("hands", plain("How many?"), (Number(1, 9),), label="Hands"),
        Question("day", plain("Which day?"), (Day(),), label="Day"),
        Question("hour", plain("What hour?"), (TimeOfDay(),), label="Hour"),
        Question("when", plain("When?"), (When(),), label="When"),
    ),
    finish=finish,
)

SHORT = Form(
    name="test.short",
    version=2,
    title="Short",
    questions=(Question("why", plain("Why?"), (Text(50),)),),
    finish=finish,
    confirm=False,
)


ABOUT = Form(
    name="test.about",
    version=1,
    title="About",
    questions=(
        Question("why", plain("Why?"), (Text(50),)),
        Question("record", plain(""), (Text(9),), given=True),
    ),
    finish=finish,
    confirm=False,
)


FILES = Form(
    name="test.files",
    version=1,
    title="Files",
    questions=(
        Question("note", plain("A note?"), (Text(50), OneFile()), label="Note"),
        Question("proof", plain("What shows it?"), (Files(3),), label="Proof"),
    ),
    finish=finish,
)


LETTER = Form(
    name="test.letter",
    version=1,
    title="Letter",
    questions=(
        Question(
            "letter",
            plain("What shall be sent?"),
            (Anything(lambda letter: "Not that." if letter.words == "no" else ""),),
            label="Letter",
        ),
        Question("note", plain("A note?"), (Text(50),), label="Note"),
    ),
    finish=finish,
)


def enter_forms() -> None:
    """Enter the forms once, however many test files use them."""
    for form in (EVERYTHING, SHORT, ABOUT, FILES, LETTER):
        if forms.find(form.name) is None:
            forms.add(form)


def starter() -> Router:
    """Start a form by its name: '!test.short', '!test.everything kind=repair'."""
    router = Router(name="starter")

    @router.message(F.text.startswith("!test."))
    async def start(message: Message, **data: Any) -> None:
        name, *pairs = (message.text or "").removeprefix("!").split()
        prefill = dict(pair.split("=") for pair in pairs)
        await start_form(name, message, FormContext.of(data), prefill)

    return router
