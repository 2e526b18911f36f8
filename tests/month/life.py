"""What befalls the town: people need help, desks open, some grow tired of it all."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from models.database import Session, transaction
from models.gatherings.actions.planning import announce, call_off
from models.gatherings.rules import GatheringKind, Plan
from models.gatherings.tables import GatheringRow
from models.help.actions.filing import file_request
from models.help.rules.policy import Urgency
from models.help.views import Draft
from models.hours.holidays import is_workday
from models.leaving import actions as leaving
from models.outbox.reaching import recognise
from models.people.desks import place_of_desk
from models.people.rules import Role
from models.people.views import Person
from models.volunteers import actions as volunteers
from tests.month import cared, guarded, served
from tests.month.clock import Agenda, Deed, TownClock, local, on_wall
from tests.month.house import House
from tests.month.office import Office
from tests.month.people import Crowd
from tests.month.town import ASKED_FOR, Neighbour, Town
from tests.month.troubles import Troubles

URGENCIES = {Urgency.ORDINARY: 60, Urgency.URGENT: 28, Urgency.COMPLEX: 12}
EMERGENCIES = 0.04
"""Share of the requests that cannot wait; they come at any hour."""
AT_A_TIME = 0.3
"""Share of the others that are wanted at an instant, in the next three days."""
WRITTEN = 0.15
"""Share of the requests that are asked for in the chat, question by question."""
IN_OWN_WORDS = (
    "家里水管漏水了，能来人看看吗",
    "想请人帮忙买点米和油",
    "Could somebody help me with my phone?",
)
CARE_LOOKED_AT = 0.5
"""Share of the days on which staff open care by themselves."""
BY_DAY = (7.5, 21.0)
MORNING = 7.5
"""Hour on the wall at which quiet hours end."""
REST = timedelta(minutes=1)
"""After the last day: what could not leave during it leaves now."""

FOR_EVER = datetime.max.replace(tzinfo=UTC)

Act = Callable[[Session, Person, datetime], Awaitable[object]]
"""What a handler would do for somebody in their turn's transaction."""


class Life:
    """One stretch of days, from `begins` on, in one town."""

    def __init__(
        self,
        town: Town,
        house: House,
        crowd: Crowd,
        agenda: Agenda,
        clock: TownClock,
        office: Office,
        rng: Random,
    ) -> None:
        self._town, self._house, self._crowd = town, house, crowd
        self.office = office
        self.agenda, self._clock, self._rng = agenda, clock, rng
        self.begins = clock.now()
        self.troubles = Troubles(house, agenda, clock, rng)
        self.pauses: dict[int, list[tuple[datetime, datetime]]] = {}
        """When volunteers, by row id, did not want to be asked."""

    async def live(self, days: int) -> None:
        """Let so many days pass."""
        ends = self.begins + timedelta(days=days)
        self._plan_care(days)
        self._plan_service(days)
        self._plan_safety(days)
        for day in range(days):
            self._plan(self.begins + timedelta(days=day))
        self._plan_fates(days)
        self.troubles.plan(self.begins, days)
        while (at := self._next()) is not None and at < ends:
            self._clock.move_to(at)
            for deed in self.agenda.due(at):
                if (waited := deed()) is not None:
                    await waited
            await self._house.settle()
        await self._come_to_rest(ends)

    def _next(self) -> datetime | None:
        """Tell when something happens next: in town, or in the house by itself."""
        instants = (self.agenda.next_at, self._house.due_at)
        return min((at for at in instants if at is not None), default=None)

    async def _come_to_rest(self, ends: datetime) -> None:
        """Let the last day end with the house up, Telegram there and everything done."""
        self._clock.move_to(ends)
        self._house.wire.away, self._clock.skew = False, timedelta()
        if not self._house.up:
            await self._house.start()
        await self._house.settle()
        while (at := self._house.due_at) is not None and at <= ends + REST:
            self._clock.move_to(at)
            await self._house.settle()

    def _plan(self, day: datetime) -> None:
        """Plan a day: who needs what, who looks in at the desk, the hourly work."""
        rng = self._rng
        for _ in range(max(round(rng.gauss(self._town.size.needs, 1.5)), 0)):
            emergency = rng.random() < EMERGENCIES
            hour = rng.uniform(0, 24) if emergency else rng.uniform(*BY_DAY)
            self._plan_need(on_wall(day, hour), emergency=emergency)
        for one in self._town.people.values():
            for hour, command in self._routine(one) if is_workday(local(day).date()) else ():
                self.agenda.add(on_wall(day, hour), self._saying(one, command))
        self._plan_gathering(day)
        for one in rng.sample(self._town.volunteers, 1):
            self.agenda.add(on_wall(day, rng.uniform(9, 20)), self._saying(one, "/care"))
        for hour in range(0, 24, 3):
            self.agenda.add(on_wall(day, hour), self._house.hourly)
        self.agenda.add(on_wall(day, MORNING), self._house.stir)  # what waited for the night

    def _routine(self, one: Neighbour) -> list[tuple[float, str]]:
        """Say at which hours of a working day somebody writes what to the bot by themselves."""
        match one.role:
            case Role.STAFF:
                hours = (self._rng.uniform(8.5, 11.5), self._rng.uniform(13.5, 17))
                said = [(hour, "/desk") for hour in hours]
                looks = self._rng.random() < CARE_LOOKED_AT
                return [*said, *([(self._rng.uniform(10, 16), "/care")] if looks else [])]
            case Role.SECRETARY:
                return [(self._rng.uniform(9, 16), "/desk")]
            case Role.ADMIN:
                return [(9.0, "/status")]
        return []

    def _saying(self, one: Neighbour, command: str) -> Deed:
        return lambda: self._crowd.say(one, command)

    def _plan_need(self, at: datetime, *, emergency: bool) -> None:
        """Plan what somebody will need at an instant, and how many hands."""
        rng, who = self._rng, self._rng.choice(self._town.residents)
        starts = None
        if rng.random() < AT_A_TIME and not emergency:
            starts = _daytime(at + timedelta(hours=rng.uniform(3, 72)))
        draft = Draft(
            token=f"{at.isoformat()}-{rng.getrandbits(32)}",
            category="emergency" if emergency else rng.choice(ASKED_FOR),
            urgency=rng.choices(list(URGENCIES), list(URGENCIES.values()))[0],
            text="请帮个忙，谢谢。",
            hands=1 if rng.random() < 0.85 else rng.randint(2, 4),
            beneficiary_id=self._whom(who),
            start_at=starts,
        )

        async def file(session: Session, actor: Person, now: datetime) -> None:
            filed = await file_request(session, actor, draft, now=now)
            if filed.receipt is not None and starts is not None:
                self._crowd.starts[filed.receipt.request_id] = starts

        if rng.random() < WRITTEN and not emergency:
            self.agenda.add(at, self._saying(who, rng.choice(IN_OWN_WORDS)))
        else:
            self.agenda.add(at, self._acting(who, file))

    def _plan_gathering(self, day: datetime) -> None:
        """Plan what the office announces in the morning for the day after, and who looks at it."""
        rng, hosts = self._rng, [p for p in self._town.people.values() if p.role is Role.STAFF]
        plan = Plan(
            token=f"{day.isoformat()}-{rng.getrandbits(32)}",
            kind=GatheringKind.CLASS,
            title="太极拳",
            words="穿宽松的衣服",
            where="花园",
            day=local(day).date() + timedelta(days=1),
            at=time(rng.randint(9, 16)),
            ends=time(18),
            seats=rng.randint(2, 5),
        )

        async def tell(session: Session, actor: Person, now: datetime) -> None:
            place_id = await place_of_desk(session, actor)
            await announce(session, actor, place_id or 0, plan, now=now)

        async def off(session: Session, actor: Person, now: datetime) -> None:
            one = await session.scalar(
                select(GatheringRow.id).where(GatheringRow.token == f"{plan.token}:0")
            )
            await call_off(session, actor, one or 0, "老师病了", now=now)

        host = rng.choice(hosts)
        self.agenda.add(on_wall(day, rng.uniform(8, 9)), self._acting(host, tell))
        if rng.random() < 0.2:
            self.agenda.add(on_wall(day, rng.uniform(17, 18)), self._acting(host, off))
        for one in rng.sample(self._town.residents, 8):
            at = on_wall(day, rng.uniform(9.5, 16))
            self.agenda.add(at, self._saying(one, "/gatherings"))

    def _plan_service(self, days: int) -> None:
        """Let people found teams, announce shifts, come to them, and look at what they saved."""
        dice = Random(self._rng.getrandbits(64))
        for one in served.plan(self._town, self.begins, days, dice):
            words = one.does if isinstance(one.does, str) else None
            deed = (
                self._acting(one.who, one.does) if words is None else self._saying(one.who, words)
            )
            self.agenda.add(one.at, deed)

    def _plan_safety(self, days: int) -> None:
        """Let staff walk rounds and put right what they find; let people declare and be blocked."""
        dice = Random(hash(self._rng.getstate()[1]))
        told = guarded.plan(self._town, self.office.canaries, self.begins, days, dice)
        for one in told:
            assert not isinstance(one.does, str)
            self.agenda.add(one.at, self._acting(one.who, one.does))

    def _plan_care(self, days: int) -> None:
        """Let the office propose who is looked in on, and let them be asked every day.

        For festivals it has them visited; it surveys everybody, and keeps a ledger.
        """
        for at, who, act in self.office.plan(self.begins, days):
            self.agenda.add(at, self._acting(who, act))
        for one in cared.choose(self._town, self.office.canaries, self._rng):
            morning = on_wall(self.begins, self._rng.uniform(8, 11))
            self.agenda.add(morning, self._acting(one.keeper, partial(cared.proposes, one)))
            noon = on_wall(self.begins, self._rng.uniform(11, 20))
            self.agenda.add(noon, self._acting(one.home, partial(cared.asks_daily, one)))

    def _whom(self, who: Neighbour) -> int | None:
        """Say for whom somebody asks: now and then for whom they speak."""
        theirs = [one for one, proxy in self._town.spoken_for.items() if proxy == who.account]
        return self._rng.choice(theirs) if theirs and self._rng.random() < 0.7 else None

    def _plan_fates(self, days: int) -> None:
        """Choose who pauses, who blocks the bot and comes back or not, and who leaves."""
        rng, tired = self._rng, self._rng.sample(self._town.volunteers, 8)
        for one in tired[:4]:
            self._plan_pause(one, self._some_time(days))
        self.agenda.add(self._some_time(days), self._acting(tired[4], _stop_helping))
        for one in (*tired[5:], *rng.sample(self._town.residents, 3)):
            at, person = self._some_time(days), self._crowd.person(one)
            self.agenda.add(at, person.block)
            if rng.random() < 0.6:
                self.agenda.add(at + timedelta(days=rng.uniform(0.1, 5)), self._coming_back(one))
        for one in rng.sample(self._town.residents, 2):
            self.agenda.add(self._some_time(days), self._acting(one, _leave))

    def _some_time(self, days: int) -> datetime:
        day = self.begins + timedelta(days=self._rng.randrange(days))
        return on_wall(day, self._rng.uniform(*BY_DAY))

    def _plan_pause(self, one: Neighbour, at: datetime) -> None:
        """Let a volunteer rest for some days."""

        async def pause(session: Session, actor: Person, now: datetime) -> None:
            await volunteers.pause(session, actor, now=now)
            self.pauses.setdefault(one.id, []).append(
                (now, datetime.max.replace(tzinfo=now.tzinfo))
            )

        async def resume(session: Session, actor: Person, now: datetime) -> None:
            await volunteers.resume(session, actor, now=now)
            began, _ = self.pauses[one.id][-1]
            self.pauses[one.id][-1] = (began, now)

        self.agenda.add(at, self._acting(one, pause))
        back = at + timedelta(days=self._rng.uniform(2, 8))
        self.agenda.add(back, self._acting(one, resume))

    def _coming_back(self, one: Neighbour) -> Deed:
        return lambda: self._crowd.start(one)

    def _acting(self, who: Neighbour, act: Act) -> Deed:
        """Do something as a handler would; while the house cannot hear it, try again later."""

        async def deed() -> None:
            real, now = self._house.real, self._clock.read()
            if real is None or self._house.wire.away:
                self.agenda.add(self._clock.now() + timedelta(minutes=30), deed)
                return
            async with transaction(real.sessions) as session:
                actor = await recognise(session, who.account, now)
                if actor is not None:
                    await act(session, actor, now)
            self._house.stir()

        return deed


async def _stop_helping(session: Session, actor: Person, now: datetime) -> None:
    await volunteers.leave(session, actor, now=now)


async def _leave(session: Session, actor: Person, now: datetime) -> None:
    await leaving.leave(session, actor, now=now)


def _daytime(at: datetime) -> datetime:
    """Give an instant at which people have others come: never at night."""
    hour = local(at).hour
    return at if 8 <= hour < 20 else on_wall(at, 9) + timedelta(days=hour >= 20)
