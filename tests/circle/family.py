"""Short ways to name people and to answer."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.circle import actions
from models.circle.queries import contacts_of
from models.circle.rules import Tie
from models.circle.tables import CircleRow
from models.circle.views import NamedMember
from models.database import transaction
from tests.help.street import Street


@dataclass
class Family:
    """A street, and who looks after whom in it."""

    street: Street

    async def does(self, act: Any, name: str, *given: Any, **named: Any) -> Any:
        """Act as somebody, in a transaction of its own."""
        async with transaction(self.street.sessions) as session:
            actor = await self.street.actor(session, name)
            return await act(session, actor, *given, now=self.street.now, **named)

    async def names(self, member: str, *, by: str = "wang", **named: Any) -> NamedMember:
        """Name somebody whom the bot knows."""
        member_id = self.street.people[member]
        if isinstance(whom := named.pop("whom", None), str):
            named["whom"] = self.street.people[whom]
        made: NamedMember = await self.does(actions.add_contact, by, member_id, Tie.CHILD, **named)
        return made

    async def has(self, *members: str, whose: str = "wang") -> list[int]:
        """Let these be in somebody's circle, agreed."""
        found = []
        for member in members:
            named = await self.names(member, by=whose)
            assert named.circle_id is not None, named
            await self.does(actions.agree, member, named.circle_id)
            found.append(named.circle_id)
        return found

    async def contacts(self, whose: str = "wang") -> list[str]:
        """List who is asked, in order, by name; '' for somebody without the bot."""
        names = {person_id: name for name, person_id in self.street.people.items()}
        async with transaction(self.street.sessions) as session:
            found = await contacts_of(session, self.street.people[whose])
        return [names[one.member_id] if one.member_id else "" for one in found]

    async def rows(self) -> list[CircleRow]:
        async with transaction(self.street.sessions) as session:
            return list(await session.scalars(select(CircleRow).order_by(CircleRow.id)))
