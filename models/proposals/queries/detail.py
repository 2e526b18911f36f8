"""Reading one proposal as its reader may see it."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from models.audit.actions import deny
from models.categories import Body
from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.tables import RequestRow
from models.media import Media, MediaKind
from models.names.queries import Names, names_for, places_by_id
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import find_place, line_of
from models.places.rules import PlaceKind, covers
from models.places.tables import PlaceRow
from models.places.views import Place
from models.proposals import hooks
from models.proposals.rules.changes import Text
from models.proposals.rules.notices import ProposalEvent, ProposalTopic
from models.proposals.rules.outcomes import Refusal
from models.proposals.rules.states import (
    BEFORE_RECEPTION,
    Part,
    Relation,
    State,
    moves_open_to,
    relations,
)
from models.proposals.tables import (
    ProposalLineRow,
    ProposalMediaRow,
    ProposalRow,
    RatingRow,
    SecondRow,
    VersionRow,
)
from models.proposals.views import ProposalLine, ProposalView


async def proposal_view(
    session: Session, actor: Person, proposal_id: int, *, now: datetime
) -> ProposalView | Refusal:
    """Show a proposal whole; before its reception to its author and the desk alone."""
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return Refusal.MISSING
    part = await part_of(session, actor, proposal)
    if not may_read(proposal, part):
        await deny(session, actor.id, "proposals", now=now, subject_id=proposal_id)
        return Refusal.NOT_ALLOWED
    return await _whole(session, actor, proposal, part, now)


async def proposal_told(
    session: Session, reader_id: int, proposal_id: int, *, now: datetime
) -> ProposalView | None:
    """Show a proposal to the reader of a notice; None where it is none of theirs any more."""
    proposal = await session.get(ProposalRow, proposal_id)
    reader = await person_by_id(session, reader_id)
    if proposal is None or reader is None:
        return None
    part = await part_of(session, reader, proposal)
    return await _whole(session, reader, proposal, part, now) if may_read(proposal, part) else None


def may_read(proposal: ProposalRow, part: Part) -> bool:
    """Return whether somebody may read a proposal: once it was received, everybody may."""
    return proposal.received_at is not None or part.author or part.desk


async def lines_for(
    session: Session, proposals: list[ProposalRow], now: datetime
) -> list[ProposalLine]:
    """Return the view of proposals for a list, in their order."""
    places = await places_by_id(session, {one.place_id for one in proposals})
    stars = await _stars(session, [one.id for one in proposals])
    names = Names(places, {})
    return [_line(one, names, stars.get(one.id), now) for one in proposals]


async def _stars(session: Session, ids: list[int]) -> dict[int, tuple[float, int]]:
    rows = await session.execute(
        select(RatingRow.proposal_id, func.avg(RatingRow.stars), func.count())
        .where(RatingRow.proposal_id.in_(ids))
        .group_by(RatingRow.proposal_id)
    )
    return {key: (float(mean), count) for key, mean, count in rows.all()}


def _line(
    proposal: ProposalRow, names: Names, stars: tuple[float, int] | None, now: datetime
) -> ProposalLine:
    state = State(proposal.state)
    mean, count = stars or (None, 0)
    return ProposalLine(
        proposal_id=proposal.id,
        number=proposal.number,
        title=proposal.title,
        topic=ProposalTopic(proposal.topic),
        where=names.places[proposal.place_id],
        state=state,
        seal=proposal.seal,
        seconds=proposal.seconds,
        needed=proposal.needed,
        second_by=proposal.second_by,
        receive_by=proposal.receive_by,
        due_at=proposal.due_at,
        overdue=_is_overdue(proposal, now),
        mean=mean,
        ratings=count,
    )


def _is_overdue(proposal: ProposalRow, now: datetime) -> bool:
    if proposal.state in BEFORE_RECEPTION:
        return proposal.state == State.SUBMITTED and now > proposal.receive_by
    underway = proposal.state == State.UNDERWAY
    return underway and proposal.due_at is not None and now > proposal.due_at


async def _whole(
    session: Session, reader: Person, proposal: ProposalRow, part: Part, now: datetime
) -> ProposalView:
    people = [proposal.author_id, proposal.desk_id, proposal.person_id]
    found = await names_for(session, people)
    names = Names(await places_by_id(session, {proposal.place_id}), found.people)
    stars = (await _stars(session, [proposal.id])).get(proposal.id)
    second = await second_of(session, reader.id, proposal.id)
    rating = await session.get(RatingRow, (proposal.id, reader.id))
    hidden = proposal.anonymous and not part.author
    return ProposalView(
        line=_line(proposal, names, stars, now),
        problem=proposal.problem,
        wish=proposal.wish,
        version=proposal.version,
        author=None if hidden else names.person(proposal.author_id),
        anonymous=proposal.anonymous,
        mine=part.author,
        media=await media_of(session, proposal.id, ProposalMediaRow.line_id.is_(None)),
        submitted_at=proposal.submitted_at,
        desk=names.person(proposal.desk_id),
        seconded=part.supporter,
        stale=second is not None and not part.supporter,
        merged_into=await _number_of(session, ProposalRow, proposal.merged_into),
        request=await _number_of(session, RequestRow, proposal.request_id),
        meeting_id=await hooks.meeting_about(session, proposal.id),
        vote_id=await hooks.vote_about(session, proposal.id),
        reasons=proposal.reasons,
        promise=proposal.promise,
        body=Body(proposal.body) if proposal.body in set(Body) else None,
        person=names.person(proposal.person_id),
        delivered_at=proposal.delivered_at,
        rate_by=proposal.rate_by,
        my_stars=rating.stars if rating else None,
        staff=part.desk,
        public=proposal.received_at is not None,
        changed=await _changed(session, proposal, part),
        may=moves_open_to(State(proposal.state), relations(part) - {Relation.CLOCK}),
    )


async def _changed(session: Session, proposal: ProposalRow, part: Part) -> bool:
    """Return whether the last change of a text is anything that somebody may read."""
    if proposal.version == 1:
        return False
    inside = part.author or part.desk
    return await changed_since(session, proposal.id, public=not inside) is not None


async def media_of(
    session: Session, proposal_id: int, which: ColumnElement[bool]
) -> tuple[Media, ...]:
    """Return the photos and files of a proposal for which a condition holds, in order."""
    rows = await session.scalars(
        select(ProposalMediaRow)
        .where(ProposalMediaRow.proposal_id == proposal_id, which)
        .order_by(ProposalMediaRow.position)
    )
    return tuple(Media(MediaKind(row.kind), row.file_id) for row in rows)


async def _number_of(
    session: Session, table: type[ProposalRow] | type[RequestRow], row_id: int | None
) -> tuple[int, int] | None:
    if row_id is None:
        return None
    number = await session.scalar(select(table.number).where(table.id == row_id))
    return (row_id, number) if number is not None else None


async def path_of(session: Session, proposal: ProposalRow) -> str:
    """Return the path of the place that a proposal concerns."""
    return (await session.get_one(PlaceRow, proposal.place_id)).path


async def community_path(session: Session, proposal: ProposalRow) -> str:
    """Return the path of the community in which it is proposed."""
    return (await session.get_one(PlaceRow, proposal.community_id)).path


async def part_of(session: Session, actor: Person, proposal: ProposalRow) -> Part:
    """Return what somebody is to a proposal."""
    path = await path_of(session, proposal)
    return Part(
        author=proposal.author_id == actor.id,
        desk=actor.may(Right.WORK_DESK, path),
        supervises=actor.may(Right.SUPERVISE, path),
        owner=proposal.person_id == actor.id,
        neighbour=await lives_in(session, actor, proposal),
        supporter=await backs(session, actor.id, proposal),
        delivered=await _delivered(session, actor.id, proposal),
    )


async def _delivered(session: Session, person_id: int, proposal: ProposalRow) -> bool:
    """Return whether it was somebody who last said that it is delivered."""
    if proposal.delivered_at is None:
        return False
    line = await session.scalar(
        select(ProposalLineRow.actor_id)
        .where(
            ProposalLineRow.proposal_id == proposal.id,
            ProposalLineRow.what == ProposalEvent.DELIVERED,
        )
        .order_by(ProposalLineRow.id.desc())
        .limit(1)
    )
    return line == person_id


async def worn_by(session: Session, actor: Person, proposal: ProposalRow) -> frozenset[Relation]:
    """Return as what somebody may act on a proposal."""
    return relations(await part_of(session, actor, proposal))


async def lives_in(session: Session, actor: Person, proposal: ProposalRow) -> bool:
    """Return whether somebody lives in the community in which it is proposed."""
    if not actor.registered or actor.place_id is None:
        return False
    home = await find_place(session, actor.place_id)
    return home is not None and covers(await community_path(session, proposal), home.path)


async def community_of(session: Session, person: Person) -> Place | None:
    """Give where somebody proposes: the community they live in; outside of one, their own place."""
    home = await line_of(session, person.place_id) if person.place_id is not None else None
    if not person.registered or home is None:
        return None
    above = [place for place in home.places if place.kind is PlaceKind.COMMUNITY]
    return above[-1] if above else home.place


async def second_of(session: Session, person_id: int, proposal_id: int) -> SecondRow | None:
    """Return somebody's second that stands, whatever text it was for."""
    return await session.scalar(
        select(SecondRow).where(
            SecondRow.proposal_id == proposal_id,
            SecondRow.person_id == person_id,
            SecondRow.withdrawn_at.is_(None),
        )
    )


async def backs(session: Session, person_id: int, proposal: ProposalRow) -> bool:
    """Return whether somebody backs a proposal as it now reads."""
    found = await second_of(session, person_id, proposal.id)
    return found is not None and found.version == proposal.version


async def supporters(
    session: Session, proposal: ProposalRow, *, any_text: bool = False
) -> list[int]:
    """List who backs a proposal as it now reads, or with `any_text` in whatever text."""
    rows = await session.execute(
        select(SecondRow.person_id, SecondRow.version)
        .where(SecondRow.proposal_id == proposal.id, SecondRow.withdrawn_at.is_(None))
        .order_by(SecondRow.id)
    )
    return [row.person_id for row in rows.all() if any_text or row.version == proposal.version]


async def secretaries(session: Session, proposal: ProposalRow) -> list[int]:
    """List who answers for its place and is not its author: the nearest rung that has anybody."""
    path = await path_of(session, proposal)
    for rung in (Level.SECRETARY, Level.STREET):
        found = [
            one for one in await people_at_level(session, path, rung) if one != proposal.author_id
        ]
        if found:
            return found
    return []


async def changed_since(
    session: Session, proposal_id: int, version: int | None = None, *, public: bool = False
) -> tuple[Text, Text] | None:
    """Give a proposal's text as it read in a version, by default the last but one, and as it reads.

    None where there is no such text, or it read just so before; with `public` also where it was
    changed before its reception: nobody but the office ever read what it said then.
    """
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return None
    wanted = proposal.version - 1 if version is None else version
    row = await session.get(VersionRow, (proposal_id, wanted))
    if row is None or wanted == proposal.version:
        return None
    if public and not await _was_public(session, proposal, wanted):
        return None
    old = Text(row.title, row.problem, row.wish)
    new = Text(proposal.title, proposal.problem, proposal.wish)
    return (old, new) if old != new else None


async def _was_public(session: Session, proposal: ProposalRow, version: int) -> bool:
    """Tell whether everybody could read a version: it was followed by the next after reception."""
    after = await session.get(VersionRow, (proposal.id, version + 1))
    received = proposal.received_at
    return received is not None and (after is None or after.at > received)
