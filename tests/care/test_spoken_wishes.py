"""Wishes that were spoken: kept sealed beside the words, heard by whoever may read them, erased."""

import pytest

from handlers.care.callbacks import HomeAct, OnHome
from handlers.care.ledger import ledger_tables
from handlers.care.screens.calls import call_screen
from handlers.care.screens.homes import home_screen
from handlers.i18n import CHINESE, speaking
from handlers.settings.copy import page
from models.care.actions import calls, ending, homes, ledger
from models.care.actions.proposing import ask_for_company
from models.care.queries.homes import home_opened, wishes_voice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CareRhythm
from models.database import transaction
from models.held import copy_of
from models.people.actions.personal import looks_at_me
from models.records.rules import Refusal
from tests.care.lane import Lane

LISTEN = OnHome(act=HomeAct.LISTEN, id=1).pack()


async def looked(lane: Lane) -> list[tuple[str, tuple[str, ...]]]:
    async with transaction(lane.street.sessions) as session:
        looks = await looks_at_me(session, await lane.street.actor(session, "wang"))
    return [(one.name, one.fields) for one in looks]


async def test_whoever_may_read_wishes_hears_them_and_she_reads_of_it(lane: Lane) -> None:
    await lane.agreed(wishes="", voice="spoken")
    for name in ("li", "chen"):
        assert await lane.does(wishes_voice, name, 1) is Refusal.NOT_ALLOWED
    shut = home_screen(await lane.view("zhao"), lane.street.now)
    assert LISTEN not in str(shut.keyboard)
    opened = await lane.does(home_opened, "zhao", 1)
    assert (opened.wishes, opened.wishes_spoken) == ("", True)
    with speaking(CHINESE):
        shown = home_screen(opened, lane.street.now)
    assert "🎤 一段语音" in shown.text
    assert LISTEN in str(shown.keyboard)
    assert await lane.does(wishes_voice, "zhao", 1) == "spoken"
    assert ("zhao", ("reasons", "wishes_voice")) in await looked(lane)
    assert ("zhao", ("wishes_voice",)) in await looked(lane)
    assert await lane.does(wishes_voice, "wang", 1) == "spoken"
    one = await lane.opened()
    for comes in (False, True):
        if comes:
            await lane.does(calls.coming, "li", one)
        with speaking(CHINESE):
            card = call_screen(await lane.call("li", one), lane.street.now)
        assert "🎤 一段语音" in card.text
        assert LISTEN in str(card.keyboard)
    assert await lane.does(wishes_voice, "li", 1) == "spoken"
    assert ("li", ("wishes_voice",)) in await looked(lane)
    assert "wang" not in [name for name, _fields in await looked(lane)]


async def test_words_and_voice_take_each_others_place(lane: Lane) -> None:
    await lane.agreed(wishes="喜欢下棋")
    assert await lane.does(homes.set_wishes, "zhao", 1, "", voice="spoken") is CareOutcome.CHANGED
    row = await lane.home()
    assert (row.wishes, row.wishes_voice is None) == (None, False)
    assert await lane.does(homes.set_wishes, "zhao", 1, "喜欢听戏") is CareOutcome.CHANGED
    row = await lane.home()
    assert (row.wishes is None, row.wishes_voice) == (False, None)
    assert await lane.does(wishes_voice, "zhao", 1) == ""


@pytest.mark.parametrize("paused", [False, True])
async def test_nobody_hears_them_once_it_rests_or_has_ended(lane: Lane, *, paused: bool) -> None:
    await lane.agreed(wishes="", voice="spoken")
    await lane.does(calls.coming, "li", await lane.opened())
    await lane.does(homes.pause if paused else ending.end, "wang", 1)
    assert await lane.does(wishes_voice, "li", 1) is Refusal.NOT_ALLOWED
    kept = await lane.does(wishes_voice, "zhao", 1)
    assert kept == ("spoken" if paused else Refusal.WRONG_TIME)
    if not paused:
        await lane.closed()
        assert (await lane.home()).wishes_voice is None


async def test_the_copy_and_the_ledger_say_that_there_is_a_voice(lane: Lane) -> None:
    made = await lane.does(ask_for_company, "wang", CareRhythm.WEEKLY, "", voice="spoken")
    assert made.outcome is CareOutcome.ASKED_FOR
    async with transaction(lane.street.sessions) as session:
        own = await copy_of(session, await lane.street.actor(session, "wang"), now=lane.street.now)
    await lane.does(ledger.ask, "zhao", lane.street.places["gui"].id, lane.street.now.year, "检查")
    decided = await lane.does(ledger.approve, "zhou", 1)
    with speaking(CHINESE):
        assert "🎤 一段语音" in page(own, lane.street.now)
        assert "🎤 一段语音" in str(ledger_tables(decided.ledger))
