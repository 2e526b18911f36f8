"""The card of a proposal: what it says, what its reader may do, its author, sharing it."""

from datetime import datetime
from urllib.parse import quote

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import at_date, on_date
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.meetings.callbacks import OpenMeeting
from handlers.proposals import labels
from handlers.proposals.callbacks import (
    OnProposal,
    OnReception,
    ProposalAct,
    ProposalsTo,
    SecondText,
    ToProposals,
)
from handlers.screen import Screen, button, clip, inline, units
from handlers.text import joined, paragraphs, place_name
from handlers.votes.callbacks import OpenVote
from models.proposals.rules.delivery import IN_DELIVERY
from models.proposals.rules.states import Move, State
from models.proposals.views import Looked, ProposalView

BUTTONS: tuple[tuple[Move, ProposalAct, str], ...] = (
    (Move.UNSECOND, ProposalAct.UNSECOND, mark("Take my support back")),
    (Move.RATE, ProposalAct.ASK_RATE, mark("⭐ Rate it")),
    (Move.EDIT, ProposalAct.EDIT, mark("✏️ Change the text")),
    (Move.RESUBMIT, ProposalAct.RESUBMIT, mark("✏️ Mend and send again")),
    (Move.WITHDRAW, ProposalAct.ASK_WITHDRAW, mark("Withdraw")),
    (Move.ACCEPT, ProposalAct.ACCEPT, mark("✅ Accept")),
    (Move.RETURN, ProposalAct.ASK_RETURN, mark("↩️ Return")),
    (Move.MERGE, ProposalAct.ASK_MERGE, mark("🔗 Merge")),
    (Move.TURN, ProposalAct.ASK_TURN, mark("🙋 Make it a request")),
    (Move.CALL_MEETING, ProposalAct.CALL_MEETING, mark("📅 Call a meeting")),
    (Move.OPEN_VOTE, ProposalAct.OPEN_VOTE, mark("🗳 Have a vote")),
    (Move.ADOPT, ProposalAct.ASK_ADOPT, mark("✅ Adopt")),
    (Move.DECLINE, ProposalAct.ASK_DECLINE, mark("❌ Decline")),
    (Move.ASSIGN, ProposalAct.ASSIGN, mark("👤 Who does it, until when")),
    (Move.REPORT, ProposalAct.REPORT, mark("📝 Write how it goes")),
    (Move.GET_HELP, ProposalAct.GET_HELP, mark("🙋 Ask volunteers for a part")),
    (Move.DELIVER, ProposalAct.DELIVER, mark("🎁 It is delivered")),
    (Move.REDO, ProposalAct.REDO, mark("🚧 Take it up again")),
    (Move.CLOSE, ProposalAct.CLOSE, mark("🏁 Close it")),
)
"""A button for every move that a reader may make, in this order, after the one that seconds."""

TEXT_SHOWN = 3400
"""So much of all that people wrote, as Telegram counts, leaves room for the rest in one message.
Longer texts are cut each by the same share."""


def card_screen(view: ProposalView, now: datetime, said: str = "", *, live: bool = False) -> Screen:
    """Show a proposal whole, under a sentence on what has just happened.

    A `live` card changes by itself: it never makes room for a list, which would vanish again.
    """
    rows = inline(*_rows(view), [] if live else [_out(view)])
    return Screen(paragraphs(said, told(view, now)), title(view), rows)


def _out(view: ProposalView) -> InlineKeyboardButton:
    """Lead back to where it was found: what waits for an answer, to all else that waits."""
    if Move.ACCEPT in view.may:
        return button(_("📨 Reception"), OnReception())
    return button(_("📋 All proposals"), ToProposals(to=ProposalsTo.HOME))


def title(view: ProposalView) -> str:
    """Name a proposal: its seal, its number, its title."""
    seal = "☭ " if view.line.seal else ""
    return _("{seal}Proposal {number} · {title}").format(
        seal=seal, number=view.line.number, title=view.line.title
    )


def told(view: ProposalView, now: datetime) -> str:
    """Say all that a proposal is, without its title."""
    return paragraphs(
        joined(
            f"{labels.topic(view.line.topic)} · 📍 {place_name(view.line.where)}",
            _author(view),
            _("Where it stands: {state}").format(state=labels.state(view.line.state)),
            standing(view, now),
            _mine(view),
        ),
        *_written(view),
        _("{name} answers for it.").format(name=view.person.name) if view.person else "",
    )


def _written(view: ProposalView) -> list[str]:
    """Give what people wrote: problem and wish, then why it was decided so and what is promised."""
    texts = (
        (_("What is wrong:\n{words}"), view.problem),
        (_("What is wished:\n{words}"), view.wish),
        (_("Why: {words}"), view.reasons or ""),
        (_("Promised: {words}"), view.promise or ""),
    )
    share = min(1.0, TEXT_SHOWN / max(1, sum(units(text) for _said, text in texts)))
    return [
        said.format(words=clip(text, int(units(text) * share)) if share < 1 else text)
        for said, text in texts
        if text
    ]


def _went_on(view: ProposalView) -> str:
    """Say as what it goes on: merged into another, or turned into a request."""
    if view.line.state is State.MERGED and view.merged_into is not None:
        return _("It goes on as proposal {number}.").format(number=view.merged_into[1])
    if view.line.state is State.TURNED and view.request is not None:
        return _("The office sees to it as request No. {number}.").format(number=view.request[1])
    return ""


def _mine(view: ProposalView) -> str:
    """Say that the reader backs it; or that they did, before its text was changed."""
    if view.seconded:
        return _("💚 You support this.")
    if view.stale and view.line.state is State.SECONDING:
        return _("🔀 You supported an earlier text. Do you still?")
    return ""


def standing(view: ProposalView, now: datetime) -> str:
    """Say what happens next, and when: reception, seconds so far, the date of delivery."""
    line = view.line
    if line.state is State.SUBMITTED:
        return _("The office answers by {when}.").format(when=at_date(line.receive_by, now))
    if line.state is State.SECONDING and line.second_by is not None:
        said = (
            _("{count} of {needed} supporters, until {when}.")
            if line.seconds
            else _("No supporters yet; {needed} needed, until {when}.")
        )
        when = at_date(line.second_by, now)
        return said.format(count=line.seconds, needed=line.needed, when=when)
    if gone := _went_on(view):
        return gone
    if line.due_at is not None and line.state is State.UNDERWAY:
        late = _("It should have been done by {day}.") if line.overdue else _("Due by {day}.")
        return late.format(day=on_date(line.due_at, now))
    if line.mean is not None:
        return _("⭐ {mean:.1f} from {count}").format(mean=line.mean, count=line.ratings)
    return ""


def _author(view: ProposalView) -> str:
    if view.mine:
        hidden = _("👤 You; neighbours do not see your name")
        return hidden if view.anonymous else _("👤 You")
    if view.anonymous:
        return _("👤 A neighbour, without a name")
    return f"👤 {view.author.name}" if view.author else _("👤 A neighbour who has left")


def _rows(view: ProposalView) -> list[list[InlineKeyboardButton]]:
    own = [
        button(_(label), OnProposal(act=act, id=view.line.proposal_id))
        for move, act, label in BUTTONS
        if move in view.may
    ]
    if Move.SECOND in view.may and not view.seconded:
        own = [second_button(view, _("✋ I support this")), *own]
    rows = [own[start : start + 2] for start in range(0, len(own), 2)]
    return [*rows, _rooms(view), *_looks(view)]


def second_button(view: ProposalView, label: str) -> InlineKeyboardButton:
    """Make the button that seconds a proposal in the text that is shown with it."""
    return button(label, SecondText(id=view.line.proposal_id, version=view.version))


def _rooms(view: ProposalView) -> list[InlineKeyboardButton]:
    """Lead to what it was merged into, to its delivery, to its vote and to its meeting."""
    row = []
    if view.line.state in IN_DELIVERY:
        goes = OnProposal(act=ProposalAct.DELIVERY, id=view.line.proposal_id)
        row.append(button(_("🚧 How it goes"), goes))
    if view.merged_into is not None:
        into, number = view.merged_into
        label = _("🔗 Proposal {number}").format(number=number)
        row.append(button(label, OnProposal(act=ProposalAct.BELOW, id=into)))
    if view.vote_id is not None:
        row.append(button(_("🗳 The vote"), OpenVote(id=view.vote_id)))
    if view.meeting_id is not None:
        row.append(button(_("📅 The meeting"), OpenMeeting(id=view.meeting_id, below=True)))
    return row


def _looks(view: ProposalView) -> list[list[InlineKeyboardButton]]:
    wanted = [
        (ProposalAct.TIMELINE, _("🕰 What happened"), True),
        (ProposalAct.MEDIA, _("🖼 Pictures ({count})").format(count=len(view.media)), view.media),
        (ProposalAct.SHARE, _("📤 Share"), view.public),
        (ProposalAct.CHANGES, _("🔀 What changed"), view.changed),
        (
            ProposalAct.AUTHOR,
            _("👤 Who wrote it"),
            view.staff and view.anonymous and not view.mine,
        ),
    ]
    row = [
        button(label, OnProposal(act=act, id=view.line.proposal_id))
        for act, label, shown in wanted
        if shown
    ]
    return [row[start : start + 2] for start in range(0, len(row), 2)]


def author_screen(looked: Looked) -> Screen:
    """Name the author, and say that they read who looked."""
    name = looked.author.name if looked.author else _("somebody who has left")
    who = f"👤 {name} · 📍 {place_name(looked.where)}" if looked.where else f"👤 {name}"
    told = _("Your look is written down, and the author reads it.") if looked.told else ""
    title = _("Who wrote proposal {number}").format(number=looked.number)
    return Screen(paragraphs(who, told), title)


WORDS_SHOWN = 300
"""Of what is wished this much goes into a group: nobody reads more among other messages."""

LINK = "p"
"""Deep links `p-<id>` open a proposal."""


def address(username: str, proposal_id: int) -> str:
    """Return the link that opens a proposal in the private chat."""
    return f"https://t.me/{username}?start={LINK}-{proposal_id}"


def share_screen(view: ProposalView, username: str, now: datetime) -> Screen:
    """Show the card for a group chat, with the buttons that open it and send it on."""
    link = address(username, view.line.proposal_id)
    text = paragraphs(
        f"{labels.topic(view.line.topic)} · 📍 {place_name(view.line.where)}",
        "💡 " + clip(view.wish or view.problem, WORDS_SHOWN),
        joined(labels.state(view.line.state), standing(view, now), gap=" · "),
    )
    seconding = view.line.state is State.SECONDING
    look = _("✋ Look and support") if seconding else _("👀 Look at it")
    send = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(_invites(view))}"
    return Screen(
        text,
        title(view),
        inline(
            [InlineKeyboardButton(text=look, url=link)],
            [InlineKeyboardButton(text=_("📤 Send to a group"), url=send)],
        ),
    )


def _invites(view: ProposalView) -> str:
    if view.line.state is State.SECONDING:
        said = _("{title}. Neighbours, have a look and support it:")
    else:
        said = _("{title}. Neighbours, have a look:")
    return said.format(title=title(view))
