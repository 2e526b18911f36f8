"""Whoever has no Telegram is told through their proxy, whichever way it is queued, and once."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import event, func, insert, select

from models.database import Engine, Session, transaction
from models.outbox.actions import notify
from models.outbox.crowd import Push, notify_crowd, notify_each, notify_people
from models.outbox.readers import AT_ONCE, readers_by_person, readers_of
from models.outbox.rules import Lane
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from tests.town import Town

KIND = "proposals.decided"

WAYS = ["one", "people", "crowd", "each"]


@dataclass
class Crowd:
    """People with and without Telegram, who speak for each other or for nobody."""

    town: Town
    ids: dict[str, int] = field(default_factory=dict)

    async def enter(self, session: Session) -> None:
        """Enter two who read for themselves, and who reads for others and for whom."""
        for name in ("wang", "li", "emma", "blocked"):
            await self._add(session, name, account=True)
        (await session.get_one(PersonRow, self.ids["blocked"])).unreachable_at = self.town.now
        spoken_for = {"grandma": "li", "aunt": "emma", "uncle": "emma", "lost": "blocked"}
        for name, proxy in spoken_for.items():
            await self._add(session, name, proxy=proxy)
        await self._add(session, "alone")
        await self._add(session, "gone", proxy="emma")
        (await session.get_one(PersonRow, self.ids["gone"])).left_at = self.town.now
        await session.flush()

    async def _add(
        self, session: Session, name: str, *, account: bool = False, proxy: str | None = None
    ) -> None:
        row = PersonRow(
            telegram_id=1000 + len(self.ids) if account else None,
            name=name,
            language="en",
            proxy_id=self.ids[proxy] if proxy else None,
            created_at=self.town.now,
        )
        session.add(row)
        await session.flush()
        self.ids[name] = row.id

    async def told(self, session: Session) -> list[str]:
        """List who is told, by name, as often as they are; each in their own chat."""
        rows = await session.execute(
            select(PersonRow.name, OutboxRow.chat_id, PersonRow.telegram_id)
            .join(OutboxRow, OutboxRow.recipient_id == PersonRow.id)
            .order_by(PersonRow.name)
        )
        found = rows.all()
        assert all(chat == account for _name, chat, account in found)
        return [name for name, _chat, _account in found]


async def queue(session: Session, town: Town, way: str, people: list[int], **more: object) -> None:
    """Tell these people the same about the same, in one of the ways there are."""
    about = {"kind": KIND, "subject_id": 1, "now": town.now, **more}
    match way:
        case "one":
            for one in people:
                await notify(session, recipient_id=one, **about)
        case "people":
            await notify_people(session, people, **about)
        case "crowd":
            theirs = select(PersonRow.id).where(PersonRow.id.in_(people))
            await notify_crowd(session, theirs, **about)
        case _:
            await notify_each(session, [Push(one, 1) for one in people], kind=KIND, now=town.now)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("told", "reader"),
    [
        ("wang", ["wang"]),
        ("grandma", ["li"]),
        ("uncle", ["emma"]),
        ("alone", []),
        ("gone", []),
    ],
)
async def test_everybody_is_told_by_the_same_reader_whichever_way(
    town: Town, way: str, told: str, reader: list[str]
) -> None:
    crowd = Crowd(town)
    async with transaction(town.sessions) as session:
        await crowd.enter(session)
        await queue(session, town, way, [crowd.ids[told]])
        assert await crowd.told(session) == reader


@pytest.mark.parametrize("way", ["people", "crowd"])
@pytest.mark.parametrize("name", ["", "again", None])
async def test_a_crowd_is_told_through_its_proxies_each_once(
    town: Town, way: str, name: str | None
) -> None:
    crowd = Crowd(town)
    async with transaction(town.sessions) as session:
        await crowd.enter(session)
        everybody = [*crowd.ids.values()]
        await queue(session, town, way, everybody, name=name, lane=Lane.LIVE, detail={"a": 1})
        assert await crowd.told(session) == ["emma", "li", "wang"]
        rows = (await session.scalars(select(OutboxRow))).all()
        assert {(row.lane, row.due_at) for row in rows} == {(Lane.LIVE, town.now)}
        assert all(row.detail == {"a": 1} for row in rows)


async def test_a_subject_that_comes_again_is_told_again_by_its_name_alone(town: Town) -> None:
    crowd = Crowd(town)
    async with transaction(town.sessions) as session:
        await crowd.enter(session)
        people = [crowd.ids["aunt"], crowd.ids["emma"]]
        for name in ("first", "first", "second"):
            await queue(session, town, "people", people, name=name)
        assert await crowd.told(session) == ["emma", "emma"]


async def test_a_copy_in_two_pieces_goes_to_a_proxy_in_order(town: Town) -> None:
    crowd = Crowd(town)
    async with transaction(town.sessions) as session:
        await crowd.enter(session)
        people = [crowd.ids["aunt"], crowd.ids["uncle"], crowd.ids["wang"]]
        await queue(session, town, "crowd", people, before="first", waits=False)
        rows = await session.execute(
            select(OutboxRow.recipient_id, OutboxRow.kind).order_by(OutboxRow.id)
        )
        readers = [crowd.ids["wang"], crowd.ids["emma"]]
        assert [tuple(row) for row in rows] == [
            (reader, kind) for reader in readers for kind in ("first", KIND)
        ]


async def test_a_proxy_of_people_far_apart_is_told_once_in_few_statements(
    town: Town, engine: Engine
) -> None:
    crowd, ran = Crowd(town), list[str]()
    many = 2 * AT_ONCE + 1

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        ran.append(statement)

    async with transaction(town.sessions) as session:
        await crowd.enter(session)
        spoken_for = {"name": "", "language": "en", "proxy_id": crowd.ids["emma"]}
        rows = [{**spoken_for, "created_at": town.now} for _ in range(many)]
        await session.execute(insert(PersonRow), rows)
        everybody = list(await session.scalars(select(PersonRow.id)))
        event.listen(engine.sync_engine, "before_cursor_execute", hear)
        await queue(session, town, "people", everybody, name=None)
        assert len([one for one in ran if one.startswith("INSERT")]) == 1
        assert len(ran) < 10
        ran.clear()
        await queue(session, town, "crowd", everybody[:AT_ONCE], name="more")
        event.remove(engine.sync_engine, "before_cursor_execute", hear)
        assert len([one for one in ran if one.startswith("INSERT")]) == 1
        assert await crowd.told(session) == ["emma", "emma", "li", "li", "wang", "wang"]


async def test_of_pushes_of_their_own_a_reader_is_told_the_same_once(town: Town) -> None:
    crowd = Crowd(town)
    async with transaction(town.sessions) as session:
        await crowd.enter(session)
        people = [crowd.ids[name] for name in ("wang", "emma", "aunt", "uncle", "grandma", "li")]
        pushes = [Push(one, 1, dedupe=f"{one}") for one in people]
        others = [Push(crowd.ids["aunt"], 2), Push(crowd.ids["uncle"], 1, {"about": "uncle"})]
        await notify_each(session, [*pushes, *others], kind=KIND, now=town.now, once=True)
        rows = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id))).all()
        names = {one: name for name, one in crowd.ids.items()}
        told = [(names[row.recipient_id or 0], row.subject_id, row.detail) for row in rows]
        first = [("wang", 1, None), ("emma", 1, None), ("li", 1, None)]
        assert told == [*first, ("emma", 2, None), ("emma", 1, {"about": "uncle"})]


async def test_who_can_be_told_is_counted_as_they_are_told(town: Town) -> None:
    crowd = Crowd(town)
    async with transaction(town.sessions) as session:
        await crowd.enter(session)
        everybody = readers_of(select(PersonRow.id))
        assert await session.scalar(select(func.count()).select_from(everybody.subquery())) == 3
        found = await readers_by_person(session, crowd.ids.values())
        names = {name for name, one in crowd.ids.items() if one in found}
        assert names == {*crowd.ids} - {"alone", "gone"}
