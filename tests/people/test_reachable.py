"""Who can be reached goes by Telegram's own dates, in whatever order its updates come."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import select, update

from models.database import transaction
from models.outbox.reaching import set_reachable
from models.people.actions.registering import note_dated
from models.people.tables import PersonRow
from tests.town import Town

HAPPENED = [("word", 0), ("away", 60), ("back", 120), ("word", 180), ("away", 240), ("back", 300)]


async def away_since(town: Town) -> datetime | None:
    async with transaction(town.sessions) as session:
        return await session.scalar(select(PersonRow.unreachable_at))


async def comes(town: Town, what: str, seconds: int) -> None:
    dated, now = town.now + timedelta(seconds=seconds), town.now + timedelta(hours=1)
    async with transaction(town.sessions) as session:
        if what == "word":
            await note_dated(session, 42, dated)
        else:
            await set_reachable(session, 42, reachable=what == "back", dated=dated, now=now)


@pytest.mark.parametrize("last", range(1, len(HAPPENED) + 1))
async def test_the_newest_date_decides_in_any_order(town: Town, last: int) -> None:
    await town.settle(42)
    what, seconds = HAPPENED[last - 1]
    wanted = town.now + timedelta(seconds=seconds) if what == "away" else None
    for order in list(permutations(HAPPENED[:last]))[:24]:
        async with transaction(town.sessions) as session:
            nothing = {"heard_at": None, "away_at": None, "unreachable_at": None}
            await session.execute(update(PersonRow).values(nothing))
        for one in order:
            await comes(town, *one)
        assert await away_since(town) == wanted, order
