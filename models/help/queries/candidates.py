"""Which volunteers fit a request best."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.categories import CATALOGUE
from models.database import Session
from models.help.queries.fitting import Wanted, Whom, candidates
from models.help.rules.matching import Fit, Score, score
from models.help.rules.policy import HelpPolicy, Urgency, free_at
from models.help.rules.states import ClaimState
from models.help.rules.visits import ClaimTimes, breaks_word, is_about_now
from models.help.tables import ClaimRow, RequestRow
from models.people.tables import PersonRow
from models.places.rules import distance
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.volunteers.rules import VolunteerPolicy, slot_at
from models.volunteers.views import Candidate

POOL = 20
"""Candidates weighed for each one asked: the database's rough order leaves the best among them."""


MOST_MORE = 500
"""For a large ring so many more than are asked are weighed."""


MAY_BREAK = [ClaimState.NO_ANSWER, ClaimState.NO_SHOW, ClaimState.HANDED_BACK]


@dataclass(frozen=True)
class Ranked:
    """A candidate and the score."""

    candidate: Candidate
    score: Score


async def best(
    session: Session,
    request: RequestRow,
    now: datetime,
    policy: HelpPolicy,
    *,
    limit: int,
    whom: Whom,
    but_for: Collection[int] = (),
) -> list[Ranked]:
    """Rank who fits a request, best first, out of those it was, or was not, offered to.

    Nobody else may be asked than whom this gives: over their cap, paused, on a clashing task or
    out of reach nobody is, however urgent it is.
    """
    path = (await session.get_one(PlaceRow, request.place_id)).path
    excluded = await _parties(session, request) | set(but_for)
    window = policy_of(session, VolunteerPolicy).load_window
    wanted = _wanted(request, path, now, policy, window, excluded, limit, whom)
    pool = await candidates(session, wanted)
    since = now - policy.reliable_over
    broken = await _broken(session, [one.person_id for one in pool], since, policy)
    ranked = [
        Ranked(one, weigh(one, request, path, now, policy, broken[one.person_id])) for one in pool
    ]
    ranked.sort(key=lambda one: (-one.score.points, one.candidate.person_id))
    return ranked[:limit]


def weigh(
    one: Candidate, request: RequestRow, path: str, now: datetime, policy: HelpPolicy, broken: int
) -> Score:
    """Score one candidate, who broke so many claims lately, for one request."""
    return score(
        Fit(
            needed=CATALOGUE[request.category].skills,
            skills=one.skills,
            steps=None if one.home_path is None else distance(one.home_path, path),
            load=one.load,
            load_cap=one.load_cap,
            free=free_at(one.hours, request.start_at, now, policy),
            kept=one.kept,
            broken=broken,
        )
    )


def _wanted(
    request: RequestRow,
    path: str,
    now: datetime,
    policy: HelpPolicy,
    window: timedelta,
    excluded: set[int],
    limit: int,
    whom: Whom,
) -> Wanted:
    at = request.start_at or now
    return Wanted(
        request_id=request.id,
        path=path,
        needed=CATALOGUE[request.category].skills,
        slot=slot_at(at, policy.zone),
        loaded_since=now - window,
        kept_since=now - policy.reliable_over,
        busy_from=at - policy.clash,
        busy_until=at + policy.clash,
        about_now=is_about_now(at, now, policy),
        excluded=frozenset(excluded),
        now=now,
        hour=now.astimezone(ZoneInfo(policy.quiet.zone)).hour,
        urgent=request.urgency == Urgency.EMERGENCY,
        whom=whom,
        limit=min(limit * POOL, limit + MOST_MORE),
    )


async def _broken(
    session: Session, people: Collection[int], since: datetime, policy: HelpPolicy
) -> Counter[int]:
    """Count the claims that people broke since an instant."""
    rows = await session.execute(
        select(ClaimRow, RequestRow.start_at)
        .join(RequestRow, RequestRow.id == ClaimRow.request_id)
        .where(
            ClaimRow.person_id.in_(list(people)),
            ClaimRow.state.in_(MAY_BREAK),
            ClaimRow.ended_at > since,
        )
    )
    return Counter(
        claim.person_id
        for claim, start_at in rows.all()
        if breaks_word(_held(claim, start_at), policy)
    )


def _held(claim: ClaimRow, start_at: datetime | None) -> ClaimTimes:
    return ClaimTimes(
        state=ClaimState(claim.state),
        start_at=start_at,
        confirmed_at=claim.confirmed_at,
        ended_at=claim.ended_at,
        reason=claim.reason,
    )


async def _parties(session: Session, request: RequestRow) -> set[int]:
    beneficiary = await session.get_one(PersonRow, request.beneficiary_id)
    parties = {request.requester_id, request.beneficiary_id, beneficiary.proxy_id}
    return {person_id for person_id in parties if person_id is not None}
