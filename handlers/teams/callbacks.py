"""The buttons of teams."""

from enum import StrEnum

from handlers.callbacks import Button, Id


class ToTeams(Button, prefix="tl"):
    """Show a page of the teams."""

    page: int = 0


class FoundTeam(Button, prefix="tn"):
    """Found a team."""


class TeamAct(StrEnum):
    """What a button on a team does."""

    OPEN = "o"
    JOIN = "j"
    ASK_LEAVE = "q"
    LEAVE = "l"
    ROSTER = "r"
    WRITE = "w"
    AIM = "a"
    ASK_END = "x"
    END = "e"


class OnTeam(Button, prefix="ta"):
    """A button on a team."""

    act: TeamAct
    id: Id


class RosterOfTeam(Button, prefix="tp"):
    """Show a page of who is in a team."""

    id: Id
    page: int = 0


class TeamMemberAct(StrEnum):
    """What a button on a member of a team does."""

    OPEN = "o"
    ADMIT = "a"
    DECLINE = "d"
    LEAD = "l"
    NO_LEAD = "n"
    REMOVE = "r"


class OnTeamMember(Button, prefix="tm"):
    """A button on somebody in a team, or who wants to be."""

    act: TeamMemberAct
    id: Id
    person: Id
