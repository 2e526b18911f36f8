"""Those who offer to help and wait for approval."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import at_clock
from handlers.desk.callbacks import ApplicantAct, AtDesk, DeskAct, OnApplicant
from handlers.desk.screens.board import to_desk
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs
from handlers.volunteers.words import groups_of, hours_words, skills_words
from models.volunteers.rules import State
from models.volunteers.views import Application

DECIDED = {
    State.ACTIVE: mark("✅ Approved."),
    State.PAUSED: mark("✅ Approved; taking a break at the moment."),
    State.REFUSED: mark("✕ Refused."),
    State.LEFT: mark("Withdrawn."),
}


def applicants_screen(waiting: Sequence[Application], said: str = "") -> Screen:
    """List who waits for approval, the oldest first."""
    title = _("🙋 Volunteers to approve")
    text = paragraphs(said, _("Tap a name to see what they offer."))
    if not waiting:
        text = paragraphs(said, _("Nobody is waiting. Well done!"))
    rows = [[_open(one)] for one in waiting]
    return Screen(text, title, inline(*rows, [to_desk()]))


def _open(one: Application) -> InlineKeyboardButton:
    return button(f"🙋 {one.name}", OnApplicant(act=ApplicantAct.OPEN, id=one.person_id))


def applicant_screen(one: Application, places: Mapping[int, str], now: datetime) -> Screen:
    """Show what somebody offers, with the decision to be made or made; places named by id."""
    home = places.get(one.place_id or 0, "")
    served = _(", ").join(places[key] for key in sorted(one.offered.places) if key in places)
    offered = joined(
        "🏠 " + _("Lives at {place}").format(place=home) if home else "",
        "🧰 " + (skills_words(one.offered.skills) or _("whatever is needed")),
        "📍 " + served,
        "🕑 " + (hours_words(groups_of(one.offered.hours)) or _("some hours of the week")),
        _("Signed up {time}").format(time=at_clock(one.applied_at, now)),
    )
    title = _("🙋 {name} would like to help").format(name=one.name)
    if one.state is not State.APPLIED:
        return Screen(paragraphs(_(DECIDED[one.state]), offered), title)
    approve = _tap(_("✅ Approve"), ApplicantAct.APPROVE, one.person_id)
    refuse = _tap(_("✕ Refuse"), ApplicantAct.ASK_REFUSE, one.person_id)
    return Screen(offered, title, inline([approve], [refuse]))


def ask_refuse_screen(one: Application) -> Screen:
    """Ask whether to refuse, with a reason or without."""
    text = _("Refuse the sign-up of {name}? A reason in a few words is kind.").format(name=one.name)
    with_reason = _tap(_("✍️ With a reason"), ApplicantAct.REFUSE_WITH_REASON, one.person_id)
    without = _tap(_("✕ Without a reason"), ApplicantAct.REFUSE, one.person_id)
    back = button(_("‹ Back"), AtDesk(act=DeskAct.APPLICANTS))
    return Screen(text, keyboard=inline([with_reason], [without], [back]))


def _tap(label: str, act: ApplicantAct, person_id: int) -> InlineKeyboardButton:
    return button(label, OnApplicant(act=act, id=person_id))
