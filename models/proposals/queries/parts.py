"""Who is what to a proposal: its hats, those who back it, those who are told."""

from sqlalchemy import select

from models.database import Session
from models.escalation.queries import rung_people
from models.escalation.rules import Rung
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import find_place, line_of
from models.places.rules import PlaceKind, covers
from models.places.tables import PlaceRow
from models.places.views import Place
from models.proposals.rules.kinds import Line
from models.proposals.rules.states import Hat, Part, hats
from models.proposals.tables import ProposalLineRow, ProposalRow, SecondRow


async def path_of(session: Session, proposal: ProposalRow) -> str:
    """Give the path of the place that a proposal concerns."""
    return (await session.get_one(PlaceRow, proposal.place_id)).path


async def community_path(session: Session, proposal: ProposalRow) -> str:
    """Give the path of the community in which it is proposed."""
    return (await session.get_one(PlaceRow, proposal.community_id)).path


async def part_of(session: Session, actor: Person, proposal: ProposalRow) -> Part:
    """Tell what somebody is to a proposal."""
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
    """Tell whether it was somebody who last said that it is delivered."""
    if proposal.delivered_at is None:
        return False
    line = await session.scalar(
        select(ProposalLineRow.actor_id)
        .where(ProposalLineRow.proposal_id == proposal.id, ProposalLineRow.what == Line.DELIVERED)
        .order_by(ProposalLineRow.id.desc())
        .limit(1)
    )
    return line == person_id


async def worn_by(session: Session, actor: Person, proposal: ProposalRow) -> frozenset[Hat]:
    """Give as what somebody may act on a proposal."""
    return hats(await part_of(session, actor, proposal))


async def lives_in(session: Session, actor: Person, proposal: ProposalRow) -> bool:
    """Tell whether somebody lives in the community in which it is proposed."""
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
    """Give somebody's second that stands, whatever text it was for."""
    return await session.scalar(
        select(SecondRow).where(
            SecondRow.proposal_id == proposal_id,
            SecondRow.person_id == person_id,
            SecondRow.withdrawn_at.is_(None),
        )
    )


async def backs(session: Session, person_id: int, proposal: ProposalRow) -> bool:
    """Tell whether somebody backs a proposal as it now reads."""
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
    for rung in (Rung.SECRETARY, Rung.STREET):
        found = [one for one in await rung_people(session, path, rung) if one != proposal.author_id]
        if found:
            return found
    return []
