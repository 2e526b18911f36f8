"""Registers: one's own, what waits at the desk, kinds."""

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.form import FormContext, start_form
from handlers.i18n import gettext as _
from handlers.media import send_along, send_media
from handlers.records.acts import ActTable, serve
from handlers.records.said import is_good, said
from handlers.registrations import desk_screens, forms, lists, notices, screens
from handlers.registrations.callbacks import (
    AcceptAll,
    AcceptFiling,
    Builders,
    Counts,
    KindAct,
    Kinds,
    NewKind,
    OfKind,
    OnKind,
    OnRegister,
    OnRegistration,
    Register,
    RegisterFor,
    RegistrationAct,
    SearchAct,
    ToRegister,
    ToWaiting,
)
from handlers.screen import Screen
from handlers.sheets.forms import start_sheet
from handlers.sheets.screens import answered_media
from handlers.show import answer, answer_tables, replace, toast
from handlers.text import joined
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal
from models.registrations import queries
from models.registrations.actions import deciding, filing, kinds
from models.registrations.actions.lists import columns_of, registered_alone
from models.registrations.actions.many import ManyAccepted, accept_waiting, acceptable
from models.registrations.rules import KINDS_NAME, NAME, RegistrationOutcome, State
from models.registrations.views import RegistrationView
from models.sheets.rules.fields import SheetWords

__all__ = ["notices", "router"]

router = Router(name="registrations")


_CORRECTED = frozenset({State.RETURNED, State.FILED, State.RENEWING})
"""States in which what was answered before, days too, stands in the form again."""


def _page(view: RegistrationView, _now: datetime) -> Screen:
    return screens.registration_screen(view)


REGISTRATION = ActTable(
    NAME,
    queries.registration,
    _page,
    opens=RegistrationAct.OPEN,
    does={RegistrationAct.ACCEPT: deciding.accept, RegistrationAct.END: deciding.end},
    asks={RegistrationAct.ASK_END: lambda view, _now: screens.end_screen(view)},
    writes={RegistrationAct.RETURN: forms.RETURN},
)
serve(router, OnRegistration, REGISTRATION)

KIND = ActTable(
    KINDS_NAME,
    queries.kind_view,
    lambda view, _now: desk_screens.kind_screen(view),
    opens=KindAct.OPEN,
    does={KindAct.PUBLISH: kinds.publish, KindAct.RETIRE: kinds.retire_kind},
    asks={KindAct.ASK_RETIRE: lambda view, _now: desk_screens.retire_screen(view)},
    writes={KindAct.ADD: forms.ADD_FIELD, KindAct.DROP: forms.DROP},
)
serve(router, OnKind, KIND)


async def _home(session: Session, person: Person, now: datetime) -> Screen:
    await kinds.ensure_house(session, now=now)
    return screens.register_screen(await queries.register_home(session, person))


@router.message(Command("register"))
async def register(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show what somebody has registered, and what they can register."""
    await answer(message, await _home(session, person, now))


@router.callback_query(ToRegister.filter())
async def back(callback: CallbackQuery, session: Session, person: Person, now: datetime) -> None:
    """Show the same in place."""
    await replace(callback, await _home(session, person, now))


@router.callback_query(Register.filter())
async def begin(callback: CallbackQuery, callback_data: Register, **data: Any) -> None:
    """Begin to register something of one's own: the form is asked at once."""
    ctx = FormContext.of(data)
    begun = await filing.begin_registration(ctx.session, ctx.actor, callback_data.kind, now=ctx.now)
    if begun.outcome is not None or begun.registration_id is None:
        await toast(callback, said(begun.outcome or Refusal.MISSING, NAME), alert=True)
    elif not await start_sheet(begun.code, callback, ctx, begun.registration_id):
        await toast(callback, said(Refusal.BAD_CHOICE, NAME), alert=True)


@router.callback_query(RegisterFor.filter(F.kind == 0))
async def choose_for(callback: CallbackQuery, session: Session, person: Person) -> None:
    """Ask what is to be registered for somebody without a phone."""
    found = await queries.kinds_at(session, person.place_path)
    await replace(callback, screens.for_kinds_screen(found))


@router.callback_query(RegisterFor.filter())
async def begin_for(callback: CallbackQuery, callback_data: RegisterFor, **data: Any) -> None:
    """Ask for whom it is."""
    ctx = FormContext.of(data)
    await start_form(forms.FOR, callback, ctx, prefill={"record": callback_data.kind})


@router.callback_query(AcceptFiling.filter())
async def accepts(
    callback: CallbackQuery,
    callback_data: AcceptFiling,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Accept a registration as it was shown; one that was corrected since is shown anew."""
    one = callback_data
    outcome = await deciding.accept(session, person, one.id, now=now, filing_id=one.filing)
    await REGISTRATION.done(callback, session, person, one.id, now, outcome)


@router.callback_query(OnRegistration.filter(F.act == RegistrationAct.FILL))
async def fill(callback: CallbackQuery, callback_data: OnRegistration, **data: Any) -> None:
    """Fill a registration in: for the first time, corrected, or to renew it."""
    ctx, one = FormContext.of(data), callback_data
    code = await filing.may_fill(ctx.session, ctx.actor, one.id, now=ctx.now)
    if isinstance(code, Refusal):
        await REGISTRATION.done(callback, ctx.session, ctx.actor, one.id, ctx.now, code)
        return
    view = await queries.registration(ctx.session, ctx.actor, one.id, now=ctx.now)
    before, days = None, False
    if not isinstance(view, Refusal):
        before, days = view.coming or view.filing, view.state in _CORRECTED
    if not await start_sheet(code, callback, ctx, one.id, before, days=days):
        await toast(callback, said(Refusal.BAD_CHOICE, NAME), alert=True)


@router.callback_query(OnRegistration.filter(F.act == RegistrationAct.UNSEAL))
async def unseal(
    callback: CallbackQuery,
    callback_data: OnRegistration,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Open what is sealed; the look is on record."""
    opened = await deciding.open_sealed(session, person, callback_data.id, now=now)
    if isinstance(opened, Refusal):
        await REGISTRATION.done(callback, session, person, callback_data.id, now, opened)
        return
    view = await REGISTRATION.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, screens.unsealed_screen(view, opened))
        for one in opened:
            await send_along(bot, callback.from_user.id, answered_media(one, sealed=True))


@router.callback_query(OnRegistration.filter(F.act == RegistrationAct.SENT))
async def send_answers(
    callback: CallbackQuery,
    callback_data: OnRegistration,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send the photos and voice messages of a registration that its reader may see."""
    view = await REGISTRATION.seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await send_media(callback, bot, screens.media_in(view))


@router.callback_query(ToWaiting.filter())
async def waiting(
    callback: CallbackQuery, callback_data: ToWaiting, session: Session, person: Person
) -> None:
    """Show a page of what waits at somebody's desk."""
    page = await queries.waiting_page(session, person, callback_data.page)
    await replace(callback, desk_screens.waiting_screen(page))


@router.callback_query(Counts.filter())
async def counts(callback: CallbackQuery, session: Session, person: Person) -> None:
    """Count what stands at somebody's desk, kind by kind."""
    found = await queries.counts_by_kind(session, person)
    await replace(callback, desk_screens.counts_screen(found))


@router.callback_query(OfKind.filter())
async def of_kind(
    callback: CallbackQuery, callback_data: OfKind, session: Session, person: Person
) -> None:
    """Show a page of a kind at somebody's desk."""
    kind = callback_data.kind
    title = await queries.kind_title(session, kind)
    if title is None or not person.may_anywhere(Right.WORK_DESK):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    await replace(callback, await _of_kind(session, person, kind, title, callback_data.page))


async def _of_kind(
    session: Session, person: Person, kind: int, title: SheetWords, page: int = 0, above: str = ""
) -> Screen:
    return desk_screens.kind_list_screen(
        await queries.kind_page(session, person, kind, page),
        kind,
        title,
        searched=await queries.is_searched(session, kind),
        waits=len(await acceptable(session, person, kind)),
        above=above,
    )


@router.callback_query(AcceptAll.filter())
async def accept_all(
    callback: CallbackQuery,
    callback_data: AcceptAll,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask whether all that waits of a kind is to be accepted, and accept it once that is seen."""
    kind, seen = callback_data.kind, callback_data.seen
    title = await queries.kind_title(session, kind)
    if title is None or not person.may_anywhere(Right.WORK_DESK):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    made = await accept_waiting(session, person, kind, seen, now=now) if seen else None
    if isinstance(made, ManyAccepted):
        told = desk_screens.accepted_words(made.count)
        await replace(callback, await _of_kind(session, person, kind, title, above=told))
        return
    count = len(await acceptable(session, person, kind))
    if not count:
        await toast(callback, _("Nothing waits. Thank you!"), alert=True)
        return
    changed = _("It has been changed since. Please look at it once more.") if made else None
    await replace(callback, desk_screens.accept_all_screen(kind, title, count), toast=changed)


@router.callback_query(OnRegister.filter(F.act == SearchAct.SEARCH))
async def begin_search(callback: CallbackQuery, callback_data: OnRegister, **data: Any) -> None:
    """Ask what somebody at the desk is looking for."""
    ctx = FormContext.of(data)
    if not ctx.actor.may_anywhere(Right.WORK_DESK):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    await start_form(forms.SEARCH, callback, ctx, prefill={"record": callback_data.kind})


@router.callback_query(OnRegister.filter(F.act == SearchAct.EXPORT))
async def send_table(
    callback: CallbackQuery,
    callback_data: OnRegister,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Send a kind as a table; what is sealed stays so, and that it was made is on record."""
    rows = await queries.export(session, person, callback_data.kind, now=now)
    title = await queries.kind_title(session, callback_data.kind)
    if isinstance(rows, Refusal) or title is None:
        why = rows if isinstance(rows, Refusal) else Refusal.MISSING
        await toast(callback, said(why, NAME), alert=True)
        return
    words = _("What stands. 🔒 stays sealed. It names people: keep it to yourself.")
    if len(rows) == queries.EXPORTED_AT_MOST:
        most = _("There are more: these are the first {count}.").format(count=len(rows))
        words = joined(words, most)
    await answer_tables(callback, [desk_screens.table_of(title, rows)], words)


@router.callback_query(OnRegister.filter(F.act == SearchAct.IMPORT))
async def begin_list(callback: CallbackQuery, callback_data: OnRegister, **data: Any) -> None:
    """Send the empty table of a kind, and ask for it filled in."""
    ctx, kind = FormContext.of(data), callback_data.kind
    title = await queries.kind_title(ctx.session, kind)
    if title is None or not ctx.actor.may_anywhere(Right.WORK_DESK):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    if await registered_alone(ctx.session, kind):
        await toast(callback, said(RegistrationOutcome.THEMSELVES, NAME), alert=True)
        return
    await lists.send_empty(ctx, title, await columns_of(ctx.session, kind))
    await start_form(lists.BRING, callback, ctx, prefill={"record": kind})


@router.callback_query(OnKind.filter(F.act == KindAct.TABLE))
async def begin_table(callback: CallbackQuery, callback_data: OnKind, **data: Any) -> None:
    """Send the empty table of questions, and ask for it filled in."""
    ctx = FormContext.of(data)
    view = await KIND.seen(callback, ctx.session, ctx.actor, callback_data.id, ctx.now)
    if view is None:
        return
    await lists.send_questions(ctx, view)
    await start_form(lists.DEFINE, callback, ctx, prefill={"record": view.id})


@router.callback_query(Kinds.filter())
async def list_kinds(callback: CallbackQuery, session: Session, person: Person) -> None:
    """List the kinds of somebody's places."""
    if not person.may_anywhere(Right.SUPERVISE):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    await replace(callback, desk_screens.kinds_screen(await queries.kinds_kept(session, person)))


@router.callback_query(NewKind.filter())
async def new_kind(callback: CallbackQuery, **data: Any) -> None:
    """Ask what a new kind is called."""
    ctx = FormContext.of(data)
    if not ctx.actor.may_anywhere(Right.SUPERVISE):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    await start_form(forms.NEW_KIND, callback, ctx)


@router.callback_query(Builders.filter())
async def builders(
    callback: CallbackQuery,
    callback_data: Builders,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Tell somebody of builders, or do not."""
    outcome = await deciding.hear_of_builders(session, person, hears=callback_data.hears, now=now)
    await toast(callback, said(outcome, NAME), alert=not is_good(outcome, NAME))
