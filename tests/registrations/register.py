"""Short ways to register things, to accept them, and to make kinds."""

from dataclasses import dataclass
from itertools import count
from typing import Any, ClassVar

from sqlalchemy import select

from models.database import transaction
from models.registrations import queries
from models.registrations.actions import deciding, due, filing, kinds
from models.registrations.notices import Reminder
from models.registrations.rules import State
from models.registrations.tables import RegistrationKindRow, RegistrationRow
from models.sheets.queries import current_sheet
from models.sheets.rules.fields import SheetWords
from models.sheets.tables import FilingValueRow
from tests.help.street import Street
from tests.passing import TimePasses

_tokens = count()

CAR = {"plate": "苏A12345", "looks": "白色"}
DOG = {"looks": "棕色泰迪", "vaccinated": "2027-06-01"}
BUILDERS = {
    "from": "2026-12-10",
    "until": "2027-02-10",
    "floor": "三楼",
    "firm_phone": "13800001111",
}

EFFECTS = {
    Reminder.BEGUN: due.begun,
    Reminder.WAITS: due.waits,
    Reminder.EXPIRY: due.expiry,
    Reminder.PERMIT: due.permit,
    Reminder.ENDORSE: due.endorse,
    Reminder.ERASE: due.erase,
}


@dataclass
class Register(TimePasses):
    """A street, and what is registered there."""

    effects: ClassVar = {str(kind): effect for kind, effect in EFFECTS.items()}

    street: Street

    async def begins(self) -> None:
        async with transaction(self.street.sessions) as session:
            await kinds.ensure_house(session, now=self.street.now)

    async def does(self, act: Any, who: str, /, *given: Any, **named: Any) -> Any:
        """Act as somebody, in a transaction of its own."""
        async with transaction(self.street.sessions) as session:
            actor = await self.street.actor(session, who)
            return await act(session, actor, *given, now=self.street.now, **named)

    async def reads(self, query: Any, who: str, /, *given: Any) -> Any:
        async with transaction(self.street.sessions) as session:
            return await query(session, await self.street.actor(session, who), *given)

    async def kind(self, code: str) -> int:
        async with transaction(self.street.sessions) as session:
            found = select(RegistrationKindRow.id).where(RegistrationKindRow.code == code)
            return await session.scalar(found) or 0

    async def sheet(self, code: str) -> int:
        async with transaction(self.street.sessions) as session:
            view = await current_sheet(session, code)
            assert view is not None
            return view.id

    async def begun(self, who: str, code: str = "reg_vehicle", whom: str | None = None) -> Any:
        person = None if whom is None else self.street.people[whom]
        return await self.does(filing.begin_registration, who, await self.kind(code), person)

    async def files(
        self, who: str, one: int, answers: Any, code: str = "reg_vehicle", token: str = ""
    ) -> Any:
        token = token or f"t{next(_tokens)}"
        return await self.does(filing.file_for, who, one, await self.sheet(code), answers, token)

    async def registers(
        self, who: str, answers: Any = CAR, code: str = "reg_vehicle", whom: str | None = None
    ) -> int:
        """Register something, and return its number in the database."""
        person = None if whom is None else self.street.people[whom]
        made = await self.does(
            filing.register, who, await self.kind(code), person, answers, f"t{next(_tokens)}"
        )
        assert made.outcome == "filed", made
        return int(made.registration_id)

    async def stands(self, who: str = "wang", answers: Any = CAR, code: str = "reg_vehicle") -> int:
        one = await self.registers(who, answers, code)
        assert await self.accepts("zhao", one) == "accepted"
        return one

    async def accepts(self, who: str, one: int) -> Any:
        return await self.does(deciding.accept, who, one)

    async def returns(self, who: str, one: int, words: str = "请补充颜色") -> Any:
        return await self.does(deciding.send_back, who, one, words)

    async def ends(self, who: str, one: int) -> Any:
        return await self.does(deciding.end, who, one)

    async def view(self, who: str, one: int) -> Any:
        return await self.does(queries.registration, who, one)

    async def state(self, one: int) -> State:
        return State((await self.row(one)).state)

    async def row(self, one: int) -> RegistrationRow:
        async with transaction(self.street.sessions) as session:
            return await session.get_one(RegistrationRow, one)

    async def kept(self) -> list[FilingValueRow]:
        """List every answer that is kept."""
        async with transaction(self.street.sessions) as session:
            return [*await session.scalars(select(FilingValueRow).order_by(FilingValueRow.id))]

    async def makes_kind(self, *, months: int | None = 12, until: bool = False) -> int:
        """Make a kind of bicycles, with one question, and let it be used."""
        plan = kinds.KindPlan(
            f"k{next(_tokens)}", SheetWords("自行车", "Bicycle"), months, until_asked=until
        )
        place = self.street.places["gui"].id
        made = await self.does(kinds.begin_kind, "zhou", place, plan)
        assert made.outcome == "begun", made
        await self.asks(made.kind_id, "什么颜色？", "Which colour?")
        assert await self.does(kinds.publish, "zhou", made.kind_id) == "published"
        return int(made.kind_id)

    async def asks(self, kind: int, zh: str, en: str, preset: str = "text") -> Any:
        words = SheetWords(zh, en)
        return await self.does(kinds.add_field, "zhou", kind, preset, words)
