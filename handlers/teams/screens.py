"""How teams look: the list, one of them, who is in it, what each outcome says."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.records.lists import list_screen, turn_row
from handlers.records.said import says
from handlers.screen import Screen, button, clip, inline
from handlers.teams.callbacks import (
    FoundTeam,
    OnTeam,
    OnTeamMember,
    RosterOfTeam,
    TeamAct,
    TeamMemberAct,
    ToTeams,
)
from handlers.text import joined, joined_names, paragraphs, place_name, quoted
from models.records.rules import PageOf, page_bounds
from models.teams.rules import Membership, Move, State, TeamOutcome
from models.teams.views import Member, TeamLine, TeamRoster, TeamTold, TeamView

says(
    (TeamOutcome.FOUNDED, mark("The team is founded. Join it, and name who leads it.")),
    (TeamOutcome.ASKED, mark("Thank you! The team's leads answer you here, soon.")),
    (TeamOutcome.JOINED, mark("You are in the team.")),
    (TeamOutcome.ADMITTED, mark("They are in the team now, and are told.")),
    (TeamOutcome.DECLINED, mark("Not taken in; they are told kindly.")),
    (TeamOutcome.TAKEN_BACK, mark("Taken back.")),
    (TeamOutcome.LEFT, mark("You have left the team. Thank you for all you did!")),
    (TeamOutcome.REMOVED, mark("They are no longer in the team, and are told.")),
    (TeamOutcome.NAMED_LEAD, mark("They lead the team now, and are told.")),
    (TeamOutcome.LEAD_NO_MORE, mark("They are a member like all others now.")),
    (TeamOutcome.WRITTEN, mark("It goes to the whole team.")),
    (TeamOutcome.CHANGED, mark("Changed.")),
    (TeamOutcome.ENDED, mark("The team has ended; everybody in it is told.")),
    good=True,
)
says(
    (
        TeamOutcome.TOO_OFTEN,
        mark("The team has been told enough for one day. Tomorrow you can write again."),
    ),
    (TeamOutcome.NOT_IN_IT, mark("They are not on the team's list any more.")),
    (TeamOutcome.NOT_A_MEMBER, mark("You are not in this team any more; nothing is left to do.")),
    good=False,
)

A_PAGE = 12
"""Members on a page, a button each."""
SIGNS = {
    Membership.IN: mark("✅ you are in it"),
    Membership.ASKED: mark("⏳ you have asked to join"),
}


def teams_screen(
    page: PageOf[TeamLine], _now: datetime, *, founds: bool, above: str = ""
) -> Screen:
    """List the teams where somebody lives, their own first."""
    found = [button(_("➕ Found a team"), FoundTeam())]
    back = [button(_("‹ Lend a hand"), Go(to="volunteer"))]
    return list_screen(
        page,
        _("🚩 Teams"),
        above=above or _("Neighbours who help together. Anybody can ask to join."),
        line=lambda one: joined(
            f"🚩 {one.name}", joined(_members(one.size), _sign(one), gap=" · "), one.aim
        ),
        label=lambda one: one.name,
        opens=lambda one: OnTeam(act=TeamAct.OPEN, id=one.id),
        to=lambda number: ToTeams(page=number),
        none=_("There is no team here yet."),
        below=[found if founds else [], back],
    )


def team_screen(view: TeamView, _now: datetime, above: str = "") -> Screen:
    """Show one team, and what its reader can do."""
    line = view.line
    names = [who.name for who in view.leads if who.name]
    leads = _("Led by {names}").format(names=joined_names(names)) if names else ""
    ended = _("This team has ended.") if view.state is State.ENDED else ""
    facts = joined(f"📍 {place_name(line.place)}", f"👥 {_members(line.size)}", leads, _sign(line))
    rows = _rows(view) if view.state is State.ACTIVE else []
    text = paragraphs(above, ended, line.aim, facts)
    return Screen(text, f"🚩 {line.name}", inline(*rows, [button(_("‹ Teams"), ToTeams())]))


def leave_screen(view: TeamView, _now: datetime) -> Screen:
    """Ask once more before somebody leaves a team."""
    text = _("Leave the team “{name}”?").format(name=view.line.name)
    return _asked(text, _tap(_("Yes, leave it"), TeamAct.LEAVE, view.id), view)


def end_screen(view: TeamView, _now: datetime) -> Screen:
    """Ask once more before a team ends."""
    text = _("End the team “{name}”? Everybody in it is told.").format(name=view.line.name)
    return _asked(text, _tap(_("Yes, end the team"), TeamAct.END, view.id), view)


def roster_screen(roster: TeamRoster, _now: datetime, page: int = 0) -> Screen:
    """Show who wants to join, and a page of who is in a team."""
    view, people = roster.team, (*roster.asking, *roster.members)
    page, pages = page_bounds(len(people), page, A_PAGE)
    shown = PageOf(people[page * A_PAGE :][:A_PAGE], page, pages, len(people))
    rows = [
        [button(clip(_called(one), 40), _on(TeamMemberAct.OPEN, view, one))] for one in shown.lines
    ]
    waiting = ngettext("{count} wants to join.", "{count} want to join.", len(roster.asking))
    text = paragraphs(
        _members(view.line.size),
        waiting.format(count=len(roster.asking)) if roster.asking else "",
        "" if people else _("Nobody is in it yet."),
    )
    turn = turn_row(shown, lambda number: RosterOfTeam(id=view.id, page=number))
    back = [_tap(_("‹ Back"), TeamAct.OPEN, view.id)]
    return Screen(text, f"👥 {view.line.name}", inline(*rows, turn, back))


def member_screen(roster: TeamRoster, member: Member, above: str = "") -> Screen:
    """Show somebody in a team, or who wants to be, and what can be done."""
    view = roster.team
    back = [_tap(_("👥 Who is in it"), TeamAct.ROSTER, view.id)]
    if member.state is Membership.ASKED:
        said = _("{name} wants to join “{team}”.").format(name=_name(member), team=view.line.name)
        yes = button(_("✅ Take them in"), _on(TeamMemberAct.ADMIT, view, member))
        no = button(_("Not now"), _on(TeamMemberAct.DECLINE, view, member))
        return Screen(paragraphs(above, said), f"🚩 {view.line.name}", inline([yes, no], back))
    stands = _("{name} leads the team.") if member.lead else _("{name} is in the team.")
    rows = []
    if Move.NAME_LEAD in view.moves:
        act = TeamMemberAct.NO_LEAD if member.lead else TeamMemberAct.LEAD
        label = _("A member like all others") if member.lead else _("🚩 Make them a lead")
        rows.append([button(label, _on(act, view, member))])
    if not member.lead or Move.NAME_LEAD in view.moves:
        rows.append([button(_("Take them off the list"), _on(TeamMemberAct.REMOVE, view, member))])
    text = paragraphs(above, stands.format(name=_name(member)))
    return Screen(text, f"🚩 {view.line.name}", inline(*rows, back))


def told_screen(told: TeamTold) -> Screen:
    """Show a member what their team is told."""
    by = _("From {name}, your team").format(name=told.by.name) if told.by else ""
    more = [_tap(_("🚩 To the team"), TeamAct.OPEN, told.team.id)]
    return Screen(paragraphs(quoted(told.words), by), f"📣 {told.team.name}", inline(more))


def _rows(view: TeamView) -> list[list[InlineKeyboardButton]]:
    mine, moves, own = view.line.mine, view.moves, view.id
    rows = []
    if mine is Membership.IN:
        rows.append([_tap(_("Leave the team"), TeamAct.ASK_LEAVE, own)])
    elif mine is Membership.ASKED:
        rows.append([_tap(_("No longer join"), TeamAct.LEAVE, own)])
    else:
        rows.append([_tap(_("🙋 Join"), TeamAct.JOIN, own)])
    if Move.ROSTER in moves:
        rows.append([_tap(_("👥 Who is in it"), TeamAct.ROSTER, own)])
    if Move.WRITE in moves:
        say, aim = _("📣 Tell the team"), _("✏️ What it is for")
        rows.append([_tap(say, TeamAct.WRITE, own), _tap(aim, TeamAct.AIM, own)])
    if Move.END in moves:
        rows.append([_tap(_("✕ End the team"), TeamAct.ASK_END, own)])
    return rows


def _asked(text: str, yes: InlineKeyboardButton, view: TeamView) -> Screen:
    return Screen(text, keyboard=inline([yes], [_tap(_("‹ Back"), TeamAct.OPEN, view.id)]))


def _members(size: int) -> str:
    return ngettext("{count} member", "{count} members", size).format(count=size)


def _sign(line: TeamLine) -> str:
    if line.lead:
        return _("🚩 you lead it")
    return _(SIGNS[line.mine]) if line.mine in SIGNS else ""


def _called(member: Member) -> str:
    if member.state is Membership.ASKED:
        return _("⏳ {name} wants to join").format(name=_name(member))
    return f"🚩 {_name(member)}" if member.lead else _name(member)


def _name(member: Member) -> str:
    return member.who.name or _("a neighbour")


def _on(act: TeamMemberAct, view: TeamView, member: Member) -> OnTeamMember:
    return OnTeamMember(act=act, id=view.id, person=member.who.id)


def _tap(label: str, act: TeamAct, team_id: int) -> InlineKeyboardButton:
    return button(label, OnTeam(act=act, id=team_id))
