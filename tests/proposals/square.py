"""A community that deliberates: its people by name, and proposals put into any state."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select

from models.database import Sessions, transaction
from models.people.rules import Role
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.states import BEFORE_RECEPTION, State
from models.proposals.tables import ProposalLineRow, ProposalRow, SecondRow
from tests.help.street import Street, build
from tests.kept import once

T = TypeVar("T")

_numbers = count(1)


@dataclass
class Square(Street):
    """A street of two communities, and what is proposed in one of them, 'gui'."""

    async def put(
        self,
        author: str = "wang",
        state: State = State.SECONDING,
        *,
        backers: Iterable[str] = (),
        **fields: Any,
    ) -> int:
        """Write a proposal in a state straight into the table, backed by these; give its id."""
        number, backers = next(_numbers), list(backers)
        received = None if state in BEFORE_RECEPTION else self.now
        values: dict[str, Any] = {
            "community_id": self.places["gui"].id,
            "number": 100 + number,
            "token": f"put-{number}",
            "author_id": self.people[author],
            "anonymous": False,
            "seal": False,
            "place_id": self.places["gui"].id,
            "topic": ProposalTopic.FACILITIES,
            "title": "加装电梯",
            "problem": "老人上下楼很吃力",
            "wish": "装一部电梯",
            "version": 1,
            "state": state,
            "submitted_at": self.now,
            "changed_at": self.now,
            "receive_by": self.now + timedelta(days=3),
            "received_at": received,
            "seconds": len(backers),
            "needed": 3,
            "second_by": self.now + timedelta(days=14) if received else None,
        }
        async with transaction(self.sessions) as session:
            row = ProposalRow(**(values | fields))
            session.add(row)
            await session.flush()
            for name in backers:
                session.add(
                    SecondRow(
                        proposal_id=row.id,
                        person_id=self.people[name],
                        version=row.version,
                        at=self.now,
                    )
                )
            return row.id

    async def act(
        self, name: str, action: Callable[..., Awaitable[T]], *given: Any, **more: Any
    ) -> T:
        """Let somebody do something in a transaction of its own: `action(session, actor, …)`."""
        async with transaction(self.sessions) as session:
            actor = await self.actor(session, name)
            return await action(session, actor, *given, now=self.now, **more)

    async def proposal(self, proposal_id: int) -> ProposalRow:
        """Read a proposal in a session of its own."""
        async with transaction(self.sessions) as session:
            return await session.get_one(ProposalRow, proposal_id)

    async def timeline(self, proposal_id: int) -> list[str]:
        """List the kinds of line of a proposal."""
        async with transaction(self.sessions) as session:
            found = await session.scalars(
                select(ProposalLineRow.what)
                .where(ProposalLineRow.proposal_id == proposal_id)
                .order_by(ProposalLineRow.id)
            )
            return list(found)

    async def backing(self, proposal_id: int) -> dict[str, int]:
        """Read whose second stands, and for which version, by name."""
        names = {person_id: name for name, person_id in self.people.items()}
        async with transaction(self.sessions) as session:
            rows = await session.scalars(
                select(SecondRow).where(
                    SecondRow.proposal_id == proposal_id, SecondRow.withdrawn_at.is_(None)
                )
            )
            return {names[row.person_id]: row.version for row in rows}

    def later(self, **span: float) -> datetime:
        """Let time pass: give the present, which every act from now on takes place in."""
        self.now += timedelta(**span)
        return self.now


async def gather(sessions: Sessions, now: datetime) -> Square:
    """Build places, author, neighbours (li, chen, wu), a member (he), staff, two secretaries."""
    return await once(_gather, sessions, now)


async def _gather(sessions: Sessions, now: datetime) -> Square:
    street = await build(sessions, now)
    square = Square(street.sessions, street.now, street.places, street.people)
    for name, home in (("li", "b1"), ("chen", "b2"), ("wu", "b4"), ("he", "b4"), ("lan", "l1")):
        await square.add(name, home)
    await square.grant("he", Role.PARTY_MEMBER, "gui")
    await square.add("qian", "b4")
    await square.grant("qian", Role.SECRETARY, "gui")
    return square
