"""Short ways to propose, to agree, to look in, and to let the clock go on."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import select

from models.care.actions import (
    calls,
    due,
    ending,
    follow_ups,
    gifts,
    homes,
    pairs,
    proposing,
    surveying,
)
from models.care.actions.proposing import CareWish
from models.care.queries.calls import call_view
from models.care.queries.homes import home_view
from models.care.records import NAME
from models.care.rules.notices import Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CareRhythm
from models.care.rules.states import CareReason, PairPart
from models.care.survey_rules import SurveyReminder
from models.care.tables import CareConcernRow, CareHomeRow, CarePairRow
from models.care.views import CallView, HomeView
from models.database import transaction
from models.routines.rules import OccasionState
from models.routines.tables import OccasionRow
from tests.help.street import Street
from tests.passing import TimePasses

EFFECTS: dict[str, Any] = {
    Reminder.OPENS: due.opens,
    Reminder.HALF: due.half,
    Reminder.DAY: due.day,
    Reminder.NEXT: due.next_,
    Reminder.ENDS: due.ends,
    Reminder.REVIEW: due.review,
    Reminder.CLOSES: ending.closes,
    Reminder.CONCERN: due.concern,
    Reminder.CONCERN_WAITS: due.concern_waits,
    Reminder.CONCERN_ASK: follow_ups.ask,
    Reminder.CONCERN_SILENT: follow_ups.silent,
    Reminder.GIFTS_LEFT: gifts.left,
    Reminder.GIFTS_OVER: gifts.over,
    SurveyReminder.OVER: surveying.over,
    SurveyReminder.AGAIN: surveying.again,
}

WISH = CareWish(CareRhythm.WEEKLY, 2, (CareReason.ALONE, CareReason.FRAIL), "喜欢下棋")
"""On Wednesdays; the tests' now is a Monday."""


@dataclass
class Lane(TimePasses):
    """A street, and whoever looks in on whom."""

    effects: ClassVar = {str(kind): effect for kind, effect in EFFECTS.items()}

    street: Street

    async def does(self, act: Any, name: str, *given: Any, **named: Any) -> Any:
        """Act as somebody, in a transaction of its own."""
        async with transaction(self.street.sessions) as session:
            actor = await self.street.actor(session, name)
            return await act(session, actor, *given, now=self.street.now, **named)

    async def proposed(self, whom: str = "wang", visitor: str | None = "li", **wish: Any) -> int:
        """Propose somebody as the office; give the home."""
        given = {
            "rhythm": WISH.rhythm,
            "weekday": WISH.weekday,
            "reasons": WISH.reasons,
            "wishes": WISH.wishes,
            "visitor_id": self.street.people[visitor] if visitor else None,
        }
        made = await self.does(
            proposing.propose, "zhao", self.street.people[whom], CareWish(**(given | wish))
        )
        assert made.outcome is CareOutcome.PROPOSED, made
        assert made.home_id is not None
        return made.home_id

    async def agreed(self, whom: str = "wang", visitor: str | None = "li", **wish: Any) -> int:
        """Let somebody be looked in on by a neighbour, both having agreed."""
        home_id = await self.proposed(whom, visitor, **wish)
        assert await self.does(homes.agree, whom, home_id) is CareOutcome.AGREED
        if visitor:
            await self.pairs_up(visitor, home_id)
        return home_id

    async def pairs_up(self, name: str, home_id: int) -> None:
        pair = await self.pair(name, home_id)
        assert await self.does(pairs.take_on, name, pair.id) is CareOutcome.PAIRED

    async def instead(self, name: str, home_id: int = 1, part: PairPart = PairPart.INSTEAD) -> int:
        """Let a neighbour come instead, all having agreed; give the pair."""
        whose = await self.whose(home_id)
        person_id = self.street.people[name]
        named = await self.does(pairs.name_neighbour, "zhao", home_id, person_id, part)
        assert named is CareOutcome.NAMED, named
        pair = await self.pair(name, home_id)
        assert await self.does(pairs.welcome, whose, pair.id) is CareOutcome.WELCOMED
        await self.pairs_up(name, home_id)
        return pair.id

    async def whose(self, home_id: int) -> str:
        async with transaction(self.street.sessions) as session:
            home = await session.get_one(CareHomeRow, home_id)
        return next(name for name, one in self.street.people.items() if one == home.person_id)

    async def closed(self) -> None:
        """Let the time go by within which an end can be taken back."""
        await self.passes(hours=25)

    async def pair(self, name: str, home_id: int = 1) -> CarePairRow:
        async with transaction(self.street.sessions) as session:
            found = await session.scalars(
                select(CarePairRow)
                .where(
                    CarePairRow.person_id == self.street.people[name],
                    CarePairRow.home_id == home_id,
                )
                .order_by(CarePairRow.id.desc())
            )
            row = found.first()
            assert row is not None
            return row

    async def home(self, home_id: int = 1) -> CareHomeRow:
        async with transaction(self.street.sessions) as session:
            return await session.get_one(CareHomeRow, home_id)

    async def view(self, name: str, home_id: int = 1) -> HomeView:
        seen = await self.does(home_view, name, home_id)
        assert isinstance(seen, HomeView), seen
        return seen

    async def call(self, name: str, occasion_id: int) -> CallView:
        seen = await self.does(call_view, name, occasion_id)
        assert isinstance(seen, CallView), seen
        return seen

    async def occasions(self, home_id: int = 1) -> list[OccasionRow]:
        """List the call-ons of a home, in the order of their windows."""
        async with transaction(self.street.sessions) as session:
            found = await session.scalars(
                select(OccasionRow)
                .where(OccasionRow.subject == NAME, OccasionRow.subject_id == home_id)
                .order_by(OccasionRow.opens_at)
            )
            return list(found)

    async def stands(self, occasion_id: int) -> OccasionState:
        async with transaction(self.street.sessions) as session:
            return OccasionState((await session.get_one(OccasionRow, occasion_id)).state)

    async def concerns(self) -> list[CareConcernRow]:
        async with transaction(self.street.sessions) as session:
            return list(await session.scalars(select(CareConcernRow).order_by(CareConcernRow.id)))

    async def opened(self, home_id: int = 1) -> int:
        """Go to where the next call-on of a home opens; give it."""
        ahead = [one for one in await self.occasions(home_id) if one.opens_at > self.street.now]
        await self.until(ahead[0].opens_at)
        return ahead[0].id

    async def made(self, name: str, occasion_id: int, *rest: Any) -> Any:
        """Come and report as a visitor."""
        assert await self.does(calls.coming, name, occasion_id) is CareOutcome.COMING
        return await self.does(calls.report, name, occasion_id, *rest)
