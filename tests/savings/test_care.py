"""Looking in on somebody is credited on the home's word, when both sides have said so."""

from datetime import datetime, timedelta

import pytest

from models.care.actions.calls import coming, report, say
from models.care.rules.states import CallWay, CareFound, HomeSaid
from models.database import Session
from models.people.views import Person
from models.savings.claims import open_disputes
from models.savings.rules import CauseKind, Confirmer
from models.savings.views import TimeView
from tests.care.lane import Lane
from tests.savings.bank import Bank


@pytest.fixture
async def lane(bank: Bank) -> Lane:
    """The street of the bank, in which li looks in on wang: the first call-on is open."""
    lane = Lane(bank.street)
    await lane.agreed()
    await lane.passes(days=2, hours=12)
    await lane.does(coming, "li", 1)
    return lane


async def test_the_home_says_that_they_came(lane: Lane, bank: Bank) -> None:
    await lane.does(report, "li", 1, CareFound.WELL)
    assert await bank.moves() == []
    await lane.does(say, "wang", 1, HomeSaid.CAME)
    moves = await bank.moves()
    assert [(one.minutes, one.cause_kind, one.confirmer) for one in moves] == [
        (30, CauseKind.CARE, Confirmer.HELPED)
    ]


async def test_the_home_says_so_first(lane: Lane, bank: Bank) -> None:
    await lane.does(say, "wang", 1, HomeSaid.CAME)
    assert await bank.moves() == []
    await lane.does(report, "li", 1, CareFound.WELL, CallWay.PHONE)
    moves = await bank.moves()
    assert [(one.minutes, one.by_id, one.confirmer) for one in moves] == [
        (10, bank.street.people["wang"], Confirmer.HELPED)
    ]


async def test_the_home_says_so_after_all(lane: Lane, bank: Bank) -> None:
    await lane.does(report, "li", 1, CareFound.WELL)
    await lane.does(say, "wang", 1, HomeSaid.DID_NOT)
    await lane.does(say, "wang", 1, HomeSaid.CAME)
    assert [one.minutes for one in await bank.moves()] == [30]


async def test_nobody_came_is_for_the_secretary_and_credits_nothing(lane: Lane, bank: Bank) -> None:
    await lane.does(report, "li", 1, CareFound.WELL)
    await lane.does(say, "wang", 1, HomeSaid.DID_NOT)
    assert await bank.moves() == []
    views = await bank.does(_disputes, "zhou")
    assert [(one.kind, one.minutes) for one in views] == [(CauseKind.CARE, 30)]


async def test_silence_is_no_word(lane: Lane, bank: Bank) -> None:
    await lane.does(report, "li", 1, CareFound.WELL)
    await lane.until(bank.street.now + timedelta(days=30))
    assert await bank.moves() == []


async def _disputes(session: Session, actor: Person, *, now: datetime) -> list[TimeView]:
    return await open_disputes(session, actor)
