"""Whom an audience reaches, how, and how long it takes."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from models.broadcasts.queries.deliveries import IN_CHAT
from models.broadcasts.rules.audience import Audience, Condition, Group
from models.broadcasts.rules.notices import UNMUTABLE, URGENT, Medium, Style, Topic, Way
from models.broadcasts.rules.sending import run_of
from models.broadcasts.tables import BroadcastRow, MuteRow, RecipientRow
from models.broadcasts.views import BroadcastView, Outlook
from models.database import Session
from models.help.rules.states import HOLDING
from models.help.tables import ClaimRow, RequestRow
from models.names.queries import places_by_id
from models.people.rules import RIGHTS, Right, Role
from models.people.tables import GrantRow, PersonRow
from models.people.views import Person
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.teams.queries import members_of
from models.teams.tables import TeamRow
from models.volunteers.rules import State as Volunteering
from models.volunteers.tables import SkillRow, VolunteerRow

Paths = Mapping[int, str]
"""The paths of places by their numbers."""


async def paths_of(session: Session, audience: Audience) -> Paths:
    """Return the paths of all places that an audience names; one that is no more is left out."""
    wanted = {group.place_id for group in (*audience.joined, *audience.left_out)}
    rows = await session.execute(
        select(PlaceRow.id, PlaceRow.path).where(PlaceRow.id.in_(sorted(wanted)))
    )
    return {row.id: row.path for row in rows}


def is_within(actor: Person, right: Right, audience: Audience, paths: Paths) -> bool:
    """Return whether somebody has a right everywhere that an audience reaches."""
    return bool(audience.joined) and all(
        group.place_id in paths and actor.may(right, paths[group.place_id])
        for group in audience.joined
    )


def widest(audience: Audience, paths: Paths) -> int:
    """Return the place of the joined groups that stands highest in the tree."""
    return min((paths[group.place_id].count("/"), group.place_id) for group in audience.joined)[1]


def people_in(audience: Audience, paths: Paths) -> Select[int]:
    """Select everybody in an audience by number: registered, or without a phone and spoken for.

    Nobody who has left is among them; who cannot be reached, or has muted the topic, is.
    """
    known = or_(PersonRow.consent_version.is_not(None), PersonRow.telegram_id.is_(None))
    joined = [_in_group(group, paths) for group in audience.joined]
    left_out = [_in_group(group, paths) for group in audience.left_out]
    return (
        select(PersonRow.id)
        .outerjoin(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(known, PersonRow.left_at.is_(None), or_(false(), *joined))
        .where(*(not_(each) for each in left_out))
    )


async def count_by_place(
    session: Session, audience: Audience, paths: Paths
) -> list[tuple[int | None, int]]:
    """Count an audience by where people live: (place, heads), places by their names."""
    people = people_in(audience, paths).subquery()
    rows = await session.execute(
        select(PersonRow.place_id, func.count(PersonRow.id))
        .outerjoin(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(PersonRow.id.in_(select(people.c.id)))
        .group_by(PersonRow.place_id, PlaceRow.name)
        .order_by(PlaceRow.name)
    )
    return [(place_id, count) for place_id, count in rows.all()]


async def approvers(session: Session, broadcast: BroadcastRow) -> list[int]:
    """List who may approve a broadcast: a right everywhere in its audience; never its author."""
    audience = Audience.of(broadcast.audience)
    paths = await paths_of(session, audience)
    roles = [role for role in Role if Right.APPROVE_BROADCAST in RIGHTS[role]]
    rows = await session.execute(
        select(GrantRow.person_id, PlaceRow.path)
        .join(PlaceRow, PlaceRow.id == GrantRow.place_id)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .where(
            GrantRow.role.in_(roles),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
            GrantRow.person_id != broadcast.author_id,
        )
    )
    tops: dict[int, list[str]] = {}
    for person_id, path in rows.all():
        tops.setdefault(person_id, []).append(path)
    wanted = [paths.get(group.place_id) for group in audience.joined]
    return sorted(
        person_id
        for person_id, held in tops.items()
        if all(path and any(covers(top, path) for top in held) for path in wanted)
    )


def _in_group(group: Group, paths: Paths) -> ColumnElement[bool]:
    path = paths.get(group.place_id)
    if path is None:
        return false()
    one = _who(group, path)
    return and_(one, PersonRow.language == group.language) if group.language else one


def _who(group: Group, path: str) -> ColumnElement[bool]:
    """Say what makes somebody one of a group; roles and tasks count wherever people live."""
    below = PlaceRow.path.startswith(path)
    match group.who:
        case Condition.PARTY:
            found = _granted(path, Role.PARTY_MEMBER)
        case Condition.STAFF:
            found = _granted(path, Role.STAFF, Role.SECRETARY)
        case Condition.HOLDERS:
            found = _holds(path)
        case Condition.VOLUNTEERS:
            found = and_(below, _volunteers())
        case Condition.ALL:
            found = below
        case Condition.SKILL | Condition.TEAM | Condition.UNCONFIRMED:
            found = _named(group, path)
    return found


def _named(group: Group, path: str) -> ColumnElement[bool]:
    """Say what makes somebody one of a group that names a skill, a team, an earlier broadcast."""
    below = PlaceRow.path.startswith(path)
    if group.who is Condition.TEAM:
        return _in_team(path, int(group.value))
    if group.who is Condition.SKILL:
        return and_(below, _volunteers(), _skilled(group.value))
    return and_(below, _unconfirmed(int(group.value)))


def _skilled(skill: str) -> ColumnElement[bool]:
    return exists().where(SkillRow.person_id == PersonRow.id, SkillRow.skill == skill)


def _granted(path: str, *roles: Role) -> ColumnElement[bool]:
    below = select(PlaceRow.id).where(PlaceRow.path.startswith(path)).correlate(None)
    return exists().where(
        GrantRow.person_id == PersonRow.id,
        GrantRow.role.in_(roles),
        GrantRow.revoked_at.is_(None),
        GrantRow.place_id.in_(below),
    )


def _volunteers() -> ColumnElement[bool]:
    return exists().where(
        VolunteerRow.person_id == PersonRow.id, VolunteerRow.state == Volunteering.ACTIVE
    )


def _holds(path: str) -> ColumnElement[bool]:
    below = select(PlaceRow.id).where(PlaceRow.path.startswith(path)).correlate(None)
    return exists().where(
        ClaimRow.person_id == PersonRow.id,
        ClaimRow.state.in_(list(HOLDING)),
        ClaimRow.request_id == RequestRow.id,
        RequestRow.place_id.in_(below),
    )


def _in_team(path: str, team_id: int) -> ColumnElement[bool]:
    below = select(PlaceRow.id).where(PlaceRow.path.startswith(path)).correlate(None)
    here = exists().where(TeamRow.id == team_id, TeamRow.place_id.in_(below)).correlate(None)
    return and_(here, PersonRow.id.in_(members_of(team_id)))


def _unconfirmed(broadcast_id: int) -> ColumnElement[bool]:
    return exists().where(
        RecipientRow.broadcast_id == broadcast_id,
        RecipientRow.person_id == PersonRow.id,
        RecipientRow.confirmed_at.is_(None),
        RecipientRow.way.in_(IN_CHAT),
    )


_proxy = aliased(PersonRow)


def way_of(style: Style, topic: Topic) -> ColumnElement[str]:
    """Return how somebody is reached, as things are now; for a statement over `PersonRow`.

    Who has no phone is reached through their proxy. A topic that the proxy has muted reaches
    neither: then somebody has to knock.
    """
    unmuted = ~_has_muted(_proxy.id, topic) if style not in UNMUTABLE else ~false()
    spoken_for = exists().where(
        _proxy.id == PersonRow.proxy_id,
        _proxy.telegram_id.is_not(None),
        _proxy.left_at.is_(None),
        _proxy.unreachable_at.is_(None),
        unmuted,
    )
    muted = false() if style in UNMUTABLE else _has_muted(PersonRow.id, topic)
    no_phone = PersonRow.telegram_id.is_(None)
    return case(
        (no_phone & spoken_for, str(Way.PROXY)),
        (no_phone, str(Way.NO_PHONE)),
        (PersonRow.unreachable_at.is_not(None), str(Way.UNREACHABLE)),
        (muted, str(Way.MUTED)),
        else_=str(Way.CHAT),
    )


def _has_muted(person_id: InstrumentedAttribute[int], topic: Topic) -> ColumnElement[bool]:
    return exists().where(MuteRow.person_id == person_id, MuteRow.topic == topic)


async def outlook_of(session: Session, view: BroadcastView, now: datetime) -> Outlook:
    """Tell whom a broadcast would reach as things are now; nothing of it is fixed before it goes.

    Whoever may see the broadcast has been let in by who gave the view.
    """
    paths = await paths_of(session, view.audience)
    counts = await count_by_place(session, view.audience, paths)
    places = await places_by_id(session, {place_id for place_id, _count in counts if place_id})
    ways = await _by_way(session, view.audience, view.style, view.topic)
    quiet = None if view.style in URGENT else policy_of(session).quiet
    album = view.content.medium is Medium.ALBUM
    weight = len(view.content.items) + 1 if album else 1
    copies = ways.get(Way.CHAT, 0) + ways.get(Way.PROXY, 0)
    return Outlook(
        sum(ways.values()),
        ways,
        tuple((places.get(place_id or 0), count) for place_id, count in counts),
        run_of(view.start_at or now, copies, quiet, weight=weight),
    )


async def _by_way(
    session: Session, audience: Audience, style: Style, topic: Topic
) -> dict[Way, int]:
    people = people_in(audience, await paths_of(session, audience)).subquery()
    way = way_of(style, topic)
    rows = await session.execute(
        select(way, func.count())
        .select_from(PersonRow)
        .where(PersonRow.id.in_(select(people.c.id)))
        .group_by(way)
    )
    return {Way(name): count for name, count in rows.all()}
