"""One-time admin codes."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from models.audit.rules import AuditAct
from models.database import Sessions, transaction
from models.outbox.reaching import recognise
from models.people.actions.registering import register
from models.people.rules import CODE_LIFE, CODE_REFUSALS, CODE_WINDOW, CodeUse, Right, Role
from models.people.tables import AdminCodeRow
from models.places.queries import children
from models.roles.actions.codes import make_admin_code, use_admin_code
from models.updates.tables import HandledRow
from tests.audit.reading import acts
from tests.town import Town


async def test_a_code_serves_once(town: Town) -> None:
    first, second = await town.settle(1), await town.settle(2)
    async with transaction(town.sessions) as session:
        code = await make_admin_code(session, town.now)
        kept = await session.scalar(select(AdminCodeRow.digest))
        assert code.replace("-", "") not in str(kept)
        loosely = f" {code.lower().replace('-', ' ')} "
        assert await use_admin_code(session, first, loosely, town.now) is CodeUse.GRANTED
        assert await use_admin_code(session, second, code, town.now) is CodeUse.REFUSED
        admin = await town.again(session, 1)
        assert admin.may(Right.GRANT_ALL, town.places["street"].path)
        assert not (await town.again(session, 2)).grants
        assert [await acts(session, act) for act in (AuditAct.CODE_MADE, AuditAct.CODE_USED)] == [
            1,
            1,
        ]


async def test_a_new_code_takes_the_place_of_the_last(town: Town) -> None:
    person = await town.settle(1)
    async with transaction(town.sessions) as session:
        mislaid = await make_admin_code(session, town.now)
        fresh = await make_admin_code(session, town.now)
        assert await use_admin_code(session, person, mislaid, town.now) is CodeUse.REFUSED
        assert await use_admin_code(session, person, fresh, town.now) is CodeUse.GRANTED


async def test_a_code_expires(town: Town) -> None:
    person = await town.settle(1)
    async with transaction(town.sessions) as session:
        code = await make_admin_code(session, town.now)
        late = town.now + CODE_LIFE
        assert await use_admin_code(session, person, code, late) is CodeUse.REFUSED
        early = late - timedelta(seconds=1)
        assert await use_admin_code(session, person, code, early) is CodeUse.GRANTED


async def test_guessing_is_cut_off_even_with_the_right_code(town: Town) -> None:
    person, other = await town.settle(1), await town.settle(2)
    async with transaction(town.sessions) as session:
        code = await make_admin_code(session, town.now)
        for guess in ("", "x", "🙂" * 5000, "\ud800", "AAAA-BBBB-CCCC")[:CODE_REFUSALS]:
            assert await use_admin_code(session, person, guess, town.now) is CodeUse.REFUSED
        assert await use_admin_code(session, person, code, town.now) is CodeUse.TOO_MANY
        assert await acts(session, AuditAct.CODE_REFUSED) == CODE_REFUSALS
        assert await acts(session, AuditAct.DENIED) == 1
        assert await use_admin_code(session, other, code, town.now) is CodeUse.GRANTED
        again = await make_admin_code(session, town.now + CODE_WINDOW)
        later = town.now + CODE_WINDOW + timedelta(seconds=1)
        assert await use_admin_code(session, person, again, later) is CodeUse.GRANTED


async def test_of_many_who_use_one_code_at_once_one_is_admin(town: Town) -> None:
    people = [await town.settle(number) for number in range(1, 9)]
    async with transaction(town.sessions) as session:
        code = await make_admin_code(session, town.now)

    async def use(person) -> CodeUse:
        async with transaction(town.sessions) as session:
            return await use_admin_code(session, person, code, town.now)

    outcomes = await asyncio.gather(*map(use, people))
    assert outcomes.count(CodeUse.GRANTED) == 1
    assert outcomes.count(CodeUse.REFUSED) == 7


async def test_the_first_admin_of_an_empty_tree_gets_a_root(sessions: Sessions, now) -> None:
    async with transaction(sessions) as session:
        person = await register(session, 1, "周正", "zh_Hans", None, now)
        code = await make_admin_code(session, now)
        assert await use_admin_code(session, person, code, now) is CodeUse.GRANTED
        (root,) = await children(session, None)
        admin = await recognise(session, 1, now)
    assert admin is not None
    assert admin.grants == ((Role.ADMIN, root.path),)


async def test_a_code_serves_where_the_clock_of_the_bot_is_ahead(town: Town) -> None:
    person = await town.settle(1)
    ahead = town.now + timedelta(days=3)
    async with transaction(town.sessions) as session:
        session.add(HandledRow(identity="a", update_id=1, handled_at=ahead))
        code = await make_admin_code(session, town.now)
        late = ahead + CODE_LIFE
        assert await use_admin_code(session, person, code, late) is CodeUse.REFUSED
        soon = ahead + timedelta(minutes=1)
        assert await use_admin_code(session, person, code, soon) is CodeUse.GRANTED
