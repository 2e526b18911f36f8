"""Short ways to announce posts and to lend a hand."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, ClassVar
from zlib import crc32

from sqlalchemy import select

from models.database import transaction
from models.posts.actions import coming, due, planning, swapping
from models.posts.notices import Reminder, ShiftReminder
from models.posts.queries import my_shifts, open_posts, post, shift, shift_roster
from models.posts.rules import PostKind, PostPlan, WeeklyPlan
from models.posts.tables import PostRow, ShiftConfirmationRow, ShiftRow, ShiftSwapRow
from models.posts.views import PostView, ShiftView
from models.seats.rules import SeatState
from tests.help.street import Street
from tests.passing import TimePasses

PLAN = PostPlan(
    token="t",
    kind=PostKind.SHIFT,
    title="板报组",
    words="把新闻写到黑板上",
    where="门房旁边",
    seats=1,
    light=True,
    once=(date(2026, 12, 1), time(9), time(10, 30)),
)
"""One shift, some days after the tests' now."""
TUESDAYS = WeeklyPlan((1,), time(9), time(10, 30))

EFFECTS = {
    Reminder.ASK: due.ask_post,
    Reminder.FILL: due.fill_post,
    Reminder.STILL: due.still,
    Reminder.ERASE: due.erase_post,
    ShiftReminder.SOON: due.soon,
    ShiftReminder.DOOR: due.door,
    ShiftReminder.EARLY: due.early,
    ShiftReminder.ASK: due.ask_shift,
    ShiftReminder.SHORT: due.short,
    ShiftReminder.OVER: due.over,
    ShiftReminder.CONFIRM: due.confirm,
    ShiftReminder.ERASE: due.erase_shift,
}


@dataclass
class Quarter(TimePasses):
    """A street, and what is to be done there."""

    effects: ClassVar = {str(kind): effect for kind, effect in EFFECTS.items()}

    street: Street

    async def does(self, act: Any, who: str, /, *given: Any, **named: Any) -> Any:
        """Act as somebody, in a transaction of its own."""
        async with transaction(self.street.sessions) as session:
            actor = await self.street.actor(session, who)
            return await act(session, actor, *given, now=self.street.now, **named)

    async def announces(self, name: str = "zhao", place: str = "gui", **fields: Any) -> Any:
        plan = replace(
            PLAN, **({"token": f"{crc32(f'{name}:{place}:{fields}'.encode())}"} | fields)
        )
        return await self.does(planning.announce, name, self.street.places[place].id, plan)

    async def one(self, name: str = "zhao", **fields: Any) -> int:
        """Announce a post as the office, and return its number."""
        made = await self.announces(name, **fields)
        assert made.post_id is not None, made
        return int(made.post_id)

    async def held(self, **fields: Any) -> int:
        """Announce a post that somebody holds."""
        return await self.one(**({"kind": PostKind.STANDING, "once": None} | fields))

    async def neighbours(self, *names: str, home: str = "b1") -> None:
        for name in names:
            await self.street.add(name, home)

    async def comes(self, name: str, one: int = 1) -> Any:
        return await self.does(coming.claim_shift, name, one)

    async def takes(self, name: str, one: int = 1) -> Any:
        return await self.does(coming.claim_post, name, one)

    async def says(self, name: str, *, comes: bool, one: int = 1) -> Any:
        return await self.does(coming.answer_shift, name, one, comes=comes)

    async def says_of_post(self, name: str, *, comes: bool, one: int = 1) -> Any:
        return await self.does(coming.answer_post, name, one, comes=comes)

    async def seeks(self, name: str, one: int = 1) -> Any:
        return await self.does(swapping.ask_swap, name, one)

    async def stands_in(self, name: str, whom: str, one: int = 1) -> Any:
        return await self.does(swapping.step_in, name, one, self.street.people[whom])

    async def ticks(self, name: str, whom: str, one: int = 1, *, there: bool = True) -> Any:
        return await self.does(coming.tick, name, one, self.street.people[whom], there=there)

    async def post(self, name: str, one: int = 1) -> PostView:
        seen = await self.does(post, name, one)
        assert isinstance(seen, PostView), seen
        return seen

    async def shift(self, name: str, one: int = 1) -> ShiftView:
        seen = await self.does(shift, name, one)
        assert isinstance(seen, ShiftView), seen
        return seen

    async def stands(self, name: str, one: int = 1) -> SeatState | None:
        mine = (await self.shift(name, one)).mine
        return mine.state if mine else None

    async def listed(self, name: str) -> list[str]:
        """List the titles of what somebody is offered, in its order."""
        found = await self.does(open_posts, name)
        return [line.title for line in found.lines]

    async def mine(self, name: str) -> list[int]:
        return [line.id for line in await self.does(my_shifts, name)]

    async def roster(self, one: int = 1) -> dict[str, SeatState]:
        found = await self.does(shift_roster, "zhao", one)
        return {helper.who.name: helper.seat.state for helper in found.helpers}

    async def row(self, one: int = 1) -> ShiftRow:
        async with transaction(self.street.sessions) as session:
            return await session.get_one(ShiftRow, one)

    async def post_row(self, one: int = 1) -> PostRow:
        async with transaction(self.street.sessions) as session:
            return await session.get_one(PostRow, one)

    async def shifts(self) -> list[ShiftRow]:
        async with transaction(self.street.sessions) as session:
            return [*await session.scalars(select(ShiftRow).order_by(ShiftRow.starts_at))]

    async def swaps(self) -> list[ShiftSwapRow]:
        async with transaction(self.street.sessions) as session:
            return [*await session.scalars(select(ShiftSwapRow).order_by(ShiftSwapRow.id))]

    async def minutes(self) -> dict[str, int]:
        """Return the minutes that are confirmed, by name."""
        names = {person_id: name for name, person_id in self.street.people.items()}
        async with transaction(self.street.sessions) as session:
            rows = await session.scalars(select(ShiftConfirmationRow))
            return {names[row.person_id]: row.minutes for row in rows}
