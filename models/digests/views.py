"""Pictures of a day or a week that leave the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.callups.views import CallupLine
from models.categories import Body
from models.digests.rules.rates import Rate, RateCounts
from models.digests.rules.times import Heading
from models.gatherings.views import GatheringLine
from models.help.views import HoursGiven, RequestLine, TaskLine


@dataclass(frozen=True)
class Named:
    """A place by its own name in both languages; without an English name it keeps its own."""

    place_id: int
    zh: str
    en: str


@dataclass(frozen=True)
class Row:
    """One line of a report: a part of the place or a body, this week and the week before."""

    what: Named | Body
    now: RateCounts
    before: RateCounts


@dataclass(frozen=True)
class RatesReport:
    """The rates of one place in one week, with the week before for comparison."""

    place: Named
    monday: date
    """First day of the week it is about; it ends with its Sunday."""
    whole: Row
    places: tuple[Row, ...]
    """Communities, or the grids of one, most requests first; empty where there is only one."""
    bodies: tuple[Row, ...]

    def busy(self, rate: Rate) -> bool:
        """Return whether there is anything to say about a rate, in either week."""
        return bool(self.whole.now.of(rate).all or self.whole.before.of(rate).all)


@dataclass(frozen=True)
class StaffDay:
    """What waits for somebody of the desk; each request stands under one heading."""

    open: int
    """Unended requests they answer for."""
    under: Mapping[Heading, tuple[RequestLine, ...]]
    """The oldest promise first; headings without a request are left out. Among the calls are those
    that the owner may not make."""
    orders: int
    """Rectification orders that are theirs to carry out."""
    orders_late: int
    gatherings: tuple[GatheringLine, ...] = ()
    """That begin before the day ends, where they work."""
    calls_missed: int = 0
    """Call-ons on homes where they work that were missed, and can still be made up for."""
    gifts_open: int = 0
    """Homes there that nobody visits yet for a festival that is near."""

    callups: tuple[CallupLine, ...] = ()
    """With people at work before the day ends, where they may call; numbers of that time."""

    @property
    def empty(self) -> bool:
        """Return whether nothing is theirs."""
        care = self.calls_missed or self.gifts_open
        today = self.gatherings or self.callups
        return not (self.open or self.orders or self.under or today or care)


@dataclass(frozen=True)
class Thanks:
    """A resident said solved about a task somebody did; stars where they were given."""

    name: str
    category: str
    stars: int | None


@dataclass(frozen=True)
class VolunteerWeek:
    """What a volunteer gave in a week, who thanked them, what comes next."""

    tasks: int
    minutes: int
    hours: HoursGiven
    """This month and in all."""
    thanks: tuple[Thanks, ...]
    next: tuple[TaskLine, ...]
    """Tasks they hold, the earliest first."""

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to say."""
        return not (self.tasks or self.thanks or self.next)
