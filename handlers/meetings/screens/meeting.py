"""How a meeting looks: what it says, where it stands, what its reader may do, coming instead."""

from datetime import datetime
from urllib.parse import quote

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import at_date
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.meetings import labels
from handlers.meetings.callbacks import (
    AnswerMeeting,
    MeetingAct,
    OnGuests,
    OnItems,
    OnMeeting,
    OnMeetings,
    OpenMeeting,
    TakePlace,
)
from handlers.meetings.labels import said
from handlers.people.deep_links import address
from handlers.poster import Poster
from handlers.proposals.callbacks import OnProposal, ProposalAct
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name
from models.meetings.rules.notices import DoorState, Move, Reply, State
from models.meetings.rules.outcomes import LinkOutcome
from models.meetings.views import AgendaItem, Me, MeetingView, OfferedPlace

LABEL_LENGTH = 28
"""Of a title this much fits beside its number on a button."""

ON_POSTER = 4
"""Of the agenda this much is named on the poster."""

MOVES: tuple[tuple[Move, MeetingAct, str], ...] = (
    (Move.POSTER, MeetingAct.POSTER, mark("🔳 Poster for the door")),
    (Move.CHANGE, MeetingAct.CHANGE, mark("✏️ Another time or place")),
    (Move.CALL_OFF, MeetingAct.ASK_OFF, mark("✕ Call the meeting off")),
    (Move.MINUTES, MeetingAct.MINUTES, mark("📝 Publish the minutes")),
    (Move.ITEM, MeetingAct.ITEM, mark("➕ An action item")),
)
"""A button for every move of whoever looks after a meeting, in this order."""

CORRECT = mark("📝 Correct the minutes")


def title(view: MeetingView) -> str:
    """Head a screen about a meeting."""
    return _("📅 Neighbours' meeting · {place}").format(place=place_name(view.community))


def door_poster(view: MeetingView, now: datetime, url: str) -> Poster:
    """Word the poster for the door: what meets, when, where, and what it is about."""
    about = [
        _("No. {number} · {title}").format(number=a.number, title=a.title) for a in view.agenda
    ]
    return Poster(
        title=_("Neighbours' meeting · {place}").format(place=place_name(view.community)),
        lines=(at_date(view.starts_at, now), view.where or "", *about[:ON_POSTER]),
        hint=_("Scan this with your phone to check in, from an hour before the start."),
        url=url,
    )


def meeting_screen(view: MeetingView, now: datetime, said: str = "") -> Screen:
    """Show a meeting as far as its reader may see it, under a sentence on what has happened."""
    text = paragraphs(said, told(view, now), standing(view), minutes(view, now))
    rows = [
        *answer_rows(view),
        _takes(view),
        *_office(view),
        *([_proposal(item)] for item in view.agenda),
        [button(_("📅 My meetings"), OnMeetings())],
    ]
    return Screen(text, title(view), inline(*rows))


def meeting_card(view: MeetingView, now: datetime, said: str) -> Screen:
    """Tell of a meeting in a card that changes with it."""
    rows = [*answer_rows(view), _takes(view, card=True), [opener(view.meeting_id)]]
    return Screen(paragraphs(said, told(view, now), standing(view)), title(view), inline(*rows))


def opener(meeting_id: int, *, below: bool = True) -> InlineKeyboardButton:
    """Lead to a meeting."""
    return button(_("📂 Open the meeting"), OpenMeeting(id=meeting_id, below=below))


def told(view: MeetingView, now: datetime) -> str:
    """Say when and where it is, and what is on the agenda."""
    return paragraphs(
        joined(
            _("✕ Called off.") if view.state is State.OFF else "",
            f"🕑 {at_date(view.starts_at, now)}",
            f"📍 {view.where}" if view.where else "",
        ),
        joined(_("On the agenda:"), *(_on_agenda(*item) for item in enumerate(view.agenda, 1))),
    )


def _on_agenda(position: int, item: AgendaItem) -> str:
    return _("{position}. Proposal {number} · {title}").format(
        position=position, number=item.number, title=item.title
    )


def standing(view: MeetingView) -> str:
    """Say what the reader is to it, and to the desk how many have said what."""
    counted = labels.counts(view.counts) if view.counts and view.state is not State.OFF else ""
    return paragraphs(_mine(view, view.me) if view.me else "", counted)


def _mine(view: MeetingView, me: Me) -> str:
    if view.state is State.OFF:
        return _("You need not go. Thank you!")
    if me.reply is Reply.LISTENER:
        return _("👂 You came to listen.")
    here = _("📍 You are checked in.") if me.came else ""
    instead = (
        _("You come instead of {name}.").format(name=me.instead_of.name) if me.instead_of else ""
    )
    return joined(instead, _answer(view, me), here)


def _answer(view: MeetingView, me: Me) -> str:
    match me.reply:
        case Reply.YES:
            said = _("✅ You said: I'll come.")
            more = me.stand_in
            return joined(said, _("{name} comes as well.").format(name=more.name) if more else "")
        case Reply.NO:
            return _("❌ You said: I can't make it.")
        case Reply.INSTEAD if me.stand_in:
            return _("🙋 {name} comes instead of you.").format(name=me.stand_in.name)
        case Reply.INSTEAD:
            return _("🔗 Somebody else comes instead of you: hand them the link.")
    if not view.can_reply:
        return ""
    return _("Will you come? You can change your answer until it begins.")


def minutes(view: MeetingView, now: datetime) -> str:
    """Return the minutes, once they are published."""
    if view.minutes_at is None:
        return ""
    when = _("📝 Minutes, of {time}:").format(time=at_date(view.minutes_at, now))
    return joined(when, view.minutes or _("They are in the file."))


def answer_rows(view: MeetingView) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of a guest: the answers, the link, 'I am here'."""
    me, number = view.me, view.meeting_id
    if me is None or view.state is State.OFF:
        return []
    rows = []
    if view.can_reply and me.reply is not Reply.LISTENER:
        rows = [
            [
                button(_("✅ I'll come"), AnswerMeeting(id=number, said=Reply.YES)),
                button(_("❌ Can't make it"), AnswerMeeting(id=number, said=Reply.NO)),
            ],
            [
                button(
                    _("🙋 Send someone in my place"),
                    AnswerMeeting(id=number, said=Reply.INSTEAD),
                )
            ],
        ]
        if me.code and me.stand_in is None:
            link = OnMeeting(act=MeetingAct.LINK, id=number)
            rows[1] = [button(_("🔗 The link for them"), link)]
    if not me.came and (
        view.door is DoorState.OPEN or (view.today and view.door is DoorState.EARLY)
    ):
        here = OnMeeting(act=MeetingAct.HERE, id=number)
        rows.append([button(_("📍 I am here"), here)])
    return rows


def _takes(view: MeetingView, *, card: bool = False) -> list[InlineKeyboardButton]:
    """Make the buttons for what can be taken along: the calendar, the minutes, the items."""
    row = []
    if view.inside and view.state is not State.HELD:
        off = view.state is State.OFF
        label = _("📅 Out of my calendar") if off else _("📅 Add to calendar")
        row.append(button(label, OnMeeting(act=MeetingAct.CALENDAR, id=view.meeting_id)))
    if view.minutes_file:
        row.append(file_button(view))
    if view.items and not card:
        label = _("📋 Action items ({count})").format(count=view.items)
        row.append(button(label, OnItems(meeting_id=view.meeting_id)))
    return row


def file_button(view: MeetingView) -> InlineKeyboardButton:
    """Lead to the file of the minutes."""
    return button(_("📄 The minutes as a file"), OnMeeting(act=MeetingAct.FILE, id=view.meeting_id))


def _office(view: MeetingView) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of the desk: the guests, and what whoever looks after it may do."""
    row = [
        button(_(_label(view, move, label)), OnMeeting(act=act, id=view.meeting_id))
        for move, act, label in MOVES
        if move in view.may
    ]
    guests = [button(_("👥 Who comes"), OnGuests(id=view.meeting_id))] if view.counts else []
    return [guests, *(row[start : start + 2] for start in range(0, len(row), 2))]


def _label(view: MeetingView, move: Move, label: str) -> str:
    return CORRECT if move is Move.MINUTES and view.minutes_at else label


def _proposal(item: AgendaItem) -> InlineKeyboardButton:
    label = f"💡 {item.number} · {clip(item.title, LABEL_LENGTH)}"
    return button(label, OnProposal(act=ProposalAct.BELOW, id=item.proposal_id))


def ask_off_screen(view: MeetingView, now: datetime) -> Screen:
    """Ask before calling a meeting off."""
    text = paragraphs(
        told(view, now),
        _("Call it off for good? All who have not said no are told at once."),
    )
    off = button(_("✕ Yes, call it off"), OnMeeting(act=MeetingAct.OFF, id=view.meeting_id))
    back = button(_("‹ Back"), OpenMeeting(id=view.meeting_id))
    return Screen(text, title(view), inline([off], [back]))


def said_screen(meeting_id: int, said: str) -> Screen:
    """Say what came of a form, with the way back."""
    return Screen(said, keyboard=inline([opener(meeting_id, below=False)]))


INSTEAD, DOOR = "i", "m"
"""Prefixes of the deep links: of coming instead of somebody, and of checking in at the door."""

SHARE = "https://t.me/share/url?url={url}&text={text}"
"""Telegram's own page for handing a link to somebody (core.telegram.org/widgets/share)."""


def link_screen(view: MeetingView, username: str | None, now: datetime) -> Screen:
    """Return a guest the link for whoever comes instead of them."""
    more = [opener(view.meeting_id)]
    code = view.me.code if view.me else None
    if view.me and view.me.stand_in:
        name = view.me.stand_in.name
        return Screen(
            _("🙋 {name} comes instead of you.").format(name=name), title(view), inline(more)
        )
    if code is None or username is None:
        none = _("There is no link right now. Please tap “Send someone in my place” again.")
        return Screen(none, title(view), inline(more))
    url = address(username, INSTEAD, code)
    text = paragraphs(
        _("Hand this link to whoever comes instead of you. It works once, for one person:"),
        url,
        _("You are told as soon as somebody has taken your place."),
    )
    return Screen(text, title(view), inline([_share(view, url, now)], more))


def _share(view: MeetingView, url: str, now: datetime) -> InlineKeyboardButton:
    words = _("Could you go to the neighbours' meeting in my place? It is {time}.").format(
        time=at_date(view.starts_at, now)
    )
    return InlineKeyboardButton(
        text=_("📤 Hand the link on"), url=SHARE.format(url=quote(url, safe=""), text=quote(words))
    )


def offered_screen(offered: OfferedPlace, now: datetime) -> Screen:
    """Show what a link to come instead of somebody leads to."""
    view = offered.meeting
    home = [button(_("🏠 Home"), Go(to="home"))]
    if view is None:
        return Screen(said(offered.outcome), keyboard=inline(home))
    if offered.outcome is not LinkOutcome.OPEN:
        return Screen(
            paragraphs(said(offered.outcome), told(view, now)),
            title(view),
            inline([opener(view.meeting_id, below=False)]),
        )
    name = offered.instead_of.name if offered.instead_of else _("A neighbour")
    text = paragraphs(
        _("{name} cannot come, and asks whether you would go instead:").format(name=name),
        told(view, now),
    )
    yes = [button(_("✅ Yes, I go instead"), TakePlace(code=offered.code))]
    return Screen(
        text, title(view), inline(yes, [button(_("Sorry, I cannot either"), Go(to="home"))])
    )
