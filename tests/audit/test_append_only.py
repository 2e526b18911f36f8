"""The database refuses to change or remove a line of the book."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.audit.rules import AuditAct
from models.audit.triggers import REFUSAL
from models.database import is_postgresql, transaction
from tests.audit.reading import acts
from tests.town import Town

CHANGES = ("UPDATE audit SET act = 'left'", "DELETE FROM audit")


async def test_a_line_stays_as_it_was_written(town: Town) -> None:
    await town.settle(1)
    async with town.sessions() as session:
        for change in (*CHANGES, *(["TRUNCATE audit"] if is_postgresql(session) else [])):
            with pytest.raises(DBAPIError, match=REFUSAL):
                await session.execute(text(change))
            await session.rollback()
    async with transaction(town.sessions) as session:
        assert await acts(session, AuditAct.CONSENTED) == 1
