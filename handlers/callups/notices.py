"""What people are told of call-ups."""

from datetime import date

from handlers.callups.board import board_screen
from handlers.callups.screens import call_screen, confirm_screen
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.notices import renders
from handlers.records.cards import card
from handlers.screen import Pointless, Screen
from handlers.text import joined, late_note, sentences
from models.callups.boards import board_told, to_confirm
from models.callups.queries import callup_told
from models.callups.rules import Notice, State
from models.callups.views import BoardView, CallDay, CallupView
from models.database import Session
from models.outbox import views as outbox
from models.seats.rules import SeatState

NOT_SO = Pointless("it is not so any more")


def _call(view: CallupView, notice: outbox.Notice) -> str | Pointless:
    """Ask whoever has not answered; one that comes after the end has nothing to say."""
    if notice.in_place:
        return ""
    if view.state is not State.CALLED or view.enough or any(day.state for day in view.days):
        return NOT_SO
    again = notice.detail.get("round", 1) > 1
    return _("We are still short of people.") if again else _("People are needed. Can you come?")


def _stand_in(view: CallupView, notice: outbox.Notice) -> str | Pointless:
    if notice.in_place:
        return ""
    asked = [day for day in view.days if day.state is SeatState.ASKED]
    return _("🔔 A place became free. Can you step in?") if asked else NOT_SO


def _soon(view: CallupView, notice: outbox.Notice) -> str | Pointless:
    day = _day(view, notice)
    if notice.in_place:
        return ""
    if day is None or day.state is not SeatState.HELD or notice.now >= day.starts_at:
        return NOT_SO
    return _("⏰ See you soon: {day}. If you cannot come, please take it back.").format(
        day=words_of_day(day.day)
    )


def _day(view: CallupView, notice: outbox.Notice) -> CallDay | None:
    meant = notice.detail.get("day")
    return next((day for day in view.days if day.day.isoformat() == meant), None)


def _off(view: CallupView, _notice: outbox.Notice) -> str | Pointless:
    return "" if view.why_off else NOT_SO


def _thanks(view: CallupView, _notice: outbox.Notice) -> str:
    if view.minutes:
        return _("🙏 Thank you for coming. You carried this with us.")
    return _("🙏 Thank you for standing by. It was good to know that you were there.")


def _approval(view: BoardView, notice: outbox.Notice) -> str | Pointless:
    if view.state is State.DRAFTED:
        return _("This waits for a second person. Please look closely before you call them.")
    return "" if notice.in_place else Pointless("it is decided")


def _dropped(view: BoardView, _notice: outbox.Notice) -> str | Pointless:
    if view.state is not State.DROPPED:
        return NOT_SO
    return _("This was not called: nobody agreed in time, or somebody dropped it.")


card(Notice.CALL, callup_told, call_screen, _call)
card(Notice.STAND_IN, callup_told, call_screen, _stand_in)
card(Notice.SOON, callup_told, call_screen, _soon)
card(Notice.OFF, callup_told, call_screen, _off)
card(Notice.THANKS, callup_told, call_screen, _thanks)
card(Notice.BOARD, board_told, board_screen)
card(Notice.DROPPED, board_told, board_screen, _dropped)
card(Notice.APPROVAL, board_told, board_screen, _approval)


@renders(Notice.SHORT)
async def short(session: Session, notice: outbox.Notice) -> Screen | Pointless:
    """Say what is missing: on the board to whoever called, on the card to a lead."""
    missing, day = notice.detail.get("missing") or 0, notice.detail.get("day")
    said = ngettext("⚠️ {count} person is missing.", "⚠️ {count} people are missing.", missing)
    head = said.format(count=missing)
    if day:
        head = joined(words_of_day(date.fromisoformat(day)), head, gap=_(": "))
    told = sentences(head, late_note(late=bool(notice.detail.get("late"))))
    view = await board_told(session, notice.recipient_id, notice.subject_id, notice.now)
    if view is not None:
        return board_screen(view, notice.now, told) if view.state is State.CALLED else NOT_SO
    mine = await callup_told(session, notice.recipient_id, notice.subject_id, notice.now)
    if mine is None or mine.state is not State.CALLED:
        return NOT_SO
    return call_screen(mine, notice.now, sentences(told, _("Please ask around in your team.")))


@renders(Notice.CONFIRM)
async def confirm(session: Session, notice: outbox.Notice) -> Screen | Pointless:
    """Ask a lead, or whoever called, who was there on a day; each part is a tap away."""
    day = date.fromisoformat(notice.detail.get("day") or "")
    found = await to_confirm(session, notice.recipient_id, notice.subject_id, day)
    if found is None or not found.parts:
        return NOT_SO
    late = late_note(late=bool(notice.detail.get("late")))
    return confirm_screen(found.parts, day, late, drill=found.drill)
