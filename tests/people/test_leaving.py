"""Being forgotten."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from models.audit.rules import AuditAct
from models.database import transaction
from models.leaving.actions import LEAVE_HOOKS, leave
from models.outbox.actions import compose, notify
from models.outbox.reaching import recognise
from models.outbox.rules import State
from models.outbox.tables import OutboxRow
from models.people.actions.personal import set_personal
from models.people.actions.proxies import add_person_without_phone
from models.people.actions.registering import register
from models.people.queries import person_by_id, spoken_for, standing_grants
from models.people.rules import Field, Leaving, Role
from models.people.tables import PersonalRow, PersonRow
from models.people.ties import LeaveHooks
from models.updates.actions import keep_failed
from models.updates.tables import FailedRow
from tests.audit.reading import acts
from tests.town import Town


@pytest.fixture
def owed() -> Iterator[dict[int, int]]:
    """A subject to which people may owe something; what is let go is set to nothing."""
    debts: dict[int, int] = {}

    async def duties(_session, person_id: int) -> int:
        return debts.get(person_id, 0)

    async def let_go(_session, person_id: int, _now) -> None:
        debts[person_id] = -1

    LEAVE_HOOKS["test"] = LeaveHooks(let_go, duties)
    yield debts
    del LEAVE_HOOKS["test"]


async def test_what_is_personal_goes(town: Town, owed: dict[int, int]) -> None:
    person = await town.settle(1, "b3", (Role.STAFF, "gui"))
    async with transaction(town.sessions) as session:
        await set_personal(session, person, person.id, Field.PHONE, "13800001001", now=town.now)
        await add_person_without_phone(
            session, person, "王奶奶", town.places["b3"].id, person.id, now=town.now
        )
        await notify(
            session, recipient_id=person.id, kind="people.granted", subject_id=1, now=town.now
        )
        assert await leave(session, person, now=town.now) is Leaving.LEFT
    async with transaction(town.sessions) as session:
        row = await session.get_one(PersonRow, person.id)
        assert (row.name, row.telegram_id, row.place_id) == ("", None, None)
        assert row.left_at == town.now
        assert await recognise(session, 1, town.now) is None
        assert await person_by_id(session, person.id) is None
        assert await standing_grants(session, person.id) == []
        assert await spoken_for(session, person.id) == []
        assert (await session.scalars(select(PersonalRow))).all() == []
        assert await session.scalar(select(OutboxRow.state)) == State.DROPPED
        assert (await acts(session, AuditAct.LEFT), await acts(session, AuditAct.REVOKED)) == (1, 1)
        back = await register(session, 1, "A", "en", None, town.now)
    assert back.id != person.id
    assert owed[person.id] == -1


async def test_the_account_goes_from_what_was_sent(town: Town) -> None:
    person = await town.settle(1, "b3")
    async with transaction(town.sessions) as session:
        for chat_id, state in ((1, State.SENT), (1, State.QUEUED), (2, State.SENT)):
            row_id = await compose(
                session, method="sendMessage", payload={}, chat_id=chat_id, now=town.now
            )
            (await session.get_one(OutboxRow, row_id)).state = state
        await leave(session, person, now=town.now)
    async with transaction(town.sessions) as session:
        chats = await session.scalars(select(OutboxRow.chat_id).order_by(OutboxRow.id))
        assert chats.all() == [None, 1, 2]


async def test_what_failed_of_theirs_goes(town: Town) -> None:
    person = await town.settle(1, "b3")
    async with transaction(town.sessions) as session:
        for account in (1, 2):
            raw = {"message": {"chat": {"id": account}, "text": "my door is 1234"}}
            await keep_failed(session, raw, None, "KeyError", town.now)
        await leave(session, person, now=town.now)
    async with transaction(town.sessions) as session:
        assert (await session.scalars(select(FailedRow.chat_id))).all() == [2]


async def test_whoever_owes_something_stays(town: Town, owed: dict[int, int]) -> None:
    person = await town.settle(1)
    owed[person.id] = 1
    async with transaction(town.sessions) as session:
        assert await leave(session, person, now=town.now) is Leaving.OPEN_DUTIES
        assert (await town.again(session, 1)) == person


async def test_the_last_admin_stays(town: Town) -> None:
    roles = ((Role.ADMIN, "street"), (Role.ADMIN, "gui"))
    admin = await town.settle(1, "b1", *roles)
    async with transaction(town.sessions) as session:
        assert await leave(session, admin, now=town.now) is Leaving.LAST_ADMIN
    await town.settle(2, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        assert await leave(session, admin, now=town.now) is Leaving.LEFT
