"""The fixtures keep their word."""

from sqlalchemy import text

from models.database import Sessions, transaction


async def test_a_fresh_database_has_the_schema(sessions: Sessions) -> None:
    async with transaction(sessions) as session:
        assert await session.scalar(text("SELECT count(*) FROM outbox")) == 0
