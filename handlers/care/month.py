"""The month page of care: numbers for whoever has a desk, and nobody's name."""

from datetime import UTC, date, datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from babel.dates import format_skeleton

from handlers.callbacks import Go
from handlers.care.callbacks import ToCareMonth
from handlers.i18n import current_language
from handlers.i18n import gettext as _
from handlers.records.said import said
from handlers.screen import Screen, button, inline
from handlers.show import replace, toast
from handlers.text import joined, paragraphs
from models.care.month import FIRST_MONTH, care_month
from models.care.rules.plans import month_after, month_before, month_number, month_numbered
from models.care.views import CareMonth
from models.database import Session
from models.marks.rules import LEAST_SHOWN
from models.people.views import Person
from models.records.rules import Refusal

router = Router(name="care.month")


def month_screen(view: CareMonth) -> Screen:
    """Show a month in numbers; of fewer than five homes the sums alone."""
    noon = datetime(view.month.year, view.month.month, 1, 12, tzinfo=UTC)
    when = format_skeleton("yMMMM", noon, tzinfo=UTC, locale=current_language())
    homes = _("🏡 Homes looked in on: {count}").format(count=view.homes)
    due = _("📅 Call-ons due: {count}").format(count=view.due)
    needs = _("🙏 Needs noted: {count}").format(count=view.needs)
    if view.few:
        why = _(
            "Of fewer than {count} homes only sums are shown: more would tell of single people."
        ).format(count=LEAST_SHOWN)
        text = paragraphs(joined(homes, due, needs), why)
    else:
        needs_met = _("met, or asked for as help: {count}").format(count=view.needs_met)
        text = paragraphs(
            homes,
            joined(due, *_states(view)),
            joined(needs, needs_met, gap=_(", ")),
            _("A call-on counts in the month in which its last day lies."),
        )
    turn = []
    if view.month > FIRST_MONTH:
        turn.append(button(_("‹ Month before"), _to(month_before(view.month))))
    if not view.last:
        turn.append(button(_("Month after ›"), _to(month_after(view.month))))
    title = _("📊 Care in {month}").format(month=when)
    return Screen(text, title, inline(turn, [button(_("🏡 Care"), Go(to="care"))]))


def _to(month: date) -> ToCareMonth:
    return ToCareMonth(month=month_number(month))


def _states(view: CareMonth) -> list[str]:
    lines = [
        _("✅ made in time: {count}").format(count=_share(view.made, view.due)),
        _("↩️ made up for later: {count}").format(count=_share(view.covered, view.due)),
        _("🔴 missed: {count}").format(count=_share(view.missed, view.due)),
    ]
    if view.still_open:
        lines.append(_("⏳ still open: {count}").format(count=view.still_open))
    if view.excused:
        lines.append(_("Excused besides: {count}").format(count=view.excused))
    return lines


def _share(count: int, all_: int) -> str:
    """Say a count with its share; of what there was none, or too few for one, the count alone."""
    if all_ < LEAST_SHOWN:
        return str(count)
    return _("{good} of {all} ({percent}%)").format(
        good=count, all=all_, percent=round(100 * count / all_)
    )


@router.callback_query(ToCareMonth.filter())
async def show_month(
    callback: CallbackQuery,
    callback_data: ToCareMonth,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a month of care at somebody's desk."""
    found = await care_month(session, person, month_numbered(callback_data.month), now=now)
    if isinstance(found, Refusal):
        await toast(callback, said(found, "care"), alert=True)
        return
    await replace(callback, month_screen(found))
