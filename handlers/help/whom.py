"""For whom help is asked, and who may read what it is about."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.form import (
    Answers,
    Choice,
    Choose,
    Contact,
    File,
    FormContext,
    Phone,
    Photo,
    Prompt,
    Question,
    Text,
    plain,
    writing,
)
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.places.asking import Within, everywhere, home_question
from handlers.screen import clip
from handlers.text import paragraphs, quoted
from models.categories import OTHER
from models.people.actions.proxies import add_person_without_phone
from models.people.queries import find_card, spoken_for
from models.people.rules import FIELD_LENGTH, NAME_LENGTH, Adding, Field
from models.people.views import Card, Person
from models.places.queries import lines_of

ME, SOMEBODY = "me", "new"
"""Values of 'for whom' beside a person's id."""

NAME_SHOWN = 24
"""Of a longer name the beginning is shown, so that the building still fits on a button."""

NAMES_ANOTHER = re.compile(
    r"(帮|给|替|为|我|我家|隔壁|楼上|楼下|对门|的)的?(邻居|妈|爸|母亲|父亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|老伴|爱人|丈夫|妻子|老公"
    r"|老婆|岳父|岳母|公公|婆婆|儿子|女儿|孙子|孙女|朋友|亲戚|阿姨|叔叔|大爷|大妈|老人)"
    r"|[\u4e00-\u9fff](大爷|大妈|奶奶|爷爷|阿姨|叔叔|老师|先生|女士)"
    r"(家|没有?|不会|摔|病|要|想|需要|的|一个人)"
    r"|\bfor (my|our|the|an?) (old |elderly )?(neighbou?r|mother|mum|mom|father|dad|grand\w+"
    r"|husband|wife|son|daughter|friend|aunt|uncle|parents?)\b"
    r"|\bmy (old |elderly )?(neighbou?r|mother|mum|mom|father|dad|grandm\w+|grandf\w+"
    r"|husband|wife)\b"
    r"|\bfor (mr|mrs|ms|miss)\b",
    re.IGNORECASE,
)
"""Speaks of somebody for whom it may be."""


def may_be_for_another(answers: Answers) -> bool:
    """Return whether the words name somebody else while it is asked for oneself."""
    if answers["whom"] not in {None, ME}:
        return False
    return NAMES_ANOTHER.search(writing.plain(words_of(answers))) is not None


WHERE_THEY_LIVE = mark("Which building do they live in? Tap it, or write it, such as “building 3”.")

ADDING = {
    Adding.NOT_ALLOWED: mark("You can only enter people at the places of your desk."),
    Adding.NO_SUCH_PLACE: mark("Please choose the building once more."),
    Adding.NO_SUCH_PROXY: mark("Please register first, then speak for others."),
    Adding.NO_NAME: mark("Please write their name in letters."),
    Adding.NOT_A_PHONE: mark("That does not look like a phone number. Once more, please?"),
    Adding.TOO_LONG: mark("That is rather long. Shorter, please?"),
    Adding.TOO_MANY: mark(
        "You speak for as many people as one neighbour can. The community office can enter more."
    ),
}
KEYS = {
    Adding.NO_NAME: "name",
    Adding.NOT_A_PHONE: "phone",
    Adding.TOO_LONG: "door",
    Adding.NO_SUCH_PLACE: "place",
    Adding.NOT_ALLOWED: "place",
}
"""Which question to ask again after each refusal; 'whom' after all others."""


async def ask_whom(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask for whom; people one speaks for already are one tap away."""
    choices = [Choice(_("👤 For me"), ME), *await known_choices(ctx)]
    choices.append(Choice(_("➕ Somebody without a phone"), SOMEBODY))
    return Prompt(_("For whom is it?"), choices, columns=1)


async def known_choices(ctx: FormContext) -> list[Choice]:
    """Offer the people somebody speaks for."""
    known = await spoken_for(ctx.session, ctx.person.id) if ctx.person else []
    return [Choice(f"👤 {card.name}", card.id) for card in known]


async def told_apart(ctx: FormContext, cards: Sequence[Card]) -> list[str]:
    """Call people by name and building; those who share both get their numbers."""
    lines = await lines_of(ctx.session, {card.place_id for card in cards if card.place_id})
    places = {place_id: line.short(current_language()) for place_id, line in lines.items()}
    called = [
        " · ".join(filter(None, (clip(card.name, NAME_SHOWN), places.get(card.place_id or 0))))
        for card in cards
    ]
    return [
        f"{label} (№ {card.id})" if called.count(label) > 1 else label
        for card, label in zip(cards, called, strict=True)
    ]


async def other_of(ctx: FormContext, answers: Answers) -> str:
    """Return the name of somebody else for whom help is wanted; '' for oneself or while unsaid."""
    whom = answers["whom"]
    if whom == SOMEBODY:
        return clip(str(answers["name"] or ""), NAME_SHOWN)
    card = None if whom in {None, ME} else await find_card(ctx.session, whom)
    return clip(card.name, NAME_SHOWN) if card else ""


def is_new(answers: Answers) -> bool:
    """Return whether the questions about somebody new apply."""
    return bool(answers["whom"] == SOMEBODY)


def somebody_new(within: Within = everywhere) -> tuple[Question, ...]:
    """Make the questions about somebody without a phone; asked only where they apply.

    They live at a place `within` those that the asker may choose from.
    """
    return (
        Question(
            "name",
            plain(mark("What is their name?")),
            accepts=(Text(NAME_LENGTH),),
            label=mark("👤 Name"),
            when=is_new,
            branch=True,
        ),
        replace(
            home_question("place", WHERE_THEY_LIVE, within),
            label=mark("📍 Building"),
            when=is_new,
            branch=True,
        ),
        Question(
            "door",
            plain(mark("Which door? Only whoever comes to help will see it.")),
            accepts=(Text(FIELD_LENGTH[Field.DOOR]),),
            personal=True,
            label=mark("🚪 Door"),
            when=is_new,
            branch=True,
            optional=True,
        ),
        Question(
            "phone",
            plain(mark("A phone number to ring? A landline or a relative's will do.")),
            accepts=(Contact(),),
            personal=True,
            label=mark("📞 Phone"),
            when=is_new,
            branch=True,
            optional=True,
        ),
    )


async def enter_somebody(
    ctx: FormContext, person: Person, answers: Answers, *, at_desk: bool
) -> Card | Adding:
    """Enter the person the answers describe, spoken for by whoever asks, or by the desk."""
    phone = answers["phone"]
    return await add_person_without_phone(
        ctx.session,
        person,
        answers["name"],
        answers["place"],
        None if at_desk else person.id,
        phone=phone.number if isinstance(phone, Phone) else "",
        door=answers["door"] or "",
        now=ctx.now,
    )


LET_READ, KEEP = "read", "keep"


def words_of(answers: Answers) -> str:
    """Return what was written, below a photo or file too; '' for a voice or a place."""
    what = answers["what"]
    return what.caption if isinstance(what, Photo | File) else what if isinstance(what, str) else ""


def says_nothing(answers: Answers) -> bool:
    """Return whether the kind tells nobody what it is about, while there are words that would."""
    return answers["category"] == OTHER and bool(words_of(answers).strip())


async def ask_open(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask whether the words may be read by whoever is asked to help."""
    text = _(
        "May the neighbours whom we ask read these words? Then they know whether they can help. "
        "Your name, door and phone are not shown."
    )
    if name := await other_of(ctx, answers):
        text = _(
            "May the neighbours whom we ask read these words? Then they know whether they can "
            "help. {name}'s name, door and phone are not shown."
        ).format(name=name)
    choices = [
        Choice(_("✅ Yes, they may read it"), LET_READ),
        Choice(_("🔒 No, only who comes and the office"), KEEP),
    ]
    return Prompt(paragraphs(quoted(words_of(answers)), text), choices, columns=1)


OPEN = Question(
    "open",
    ask_open,
    accepts=(Choose(),),
    label=mark("👁 Who may read it"),
    when=says_nothing,
    depends=("category", "what"),
    branch=True,
)
