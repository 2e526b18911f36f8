"""Whom somebody names: by a contact, by name of those they know, or by name and number."""

from typing import Any

from aiogram.types import InlineKeyboardMarkup

from handlers.circle.screens import TIES, circle_screen, invite_row
from handlers.form import (
    Acquaintance,
    Again,
    Answers,
    Choice,
    Choose,
    Contact,
    Form,
    FormContext,
    Nothing,
    Phone,
    Prompt,
    Question,
    Refused,
    SomebodysContact,
    Text,
    forms,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.forms import RECORD
from handlers.records.said import said
from handlers.screen import Screen, clip
from models.circle import actions, queries
from models.circle.rules import NAME_LENGTH, CircleOutcome, Tie
from models.circle.views import NamedMember
from models.daychecks.near import known_to
from models.names.queries import names_for
from models.people.queries import find_account
from models.records.rules import Refusal

NAME = "circle.name"
COMMUNITY = "community"
"""Nobody but the community."""


def names_somebody(answers: Answers) -> bool:
    """Return whether somebody is named."""
    return answers["who"] not in {None, COMMUNITY}


def lacks_number(answers: Answers) -> bool:
    """Return whether somebody is named of whom nothing but a name is known."""
    who = answers["who"]
    return isinstance(who, Acquaintance) and not who.number


async def _known(ctx: FormContext, answers: Answers) -> list[Choice]:
    whose = answers["record"] or ctx.actor.id
    found = await known_to(ctx.session, whose)
    return [Choice(f"👤 {one.name}", one.id) for one in found if one.id != ctx.actor.id]


async def _ask_whom(ctx: FormContext, answers: Answers) -> Prompt:
    text = _("Whom would you like to know how you are?")
    return Prompt(f"{text}\n\n{_how()}", await _known(ctx, answers), columns=1)


async def _ask_beside_us(ctx: FormContext, answers: Answers) -> Prompt:
    text = _("Whom beside us would you like to know how you are?")
    nobody = Choice(_("🏠 Only the community"), COMMUNITY)
    return Prompt(f"{text}\n\n{_how()}", [*await _known(ctx, answers), nobody], columns=1)


def _how() -> str:
    return _(
        "📎 Send me their contact, or write their name. They are asked first whether they agree."
    )


async def _understand(ctx: FormContext, answers: Answers, text: str) -> Any:
    """Take a name: of somebody they know, else of somebody without the bot."""
    name = " ".join(text.split())
    known = [one for one in await _known(ctx, answers) if name in one.label]
    if len(known) == 1:
        return known[0].value
    if not any(char.isalpha() for char in name):
        return Refused(_("Please write their name, such as “my son Wang Gang”."))
    return Acquaintance(name)


def _ask_number(_ctx: FormContext, answers: Answers) -> Prompt:
    who = answers["who"]
    name = who.name if isinstance(who, Acquaintance) else ""
    text = _("What is the telephone number of {name}? Staff ring and ask them; it is kept sealed.")
    return Prompt(text.format(name=clip(name, NAME_LENGTH)))


def _ask_tie(_ctx: FormContext, _answers: Answers) -> Prompt:
    text = _("What are they to you?")
    return Prompt(text, [Choice(_(label), tie.value) for tie, label in TIES.items()])


WHO_ACCEPTS = (Choose(), SomebodysContact(), Text(NAME_LENGTH, _understand))
WHO = Question("who", _ask_whom, accepts=WHO_ACCEPTS, personal=True)
WHO_BESIDE_US = Question("who", _ask_beside_us, accepts=WHO_ACCEPTS, personal=True)
NUMBER = Question(
    "number",
    _ask_number,
    accepts=(Contact(),),
    personal=True,
    when=lacks_number,
    branch=True,
    depends=("who",),
)
TIE = Question(
    "tie", _ask_tie, accepts=(Choose(),), when=names_somebody, branch=True, depends=("who",)
)


async def name_somebody(
    ctx: FormContext, answers: Answers, whom: int | None = None
) -> NamedMember | None:
    """Name whom the answers name; None where nobody is."""
    who = answers["who"]
    if who is None or who == COMMUNITY:
        return None
    session, actor, now = ctx.session, ctx.actor, ctx.now
    tie = Tie(answers["tie"])
    if isinstance(who, Acquaintance):
        number = answers["number"]
        phone = number.number if isinstance(number, Phone) else who.number
        card = None if who.account is None else await find_account(session, who.account)
        if card is None:
            name = who.name or phone
            return await actions.add_by_phone(session, actor, name, phone, tie, now=now, whom=whom)
        who = card.id
    return await actions.add_contact(session, actor, who, tie, now=now, whom=whom)


def told(named: NamedMember | None) -> str:
    """Say what came of naming somebody."""
    return "" if named is None else said(named.outcome)


async def without_bot(ctx: FormContext, named: NamedMember | None) -> bool:
    """Return whether somebody was named whom the bot cannot reach."""
    if named is None or named.circle_id is None:
        return False
    view = await queries.member(ctx.session, ctx.actor, named.circle_id, now=ctx.now)
    return not isinstance(view, Refusal) and view.member is None


async def circle_of(ctx: FormContext, whom: int | None, above: str = "") -> Screen:
    """Return the screen of one's circle, or of that of somebody one speaks for."""
    whose = None if whom in {None, ctx.actor.id} else whom
    members = await queries.my_circle(ctx.session, ctx.actor, whom=whose)
    if isinstance(members, Refusal):
        return Screen(said(members))
    names = await names_for(ctx.session, [whose])
    others = await queries.circles_with(ctx.session, ctx.actor) if whose is None else []
    return circle_screen(members, above, whom=names.person(whose), others=others)


async def _finish(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    whose = answers["record"]
    whom = whose if isinstance(whose, int) and whose != ctx.actor.id else None
    named = await name_somebody(ctx, answers, whom)
    if named is None:
        return Nothing(await circle_of(ctx, whom))
    if named.outcome is CircleOutcome.NOT_A_PHONE and lacks_number(answers):
        return Again("number", told(named))
    if named.circle_id is None:
        return Again("who", told(named))
    screen = await circle_of(ctx, whom, told(named))
    if await without_bot(ctx, named):
        return with_invitation(screen, ctx.bot_username)
    return screen


def with_invitation(screen: Screen, username: str | None) -> Screen:
    """Put the button that invites somebody above those of a screen."""
    row, keyboard = invite_row(username), screen.keyboard
    if not row or not isinstance(keyboard, InlineKeyboardMarkup):
        return screen
    rows = [row, *keyboard.inline_keyboard]
    return Screen(screen.text, screen.title, InlineKeyboardMarkup(inline_keyboard=rows))


forms.add(
    Form(
        name=NAME,
        version=1,
        title=mark("Name somebody"),
        questions=(WHO, NUMBER, TIE, RECORD),
        finish=_finish,
        confirm=False,
    )
)
