"""The sweep: fires what is due, each reminder with all that follows from it in one commit."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import structlog

from models.database import Session, Sessions, is_unavailable, transaction
from models.faults import named
from models.reminders import actions
from models.reminders.views import Due

log = structlog.get_logger(__name__)

Effect = Callable[[Session, Due, datetime], Awaitable[None]]
"""What a kind of reminder does; it runs in the transaction that settles the reminder."""

EffectOfAll = Callable[[Session, Sequence[Due], datetime], Awaitable[None]]


TOGETHER = 25
"""Of one kind done together at the most, before the time is looked at: on SQLite the loop stands
still meanwhile. By the mean of a thousand, so many take 2 to 9 ms by kind; of eighty the longest
took 172 ms on a busy machine (measured)."""


@dataclass(frozen=True)
class InSets:
    """An effect that has a set-wise form as well: `all` does for many what `one` does for each.

    Those of one kind that fall due behind one another are settled and done together. `all` cancels
    no reminder of its own kind: those that are done together with it have been settled.
    """

    one: Effect
    all: EffectOfAll
    first: int = TOGETHER
    """So many are done together before it is known how long they take: fewer where `all` may have
    to do them one by one after all."""

    async def __call__(self, session: Session, due: Due, now: datetime) -> None:
        """Do it for one."""
        await self.one(session, due, now)


BATCH = 20
"""Reminders in one transaction at the most: about as many as fit into HOLD_SECONDS, for on
PostgreSQL each that is held costs a write, whether it fires or not."""

SET = 250
"""Reminders in one transaction, at the most, where all the oldest have a set-wise effect."""

RUNS = 4
"""Runs of one kind among the oldest, at the most, for which a SET is held: of many short ones no
more is done in HOLD_SECONDS than of a BATCH."""

HOLD_SECONDS = 0.03
"""After so long a transaction fires no more. On SQLite turns wait for its end, and so does the
loop: it is to stand still for no more than 50 ms, and one reminder may take 20."""


class Pace:
    """What is left of the time of a transaction, and how many fit into it together."""

    def __init__(self) -> None:
        self.together = 1
        self._began = self._looked = time.monotonic()

    def is_over(self) -> bool:
        """Return whether no more is fired."""
        return time.monotonic() - self._began > HOLD_SECONDS

    def took(self, count: int) -> None:
        """Note that so many were done together: as many follow as fit into what is left."""
        now = time.monotonic()
        took, left = now - self._looked, self._began + HOLD_SECONDS - now
        fit = count * left / took if took else TOGETHER
        self.together = max(1, int(min(fit, TOGETHER)))
        self._looked = now

    def begin_anew(self) -> None:
        """Let the time begin now: what was undone of a set is not counted."""
        self._began = self._looked = time.monotonic()


async def sweep(sessions: Sessions, effects: Mapping[str, Effect], now: datetime) -> int:
    """Fire everything due by `now`, oldest first; give how many were settled."""
    settled = 0
    while done := await sweep_some(sessions, effects, now):
        settled += done
    return settled


async def sweep_some(sessions: Sessions, effects: Mapping[str, Effect], now: datetime) -> int:
    """Fire some of what is due, the oldest, in one short transaction; give how many were settled.

    At least one is, where any is due and no other sweep holds it. Whoever waits for the database
    has their turn before this returns.
    """
    settled = 0
    async with transaction(sessions) as session:
        pace = Pace()
        for together in _together(await _hold(session, effects, now), effects, pace):
            if len(together) > 1 and await _fire_all(session, effects, together, now):
                settled += len(together)
                pace.took(len(together))
            else:
                if len(together) > 1:
                    pace.begin_anew()
                for due in together:
                    if settled and pace.is_over():
                        break
                    settled += 1
                    if await actions.settle(session, due, now):
                        await _fire(session, effects, due, now)
            if pace.is_over():
                break
    await asyncio.sleep(0)  # the one connection to SQLite goes to whoever asks next: not to us
    return settled


async def _hold(session: Session, effects: Mapping[str, Effect], now: datetime) -> list[Due]:
    """Hold the oldest; more of them where they can be done in sets, few kinds at a time."""
    held = await actions.hold_due(session, now, BATCH, effects.keys())
    in_sets = all(_in_sets(due, effects) for due in held)
    runs = sum(1 for _ in groupby(held, lambda due: due.kind))
    if len(held) == BATCH and in_sets and runs <= RUNS:
        return await actions.hold_due(session, now, SET, effects.keys())
    return held


def _in_sets(due: Due, effects: Mapping[str, Effect]) -> bool:
    return not due.lapses and isinstance(effects.get(due.kind), InSets)


def _together(
    held: Sequence[Due], effects: Mapping[str, Effect], pace: Pace
) -> Iterator[list[Due]]:
    """Return those of one kind that are done together, all in the order in which they fell due."""
    for (kind, in_sets), run in groupby(held, lambda due: (due.kind, _in_sets(due, effects))):
        several, effect = list(run), effects.get(kind)
        pace.together = effect.first if in_sets and isinstance(effect, InSets) else 1
        while several:
            together, several = several[: pace.together], several[pace.together :]
            yield together


async def _fire_all(
    session: Session, effects: Mapping[str, Effect], held: Sequence[Due], now: datetime
) -> bool:
    """Settle some of one kind and run its effect for all of them; False, and nothing done, where
    that breaks: then they are fired one by one, so that the broken one alone is kept as failed."""
    effect = effects[held[0].kind]
    assert isinstance(effect, InSets)  # noqa: S101 - `_together` joins no others
    try:
        async with session.begin_nested():
            fires = await actions.settle_all(session, held, now)
            if fires:
                await effect.all(session, fires, now)
    except Exception as error:
        if is_unavailable(error):
            raise
        broken = {"kind": held[0].kind, "count": len(held), "error": named(error)}
        log.warning("reminders not done together", **broken)
        return False
    return True


async def _fire(session: Session, effects: Mapping[str, Effect], due: Due, now: datetime) -> None:
    """Run one effect; a broken one is kept as failed and holds nobody else up."""
    try:
        async with session.begin_nested():
            await effects[due.kind](session, due, now)
    except Exception as error:
        if is_unavailable(error):
            raise
        broken = named(error)
        told = {"reminder": due.id, "kind": due.kind, "error": broken}
        log.error("reminder failed", **told)  # noqa: TRY400 - what people wrote may stand in its words
        await actions.fail(session, due.id, broken)
