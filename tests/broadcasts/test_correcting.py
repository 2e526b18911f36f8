"""Correcting and recalling what is in people's chats: what goes first, and who keeps it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from models.broadcasts.actions.correcting import correct, recall
from models.broadcasts.actions.sending import cancel
from models.broadcasts.queries.report import recipients, report
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import Medium, Notice, Style
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.reports import Listing
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.broadcasts.views import BroadcastReport, RecipientPage
from models.database import transaction
from models.outbox.rules import Lane
from models.outbox.rules import State as Copy
from models.outbox.tables import OutboxRow
from tests.broadcasts.sent import To, put
from tests.proposals.conftest import square
from tests.proposals.square import Square

__all__ = ["square"]

OTHER = Content(Medium.TEXT, "后天停水")
TO_NIGHT = timedelta(hours=12)


async def changes(square: Square) -> list[tuple[str, int, str]]:
    """List what is queued about copies that were sent: (method, lane, state)."""
    async with transaction(square.sessions) as session:
        rows = await session.scalars(select(OutboxRow).where(OutboxRow.target_id.is_not(None)))
        return [(row.method, row.lane, row.state) for row in rows]


@pytest.mark.parametrize(
    ("style", "later", "lane"),
    [
        (Style.NOTICE, timedelta(0), Lane.NOTICE),
        (Style.NOTICE, TO_NIGHT, Lane.LIVE),
        (Style.EMERGENCY, timedelta(0), Lane.URGENT),
        (Style.EMERGENCY, TO_NIGHT, Lane.URGENT),
        (Style.DRILL, timedelta(0), Lane.NOTICE),
    ],
)
async def test_changes_of_thousands_let_others_go_first_but_in_an_emergency(
    square: Square, style: Style, later: timedelta, lane: Lane
) -> None:
    one = await put(square, To("wang"), style=style)
    square.now += later
    assert await square.act("zhou", correct, one, OTHER, None) is BroadcastOutcome.CORRECTED
    assert await changes(square) == [("editMessageText", lane, Copy.QUEUED)]
    assert await square.act("zhou", recall, one) is BroadcastOutcome.RECALLED
    assert ("deleteMessage", lane, Copy.QUEUED) in await changes(square)


async def test_a_correction_still_goes_to_those_who_have_it_when_the_rest_is_cancelled(
    square: Square,
) -> None:
    one = await put(square, To("wang"), To("li", copy=Copy.QUEUED))
    assert await square.act("zhou", correct, one, OTHER, None) is BroadcastOutcome.CORRECTED
    assert await square.act("zhou", cancel, one) is BroadcastOutcome.CANCELLED
    assert await changes(square) == [("editMessageText", Lane.NOTICE, Copy.QUEUED)]


async def kept(square: Square, one: int) -> set[str | None]:
    page = await square.act("zhou", recipients, one, Listing.KEPT, 0)
    assert isinstance(page, RecipientPage)
    return {line.name for line in page.lines}


async def test_a_recall_names_whose_chats_keep_it(square: Square) -> None:
    one = await put(
        square, To("wang"), To("li"), To("chen", copy=Copy.UNCERTAIN), To("wu", copy=Copy.BLOCKED)
    )
    async with transaction(square.sessions) as session:
        await session.execute(
            update(OutboxRow)
            .where(OutboxRow.recipient_id == square.people["li"])
            .values(finished_at=square.now - timedelta(hours=49))
        )
    found: Any = await square.act("zhou", report, one)
    assert isinstance(found, BroadcastReport)
    assert found.kept == 0
    assert await square.act("zhou", recall, one) is BroadcastOutcome.RECALLED
    found = await square.act("zhou", report, one)
    assert found.kept == 2
    assert await kept(square, one) == {"li", "chen"}


async def test_what_ended_can_still_be_recalled(square: Square) -> None:
    one = await put(square, To("wang"), state=State.SENT, ended_at=square.now)
    assert await square.act("zhou", recall, one) is BroadcastOutcome.RECALLED
    assert await kept(square, one) == set()


async def test_a_correction_rings_and_confirmations_begin_anew(square: Square) -> None:
    one = await put(square, To("wang"), To("li", copy=Copy.QUEUED))
    async with transaction(square.sessions) as session:
        await session.execute(update(RecipientRow).values(confirmed_at=square.now))
    assert await square.act("zhou", correct, one, OTHER, None) is BroadcastOutcome.CORRECTED
    async with transaction(square.sessions) as session:
        rung = await session.scalars(
            select(OutboxRow.recipient_id).where(OutboxRow.kind == Notice.CORRECTED)
        )
        assert rung.all() == [square.people["wang"]]
        confirmed = await session.scalars(select(RecipientRow.confirmed_at))
        assert set(confirmed.all()) == {None}
    again = Content(Medium.TEXT, "大后天停水")
    assert await square.act("zhou", correct, one, again, None) is BroadcastOutcome.CORRECTED
    async with transaction(square.sessions) as session:
        rung = await session.scalars(
            select(OutboxRow.recipient_id).where(OutboxRow.kind == Notice.CORRECTED)
        )
        assert len(rung.all()) == 2


async def test_what_reminds_of_it_carries_the_corrected_words(square: Square) -> None:
    one = await put(square, To("wang"))
    reminder, other = await put(square, To("wang")), await put(square, To("wang"))
    async with transaction(square.sessions) as session:
        (await session.get_one(BroadcastRow, reminder)).series_id = one
    assert await square.act("zhou", correct, one, OTHER, None) is BroadcastOutcome.CORRECTED
    async with transaction(square.sessions) as session:
        said = {
            number: Content.of((await session.get_one(BroadcastRow, number)).content).words
            for number in (one, reminder, other)
        }
    assert said[one] == said[reminder] == OTHER.words != said[other]
