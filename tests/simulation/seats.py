"""The sender's and the ticker's seat where several processes stand on one SQLite file.

The rules are those of `models.election`, by the table it uses: a lease that is renewed, taken over
when it is overdue, and looked at in every transaction that rests on it. PostgreSQL's own locks are
tried with real processes elsewhere; here SQLite's one writer stands for them.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from models.database import Engine, Session, is_unavailable, open_sessions, transaction
from models.election.rules import LEASE_SECONDS, RENEW_SECONDS, LeaseRole
from models.election.tables import LeaseRow
from models.vault import Vault
from tests.simulation.loop import PROCESS, running

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
VAULT = Vault.from_text(Vault.new_key())


def by_the_database() -> datetime:
    """Return the database's own clock, which no process's clock moves."""
    return BEGINNING + timedelta(seconds=running().time())


class SharedSeat:
    """One candidate for a seat."""

    contested = True

    def __init__(self, engine: Engine, bot_id: int, role: LeaseRole) -> None:
        self._sessions = open_sessions(engine, VAULT)
        self._bot_id, self._role = bot_id, role
        process = PROCESS.get()
        self._name = process.name if process else "?"
        self._term: int | None = None
        self._sure_until = 0.0

    @property
    def holds(self) -> bool:
        """Return whether it held the seat when it last looked."""
        return self._term is not None

    async def won(self) -> int | None:
        """Return the term in which this candidate holds the seat; None if it does not."""
        if self._term is not None and running().time() < self._sure_until:
            return self._term
        try:
            async with transaction(self._sessions) as session:
                term = await self._ask(session)
        except Exception as error:
            if not is_unavailable(error):
                raise
            return None
        self._term = term
        self._sure_until = running().time() + RENEW_SECONDS
        return self._term

    async def still(self, session: Session, term: int) -> bool:
        """Return whether a term goes on; while a transaction writes nobody else takes the seat."""
        row = await self._row(session)
        return row is not None and row.term == term and row.holder == self._name

    async def resign(self) -> None:
        """Leave the seat: it is taken over when it is overdue."""
        self._term = None

    async def _ask(self, session: Session) -> int | None:
        row, now = await self._row(session), by_the_database()
        if row is None:
            session.add(
                LeaseRow(
                    bot_id=self._bot_id,
                    role=self._role,
                    term=1,
                    holder=self._name,
                    renewed_at=now,
                )
            )
            return 1
        held = self._term == row.term and row.holder == self._name
        if not held and row.renewed_at > now - timedelta(seconds=LEASE_SECONDS):
            return None
        term = row.term if held else row.term + 1
        await session.execute(
            update(LeaseRow)
            .where(LeaseRow.bot_id == self._bot_id, LeaseRow.role == self._role)
            .values(term=term, holder=self._name, renewed_at=now)
        )
        return term

    async def _row(self, session: Session) -> LeaseRow | None:
        found: LeaseRow | None = await session.scalar(
            select(LeaseRow)
            .where(LeaseRow.bot_id == self._bot_id, LeaseRow.role == self._role)
            .execution_options(populate_existing=True)
        )
        return found
