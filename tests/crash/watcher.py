"""A worker that sweeps day checks and call-ons, or takes one answer, and dies at a named point."""

import asyncio
import sys
from datetime import datetime
from typing import Any

from models.care.actions import asking as care_asking
from models.care.actions import due as care_due
from models.database import Sessions, open_engine, open_sessions, transaction
from models.daychecks.actions import answers, asking, ladder, signs
from models.daychecks.rules.states import Known
from models.people.queries import person_by_id
from models.people.rules import Sign
from models.people.views import Person
from models.routines.actions import occasions
from models.vault import Vault
from models.wiring import wire
from scheduler import sweep
from scheduler.effects import EFFECTS
from tests.crash.child import set_point, write_to

HERE = sys.modules[__name__]

POINTS: dict[str, tuple[Any, str, bool]] = {
    "days begun, nobody asked": (asking, "notify_each", False),
    "asked, no clock set": (asking, "remind_all", False),
    "asked late, the circle not yet": (asking, "tell_first", False),
    "asked late, the circle too": (asking, "tell_first", True),
    "asked again": (ladder, "notify_each", True),
    "asked again, the clock set": (ladder, "remind_all", True),
    "one of the circle asked": (ladder, "tell_contact", True),
    "a rung told": (ladder, "tell_all", True),
    "neighbours sent": (ladder, "_alarm", True),
    "a set done, not committed": (sweep, "_fire_all", True),
    "done, not committed": (sweep, "_fire", True),
    "some committed": (sweep, "sweep_some", True),
    "an answer read": (answers, "settle", False),
    "an answer taken, not committed": (answers, "settle", True),
    "a sign seen": (signs, "settle", False),
    "a sign taken, not committed": (signs, "settle", True),
    "an answer committed": (HERE, "take", True),
    "the next call-on planned": (care_due, "plan_ahead", True),
    "a visitor about to be asked": (care_due, "ask_on", False),
    "a visitor asked": (care_due, "ask_on", True),
    "a request filed for company": (care_asking, "file_request", True),
    "missed, nobody told": (occasions, "miss", True),
}
"""Name -> (where, what is wrapped, whether the end comes after it)."""


def live(order: dict[str, Any]) -> None:
    """Do what there is to do until the point is reached, or to the end."""
    write_to(order["log"])
    wire()
    sweep.HOLD_SECONDS = 0.0  # a set a transaction, however quick the machine is
    if order["point"]:
        set_point(POINTS[order["point"]], order["times"])
    asyncio.run(run(order))


async def run(order: dict[str, Any]) -> None:
    engine = open_engine(order["database_url"])
    sessions = open_sessions(engine, Vault.from_text(order["key"]))
    now = datetime.fromisoformat(order["now"])
    if order.get("deed"):
        await take(sessions, order["deed"], order["who"], order["day"], now)
    else:
        await sweep.sweep(sessions, EFFECTS, now)
    await engine.dispose()


async def take(sessions: Sessions, deed: str, who: int, day_id: int, now: datetime) -> None:
    """Take somebody's answer in a transaction, as a turn does."""
    async with transaction(sessions) as session:
        actor = await person_by_id(session, who)
        assert actor is not None
        if deed == "sign":
            await signs.gave_sign(session, who, Sign(now), now)
        else:
            await DEEDS[deed](session, actor, day_id, now)


async def _well(session: Any, actor: Person, day_id: int, now: datetime) -> None:
    await answers.say_well(session, actor, day_id, now=now)


async def _help(session: Any, actor: Person, day_id: int, now: datetime) -> None:
    await answers.ask_help(session, actor, day_id, "家里没米了", now=now)


async def _found(session: Any, actor: Person, day_id: int, now: datetime) -> None:
    await answers.find_well(session, actor, day_id, Known.SPOKE, now=now)


DEEDS = {"well": _well, "help": _help, "found": _found}
