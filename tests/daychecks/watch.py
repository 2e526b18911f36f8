"""Short ways to have a day check, to give a sign, and to let the clock go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from handlers.i18n import speaking
from handlers.notices import render
from handlers.screen import Screen
from models.database import transaction
from models.daychecks.actions import asking, ladder, wishes
from models.daychecks.actions.signs import gave_sign
from models.daychecks.queries import day, my_check
from models.daychecks.rules.hours import CheckHours
from models.daychecks.rules.notices import Notice, Reminder
from models.daychecks.rules.states import DayOutcome, DayState
from models.daychecks.tables import DayRow, DayToldRow
from models.daychecks.views import CheckView, DayView
from models.outbox.tables import OutboxRow
from models.outbox.views import Notice as OutboxNotice
from models.people.rules import Sign
from models.people.tables import PersonRow
from models.reminders.actions import settle_all
from models.reminders.rules import State, is_late
from models.reminders.tables import ReminderRow
from models.reminders.views import Due
from tests.circle.family import Family

EFFECTS: dict[str, Any] = {
    Reminder.ASK: asking.ask_all,
    Reminder.CLIMB: ladder.climb,
    Reminder.LISTEN: ladder.listen,
}
TOLD = (Notice.CONTACT, Notice.CALL, Notice.NEAR, Notice.DESK)


def shanghai(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """Return an instant of November by Shanghai's clocks; tests begin on the 23rd at noon."""
    at = datetime.fromisoformat(f"2026-11-{day:02}T{hour:02}:{minute:02}:00+08:00")
    return at.astimezone(UTC)


@dataclass
class Watch:
    """A family, and the clock over it."""

    family: Family

    @property
    def street(self) -> Any:
        return self.family.street

    async def does(self, act: Any, name: str, *given: Any, **named: Any) -> Any:
        return await self.family.does(act, name, *given, **named)

    async def on(self, hour: int = 8, second: int | None = None, name: str = "wang", **wish: Any):
        """Switch somebody's day check on."""
        done = await self.does(wishes.switch_on, name, CheckHours(hour, second), **wish)
        assert done is DayOutcome.SWITCHED_ON, done

    async def sign(self, name: str = "wang", words: str = "", voice: str = "") -> bool:
        """Let somebody do something, as a turn takes it; whether a sign was looked for."""
        async with transaction(self.street.sessions) as session:
            actor = await self.street.actor(session, name)
            if actor.sign_from is None or self.street.now < actor.sign_from:
                return False
            sign = Sign(self.street.now, words, voice)
            await gave_sign(session, actor.id, sign, self.street.now)
            return True

    async def until(self, at: datetime) -> None:
        """Let the clock go on; every reminder on the way does what it does, at its instant."""
        while (found := await self._next(at)) is not None:
            self.street.now = max(self.street.now, found.due_at)
            await self.fire([found])
        self.street.now = at

    async def back_at(self, at: datetime) -> None:
        """Let the bot have been down until an instant: then everything due comes at once."""
        self.street.now = at
        while (found := await self._next(at)) is not None:
            await self.fire([found])

    async def fire(self, rows: Sequence[ReminderRow]) -> None:
        """Fire reminders of one kind together."""
        now = self.street.now
        dues = [
            Due(one.id, one.kind, one.subject_id, one.due_at, is_late(one.due_at, now), {})
            for one in rows
        ]
        async with transaction(self.street.sessions) as session:
            fires = await settle_all(session, dues, now)
            effect = EFFECTS[rows[0].kind]
            if rows[0].kind == Reminder.ASK:
                await effect(session, fires, now)
            else:
                for one in fires:
                    await effect(session, one, now)

    async def _next(self, at: datetime) -> ReminderRow | None:
        async with transaction(self.street.sessions) as session:
            return await session.scalar(
                select(ReminderRow)
                .where(
                    ReminderRow.kind.in_([str(kind) for kind in EFFECTS]),
                    ReminderRow.state == State.PENDING,
                    ReminderRow.due_at <= at,
                )
                .order_by(ReminderRow.due_at, ReminderRow.id)
                .limit(1)
            )

    async def days(self) -> list[DayRow]:
        async with transaction(self.street.sessions) as session:
            return list(await session.scalars(select(DayRow).order_by(DayRow.day, DayRow.part)))

    async def states(self) -> list[DayState]:
        return [DayState(row.state) for row in await self.days()]

    async def told(self) -> list[str]:
        """List who was told of a silence, in order, by name."""
        names = {person_id: name for name, person_id in self.street.people.items()}
        async with transaction(self.street.sessions) as session:
            found = await session.scalars(select(DayToldRow.person_id).order_by(DayToldRow.id))
            return [names[one] for one in found]

    async def queued(self, *kinds: Notice) -> list[tuple[str, str]]:
        """List (kind, name) of what was queued anew, in order."""
        names = {person_id: name for name, person_id in self.street.people.items()}
        async with transaction(self.street.sessions) as session:
            rows = await session.execute(
                select(OutboxRow.kind, OutboxRow.recipient_id)
                .where(OutboxRow.kind.in_(kinds or [*Notice]), OutboxRow.target_id.is_(None))
                .order_by(OutboxRow.id)
            )
            return [(kind.removeprefix("daychecks."), names[one]) for kind, one in rows.all()]

    async def shown(self, kind: Notice, name: str, *, late: bool = False, placed: bool = False):
        """Render a notice of the last day for somebody, in English."""
        last = (await self.days())[-1]
        async with transaction(self.street.sessions) as session:
            detail = {"late": True} if late else {}
            notice = OutboxNotice(
                kind=kind,
                subject_id=last.id,
                recipient_id=self.street.people[name],
                detail=detail,
                now=self.street.now,
                in_place=placed,
            )
            with speaking("en"):
                found = await render(session, notice)
        return found.full_text() if isinstance(found, Screen) else found

    async def view(self, name: str) -> DayView:
        last = (await self.days())[-1]
        seen = await self.does(day, name, last.id)
        assert isinstance(seen, DayView), seen
        return seen

    async def check(self, name: str = "wang") -> CheckView | None:
        found: CheckView | None = await self.does(my_check, name)
        return found

    async def sign_from(self, name: str = "wang") -> datetime | None:
        async with transaction(self.street.sessions) as session:
            row = await session.get_one(PersonRow, self.street.people[name])
            return row.sign_from

    async def passes(self, **span: float) -> None:
        await self.until(self.street.now + timedelta(**span))

    async def tries_on(self, hour: int, name: str = "wang") -> Any:
        return await self.does(wishes.switch_on, name, CheckHours(hour))
