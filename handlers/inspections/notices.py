"""What people are told of rounds and walks: a sentence above them as they stand now."""

from handlers.i18n import gettext as _
from handlers.inspections.screens import round_screen, walk_screen
from handlers.records.cards import card
from handlers.screen import Pointless
from models.inspections.notices import InspectionNotice, WalkNotice
from models.inspections.queries import round_told, walk_told
from models.inspections.rules import InspectionRoundState, WalkState
from models.inspections.views import InspectionRoundView, WalkView
from models.outbox import views as outbox
from models.routines.rules import OccasionState

NOT_SO = Pointless("it is not so any more")


def _due(view: InspectionRoundView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    due = view.line.open
    if due is None or due.id != notice.detail.get("occasion"):
        return NOT_SO
    return _("🚶 It is your turn to walk. Put on your gloves, three big keys are enough.")


def _missed(view: InspectionRoundView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    due = view.line.open
    same = due is not None and due.id == notice.detail.get("occasion")
    if same and due is not None and due.state is not OccasionState.MISSED:
        return NOT_SO
    return _("⚠️ Nobody has walked this in time. Can somebody still go before the next one?")


def _unseen(view: InspectionRoundView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    if not view.line.unseen:
        return NOT_SO
    return _("⚠️ A round was missed, and nobody at its desk has said that they know of it.")


def _nobody(view: InspectionRoundView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    if view.line.state is not InspectionRoundState.ON:
        return NOT_SO
    return _("👥 Somebody who walked this does so no more. Please look who walks it.")


def _half(view: WalkView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    if view.state is not WalkState.OPEN:
        return NOT_SO
    words = _("⏸ This walk is half-done: {marked} of {points}. It goes on where you stopped.")
    return words.format(marked=view.marked, points=len(view.points))


card(InspectionNotice.DUE, round_told, round_screen, _due)
card(InspectionNotice.MISSED, round_told, round_screen, _missed)
card(InspectionNotice.UNSEEN, round_told, round_screen, _unseen)
card(InspectionNotice.NOBODY, round_told, round_screen, _nobody)
card(WalkNotice.HALF, walk_told, walk_screen, _half)
