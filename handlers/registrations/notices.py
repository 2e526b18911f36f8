"""What people are told of registrations: a sentence above them as they stand now."""

from handlers.clock_text import local
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.notices import renders
from handlers.records.cards import Head, card
from handlers.registrations.screens import building_screen, day_words, registration_screen
from handlers.screen import Pointless, Screen
from models.database import Session
from models.outbox import views as outbox
from models.policy.current import policy_of
from models.registrations.notices import Notice
from models.registrations.queries import building_news, registration_told
from models.registrations.rules import SOONER, VALID, RegistrationPolicy, State, WhyEnded
from models.registrations.views import RegistrationView

NOT_SO = Pointless("it is not so any more")
WAITS = frozenset({State.FILED, State.RENEWING})
HEADS = {
    Notice.FILED: (WAITS, mark("📥 A registration waits for your yes or no.")),
    Notice.ACCEPTED: (VALID, mark("✅ The office has accepted this. Thank you!")),
    Notice.RETURNED: (
        frozenset({State.RETURNED, *VALID}),
        mark("↩️ Something has to be put right. Please look at the office's words."),
    ),
    Notice.EXPIRED: (
        frozenset({State.ENDED}),
        mark("This has ended, and what was filled in is erased. You can register it anew."),
    ),
    Notice.PERMIT: (
        VALID,
        mark(
            "👮 You have been here for half a year: you can ask the police for a residence permit. "
            "It is endorsed once a year. We only remind you."
        ),
    ),
    Notice.ENDORSE: (
        VALID,
        mark(
            "👮 If you have a residence permit, please look at the day on it: in the last month of "
            "each year you have it endorsed where you got it. We only remind you."
        ),
    ),
}
"""Where a registration stands of which a sentence is so."""


def _while(states: frozenset[State], sentence: str, *, reason: bool) -> Head:
    def head(view: RegistrationView, notice: outbox.Notice) -> str | Pointless:
        if notice.in_place:
            return ""
        so = view.state in states and (bool(view.why_returned) or not reason)
        return _(sentence) if so else NOT_SO

    return head


def _moved(view: RegistrationView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    if view.state is State.ENDED:
        words = _("🏠 You live elsewhere now, so this has ended. Register it anew where you live.")
        return words if view.why_ended is WhyEnded.MOVED else NOT_SO
    return _("🏠 This went along to your new home. It goes on as it was, with a new number.")


def _expires(view: RegistrationView, notice: outbox.Notice) -> str | Pointless:
    if view.state is not State.EXPIRING or view.valid_until is None:
        return "" if notice.in_place else NOT_SO
    day = day_words(view.valid_until)
    if local(notice.now).date() > view.valid_until:
        return _("⏰ Its last day was {day}. Renew it within a few days, or it ends.").format(
            day=day
        )
    if (view.valid_until - local(notice.now).date()) <= SOONER:
        return _("⏰ It ends soon: its last day is {day}. Please renew it now.").format(day=day)
    return _("⏰ It is good until {day}. Do you want to renew it?").format(day=day)


def _draw(view: RegistrationView, _now: object, above: str) -> Screen:
    return registration_screen(view, above)


for kind, (states, sentence) in HEADS.items():
    says_why = kind is Notice.RETURNED
    card(kind, registration_told, _draw, _while(states, sentence, reason=says_why))
card(Notice.MOVED, registration_told, _draw, _moved)
card(Notice.EXPIRES, registration_told, _draw, _expires)


@renders(Notice.BUILDING)
async def _building(session: Session, notice: outbox.Notice) -> Screen | Pointless:
    news = await building_news(session, notice.recipient_id, notice.subject_id)
    if news is None:
        return NOT_SO
    hours = policy_of(session, RegistrationPolicy).renovation_hours
    return building_screen(news, hours, changed=bool(notice.detail.get("changed")))
