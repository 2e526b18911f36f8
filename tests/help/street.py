"""A street with people in every part, and short ways to act as any of them."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Self

from sqlalchemy import func, select

from models.categories import Skill
from models.database import Session, Sessions, transaction
from models.help.actions import claims as claiming
from models.help.actions import filing
from models.help.rules.outcomes import Claimed, FileOutcome
from models.help.rules.policy import Urgency
from models.help.rules.states import LIVE, ClaimState, State
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.help.views import Draft
from models.outbox.tables import OutboxRow
from models.people.queries import person_by_id
from models.people.rules import CONSENT_VERSION, Role
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.actions.growing import plant
from models.places.rules import PlaceKind
from models.places.views import Place
from models.reminders.tables import ReminderRow
from models.roles.actions.granting import appoint
from models.volunteers.actions import sign_up
from models.volunteers.rules import ALL_HOURS, Offered
from tests.kept import once

_accounts = count(500_000)
_tokens = count()


@dataclass
class Street:
    """One street of two communities; `people` by name."""

    sessions: Sessions
    now: datetime
    places: dict[str, Place] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def moved_to(self, sessions: Sessions) -> Self:
        """Return the same street in another database."""
        return replace(self, sessions=sessions, places=dict(self.places), people=dict(self.people))

    async def add(
        self, name: str, home: str | None = "b1", *, telegram: bool = True, proxy: str | None = None
    ) -> int:
        """Let somebody register, or be entered without Telegram."""
        async with transaction(self.sessions) as session:
            row = PersonRow(
                telegram_id=next(_accounts) if telegram else None,
                name=name,
                language="zh_Hans",
                place_id=self.places[home].id if home else None,
                proxy_id=self.people[proxy] if proxy else None,
                consent_version=CONSENT_VERSION if telegram else None,
                created_at=self.now,
            )
            session.add(row)
            await session.flush()
            self.people[name] = row.id
            return row.id

    async def lose(self, name: str) -> None:
        """Let somebody be out of reach: they have blocked the bot."""
        async with transaction(self.sessions) as session:
            (await session.get_one(PersonRow, self.people[name])).unreachable_at = self.now

    async def grant(self, name: str, role: Role, at: str) -> None:
        """Give a role at a place."""
        async with transaction(self.sessions) as session:
            await appoint(session, self.people[name], role, self.places[at].id, now=self.now)

    async def volunteer(
        self,
        name: str,
        home: str = "b1",
        *skills: Skill,
        cap: int = 30,
        hours: int = ALL_HOURS,
        serves: str = "gui",
    ) -> int:
        """Let somebody register and volunteer for a place."""
        person_id = await self.add(name, home)
        offered = Offered(frozenset(skills), frozenset({self.places[serves].id}), hours, cap)
        async with transaction(self.sessions) as session:
            actor = await self.actor(session, name)
            await sign_up(session, actor, offered, now=self.now, at_once=True)
        return person_id

    async def actor(self, session: Session, name: str) -> Person:
        """Load somebody as a turn does."""
        person = await person_by_id(session, self.people[name])
        assert person is not None
        return person

    async def file(self, name: str = "wang", *, hands: int = 1, **fields: object) -> int:
        """File a request; give its id."""
        async with transaction(self.sessions) as session:
            filed = await filing.file_request(
                session, await self.actor(session, name), draft(hands=hands, **fields), now=self.now
            )
            assert filed.outcome is FileOutcome.FILED
            assert filed.receipt is not None
            return filed.receipt.request_id

    async def claim(self, name: str, request_id: int) -> Claimed:
        """Claim as somebody."""
        async with transaction(self.sessions) as session:
            actor = await self.actor(session, name)
            return await claiming.claim(session, actor, request_id, now=self.now)

    async def request(self, request_id: int) -> RequestRow:
        """Read a request in a session of its own."""
        async with transaction(self.sessions) as session:
            return await session.get_one(RequestRow, request_id)

    async def claims(self, request_id: int) -> dict[str, ClaimState]:
        """Read where everybody's latest claim stands, by name."""
        names = {person_id: name for name, person_id in self.people.items()}
        async with transaction(self.sessions) as session:
            rows = await session.scalars(
                select(ClaimRow).where(ClaimRow.request_id == request_id).order_by(ClaimRow.line)
            )
            return {names[row.person_id]: ClaimState(row.state) for row in rows}

    async def told(self, kind: str) -> list[str]:
        """List who a kind of notice was queued for, by name, cards changed in place left out."""
        names = {person_id: name for name, person_id in self.people.items()}
        async with transaction(self.sessions) as session:
            found = await session.scalars(
                select(OutboxRow.recipient_id)
                .where(OutboxRow.kind == kind, OutboxRow.target_id.is_(None))
                .order_by(OutboxRow.id)
            )
            return [names[person_id] for person_id in found if person_id is not None]

    async def lines(self, request_id: int) -> list[str]:
        """List the kinds of line in a timeline."""
        async with transaction(self.sessions) as session:
            found = await session.scalars(
                select(LineRow.what).where(LineRow.request_id == request_id).order_by(LineRow.id)
            )
            return list(found)

    async def pending(self, kind: str) -> list[datetime]:
        """List when reminders of a kind are due."""
        async with transaction(self.sessions) as session:
            found = await session.scalars(
                select(ReminderRow.due_at)
                .where(ReminderRow.kind == kind, ReminderRow.state == "pending")
                .order_by(ReminderRow.due_at)
            )
            return list(found)


def draft(**fields: object) -> Draft:
    """Make a form that asks for shopping, unless told otherwise."""
    given: dict[str, object] = {
        "token": f"form-{next(_tokens)}",
        "category": "errands.shopping",
        "urgency": Urgency.ORDINARY,
        "text": "米和油",
    }
    return Draft(**(given | fields))  # type: ignore[arg-type]  # the caller names real fields


async def check_counts(session: Session) -> None:
    """Recount every request from its claims: hands, state and line are as the claims say."""
    claims_of: dict[int, list[ClaimRow]] = defaultdict(list)
    for claim in await session.scalars(select(ClaimRow)):
        claims_of[claim.request_id].append(claim)
    for request in await session.scalars(select(RequestRow)):
        claims = claims_of[request.id]
        states = [ClaimState(claim.state) for claim in claims]
        filled = [s for s in states if s in {ClaimState.HELD, ClaimState.ON_WAY, ClaimState.DONE}]
        assert request.held == len(filled) <= request.hands
        open_of = [c.person_id for c in claims if c.state in {"waiting", "held", "on_way"}]
        assert len(open_of) == len(set(open_of)), "somebody holds and waits at once"
        if State(request.state) not in LIVE:
            assert not open_of, "a request that has ended still binds somebody"
        if ClaimState.WAITING in states:
            assert request.held == request.hands, "somebody waits though a hand is missing"


async def count_rows(session: Session, table: type[ClaimRow | LineRow | RequestRow]) -> int:
    """Count the rows of a table."""
    return await session.scalar(select(func.count()).select_from(table)) or 0


async def build(sessions: Sessions, now: datetime) -> Street:
    """Build places, a resident (wang), staff (zhao) and a secretary (zhou)."""
    return await once(_build, sessions, now)


async def _build(sessions: Sessions, now: datetime) -> Street:
    street = Street(sessions, now)
    tree = [
        ("street", None, PlaceKind.STREET, "桂花街道"),
        ("gui", "street", PlaceKind.COMMUNITY, "桂花社区"),
        ("lan", "street", PlaceKind.COMMUNITY, "兰花社区"),
        ("g1", "gui", PlaceKind.GRID, "第一网格"),
        ("g2", "gui", PlaceKind.GRID, "第二网格"),
        ("b1", "g1", PlaceKind.BUILDING, "1号楼"),
        ("b2", "g1", PlaceKind.BUILDING, "2号楼"),
        ("b4", "g2", PlaceKind.BUILDING, "4号楼"),
        ("l1", "lan", PlaceKind.BUILDING, "1号楼"),
    ]
    async with transaction(sessions) as session:
        for code, parent, kind, name in tree:
            above = street.places[parent] if parent else None
            street.places[code] = await plant(
                session, parent=above, kind=kind, name=name, code=f"t-{code}"
            )
    await street.add("wang", "b1")
    await street.add("zhao", "b2")
    await street.grant("zhao", Role.STAFF, "gui")
    await street.add("zhou", "b2")
    await street.grant("zhou", Role.SECRETARY, "gui")
    return street
