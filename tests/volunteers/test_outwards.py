"""Searching outwards from a place chooses exactly whom a look at everybody chooses."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from models.base import Base
from models.categories import Skill
from models.database import Session, Sessions, transaction
from models.help.queries import fitting as searching
from models.help.queries.fitting import Wanted, Whom, candidates
from models.help.rules.states import HOLDING, LIVE, LOADING, OPEN_CLAIM, ClaimState, OfferState
from models.help.rules.states import State as RequestState
from models.help.tables import ClaimRow, OfferRow, RequestRow
from models.people.tables import PersonRow
from models.places.rules import child_path
from models.places.tables import PlaceRow
from models.volunteers.rules import ALL_HOURS, State
from models.volunteers.tables import ServedPlaceRow, SkillRow, VolunteerRow
from models.volunteers.views import Candidate

KINDS = ("district", "street", "community", "grid", "building")
PEOPLE = 250
REQUESTS = 40
TRIES = 60
DAY = timedelta(days=1)


class Town:
    """A random tree of places, not all branches of one depth, with its volunteers and requests.

    What volunteers have taken, kept and been asked is random too: some are at their cap or over
    it, hold what clashes, have declined or stayed silent.
    """

    def __init__(self, chance: random.Random, now: datetime) -> None:
        self.chance, self.now = chance, now
        self.places: list[dict[str, Any]] = []
        self._grow(None, "/", 0)
        self.paths = [place["path"] for place in self.places]

    def _grow(self, parent_id: int | None, above: str, depth: int) -> None:
        number = len(self.places) + 1
        path = child_path(above, number)
        self.places.append(
            {"id": number, "parent_id": parent_id, "kind": KINDS[depth], "name": "…",
             "code": f"p{number}", "path": path, "sought": ""}
        )  # fmt: skip
        if depth + 1 < len(KINDS) and (depth < 2 or self.chance.random() < 0.8):
            for _ in range(self.chance.randint(1, 3)):
                self._grow(number, path, depth + 1)

    async def build(self, session: Session) -> None:
        """Write all rows."""
        await self._write(session, PlaceRow, self.places)
        people = [self._person(number) for number in range(1, PEOPLE + 1)]
        await self._write(session, PersonRow, people)
        volunteers = [self._volunteer(number) for number in range(1, PEOPLE + 1)]
        await self._write(session, VolunteerRow, volunteers)
        skills, served = [], []
        for number in range(1, PEOPLE + 1):
            few = self.chance.sample(list(Skill), self.chance.randint(0, 5))
            skills += [{"person_id": number, "skill": skill} for skill in few]
            places = self.chance.sample(range(1, len(self.places) + 1), self.chance.randint(0, 3))
            places += [1] if self.chance.random() < 0.5 and 1 not in places else []
            served += [{"person_id": number, "place_id": place} for place in places]
        await self._write(session, SkillRow, skills)
        await self._write(session, ServedPlaceRow, served)
        numbers = range(1, REQUESTS + 1)
        self.requests = {number: self._request(number) for number in numbers}
        self.claims = [claim for number in numbers for claim in self._claims(number)]
        self.offers = [offer for number in numbers for offer in self._offers(number)]
        await self._write(session, RequestRow, [*self.requests.values()])
        await self._write(session, ClaimRow, self.claims)
        await self._write(session, OfferRow, self.offers)

    async def _write(self, session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
        await session.execute(insert(table), rows)

    def _person(self, number: int) -> dict[str, Any]:
        rare = self.chance.random
        return {
            "id": number, "name": "…", "language": "en", "created_at": self.now,
            "telegram_id": None if rare() < 0.1 else number,
            "place_id": None if rare() < 0.1 else self.chance.randint(1, len(self.places)),
            "left_at": self.now if rare() < 0.05 else None,
            "unreachable_at": self.now if rare() < 0.05 else None,
        }  # fmt: skip

    def _volunteer(self, number: int) -> dict[str, Any]:
        return {
            "person_id": number, "load_cap": self.chance.randint(1, 6),
            "hours": self.chance.randint(1, ALL_HOURS),
            "state": self.chance.choice([State.ACTIVE] * 5 + [State.PAUSED]),
            "applied_at": self.now, "changed_at": self.now,
        }  # fmt: skip

    def _request(self, number: int) -> dict[str, Any]:
        start_at = self.now + self.chance.uniform(-2, 3) * DAY
        return {
            "id": number, "community_id": 1, "number": number, "token": f"t{number}",
            "requester_id": 1, "beneficiary_id": 1, "place_id": 1, "channel": "bot",
            "category": "…", "text": "…", "urgency": "ordinary", "hands": 1, "held": 0, "line": 0,
            "ring": 0,
            "start_at": None if self.chance.random() < 0.3 else start_at,
            "state": self.chance.choice([*RequestState]), "answer_by": self.now,
            "promised_by": self.now, "created_at": self.now, "changed_at": self.now,
            "unconfirmed": False, "calls": 0,
        }  # fmt: skip

    def _claims(self, request_id: int) -> list[dict[str, Any]]:
        """Let some have claimed a request, now or long ago; each has one claim on it."""
        people = self.chance.sample(range(1, PEOPLE + 1), self.chance.randint(0, 30))
        return [self._claim(request_id, *each) for each in enumerate(people, 1)]

    def _claim(self, request_id: int, line: int, person_id: int) -> dict[str, Any]:
        state = self.chance.choice([*ClaimState, ClaimState.HELD, ClaimState.DONE])
        held_at = self.now - self.chance.choice([1, 29, 31, 200]) * DAY
        done_at = held_at + self.chance.choice([0, 25]) * DAY
        return {
            "request_id": request_id, "person_id": person_id, "line": line, "state": state,
            "created_at": held_at, "held_at": None if state == ClaimState.WAITING else held_at,
            "done_at": done_at if state == ClaimState.DONE else None,
        }  # fmt: skip

    def _offers(self, request_id: int) -> list[dict[str, Any]]:
        """Let some have been asked: they stay silent, have declined, or have claimed."""
        people = self.chance.sample(range(1, PEOPLE + 1), self.chance.randint(0, 120))
        return [
            {"request_id": request_id, "person_id": person_id, "ring": 1, "points": 1.0,
             "reasons": [], "state": self.chance.choice([*OfferState]), "asked_at": self.now}
            for person_id in people
        ]  # fmt: skip

    def wanted(self) -> Wanted:
        """Look for somebody somewhere, for some skills or none."""
        skills = self.chance.sample(list(Skill), self.chance.choice([0, 1, 2, 6, 14]))
        return Wanted(
            request_id=self.chance.randint(1, REQUESTS), path=self.chance.choice(self.paths),
            needed=frozenset(skills),
            slot=1 << self.chance.randint(0, 27), loaded_since=self.now - 30 * DAY,
            kept_since=self.now - 180 * DAY, busy_from=self.now, busy_until=self.now + DAY,
            about_now=self.chance.random() < 0.5,
            excluded=frozenset(self.chance.sample(range(1, PEOPLE + 1), 2)),
            now=self.now, hour=self.now.hour, urgent=self.chance.random() < 0.2,
            whom=self.chance.choice([*Whom]),
            limit=self.chance.choice([1, 2, 5, 20, 100, 500]),
        )  # fmt: skip

    def check(self, one: Candidate, wanted: Wanted) -> None:
        """Recount what is said of somebody who was found, and that they may be asked."""
        theirs = [claim for claim in self.claims if claim["person_id"] == one.person_id]
        weighing = [claim for claim in theirs if claim["state"] in LOADING]
        since = wanted.loaded_since
        assert one.load == sum(claim["held_at"] > since for claim in weighing) < one.load_cap
        done = [claim["done_at"] for claim in theirs if claim["state"] == ClaimState.DONE]
        assert one.kept == sum(at > wanted.kept_since for at in done)
        assert not any(self._is_against(claim, wanted) for claim in theirs)
        asked = {
            offer["state"]
            for offer in self.offers
            if (offer["request_id"], offer["person_id"]) == (wanted.request_id, one.person_id)
        }
        allowed: dict[Whom, set[OfferState]] = {Whom.NEW: set(), Whom.SILENT: {OfferState.ASKED}}
        assert asked == allowed.get(wanted.whom, asked)

    def _is_against(self, claim: dict[str, Any], wanted: Wanted) -> bool:
        """Tell whether whoever has a claim is not to be asked, for that claim."""
        if claim["request_id"] == wanted.request_id:
            return claim["state"] in OPEN_CLAIM
        request = self.requests[claim["request_id"]]
        if claim["state"] not in HOLDING or request["state"] not in LIVE:
            return False
        start_at = request["start_at"]
        clashes = start_at is not None and wanted.busy_from < start_at < wanted.busy_until
        return clashes or (wanted.about_now and claim["state"] == ClaimState.ON_WAY)


@pytest.mark.parametrize("seed", range(3))
async def test_the_search_outwards_finds_the_same(
    sessions: Sessions, now: datetime, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town(random.Random(seed), now)
    stopped = 0
    async with transaction(sessions) as session:
        await town.build(session)
        for _ in range(TRIES):
            wanted = town.wanted()
            found = await candidates(session, wanted)
            everybody = await _looking_at_everybody(session, wanted)
            assert found == everybody
            for one in found:
                town.check(one, wanted)
            stopped += len(found) == wanted.limit
        monkeypatch.setattr(searching, "MOST_NEAR", 3)
        for _ in range(TRIES // 3):
            wanted = replace(town.wanted(), limit=2)
            assert await candidates(session, wanted) == await _looking_at_everybody(session, wanted)
    assert TRIES / 10 < stopped < TRIES


async def _looking_at_everybody(session: Session, wanted: Wanted) -> Sequence[Candidate]:
    return await searching._first(session, wanted, None)  # the statement that stands at the end
