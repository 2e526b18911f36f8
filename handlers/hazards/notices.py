"""What people are told of hazards: a sentence above the hazard as it stands now."""

from handlers.hazards.screens import hazard_card
from handlers.i18n import gettext as _
from handlers.records.cards import card
from handlers.screen import Pointless
from models.hazards.notices import Notice
from models.hazards.queries import hazard_told
from models.hazards.rules import HazardState
from models.hazards.views import HazardView
from models.outbox import views as outbox

NOT_SO = Pointless("it is not so any more")


def _look_again(view: HazardView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    return _("👀 Please look at this once more. Is it well?") if view.asked else NOT_SO


def _again(_view: HazardView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    return _("⚠️ This was put right and has come back. It is to be put right once more.")


def _soon(view: HazardView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    so = view.line.state is HazardState.ORDERED
    return _("⏰ This has to be put right by tomorrow.") if so else NOT_SO


def _handed_on(view: HazardView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    so = view.line.state is HazardState.HANDED_ON
    return _("🏛 This was handed on: it is beyond us.") if so else NOT_SO


def _waits(view: HazardView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    so = view.line.state is HazardState.HANDED_ON
    return _("🏛 The authority has not answered yet. Please ask there.") if so else NOT_SO


card(Notice.LOOK_AGAIN, hazard_told, hazard_card, _look_again)
card(Notice.AGAIN, hazard_told, hazard_card, _again)
card(Notice.SOON, hazard_told, hazard_card, _soon)
card(Notice.HANDED_ON, hazard_told, hazard_card, _handed_on)
card(Notice.WAITS, hazard_told, hazard_card, _waits)
