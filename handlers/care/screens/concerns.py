"""What was told in confidence, what was done about it, and whether it was well afterwards."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.care.callbacks import (
    ConcernAct,
    FollowUpAct,
    HomeAct,
    OnConcern,
    OnFollowUp,
    OnHome,
    OnRung,
    ToConcerns,
)
from handlers.care.screens.words import CONCERNS
from handlers.clock_text import at_clock, on_date
from handlers.desk.screens.board import to_desk
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name, quoted
from models.care.rules.follow_ups import FollowUpMove, FollowUpState
from models.care.rules.states import ConcernMove, ConcernState
from models.care.views import ConcernView, FollowUpLine, FollowUpView

AFTERWARDS = {
    FollowUpState.ASKED: mark("not answered yet"),
    FollowUpState.WELL: mark("all well"),
    FollowUpState.AGAIN: mark("it happened again"),
    FollowUpState.SILENT: mark("not answered"),
    FollowUpState.DROPPED: mark("not answered"),
}


def concerns_screen(found: Sequence[ConcernView], now: datetime) -> Screen:
    """List what was told in confidence."""
    rows = [
        [
            button(
                clip(f"{_(CONCERNS[one.kind])} · {one.home.name}", 40),
                OnConcern(act=ConcernAct.OPEN, id=one.id),
            )
        ]
        for one in found
    ]
    text = paragraphs(*(joined(_concern_line(one, now), _done(one, now)) for one in found))
    none = _("Nothing is open. Thank you!")
    return Screen(text or none, _("🔒 Told in confidence"), inline(*rows, [to_desk()]))


def concern_screen(view: ConcernView, now: datetime, above: str = "") -> Screen:
    """Show what was told in confidence to whom it belongs, or who looks at what was done."""
    late = _("Nobody has seen to it in time, so it is told here as well.") if view.above else ""
    return Screen(
        paragraphs(
            above,
            _concern_line(view, now),
            _words_and_phones(view),
            late,
            _report(view, now),
            _settled(view, now),
            joined(*(_afterwards(one, now) for one in view.follow_ups)),
        ),
        _("🔒 Told in confidence"),
        inline(
            *_concern_rows(view),
            [button(_("🏡 The home"), OnHome(act=HomeAct.OPEN, id=view.home_id))],
            [button(_("‹ Back"), ToConcerns())],
        ),
    )


def follow_up_screen(view: FollowUpView, _now: datetime, above: str = "") -> Screen:
    """Ask a home whether it was well, large and simple; or show what it said."""
    asks = _("Last time you told us that you were asked for money. Has it been well since?")
    says = {
        FollowUpState.WELL: _("You said: all well. Thank you!"),
        FollowUpState.AGAIN: _("You said: it happened again. Somebody rings you soon."),
        FollowUpState.DROPPED: _("Thank you, we ask no more about this."),
    }
    rows = (
        (FollowUpMove.WELL, FollowUpAct.WELL, _("😊 All well")),
        (FollowUpMove.AGAIN, FollowUpAct.AGAIN, _("❗ It happened again")),
        (FollowUpMove.MORE, FollowUpAct.MORE, _("💬 Tell us more")),
    )
    return Screen(
        paragraphs(above, says.get(view.state, asks)),
        keyboard=inline(
            *(
                [button(label, OnFollowUp(act=act, id=view.id))]
                for move, act, label in rows
                if move in view.moves
            ),
            [button(_("🏡 Looking in on you"), OnHome(act=HomeAct.OPEN, id=view.home_id))],
        ),
    )


def _concern_rows(view: ConcernView) -> list[list[InlineKeyboardButton]]:
    def on(label: str, act: ConcernAct) -> list[InlineKeyboardButton]:
        return [button(label, OnConcern(act=act, id=view.id))]

    moves = view.moves
    rows: list[list[InlineKeyboardButton]] = []
    if not view.opened and (view.state is not ConcernState.SETTLED or view.to_ring):
        rows.append(on(_("🔒 Open it"), ConcernAct.OPEN))
    if voices_of(view):
        rows.append(on(_("🎤 Listen"), ConcernAct.LISTEN))
    if ConcernMove.SETTLE in moves:
        rows.append(on(_("✅ I have seen to it"), ConcernAct.SETTLE))
    if ConcernMove.REPORT in moves:
        rows.append(on(_("📝 Report what I did"), ConcernAct.REPORT))
    if ConcernMove.SIGN in moves and view.opened:
        rows.append(on(_("✅ Sign it off"), ConcernAct.SIGN))
        rows.append(on(_("↩️ Not enough yet"), ConcernAct.SEND_BACK))
    return [*rows, *_rung_rows(view)]


def _rung_rows(view: ConcernView) -> list[list[InlineKeyboardButton]]:
    if view.to_ring is None or not view.opened:
        return []
    says = ((True, _("☎️ They say: all well")), (False, _("☎️ They say: it happened again")))
    return [
        [button(label, OnRung(id=view.id, asked=view.to_ring, well=well))] for well, label in says
    ]


def voices_of(view: ConcernView) -> list[str]:
    """List what was spoken of a concern, for whoever has opened it: Telegram's files."""
    report = [view.report.voice] if view.report else []
    return [one for one in (view.voice, *report, *(line.voice for line in view.follow_ups)) if one]


def _words_and_phones(view: ConcernView) -> str:
    numbers = [f"📞 {who.name} {number}" for who, number in view.phones]
    silent = "" if view.wrote or not view.opened else _("Nothing was written.")
    spoken = _("🎤 a voice message") if view.voice else ""
    return joined(quoted(view.words) or spoken, silent, *numbers)


def _done(view: ConcernView, now: datetime) -> str:
    """Say who has reported what was done, and when."""
    if view.report is None:
        return ""
    by = view.report.by.name if view.report.by else _("somebody who has left")
    return _("📝 {name} reported what was done: {day}").format(
        name=by, day=on_date(view.report.at, now)
    )


def _report(view: ConcernView, now: datetime) -> str:
    report = view.report
    if report is None:
        return ""
    spoken = _("🎤 a voice message") if report.voice else ""
    back = ""
    if report.sent_back_by:
        back = _("↩️ {name}: not enough yet.").format(name=report.sent_back_by.name)
    waits = ""
    if view.state is ConcernState.REPORTED and ConcernMove.SIGN not in view.moves:
        waits = _("It is over once somebody else has looked at it.")
    elif view.state is ConcernState.REPORTED and not view.opened:
        waits = _("Please open it, and sign off what was done or say what is missing.")
    words = quoted(report.words) or spoken
    return joined(_done(view, now), words, back, quoted(report.sent_back), waits)


def _settled(view: ConcernView, now: datetime) -> str:
    if view.state is not ConcernState.SETTLED:
        return ""
    if view.alone:
        return _("✅ Settled by the report: nobody else was there who could look at it.")
    if view.report is None or view.signer is None or view.settled_at is None:
        return _("✅ Settled.")
    return _("✅ Signed off by {name}: {day}").format(
        name=view.signer.name, day=on_date(view.settled_at, now)
    )


def _afterwards(line: FollowUpLine, now: datetime) -> str:
    asked = _("🗓 Asked whether it was well afterwards, {day}: {answer}").format(
        day=on_date(line.asked_at, now), answer=_(AFTERWARDS[line.state])
    )
    by = _("☎️ {name} rang them.").format(name=line.by.name) if line.by else ""
    spoken = _("🎤 a voice message") if line.voice else ""
    return joined(asked, by, quoted(line.words) or spoken)


def _concern_line(view: ConcernView, now: datetime) -> str:
    about = _("about {name}").format(name=view.about.name) if view.about else ""
    until = {
        ConcernState.OPEN: _("please see to it until {time}"),
        ConcernState.REPORTED: _("somebody else looks at what was done until {time}"),
    }.get(view.state, "")
    return joined(
        _(CONCERNS[view.kind]),
        joined(f"👤 {view.home.name}", place_name(view.place), about, gap=" · "),
        joined(
            on_date(view.opened_at, now), until.format(time=at_clock(view.due_at, now)), gap=" · "
        ),
    )
