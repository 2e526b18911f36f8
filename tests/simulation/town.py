"""The neighbourhood of every life: the demo's people on a migrated database, made once."""

from datetime import timedelta
from pathlib import Path

from bot.demo import seed_demo, seed_proposals, seed_street
from models.database import open_engine, open_sessions, transaction
from models.vault import Vault
from tests.bot.street import FACTS
from tests.simulation.life import BASE, KEY
from tests.templates import apart, sqlite_template


def template(folder: Path) -> Path:
    """Make the file that every life begins with."""
    path = sqlite_template(folder)

    async def settle() -> None:
        engine = open_engine(f"sqlite:///{path}")
        sessions = open_sessions(engine, Vault.from_text(KEY.get_secret_value()))
        before = BASE - timedelta(hours=1)
        async with transaction(sessions) as session:
            await seed_demo(session, before)
            await seed_street(session, before)
            await seed_proposals(session, before)
            connection = await session.connection()
            await connection.run_sync(FACTS.metadata.create_all)
        await engine.dispose()

    apart(settle)
    return path
