"""What goes wrong with machines: the process dies, Telegram is away, the clock jumps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tests.month.clock import Agenda, Deed, TownClock, on_wall
from tests.month.house import House

APART = 3
"""Days from one trouble to the next."""
HOUR = timedelta(hours=1)
LENGTHS = (timedelta(seconds=5), timedelta(minutes=7), HOUR, 9 * HOUR, 23 * HOUR)
"""How long the process is down, each once a month."""
AWAY = (HOUR / 2, 5 * HOUR)
"""How long Telegram is away, each once a month."""
JUMP = timedelta(hours=3)
JUMP_LASTS = timedelta(minutes=25)
"""The machine's clock is wrong for so long, then set right."""
LOST_ANSWERS = 3
"""So many messages leave once without anybody learning whether they arrived."""


@dataclass(frozen=True)
class Stretch:
    """A time in which the house could not do its work, or could not tell the time."""

    begins: datetime
    ends: datetime

    def touches(self, begins: datetime, ends: datetime) -> bool:
        """Tell whether it shares an instant with another stretch."""
        return self.begins <= ends and begins <= self.ends


class Troubles:
    """Plans the month's troubles and lets them happen."""

    def __init__(self, house: House, agenda: Agenda, clock: TownClock, rng: Random) -> None:
        self._house, self._agenda, self._clock, self._rng = house, agenda, clock, rng
        self.stretches: list[Stretch] = []

    def plan(self, begins: datetime, days: int) -> None:
        """Spread the troubles over the days, in a shuffled order, more than two days apart."""
        troubles = [
            *(self._goes_down(length) for length in LENGTHS),
            *(self._telegram_goes(length) for length in AWAY),
            self._clock_jumps,
            self._answers_get_lost,
        ]
        self._rng.shuffle(troubles)
        for number, trouble in enumerate(troubles[: days // APART]):
            day = begins + timedelta(days=number * APART + 1)
            self._agenda.add(on_wall(day, self._rng.uniform(8, 22)), trouble)

    def _lasts(self, length: timedelta) -> datetime:
        now = self._clock.now()
        self.stretches.append(Stretch(now, now + length))
        return now + length

    def _goes_down(self, length: timedelta) -> Deed:
        async def down() -> None:
            crash = self._rng.random() < 0.5
            self._house.wire.dying = crash
            self._house.stir()
            await self._house.settle()
            await self._house.stop(crash=crash)
            self._house.wire.dying = False
            self._agenda.add(self._lasts(length), self._house.start)

        return down

    def _telegram_goes(self, length: timedelta) -> Deed:
        def away() -> None:
            self._house.wire.away = True
            self._agenda.add(self._lasts(length), self._telegram_is_back)

        return away

    def _telegram_is_back(self) -> None:
        self._house.wire.away = False
        self._house.stir()

    def _answers_get_lost(self) -> None:
        self._house.wire.answers_lost = LOST_ANSWERS

    def _clock_jumps(self) -> None:
        self._clock.skew = JUMP
        self._house.stir()
        self._agenda.add(self._lasts(JUMP_LASTS), self._clock_is_set)

    def _clock_is_set(self) -> None:
        self._clock.skew = timedelta()
        self._house.stir()
