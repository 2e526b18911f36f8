"""What is written right after a page that takes it only by a button: the page is offered it."""

import re
from datetime import date, datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import on_date
from handlers.form import FormContext
from handlers.form.held import hold
from handlers.form.plain_words import read_days
from handlers.help.callbacks import AskWithThis
from handlers.i18n import gettext as _
from handlers.pages import Page, page_shown
from handlers.screen import Screen, button, inline
from handlers.settings.callbacks import OwnQuiet, PauseFor
from handlers.settings.questions import hours_in_words
from handlers.text import sentences
from models.outbox.peace import pause_ends, spared
from models.people.rules import LONGEST_PAUSE

UNTIL = re.compile(
    r"^(我?想?(休息|暂停|停|请假)?(一直|直)?到|(pause )?(until|till|to)\b)|(为止|止)$",
    re.IGNORECASE,
)
"""What stands beside a day up to which somebody wants peace."""


async def for_the_page(words: str, number: int, ctx: FormContext) -> Screen | None:
    """Ask whether hours, or a day, are meant for the page that was shown last; None for no such."""
    shown = await page_shown(ctx.state, ctx.now)
    if shown is None or ctx.person is None or shown.page not in {Page.PEACE, Page.BREAK}:
        return None
    hours = hours_in_words(words)
    if hours is not None:
        await hold(ctx.state, number, words)
        return _quiet_screen(hours, number)
    days = _days_until(words, ctx)
    if days is None:
        return None
    await hold(ctx.state, number, words)
    before = await spared(ctx.session, ctx.person.id)
    ends = pause_ends(ctx.session, days, ctx.now, before)
    return _pause_screen(days, ends, ctx.now, number, a_break=shown.page is Page.BREAK)


def _days_until(words: str, ctx: FormContext) -> int | None:
    local = ctx.now.astimezone(ctx.zone).replace(tzinfo=None)
    found: list[date] = [day for day, _hour in read_days(UNTIL.sub("", words.strip()), local)]
    days = (found[0] - local.date()).days if len(found) == 1 else 0
    return days if 1 <= days <= LONGEST_PAUSE else None


def _quiet_screen(hours: tuple[int, int], number: int) -> Screen:
    begins, ends = hours
    span = f"{begins}:00–{ends}:00"
    text = _("Do you mean your quiet hours, {hours}? One tap, and they hold.").format(hours=span)
    yes = button(
        _("🌙 Yes, quiet from {hours}").format(hours=span), OwnQuiet(begins=begins, ends=ends)
    )
    return Screen(text, keyboard=inline([yes], *_else(number)))


def _pause_screen(
    days: int, ends: datetime, now: datetime, number: int, *, a_break: bool
) -> Screen:
    day = on_date(ends, now)
    text = _("Shall our messages wait until {day}? Emergencies still reach you.").format(day=day)
    if a_break:
        text = sentences(_("A break from helping has no day on which it ends."), text)
    yes = button(_("⏸ Yes, pause until {day}").format(day=day), PauseFor(days=days))
    return Screen(text, keyboard=inline([yes], *_else(number)))


def _else(number: int) -> list[list[InlineKeyboardButton]]:
    return [
        [button(_("🙋 Something new: ask for help"), AskWithThis(id=number))],
        [button(_("🏠 No, leave it"), Go(to="home"))],
    ]
