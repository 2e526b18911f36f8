"""How volunteering looks: the invitation, one's own page, who needs a hand, hours."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.categories import category_label
from handlers.help.callbacks import CardAct, OnCard
from handlers.help.screens.card import facts
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.posts.callbacks import ToPosts
from handlers.screen import Screen, button, inline
from handlers.teams.callbacks import ToTeams
from handlers.text import joined, paragraphs
from handlers.volunteers.callbacks import OfferAct, OnOffer
from handlers.volunteers.words import groups_of, hours_words, skills_words
from models.help.rules.policy import Urgency
from models.help.views import HoursGiven, OfferCard
from models.volunteers.rules import ChangeOutcome, DecisionOutcome, SignUpOutcome, State
from models.volunteers.views import Volunteer

SIGNED_UP: dict[StrEnum, str] = {
    SignUpOutcome.APPLIED: mark(
        "🎉 Thank you! The community office looks at it and then tells you here."
    ),
    SignUpOutcome.ACTIVE: mark("🎉 Thank you, and welcome! We tell you when somebody needs you."),
    SignUpOutcome.ALREADY: mark("You are signed up already. Thank you!"),
    SignUpOutcome.BAD_CHOICE: mark("Please choose at least one place and one time."),
    SignUpOutcome.NOT_ALLOWED: mark("Please register with /start first."),
}
CHANGED: dict[StrEnum, str] = {
    ChangeOutcome.CHANGED: mark("Done."),
    ChangeOutcome.ALREADY: mark("That is so already."),
    ChangeOutcome.BAD_CHOICE: mark("Please choose at least one place and one time."),
    ChangeOutcome.NOT_VOLUNTEER: mark("You are not signed up as a volunteer at the moment."),
}
DECIDED: dict[StrEnum, str] = {
    DecisionOutcome.APPROVED: mark("Approved; they have been told."),
    DecisionOutcome.REFUSED: mark("Refused; they have been told."),
    DecisionOutcome.ALREADY: mark("This has been decided before, or was withdrawn."),
    DecisionOutcome.MISSING: mark("This is no longer there."),
    DecisionOutcome.NOT_ALLOWED: mark(
        "This person is not of your places. The attempt has been noted."
    ),
}
TABLES: dict[type[StrEnum], dict[StrEnum, str]] = {
    SignUpOutcome: SIGNED_UP,
    ChangeOutcome: CHANGED,
    DecisionOutcome: DECIDED,
}

STANDING = {
    State.APPLIED: mark("⏳ You have signed up; the community office is looking at it."),
    State.ACTIVE: mark("💚 You are a volunteer. Thank you!"),
    State.PAUSED: mark("⏸ You are taking a break: nobody asks you until you end it."),
    State.REFUSED: mark("Your sign-up was not accepted."),
    State.LEFT: mark("You are no longer a volunteer. Thank you for all you did!"),
}


def said(outcome: StrEnum) -> str:
    """Say what an act has come to."""
    return _(TABLES[type(outcome)][outcome])


def invitation_screen(volunteer: Volunteer | None, above: str = "") -> Screen:
    """Invite somebody who is not a volunteer, or not any more."""
    before = ""
    if volunteer is not None:
        before = joined(_(STANDING[volunteer.state]), _quoted(volunteer.reason))
    text = _(
        "Have a little time for your neighbours? Tell us what you can do and when. "
        "We ask you only for what fits, and you are always free to say no."
    )
    sign_up = button(_("🙋 Sign up as a volunteer"), OnOffer(act=OfferAct.SIGN_UP))
    also = [button(_("📋 Public posts"), ToPosts()), button(_("🚩 Teams"), ToTeams())]
    return Screen(paragraphs(above, before, text), _("Lend a hand"), inline([sign_up], also))


def _quoted(reason: str | None) -> str:
    return _("“{words}”").format(words=reason) if reason else ""


def volunteer_screen(volunteer: Volunteer, places: Sequence[str], above: str = "") -> Screen:
    """Show a volunteer's own page."""
    text = paragraphs(above, _(STANDING[volunteer.state]), _offered(volunteer, places))
    return Screen(text, _("Lend a hand"), inline(*_rows(volunteer)))


def _offered(volunteer: Volunteer, places: Sequence[str]) -> str:
    offered = volunteer.offered
    load = _("{load} of at most {cap} tasks in 30 days")
    return joined(
        "🧰 " + (skills_words(offered.skills) or _("whatever is needed")),
        "📍 " + _(", ").join(places),
        "🕑 " + (hours_words(groups_of(offered.hours)) or _("some hours of the week")),
        "📊 " + load.format(load=volunteer.load, cap=offered.load_cap),
    )


def _rows(volunteer: Volunteer) -> list[list[InlineKeyboardButton]]:
    change = _tap(_("✏️ Change"), OfferAct.CHANGE)
    leave = _tap(_("Stop being a volunteer"), OfferAct.ASK_LEAVE)
    teams = button(_("🚩 Teams"), ToTeams())
    if volunteer.state is State.APPLIED:
        return [[change, teams], [leave]]
    rest = (
        _tap(_("▶️ End my break"), OfferAct.RESUME)
        if volunteer.state is State.PAUSED
        else _tap(_("⏸ Take a break"), OfferAct.PAUSE)
    )
    return [
        [button(_("🔎 Who needs a hand?"), Go(to="open_tasks"))],
        [button(_("📋 Public posts"), ToPosts())],
        [button(_("📋 My tasks"), Go(to="tasks")), _tap(_("🕑 My hours"), OfferAct.HOURS)],
        [button(_("📒 My service"), Go(to="service")), teams],
        [change, rest],
        [leave],
    ]


def _tap(label: str, act: OfferAct) -> InlineKeyboardButton:
    return button(label, OnOffer(act=act))


def ask_leave_screen() -> Screen:
    """Ask whether somebody really wants to stop."""
    text = _("Stop being a volunteer? What you hold is handed back, and somebody else is asked.")
    stay = button(_("No, I stay"), Go(to="lend"))
    return Screen(text, _("Lend a hand"), inline([stay], [_tap(_("Yes, stop"), OfferAct.LEAVE)]))


def hours_screen(hours: HoursGiven) -> Screen:
    """Show what a volunteer has given."""
    text = joined(
        _("This month: {tasks}, {time}").format(
            tasks=_tasks(hours.month_tasks), time=spent(hours.month_minutes)
        ),
        _("In all: {tasks}, {time}").format(
            tasks=_tasks(hours.all_tasks), time=spent(hours.all_minutes)
        ),
        _stars(hours),
    )
    back = [button(_("‹ Lend a hand"), Go(to="lend"))]
    return Screen(paragraphs(text, _("Thank you!")), _("🕑 My hours"), inline(back))


def _tasks(count: int) -> str:
    return ngettext("{count} task", "{count} tasks", count).format(count=count)


def spent(minutes: int) -> str:
    """Say how much time was given: '2 h 15 min'."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def _stars(hours: HoursGiven) -> str:
    if hours.mean_rating is None:
        return ""
    return _("Stars received: {mean} of 5, from {count}").format(
        mean=f"{hours.mean_rating:.1f}", count=hours.ratings
    )


def open_tasks_screen(cards: Sequence[OfferCard], now: datetime) -> Screen:
    """List who could use a hand, the nearest first."""
    back = [button(_("‹ Lend a hand"), Go(to="lend"))]
    title = _("🔎 Who needs a hand?")
    if not cards:
        none = _("Nobody close by needs anything right now. We tell you as soon as somebody does.")
        return Screen(none, title, inline(back))
    text = paragraphs(*(_open_line(card, now) for card in cards))
    rows = [[_look(card)] for card in cards]
    return Screen(text, title, inline(*rows, back))


def _open_line(card: OfferCard, now: datetime) -> str:
    return joined(
        _("No. {number}").format(number=card.number) + " · " + _name(card), facts(card, now)
    )


def _look(card: OfferCard) -> InlineKeyboardButton:
    label = _("No. {number} · {category}").format(number=card.number, category=_name(card))
    return button(label, OnCard(act=CardAct.SHOW, id=card.request_id))


def _name(card: OfferCard) -> str:
    sign = "🆘 " if card.urgency is Urgency.EMERGENCY else ""
    return sign + category_label(card.category)


def approved_screen() -> Screen:
    """Welcome a new volunteer."""
    text = _("🎉 Welcome, volunteer! When somebody needs what you can do, we ask you here.")
    look = button(_("🔎 Who needs a hand?"), Go(to="open_tasks"))
    return Screen(text, keyboard=inline([look], [button(_("💚 My page"), Go(to="lend"))]))


def refused_screen(reason: str | None) -> Screen:
    """Tell an applicant kindly that it was not accepted."""
    text = joined(
        _("Thank you for offering to help. The office could not accept the sign-up this time."),
        _quoted(reason),
    )
    return Screen(text, keyboard=inline([button(_("Lend a hand"), Go(to="lend"))]))
