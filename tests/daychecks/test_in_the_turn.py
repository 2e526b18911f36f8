"""A sign in the real turn: by message, by tap, by voice; and nothing for everybody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from handlers import fallback
from models.database import transaction
from models.daychecks.actions import wishes
from models.daychecks.rules.hours import CheckHours
from models.daychecks.rules.notices import Notice
from models.daychecks.rules.states import DayOutcome, DayState
from models.daychecks.tables import DayRow
from models.outbox.tables import OutboxRow
from models.people.queries import person_of_account
from models.people.tables import PersonRow
from tests.talk.conftest import empty_street, street
from tests.talk.neighbourhood import Neighbourhood, Phone

__all__ = ["empty_street", "street"]

WANG = 1001


async def begun(street: Neighbourhood) -> datetime:
    """Let Mrs Wang have a day check since the day before; gives now."""
    now = street.world.clock.now()
    async with transaction(street.sessions) as session:
        wang = await person_of_account(session, WANG)
        assert wang is not None
        before = now - timedelta(days=1)
        done = await wishes.switch_on(session, wang, CheckHours(18), now=before)
        assert done is DayOutcome.SWITCHED_ON
    return now


async def states(street: Neighbourhood) -> list[str]:
    async with transaction(street.sessions) as session:
        return list(await session.scalars(select(DayRow.state)))


async def sign_from(street: Neighbourhood) -> datetime | None:
    async with transaction(street.sessions) as session:
        found: datetime | None = await session.scalar(
            select(PersonRow.sign_from).where(PersonRow.telegram_id == WANG)
        )
        return found


async def test_a_message_is_a_sign(street: Neighbourhood) -> None:
    now = await begun(street)
    assert await states(street) == []
    await street.phone(WANG).write("早上好")
    assert await states(street) == [DayState.HEARD]
    after = await sign_from(street)
    assert after is not None
    assert after > now
    await street.phone(WANG).write("早上好")
    assert await states(street) == [DayState.HEARD]


async def test_a_tap_is_a_sign(street: Neighbourhood) -> None:
    wang = street.phone(WANG)
    await wang.start()
    await begun(street)
    await wang.press("go:home")
    assert await states(street) == [DayState.HEARD]


async def test_words_of_trouble_bring_the_question_for_help(street: Neighbourhood) -> None:
    await begun(street)
    wang = street.phone(WANG)
    await wang.write("我摔了")
    assert any("现在要人帮忙吗" in said for said in wang.said)


async def test_a_voice_message_is_heard_and_waits(street: Neighbourhood) -> None:
    await begun(street)
    wang = street.phone(WANG)
    wang.person.send_voice()
    await street.settled()
    async with transaction(street.sessions) as session:
        (row,) = (await session.scalars(select(DayRow))).all()
        heard = await session.scalars(select(OutboxRow.id).where(OutboxRow.kind == Notice.LISTEN))
    assert (row.state, row.to_listen) == (DayState.HEARD, True)
    assert len(heard.all()) == 1


async def test_what_is_spoken_after_one_was_heard_of_waits_as_well(street: Neighbourhood) -> None:
    await begun(street)
    wang = street.phone(WANG)
    await wang.write("早上好")
    wang.person.send_voice()
    await street.settled()
    async with transaction(street.sessions) as session:
        (row,) = (await session.scalars(select(DayRow))).all()
        heard = await session.scalars(select(OutboxRow.id).where(OutboxRow.kind == Notice.LISTEN))
    assert (row.state, row.to_listen) == (DayState.HEARD, True)
    assert len(heard.all()) == 1


async def test_what_was_written_before_the_morning_is_no_sign_of_it(
    street: Neighbourhood,
) -> None:
    now = await begun(street)
    later = now + timedelta(hours=1)
    async with transaction(street.sessions) as session:
        await session.execute(
            update(PersonRow).where(PersonRow.telegram_id == WANG).values(sign_from=later)
        )
    await street.phone(WANG).write("早上好")
    assert await states(street) == []
    assert await sign_from(street) == later.astimezone(UTC)


async def test_what_fails_is_a_sign_all_the_same(
    street: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begun(street)

    async def breaks(_stray: Any) -> bool:
        raise RuntimeError

    monkeypatch.setattr(fallback, "decide", breaks)
    street.forgiven = 1
    await street.phone(WANG).write("早上好")
    assert await states(street) == [DayState.HEARD]


@pytest.mark.parametrize("who", [1002, 1003])
async def test_nobody_else_is_looked_for(street: Neighbourhood, who: int) -> None:
    await begun(street)
    phone: Phone = street.phone(who)
    await phone.write("hello")
    assert await states(street) == []
