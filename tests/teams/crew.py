"""Short ways to found teams and to join them."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import select

from models.database import transaction
from models.outbox.tables import OutboxRow
from models.records.rules import Refusal
from models.teams import actions
from models.teams.queries import roster_of, team
from models.teams.rules import Membership, Reminder
from models.teams.views import TeamRoster, TeamView
from tests.help.street import Street
from tests.passing import TimePasses


@dataclass
class Crew(TimePasses):
    """A street, and whoever helps together there."""

    effects: ClassVar = {str(Reminder.UNANSWERED): actions.unanswered}

    street: Street

    async def does(self, act: Any, who: str, /, *given: Any, **named: Any) -> Any:
        """Act as somebody, in a transaction of its own."""
        async with transaction(self.street.sessions) as session:
            actor = await self.street.actor(session, who)
            return await act(session, actor, *given, now=self.street.now, **named)

    async def founds(self, name: str = "zhao", **fields: Any) -> Any:
        said = {"token": "t", "name": "桂花帮帮队", "aim": "帮老人买菜"} | fields
        return await self.does(actions.found, name, self.street.places["gui"].id, **said)

    async def neighbours(self, *names: str) -> None:
        for name in names:
            await self.street.add(name, "b1")

    async def joined(self, *names: str) -> None:
        """Let neighbours ask, and be taken in by the office."""
        await self.neighbours(*names)
        for name in names:
            await self.does(actions.join, name, 1)
            await self.admits("zhao", name)

    async def admits(self, name: str, whom: str, *, take_in: bool = True) -> Any:
        return await self.does(actions.admit, name, 1, self.street.people[whom], take_in=take_in)

    async def leads(self, whom: str, *, lead: bool = True, name: str = "zhao") -> Any:
        return await self.does(actions.name_lead, name, 1, self.street.people[whom], lead=lead)

    async def view(self, name: str) -> TeamView:
        seen = await self.does(team, name, 1)
        assert isinstance(seen, TeamView), seen
        return seen

    async def stands(self, name: str) -> Membership | None:
        return (await self.view(name)).line.mine

    async def roster(self, name: str = "zhao") -> TeamRoster | Refusal:
        found: TeamRoster | Refusal = await self.does(roster_of, name, 1)
        return found

    async def told(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """List who was told something, by name, with the detail."""
        names = {number: name for name, number in self.street.people.items()}
        async with transaction(self.street.sessions) as session:
            rows = await session.execute(
                select(OutboxRow.recipient_id, OutboxRow.detail)
                .where(OutboxRow.kind == kind, OutboxRow.target_id.is_(None))
                .order_by(OutboxRow.id)
            )
            return [(names[one], detail or {}) for one, detail in rows.all()]
