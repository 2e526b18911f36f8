"""What people are told of teams."""

from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.notices import renders
from handlers.records.cards import NOT_THEIRS, Head, card
from handlers.screen import Pointless, Screen
from handlers.teams.screens import member_screen, team_screen, told_screen
from handlers.text import late_note
from models.database import Session
from models.outbox import views as outbox
from models.teams.queries import roster_told, team_told, told
from models.teams.rules import Membership, Notice, State
from models.teams.views import TeamView

HEADS = {
    Notice.ADMITTED: mark("🎉 Welcome! You are in the team now."),
    Notice.DECLINED: mark(
        "The team has not taken you in this time. There is much else to lend a hand with; the "
        "office gladly tells you."
    ),
    Notice.LEAD: mark("🚩 You lead this team now: you answer who wants to join, and can write."),
    Notice.REMOVED: mark("You are no longer on this team's list. Thank you for all you did!"),
    Notice.ENDED: mark("This team has ended. Thank you for all you did!"),
}
SO_OF = {
    Notice.ADMITTED: Membership.IN,
    Notice.DECLINED: Membership.DECLINED,
    Notice.LEAD: Membership.IN,
    Notice.REMOVED: Membership.LEFT,
}
"""Where the reader stands while a sentence is so; else it is not said."""


def _head(kind: Notice) -> Head:
    def head(view: TeamView, _notice: outbox.Notice) -> str | Pointless:
        line = view.line
        so = line.mine is SO_OF[kind] if kind in SO_OF else view.state is State.ENDED
        if not so or (kind is Notice.LEAD and not line.lead):
            return Pointless("it is not so any more")
        return _(HEADS[kind])

    return head


for kind in HEADS:
    card(kind, team_told, team_screen, _head(kind))


@renders(Notice.WANTS)
async def wants(session: Session, notice: outbox.Notice) -> Screen | Pointless:
    """Ask a lead whether they take somebody in; answered, the card says what came of it."""
    roster = await roster_told(session, notice.recipient_id, notice.subject_id, notice.now)
    if roster is None:
        return NOT_THEIRS
    member = roster.member(notice.detail.get("person") or 0)
    if member is not None and (notice.in_place or member.state is Membership.ASKED):
        late = late_note(late=bool(notice.detail.get("late")))
        return member_screen(roster, member, late)
    if notice.in_place:
        return team_screen(roster.team, notice.now, _("That is settled."))
    return Pointless("somebody has answered, or they have taken it back")


@renders(Notice.WORDS)
async def words(session: Session, notice: outbox.Notice) -> Screen | Pointless:
    """Show a member what their team is told."""
    said = await told(session, notice.recipient_id, notice.detail.get("words") or 0)
    if said is None or not said.words:
        return NOT_THEIRS
    return told_screen(said)
