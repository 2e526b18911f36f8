"""A pause until a day, and quiet hours of one's own: the screen, and what its buttons do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardButton

from handlers.clock_text import on_date
from handlers.form import FormContext
from handlers.i18n import gettext as _
from handlers.pages import Page, remember_page
from handlers.screen import Screen, button, inline
from handlers.settings.callbacks import OwnQuiet, PauseFor, Set, Setting
from handlers.show import replace
from models.hours.rules.sparing import Spared
from models.outbox.peace import pause, pause_ends, set_quiet, spared
from models.people.rules import PAUSES, QUIET_CHOICES, Sparing

router = Router(name="peace")


@router.callback_query(Set.filter(F.what == Setting.PEACE))
async def show_peace(callback: CallbackQuery, **data: Any) -> None:
    """Show what somebody has set, and what they can."""
    ctx = FormContext.of(data)
    await remember_page(ctx.state, Page.PEACE, ctx.now)
    await replace(callback, await page(ctx))


@router.callback_query(PauseFor.filter())
async def have_peace(callback: CallbackQuery, callback_data: PauseFor, **data: Any) -> None:
    """Begin a pause, or end it."""
    ctx = FormContext.of(data)
    outcome = await pause(ctx.session, data["person"], callback_data.days, now=ctx.now)
    await replace(callback, await page(ctx), toast=told(outcome))


@router.callback_query(OwnQuiet.filter())
async def have_quiet(callback: CallbackQuery, callback_data: OwnQuiet, **data: Any) -> None:
    """Take quiet hours of one's own, or those of all."""
    ctx = FormContext.of(data)
    hours = (callback_data.begins, callback_data.ends)
    outcome = await set_quiet(ctx.session, data["person"], *hours, now=ctx.now)
    await replace(callback, await page(ctx), toast=told(outcome))


async def page(ctx: FormContext) -> Screen:
    """Return the screen as it stands for whoever looks."""
    if ctx.person is None:
        raise PermissionError("settings are for registered people")
    wanted = await spared(ctx.session, ctx.person.id)
    ends = {days: pause_ends(ctx.session, days, ctx.now, wanted) for days in PAUSES}
    return screen(wanted, ends, ctx.now)


def screen(wanted: Spared, ends: Mapping[int, datetime], now: datetime) -> Screen:
    """Show what is set; a tap sets something else."""
    rows = [
        [button(_("Until {day}").format(day=on_date(at, now)), PauseFor(days=days))]
        for days, at in ends.items()
    ]
    rows.append([button(_("📅 Another day"), Set(what=Setting.UNTIL))])
    if wanted.is_paused(now):
        rows = [[button(_("▶️ Resume now"), PauseFor(days=0))]]
    own = (wanted.quiet_from, wanted.quiet_until)
    quiet = [
        [_hours(*hours) for hours in QUIET_CHOICES[at : at + 2] if hours != own]
        for at in range(0, len(QUIET_CHOICES), 2)
    ]
    quiet.append([button(_("✏️ Other hours"), Set(what=Setting.HOURS))])
    if wanted.quiet_from is not None:
        quiet.append([button(_("🌙 Quiet hours as for all"), OwnQuiet(begins=0, ends=0))])
    text = "\n".join(
        [
            *summary(wanted, now),
            "",
            _(
                "Notices, digests and requests to help wait meanwhile, and come afterwards. "
                "Emergencies, roll-calls, your own requests and what you have promised still reach "
                "you."
            ),
        ]
    )
    back = [button(_("‹ Back"), Set(what=Setting.SHOW))]
    return Screen(text, _("🌙 Peace and quiet"), inline(*rows, *quiet, back))


def summary(wanted: Spared, now: datetime) -> list[str]:
    """Say in lines what somebody has set."""
    lines = []
    if wanted.paused_until is not None and wanted.is_paused(now):
        lines.append(_("⏸ Paused until {day}").format(day=on_date(wanted.paused_until, now)))
    if wanted.quiet_from is not None:
        hours = f"{wanted.quiet_from}:00–{wanted.quiet_until}:00"
        lines.append(_("🌙 Your quiet hours: {hours}").format(hours=hours))
    return lines or [_("Nothing is paused.")]


def told(outcome: Sparing) -> str:
    """Say what a tap has done."""
    said = {
        Sparing.PAUSED: _("Have a good rest."),
        Sparing.RESUMED: _("Welcome back. What waited comes now."),
        Sparing.QUIET: _("These are your quiet hours now."),
        Sparing.AS_ALL: _("Your quiet hours are those of all."),
        Sparing.NO_SUCH_CHOICE: _("Please choose one of these."),
    }
    return said[outcome]


def _hours(begins: int, ends: int) -> InlineKeyboardButton:
    return button(f"🌙 {begins}:00–{ends}:00", OwnQuiet(begins=begins, ends=ends))
