"""Many at once at one register: no number twice, no registration decided twice."""

import asyncio

from models.records.rules import Refusal
from models.registrations.actions import filing
from models.registrations.rules import RegistrationOutcome
from tests.registrations.register import CAR, Register

NAMES = [f"n{number:02}" for number in range(8)]


async def test_numbers_have_no_gaps(register: Register) -> None:
    for name in NAMES:
        await register.street.add(name, "b1")
    ones = await asyncio.gather(*(register.registers(name) for name in NAMES))
    numbers = [(await register.row(one)).number for one in ones]
    assert sorted(n for n in numbers if n) == [*range(1, 9)]


async def test_two_decide_at_once(register: Register) -> None:
    one = await register.registers("wang")
    done = await asyncio.gather(register.accepts("zhao", one), register.returns("zhou", one))
    assert sorted(map(str, done)) in (
        sorted([RegistrationOutcome.ACCEPTED, Refusal.WRONG_TIME]),
        sorted([RegistrationOutcome.RETURNED, Refusal.WRONG_TIME]),
    )


async def test_one_form_that_comes_twice_is_sent_once(register: Register) -> None:
    begun = await register.begun("wang")
    sheet = await register.sheet("reg_vehicle")
    given = (filing.file_for, "wang", begun.registration_id, sheet, CAR, "same")
    done = await asyncio.gather(*(register.does(*given) for _ in range(3)))
    assert done.count(RegistrationOutcome.FILED) == 1
    assert len(await register.kept()) == 2


async def test_ended_while_it_is_accepted(register: Register) -> None:
    one = await register.registers("wang")
    ended, accepted = await asyncio.gather(
        register.ends("wang", one), register.accepts("zhao", one)
    )
    assert ended is RegistrationOutcome.ENDED
    assert accepted in {RegistrationOutcome.ACCEPTED, Refusal.WRONG_TIME}
    assert await register.kept() == []
