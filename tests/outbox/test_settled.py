"""What stays of a row once its call is over."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from models.database import Sessions, transaction
from models.outbox import actions
from models.outbox.rules import FILES, Attempt, SendOutcome, State, messages_in, remains
from models.outbox.tables import MadeFileRow, OutboxRow
from tests.outbox.taking import claim, record

SECRET = "Unit 2, door 301"


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [
        (SendOutcome.SENT, False),
        (SendOutcome.BLOCKED, False),
        (SendOutcome.GONE, False),
        (SendOutcome.REFUSED, True),
        (SendOutcome.RETRY_AT, True),
    ],
)
async def test_words_and_files_are_not_kept_once_it_is_over(
    sessions: Sessions, now: datetime, outcome: SendOutcome, kept: bool
) -> None:
    async with transaction(sessions) as session:
        file_id = await actions.keep_file(session, "a.png", b"x", now)
        payload = {"chat_id": 1, "caption": SECRET, FILES: {"file": file_id}}
        row_id = await actions.compose(
            session, method="sendDocument", payload=payload, chat_id=1, now=now
        )
        await claim(session, await session.get_one(OutboxRow, row_id), {}, now)
    async with transaction(sessions) as session:
        await record(session, row_id, Attempt(outcome, message_id=5), now)
    async with transaction(sessions) as session:
        row = await session.get_one(OutboxRow, row_id)
        assert row.payload == (payload if kept else {})
        assert await session.scalar(select(func.count(MadeFileRow.id))) == int(kept)


async def test_a_change_of_what_was_never_sent_leaves_no_words(
    sessions: Sessions, now: datetime
) -> None:
    async with transaction(sessions) as session:
        first = await actions.compose(
            session, method="sendMessage", payload={"text": SECRET}, chat_id=1, now=now
        )
        second = await actions.compose(
            session, method="editMessageCaption", payload={"caption": SECRET}, chat_id=1, now=now,
            target_id=first,
        )  # fmt: skip
        row = await session.get_one(OutboxRow, second)
        assert await claim(session, row, {}, now) is None
        assert (row.state, row.payload) == (State.DROPPED, {})


def test_an_album_still_counts_for_the_pace() -> None:
    album = {"chat_id": 1, "media": [{"caption": SECRET}] * 3}
    assert messages_in("sendMediaGroup", remains("sendMediaGroup", album)) == 3
    assert SECRET not in str(remains("sendMediaGroup", album))
