"""What offices do about care in the course of days: festivals, the survey, the ledger."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from models.care.actions import gifts, ledger, survey, surveying
from models.care.gifts import arrangements
from models.care.ledger import CareLedger
from models.care.queries.survey import survey_places
from models.care.survey_rules import SurveyOutcome
from models.care.tables import CareAskingRow, CareGiftRow, CareHomeRow, CareLedgerRow
from models.care.waiting import gifts_open
from models.database import Session
from models.people.queries import person_by_id
from models.people.rules import Role
from models.people.views import Person
from models.places.tables import PlaceRow
from tests.month.books import opened_wrongly, wrong_ledger
from tests.month.canaries import Canaries
from tests.month.clock import local, on_wall
from tests.month.town import Neighbour, Town

ARRANGED_EVERY = 3
"""Days from one time that visits are arranged to the next, after the first two."""
ASKED_A_DAY = 4
"""Residents that one of the staff asks a day, those asked before among them."""
BOOKS_EVERY = 9
"""Days from one ledger to the next, beside the last day's."""
AT_THE_DOOR_YES = 0.6

Act = Callable[[Session, Person, datetime], Awaitable[object]]


class Office:
    """What staff and secretaries do by themselves, and what they find that is not as promised."""

    def __init__(self, town: Town, canaries: Canaries, rng: Random) -> None:
        self._town, self.canaries, self._rng = town, canaries, rng
        self.found: list[str] = []
        self.arranged: dict[int, datetime] = {}
        """When the visits of a round were arranged first, by its id."""
        self.books = 0
        """Ledgers with names that were recounted."""

    def plan(self, begins: datetime, days: int) -> Iterator[tuple[datetime, Neighbour, Act]]:
        """Say who does what when."""
        for day in range(days):
            midnight = begins + timedelta(days=day)
            for one in self._town.having(Role.STAFF):
                yield from self._of_staff(one, midnight, day)
            for one in self._town.having(Role.SECRETARY):
                if one.at != "street" and (day + 1) % BOOKS_EVERY == 0:
                    yield on_wall(midnight, 10), one, self.asks_for_the_book

    def _of_staff(
        self, one: Neighbour, midnight: datetime, day: int
    ) -> Iterator[tuple[datetime, Neighbour, Act]]:
        rng = self._rng
        if day < 2 or day % ARRANGED_EVERY == 0:
            yield on_wall(midnight, rng.uniform(18, 20)), one, self.arranges
        if day == 0:
            yield on_wall(midnight, rng.uniform(8, 9)), one, self.begins_survey
        near = [who for who in self._town.residents if who.home.startswith(one.at)]
        chosen = [who.id for who in rng.sample(near, min(ASKED_A_DAY, len(near) // 8))]
        if elders := sorted(self._town.spoken_for):
            chosen.append(rng.choice(elders))
        yield on_wall(midnight, rng.uniform(9, 17)), one, partial(self.asks, chosen)
        yield on_wall(midnight, 21), one, self.looks_at_what_waits

    async def arranges(self, session: Session, actor: Person, now: datetime) -> None:
        """Have homes visited for every festival that is near; all that agreed are on the list."""
        for one in await arrangements(session, actor, now=now):
            made = await gifts.arrange(session, actor, one.place_id, one.festival, now=now)
            if made.round_id is not None:
                self.arranged.setdefault(made.round_id, now)
            homes = set(await _agreed_below(session, one.place_id))
            listed = await session.scalars(
                select(CareGiftRow.home_id).where(
                    CareGiftRow.festival == one.festival,
                    CareGiftRow.year == one.day.year,
                    CareGiftRow.state != "off",
                )
            )
            self.found += [
                f"home {home} agreed, and is not on the list for {one.festival}"
                for home in sorted(homes - set(listed))
            ]

    async def begins_survey(self, session: Session, actor: Person, now: datetime) -> None:
        """Begin the survey of one's places, where it is not on."""
        for one in await survey_places(session, actor):
            if one.survey_id is None:
                await surveying.begin_survey(session, actor, one.place_id, now=now)

    async def asks(self, whom: list[int], session: Session, actor: Person, now: datetime) -> None:
        """Ask some residents; of those who were asked this year nobody is asked again."""
        places = [one.survey_id for one in await survey_places(session, actor) if one.survey_id]
        for person_id in whom if places else []:
            before = await session.scalar(
                select(CareAskingRow.state).where(
                    CareAskingRow.person_id == person_id, CareAskingRow.year == local(now).year
                )
            )
            asked = await survey.ask(session, actor, places[0], person_id, now=now)
            if before is not None and asked.outcome is SurveyOutcome.ASKED:
                self.found.append(f"{person_id} was {before}, and is asked again")
            if asked.outcome is SurveyOutcome.AT_THE_DOOR:
                agreed = self._rng.random() < AT_THE_DOOR_YES
                door = survey.ask_at_door
                await door(session, actor, places[0], person_id, agreed=agreed, now=now)

    async def looks_at_what_waits(self, session: Session, actor: Person, now: datetime) -> None:
        """What nobody brings is counted at the desk, every evening before a festival."""
        shown, path = await gifts_open(session, actor), self._path(actor)
        homes = (await session.scalars(select(CareHomeRow))).all()
        paths = {one.id: one.path for one in (await session.scalars(select(PlaceRow))).all()}
        below = {one.id for one in homes if paths[one.place_id].startswith(path)}
        rows = (await session.scalars(select(CareGiftRow))).all()
        open_ = [one.id for one in rows if one.state == "open" and one.home_id in below]
        if shown != len(open_):
            self.found.append(f"the desk of {actor.id} shows {shown} gifts open: {open_}, {now}")

    async def asks_for_the_book(self, session: Session, actor: Person, now: datetime) -> None:
        """Take the ledger without names, and ask for it with them: others approve it by a card."""
        at = self._place(actor)
        await self._takes(session, actor, at, now)
        words = self.canaries.reason(self._account(actor))
        await ledger.ask(session, actor, at, local(now).year, words, now=now)

    async def closes_the_book(self, session: Session, actor: Person, now: datetime) -> None:
        """Take it without names and with them, approved on the spot, and count both again."""
        at = self._place(actor)
        await self._takes(session, actor, at, now)
        second = await person_by_id(session, self._second(actor).id)
        words = self.canaries.reason(self._account(actor))
        await ledger.ask(session, actor, at, local(now).year, words, now=now)
        asked = await session.scalar(
            select(CareLedgerRow.id)
            .where(CareLedgerRow.asked_by == actor.id)
            .order_by(CareLedgerRow.id.desc())
            .limit(1)
        )
        if second is None or asked is None:
            self.found.append(f"nobody could approve what {actor.id} asks for")
            return
        decided = await ledger.approve(session, second, asked, now=now)
        if decided.ledger is None:
            self.found.append(f"ledger {asked} came to {decided.outcome}")
            return
        self.books += 1
        self.found += await wrong_ledger(session, decided.ledger, self._path(actor))
        self.found += await opened_wrongly(session, decided.ledger, actor.id, now)

    async def _takes(self, session: Session, actor: Person, at: int, now: datetime) -> None:
        found = await ledger.take_masked(session, actor, at, local(now).year, now=now)
        if isinstance(found, CareLedger):
            self.found += await wrong_ledger(session, found, self._path(actor))
        else:
            self.found.append(f"{actor.id} is refused their own ledger: {found}")

    def _works(self, actor: Person) -> Neighbour:
        return next(one for one in self._town.people.values() if one.id == actor.id)

    def _account(self, actor: Person) -> int:
        return self._works(actor).account

    def _place(self, actor: Person) -> int:
        return self._town.places[self._works(actor).at].id

    def _path(self, actor: Person) -> str:
        return self._town.places[self._works(actor).at].path

    def _second(self, actor: Person) -> Neighbour:
        above = [one for one in self._town.having(Role.SECRETARY) if one.at == "street"]
        others = [*above, *self._town.having(Role.ADMIN)]
        return next(one for one in others if one.id != actor.id)


async def _agreed_below(session: Session, place_id: int) -> list[int]:
    path = (await session.get_one(PlaceRow, place_id)).path
    rows = await session.execute(
        select(CareHomeRow.id, PlaceRow.path)
        .join(PlaceRow, PlaceRow.id == CareHomeRow.place_id)
        .where(CareHomeRow.state == "agreed")
    )
    return [row[0] for row in rows.all() if row[1].startswith(path)]
