"""Short ways to help, to confirm, and to read the ledger."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import Any, ClassVar

from sqlalchemy import select

from models.database import Session, transaction
from models.help.actions.closing import resident_verdict
from models.help.actions.visits import report_done
from models.help.rules.outcomes import VerdictOutcome
from models.savings.actions import deciding, months
from models.savings.actions.claiming import say_time
from models.savings.actions.crediting import credit
from models.savings.queries import my_book
from models.savings.rules import CauseKind, Credited, Reminder, SavingsOutcome
from models.savings.tables import SavingsAccountRow, SavingsMoveRow
from models.savings.views import SavingsBook
from tests.help.street import Street
from tests.passing import TimePasses

_causes = count(10_000)


@dataclass
class Bank(TimePasses):
    """A street, and the time that is given there."""

    effects: ClassVar = {
        str(Reminder.DISPUTED): deciding.undecided,
        str(Reminder.MONTH): months.write_month,
    }

    street: Street

    async def does(self, act: Any, name: str, *given: Any, **named: Any) -> Any:
        """Act as somebody, in a transaction of its own."""
        async with transaction(self.street.sessions) as session:
            actor = await self.street.actor(session, name)
            return await act(session, actor, *given, now=self.street.now, **named)

    async def credits(
        self, giver: str, minutes: int, by: str = "wang", cause_id: int | None = None, **named: Any
    ) -> Credited:
        """Credit a shift, one of its own where no number is given."""
        async with transaction(self.street.sessions) as session:
            return await credit(
                session,
                giver_id=self.street.people[giver],
                minutes=minutes,
                kind=CauseKind.SHIFT,
                cause_id=next(_causes) if cause_id is None else cause_id,
                confirmed_by=self.street.people[by],
                now=self.street.now,
                **named,
            )

    async def helped(
        self, name: str = "li", minutes: int | None = 90, by: str = "wang", **asked: Any
    ) -> int:
        """Let somebody do what wang asks for, or `asked` says, and say how long it took.

        Nobody has confirmed it yet; None: they say nothing about the time.
        """
        request_id = await self.street.file(by, **asked)
        await self.street.claim(name, request_id)
        await self.does(report_done, name, request_id)
        if minutes is not None:
            said = await self.does(say_time, name, request_id, minutes)
            assert said is SavingsOutcome.SAID, said
        return request_id

    async def says(self, name: str, request_id: int, *, solved: bool = True) -> VerdictOutcome:
        said: VerdictOutcome = await self.does(resident_verdict, name, request_id, solved=solved)
        return said

    async def book(self, name: str) -> SavingsBook:
        async with transaction(self.street.sessions) as session:
            return await my_book(session, await self.street.actor(session, name))

    async def moves(self) -> list[SavingsMoveRow]:
        async with transaction(self.street.sessions) as session:
            rows = await session.scalars(select(SavingsMoveRow).order_by(SavingsMoveRow.id))
            return list(rows)

    async def balances(self) -> dict[str, int]:
        """Return what everybody has, by name, and pools, issued and void, by kind."""
        async with transaction(self.street.sessions) as session:
            await in_balance(session)
            rows = (await session.scalars(select(SavingsAccountRow))).all()
            sums = await sums_of(session)
        names = {person_id: name for name, person_id in self.street.people.items()}
        return {names.get(row.person_id or 0, row.kind): sums[row.id] for row in rows}


async def sums_of(session: Session) -> dict[int, int]:
    """Return the sum of the moves of every account."""
    sums: dict[int, int] = defaultdict(int)
    for move in await session.scalars(select(SavingsMoveRow)):
        sums[move.from_id] -= move.minutes
        sums[move.to_id] += move.minutes
    return sums


async def in_balance(session: Session) -> None:
    """Check that all accounts sum to nought, and that what people have is the sum of their moves,
    never less than nothing."""
    sums = await sums_of(session)
    assert sum(sums.values()) == 0
    for row in await session.scalars(select(SavingsAccountRow)):
        expected = sums[row.id] if row.kind == "person" else 0
        assert row.balance == expected, row.kind
        assert row.balance >= 0
