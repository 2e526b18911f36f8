"""Writing a broadcast: drafts, their parts, what is on its way."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.broadcasts import adding_forms, forms, labels
from handlers.broadcasts.callbacks import Browse, OnBroadcast, OnPart, OpenBroadcast
from handlers.broadcasts.cards import card_of, names_of
from handlers.broadcasts.forms import check
from handlers.broadcasts.screens import parts
from handlers.broadcasts.screens.card import MINE, NEW, list_screen, not_staff_screen
from handlers.form import FormContext, Letter, start_form
from handlers.form.letters import letter_of
from handlers.i18n import gettext as _
from handlers.pages import Page, remember_page
from handlers.screen import Screen
from handlers.show import answer, follow, replace, toast
from handlers.text import paragraphs
from models.audit.actions import deny
from models.broadcasts.actions.drafts import change, discard
from models.broadcasts.actions.rows import SUBJECT
from models.broadcasts.queries.copies import broadcast_view
from models.broadcasts.queries.lists import BroadcastScope, broadcasts_page
from models.broadcasts.queries.reach import outlook_of
from models.broadcasts.rules.audience import without_group
from models.broadcasts.rules.content import CopyButton
from models.broadcasts.rules.notices import Does, Style, Topic
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.states import Move
from models.broadcasts.views import BroadcastView
from models.database import Session
from models.people.rules import Right
from models.people.views import Person

router = Router(name="broadcasts.composing")


FORMS = {
    "words": forms.WORDS,
    "other": forms.OTHER,
    "time": forms.TIME,
}
"""Parts that a conversation asks for."""

ADDED_BY = {"link": adding_forms.LINK, "subject": adding_forms.SUBJECT}


@router.message(Command("broadcast"))
async def write(message: Message, **data: Any) -> None:
    """Begin a broadcast; in reply to any message that message is what it says."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    if not await _may_write(ctx.session, person, ctx.now):
        await answer(message, not_staff_screen())
        return
    if message.reply_to_message is None:
        await start_form(forms.WRITE, message, ctx)
        return
    letter, told = _taken(message.reply_to_message)
    if told:
        await answer(message, Screen(told))
    await start_form(forms.WRITE, message, ctx, prefill={"what": letter})


@router.callback_query(Browse.filter(F.which == NEW))
async def write_anew(callback: CallbackQuery, **data: Any) -> None:
    """Begin a broadcast from the desk."""
    ctx = FormContext.of(data)
    if await _may_write(ctx.session, data["person"], ctx.now):
        await start_form(forms.WRITE, callback, ctx)
    else:
        await replace(callback, not_staff_screen())


@router.callback_query(Browse.filter(F.which.in_(set(BroadcastScope))))
async def browse(
    callback: CallbackQuery, callback_data: Browse, session: Session, person: Person, now: datetime
) -> None:
    """Show a page of a list in place."""
    if not await _may_write(session, person, now):
        await replace(callback, not_staff_screen())
        return
    scope = BroadcastScope(callback_data.which)
    page = await broadcasts_page(session, person, scope, page=callback_data.page)
    await replace(callback, list_screen(page, scope, now))


@router.callback_query(OpenBroadcast.filter())
async def open_card(
    callback: CallbackQuery,
    callback_data: OpenBroadcast,
    session: Session,
    person: Person,
    now: datetime,
    state: FSMContext,
) -> None:
    """Show a broadcast's card, in place or below."""
    card = await card_of(session, person, callback_data.id, now)
    if card is None:
        await toast(callback, labels.said(BroadcastOutcome.MISSING), alert=True)
        return
    await remember_page(state, Page.DRAFT, now, callback_data.id)
    await (follow if callback_data.below else replace)(callback, card, toast="")


@router.callback_query(OnPart.filter(F.part == "outlook"))
async def outlook(
    callback: CallbackQuery, callback_data: OnPart, session: Session, person: Person, now: datetime
) -> None:
    """Show how many would get it, where, and in how long."""
    view = await _seen(callback, session, person, callback_data.id)
    if view is not None:
        found = await outlook_of(session, view, now)
        await replace(callback, parts.outlook_screen(view, found, now))


@router.callback_query(OnPart.filter(F.part.in_(set(FORMS))))
async def ask_part(callback: CallbackQuery, callback_data: OnPart, **data: Any) -> None:
    """Ask for the words, their variant, or the hour."""
    ctx = FormContext.of(data)
    view = await _editable(callback, ctx.session, data["person"], callback_data.id, ctx.now)
    if view is not None:
        given = {"broadcast": view.id}
        await start_form(FORMS[callback_data.part], callback, ctx, prefill=given)


@router.callback_query(OnPart.filter(F.part == "audience"))
async def audience(callback: CallbackQuery, callback_data: OnPart, **data: Any) -> None:
    """Show whom it goes to; take a group away; ask for one to be joined or left out."""
    ctx, person = FormContext.of(data), data["person"]
    view = await _editable(callback, ctx.session, person, callback_data.id, ctx.now)
    if view is None:
        return
    value = _meant(callback_data, view)
    told = _stale(callback_data, value)
    if value in {"join", "leave"}:
        given = {"broadcast": view.id, "out": int(value == "leave")}
        await start_form(adding_forms.GROUP, callback, ctx, prefill=given)
        return
    if value:
        fewer = without_group(view.audience, int(value[1:]), out=value[0] == "o")
        told = await _changed(ctx, person, view, audience=fewer)
        view = await broadcast_view(ctx.session, person, view.id) or view
    names = await names_of(ctx.session, view)
    await replace(callback, parts.audience_screen(view, names, told))


@router.callback_query(OnPart.filter(F.part == "buttons"))
async def buttons(callback: CallbackQuery, callback_data: OnPart, **data: Any) -> None:
    """Show what stands under it; put a button there, take one away."""
    ctx, person = FormContext.of(data), data["person"]
    view = await _editable(callback, ctx.session, person, callback_data.id, ctx.now)
    if view is None:
        return
    value = _meant(callback_data, view)
    told = _stale(callback_data, value)
    if value in ADDED_BY:
        await start_form(ADDED_BY[value], callback, ctx, prefill={"broadcast": view.id})
        return
    if value:
        told = await _changed(ctx, person, view, offers=_toggled(view.offers, value))
        view = await broadcast_view(ctx.session, person, view.id) or view
    await replace(callback, parts.buttons_screen(view, told))


@router.callback_query(OnPart.filter(F.part.in_({"topic", "style"})))
async def topic_or_style(callback: CallbackQuery, callback_data: OnPart, **data: Any) -> None:
    """Show what it can be about, or ask before it becomes an emergency; then change it."""
    ctx, person = FormContext.of(data), data["person"]
    view = await _editable(callback, ctx.session, person, callback_data.id, ctx.now)
    if view is None:
        return
    value, of_topic = _meant(callback_data, view), callback_data.part == "topic"
    if value not in (set(Topic) if of_topic else {Style.NOTICE, Style.EMERGENCY}):
        await replace(callback, (parts.topic_screen if of_topic else parts.style_screen)(view))
        return
    wanted: dict[str, Any] = {"topic": Topic(value)} if of_topic else {"style": Style(value)}
    told = await _changed(ctx, person, view, **wanted)
    await replace(callback, await forms.shown(ctx, view.id, told))


@router.callback_query(OnBroadcast.filter(F.move == Move.DISCARD))
async def throw_away(
    callback: CallbackQuery,
    callback_data: OnBroadcast,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Throw a draft away."""
    outcome = await discard(session, person, callback_data.id, now=now)
    if outcome is not BroadcastOutcome.DISCARDED:
        await toast(callback, labels.said(outcome), alert=True)
        return
    page = await broadcasts_page(session, person, BroadcastScope.MINE)
    await replace(callback, list_screen(page, MINE, now), toast=labels.said(outcome))


async def _may_write(session: Session, person: Person, now: datetime) -> bool:
    """Return whether somebody may write to many anywhere; a try without is noted."""
    if person.may_anywhere(Right.BROADCAST):
        return True
    await deny(session, person.id, SUBJECT, now=now)
    return False


async def _seen(
    callback: CallbackQuery, session: Session, person: Person, broadcast_id: int
) -> BroadcastView | None:
    """Return a broadcast that is the reader's to see; else the tap is answered with why not."""
    view = await broadcast_view(session, person, broadcast_id)
    if view is None:
        await toast(callback, labels.said(BroadcastOutcome.MISSING), alert=True)
    return view


async def _editable(
    callback: CallbackQuery, session: Session, person: Person, broadcast_id: int, now: datetime
) -> BroadcastView | None:
    """Return a draft that the reader may change; else they are told, and shown where it stands."""
    view = await _seen(callback, session, person, broadcast_id)
    if view is None or Move.EDIT in view.moves:
        return view
    card = await card_of(session, person, broadcast_id, now)
    await replace(
        callback, card or parts.gone_screen(), toast=labels.said(BroadcastOutcome.TOO_LATE)
    )
    return None


def _taken(replied_to: Message) -> tuple[Letter | None, str]:
    """Take the message that a reply names as what is sent; say what cannot be taken of it."""
    letter = letter_of(replied_to)
    wrong = check(letter) if letter else _("That message cannot be sent on.")
    if wrong:
        return None, paragraphs(wrong, _("Please send what people shall read."))
    if replied_to.media_group_id is not None:
        return letter, _(
            "That is one of several sent together; Telegram names only this one, so only this one "
            "is taken. To send all of them, go back and send them anew."
        )
    return letter, ""


def _meant(pressed: OnPart, view: BroadcastView) -> str:
    """Return what a button means now; '' for one that shows, or stems from an earlier version."""
    value, _dot, version = pressed.value.partition(".")
    fresh = version == str(view.version)
    known = value in _VALUES.get(pressed.part, ())
    indexed = value[:1] in _INDEXED.get(pressed.part, ()) and value[1:].isdecimal()
    indexed = indexed and value.isascii()
    return value if known or (fresh and indexed) else ""


def _stale(pressed: OnPart, value: str) -> str:
    """Say that a button stems from an earlier version; nothing of one that means something."""
    changed = _("It has been changed since. Please look at it once more.")
    return changed if pressed.value and not value else ""


_VALUES: dict[str, set[str]] = {
    "audience": {"join", "leave"},
    "buttons": {*ADDED_BY, Does.RECEIVED, Does.SIGN_UP},
    "topic": set(Topic),
    "style": {Style.NOTICE, Style.EMERGENCY},
}
"""What a button can say, by the part that it is about."""
_INDEXED = {"audience": {"j", "o"}, "buttons": {"x"}}
"""And by what it names one of several."""


def _toggled(offers: tuple[CopyButton, ...], value: str) -> tuple[CopyButton, ...]:
    """Return the buttons with one put in its place, or taken away."""
    if value[:1] == "x":
        return tuple(each for index, each in enumerate(offers) if index != int(value[1:]))
    does = Does(value)
    fewer = tuple(each for each in offers if each.does is not does)
    if len(fewer) < len(offers):
        return fewer
    return (CopyButton(does), *offers) if does is Does.RECEIVED else (*offers, CopyButton(does))


async def _changed(ctx: FormContext, person: Person, view: BroadcastView, **wanted: Any) -> str:
    """Change parts of a draft; say how that turned out, and which buttons went with them."""
    outcome = await change(ctx.session, person, view.id, now=ctx.now, **wanted)
    after = await broadcast_view(ctx.session, person, view.id)
    lost = "audience" in wanted and after is not None and len(after.offers) < len(view.offers)
    gone = _("A button that concerns none of them was taken away.") if lost else ""
    return paragraphs(labels.said(outcome), gone)
