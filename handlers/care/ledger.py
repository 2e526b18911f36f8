"""The ledger of care as a spreadsheet, masked, or opened with a second person's approval."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from handlers.callbacks import Go
from handlers.care.callbacks import (
    AskCareLedger,
    LedgerAct,
    OnCareLedger,
    TakeCareLedger,
    ToCareLedger,
)
from handlers.care.screens.words import CALL_STATES, HOME_STATES, REASONS, RHYTHMS
from handlers.form import (
    Again,
    Answers,
    Form,
    FormContext,
    Number,
    Question,
    Text,
    forms,
    plain,
    start_form,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark, speaking
from handlers.records.acts import ActTable, serve
from handlers.records.cards import card
from handlers.records.forms import RECORD
from handlers.records.said import said, says
from handlers.screen import Pointless, Screen, button, clip, inline
from handlers.sheet import Cell, Table
from handlers.show import replace, send_tables, toast
from handlers.text import joined, paragraphs, place_name, quoted
from models.care.actions import ledger
from models.care.ledger import (
    FIRST_YEAR,
    CareLedger,
    LedgerHome,
    LedgerView,
    desk_places,
    ledger_told,
    ledger_view,
)
from models.care.ledger_rules import MASKED, LedgerMove, LedgerRole, LedgerState
from models.care.records import NAME
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import WORDS_LENGTH
from models.database import Session
from models.hours.rules.local_time import day_of
from models.names.views import Where
from models.outbox import views as outbox
from models.people.views import Person
from models.policy.current import policy_of
from models.records.rules import Refusal
from models.routines.rules import OccasionState

router = Router(name="care.ledger")

REASON = "care.ledger"
ROLES = {
    LedgerRole.MAIN: mark("the usual visitor"),
    LedgerRole.INSTEAD: mark("who comes instead"),
    LedgerRole.OTHER: mark("staff or another neighbour"),
}
STATES = {
    LedgerState.ASKED: mark("⏳ waits for a second person"),
    LedgerState.APPROVED: mark("✅ approved"),
    LedgerState.REFUSED: mark("not approved"),
}
COUNTED = (
    OccasionState.DONE,
    OccasionState.COVERED,
    OccasionState.MISSED,
    OccasionState.EXCUSED,
)
PLACES_SHOWN = 8

says(
    (
        CareOutcome.SHEET_ASKED,
        mark("Asked. The file comes as soon as somebody else with a desk there approves it."),
    ),
    (CareOutcome.SHEET_APPROVED, mark("Approved. The file goes to who asked for it.")),
    (CareOutcome.SHEET_REFUSED, mark("Refused. Who asked for it is told.")),
    good=True,
)
says(
    (
        CareOutcome.NO_SECOND,
        mark("Nobody else has a desk there who could approve it. The masked file you can take."),
    ),
    good=False,
)


def ledger_tables(found: CareLedger) -> list[Table]:
    """Make the sheets: what is counted, the call-ons, the homes."""
    calls, homes = _calls(found), _homes(found)
    return [_definitions(found, calls, homes), calls, homes]


def _definitions(found: CareLedger, calls: Table, homes: Table) -> Table:
    meanings = {
        _("Home"): _("A number in this file alone; the same home has the same in both sheets."),
        _("Place"): _("Where the home is."),
        _("Opens"): _("The first day on which somebody can look in."),
        _("Ends"): _("The last day; by it the call-on belongs to the year."),
        _("State"): _("Of a call-on: made in time, made up for later, missed, excused, or open."),
        _("Who looked in"): _("As what, never by name."),
        _("How often"): _("As it was agreed; it says nothing of why."),
        _("Agreed on"): _("When they agreed to be looked in on. Nobody is here who has not."),
    }
    facts: list[tuple[Cell, ...]] = [
        (_("Where"), place_name(found.place)),
        (_("Period"), f"{found.begins:%Y-%m-%d} – {found.ends:%Y-%m-%d}"),
        (_("Made on"), f"{found.made_on:%Y-%m-%d}" if found.made_on else ""),
        (_("Rows of “{sheet}”").format(sheet=calls.tab), len(calls.rows)),
        (_("Rows of “{sheet}”").format(sheet=homes.tab), len(homes.rows)),
    ]
    if found.approved_by is None:
        why = _("Masked: nobody has approved that they are shown. Ask for it with a reason.")
        facts.append((_("Name, reasons, wishes, needs"), why))
    else:
        shown = _("Shown, approved by {name}. Everybody in here reads that it was looked at.")
        facts.append((_("Name, reasons, wishes, needs"), shown.format(name=found.approved_by.name)))
        facts.append((_("Needed for"), found.reason))
    rows = [*facts, *meanings.items()]
    return Table(_("What is counted"), (_("Column"), _("Meaning")), rows)


def _calls(found: CareLedger) -> Table:
    heads = (_("Home"), _("Place"), _("Opens"), _("Ends"), _("State"), _("Who looked in"))
    rows = [
        (
            str(one.number),
            place_name(one.place),
            f"{one.opens_on:%Y-%m-%d}",
            f"{one.ends_on:%Y-%m-%d}",
            _(CALL_STATES[one.state]),
            _(ROLES[one.role]) if one.role else "",
        )
        for one in found.calls
    ]
    return Table(_("Call-ons"), heads, rows)


def _homes(found: CareLedger) -> Table:
    heads = (
        _("Home"), _("Place"), _("How often"), _("State"), _("Agreed on"),
        *(_(CALL_STATES[state]) for state in COUNTED),
        _("Still open"), _("Name"), _("Reasons"), _("Wishes"), _("Needs"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            str(one.number),
            place_name(one.place),
            _(RHYTHMS[one.rhythm]),
            _(HOME_STATES[one.state]),
            f"{one.agreed_on:%Y-%m-%d}",
            *(one.counts.get(state, 0) for state in COUNTED),
            sum(one.counts.values()) - sum(one.counts.get(state, 0) for state in COUNTED),
            *_sealed(one),
        )
        for one in found.homes
    ]
    return Table(_("Homes"), heads, rows)


def _sealed(one: LedgerHome) -> Iterable[str]:
    if one.sealed is None:
        return (MASKED,) * 4
    reasons = _(", ").join(_(REASONS[reason]) for reason in one.sealed.reasons)
    wishes = one.sealed.wishes or (_("🎤 a voice message") if one.sealed.spoken else "")
    return (one.sealed.name, reasons, wishes, "\n".join(one.sealed.needs))


def offer_screen(places: list[Where], year: int) -> Screen:
    """Offer the ledgers of this year and the last, masked or by a reason."""
    text = paragraphs(
        _("Every call-on and every home of a year, as a spreadsheet."),
        _(
            "Without names it comes at once. With names, reasons, wishes and needs you say what "
            "for, and somebody else with a desk there approves it."
        ),
    )
    rows = []
    for place in places[:PLACES_SHOWN]:
        for one in (year, year - 1):
            name, where = place_name(place), place.place_id
            label = _("📒 {year} · {place}").format(year=one, place=name)
            names = _("🔒 with names").format(year=one)
            rows.append(
                [
                    button(clip(label, 24), TakeCareLedger(place=where, year=one)),
                    button(names, AskCareLedger(place=where, year=one)),
                ]
            )
    return Screen(text, _("📒 Ledger of care"), inline(*rows, [button(_("🏡 Care"), _care())]))


def _care() -> Go:
    return Go(to="care")


def asked_screen(view: LedgerView, _now: datetime, above: str = "") -> Screen:
    """Show what was asked for, to whoever asked and to who may approve it."""
    asks = _("{name} asks for the ledger of {year} with names, reasons, wishes and needs.").format(
        name=view.asker.name or _("somebody who has left"), year=view.year
    )
    warn = _("Everybody in it reads that it was looked at. Is it needed for this?")
    text = paragraphs(
        above,
        joined(asks, f"📍 {place_name(view.place)}"),
        quoted(view.reason),
        warn if LedgerMove.APPROVE in view.moves else _(STATES[view.state]),
    )
    yes = button(_("✅ Approve"), OnCareLedger(act=LedgerAct.APPROVE, id=view.id))
    no = button(_("✕ Do not approve"), OnCareLedger(act=LedgerAct.REFUSE, id=view.id))
    back = [button(_("🏡 Care"), _care())]
    return Screen(
        text,
        _("📒 Ledger of care"),
        inline([yes, no] if LedgerMove.APPROVE in view.moves else [], back),
    )


async def _asked(ctx: FormContext, answers: Answers) -> Screen | Again:
    place_id: Any = answers["record"]
    year: Any = answers["year"]
    outcome = await ledger.ask(
        ctx.session, ctx.actor, place_id, year, answers["reason"] or "", now=ctx.now
    )
    if outcome is Refusal.EMPTY:
        return Again("reason", said(outcome, NAME))
    back = inline([button(_("🏡 Care"), _care())])
    return Screen(said(outcome, NAME), _("📒 Ledger of care"), back)


forms.add(
    Form(
        REASON,
        1,
        mark("Ledger of care"),
        (
            Question(
                "reason",
                plain(
                    mark(
                        "What are the names and sealed words needed for? Whoever approves it reads "
                        "this."
                    )
                ),
                accepts=(Text(WORDS_LENGTH),),
            ),
            Question(
                "year",
                plain(mark("Of which year?")),
                accepts=(Number(FIRST_YEAR, 9999),),
                given=True,
            ),
            RECORD,
        ),
        _asked,
        confirm=False,
    )
)

TABLE = ActTable(
    NAME,
    ledger_view,
    asked_screen,
    opens=LedgerAct.OPEN,
    does={LedgerAct.REFUSE: ledger.refuse},
)
serve(router, OnCareLedger, TABLE)


@router.callback_query(ToCareLedger.filter())
async def offer(callback: CallbackQuery, session: Session, person: Person, now: datetime) -> None:
    """Offer a desk its ledgers."""
    places = await desk_places(session, person)
    if not places:
        await toast(callback, said(Refusal.NOT_ALLOWED, NAME), alert=True)
        return
    year = day_of(now, policy_of(session).zone).year
    await replace(callback, offer_screen(places, year))


@router.callback_query(TakeCareLedger.filter())
async def take(
    callback: CallbackQuery,
    callback_data: TakeCareLedger,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send a ledger with its sealed columns masked."""
    one = callback_data
    found = await ledger.take_masked(session, person, one.place, one.year, now=now)
    if isinstance(found, Refusal):
        await toast(callback, said(found, NAME), alert=True)
        return
    await toast(callback, _("The file comes in a moment."))
    await _send(bot, callback.from_user.id, found, _("The ledger of care, without names."))


@router.callback_query(AskCareLedger.filter())
async def ask(callback: CallbackQuery, callback_data: AskCareLedger, **data: Any) -> None:
    """Ask what a ledger with names is needed for."""
    ctx, one = FormContext.of(data), callback_data
    if one.place not in {place.place_id for place in await desk_places(ctx.session, ctx.actor)}:
        await toast(callback, said(Refusal.NOT_ALLOWED, NAME), alert=True)
        return
    prefill = {"record": one.place, "year": one.year}
    await start_form(REASON, callback, ctx, prefill=prefill)


@router.callback_query(OnCareLedger.filter(F.act == LedgerAct.APPROVE))
async def approve(
    callback: CallbackQuery,
    callback_data: OnCareLedger,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Approve a ledger as a second person: it goes to whoever asked for it, in their language."""
    decided = await ledger.approve(session, person, callback_data.id, now=now)
    asker = decided.asker
    if decided.ledger is not None and asker is not None and asker.telegram_id is not None:
        with speaking(asker.language):
            words = _("The ledger of care, with names. Keep it to yourself; delete it afterwards.")
            await _send(bot, asker.telegram_id, decided.ledger, words)
    await TABLE.done(callback, session, person, callback_data.id, now, decided.outcome)


async def _send(bot: Bot, chat_id: int, found: CareLedger, words: str) -> None:
    await send_tables(bot, chat_id, ledger_tables(found), words, f"linli-care-{found.year}.xlsx")


def _wanted(view: LedgerView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place or view.state is LedgerState.ASKED:
        return ""
    return Pointless("somebody has decided")


def _answered(view: LedgerView, notice: outbox.Notice) -> str:
    del notice
    name = view.decided_by.name if view.decided_by else _("somebody who has left")
    if view.state is LedgerState.APPROVED:
        return _("✅ {name} has approved it: the file comes with this message.").format(name=name)
    return _("{name} has refused it. You can talk it over with them.").format(name=name)


card(Notice.LEDGER_ASKED, ledger_told, asked_screen, _wanted)
card(Notice.LEDGER_ANSWERED, ledger_told, asked_screen, _answered)
