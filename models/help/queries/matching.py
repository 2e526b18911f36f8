"""Who fits a request best: candidates from the database, weighed by the one rule."""

from dataclasses import dataclass
from datetime import datetime

from models.database import Session
from models.help.rules import CATALOGUE, Fit, Policy, Score, free_at, score
from models.help.tables import RequestRow
from models.people.tables import PersonRow
from models.places.rules import distance
from models.places.tables import PlaceRow
from models.volunteers.queries import candidates
from models.volunteers.rules import slot_at
from models.volunteers.views import Candidate

POOL = 20
"""Candidates weighed for each one asked: the database's rough order leaves the best among them."""


@dataclass(frozen=True)
class Ranked:
    """A candidate and the score."""

    candidate: Candidate
    score: Score


async def best(
    session: Session,
    request: RequestRow,
    now: datetime,
    policy: Policy,
    *,
    limit: int,
    anew: bool,
) -> list[Ranked]:
    """Rank who fits a request, best first; with `anew` only those it was not offered to yet."""
    path = (await session.get_one(PlaceRow, request.place_id)).path
    needed = CATALOGUE[request.category].skills
    pool = await candidates(
        session,
        path,
        needed,
        since=now - policy.load_window,
        slot=slot_at(request.start_at or now, policy.zone),
        excluded=await _parties(session, request),
        request_id=request.id,
        anew=anew,
        limit=limit * POOL,
    )
    ranked = [Ranked(one, weigh(one, request, path, now, policy)) for one in pool]
    ranked.sort(key=lambda one: (-one.score.points, one.candidate.person_id))
    return ranked[:limit]


def weigh(one: Candidate, request: RequestRow, path: str, now: datetime, policy: Policy) -> Score:
    """Score one candidate for one request."""
    return score(
        Fit(
            needed=CATALOGUE[request.category].skills,
            skills=one.skills,
            steps=None if one.home_path is None else distance(one.home_path, path),
            load=one.load,
            load_cap=one.load_cap,
            free=free_at(one.hours, request.start_at, now, policy),
        )
    )


async def _parties(session: Session, request: RequestRow) -> set[int]:
    beneficiary = await session.get_one(PersonRow, request.beneficiary_id)
    parties = {request.requester_id, request.beneficiary_id, beneficiary.proxy_id}
    return {person_id for person_id in parties if person_id is not None}
