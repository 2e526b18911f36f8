"""How often somebody is looked in on, by whom, and the days and words that follow from it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.policy.rules import Policy, Span
from models.routines.rules import Rhythm, RoutinePlan

WORDS_LENGTH = 500
ASK_AGAIN_AFTER = timedelta(days=365)
"""A 'no' is kept so long: until then nobody asks again."""
REVIEW_AFTER = timedelta(days=365)
SLIP_WITHIN = timedelta(hours=24)
"""How long whoever ended it can take that back; only then pairs end and sealed words go."""
SUBSTITUTE_HAS = timedelta(hours=3)
"""How long a substitute is asked before the next one is; whoever was asked can still say yes."""
DOOR_WORDS = (
    "桂花", "杨柳", "青松", "红豆", "白云", "明月", "春雨", "秋菊", "荷叶", "竹林", "石榴", "枇杷",
    "燕子", "喜鹊", "蜻蜓", "灯笼", "风筝", "豆腐", "芝麻", "葡萄", "雪梨", "橘子", "莲藕", "茶叶",
    "小桥", "流水", "远山", "朝霞", "彩虹", "星星", "瓦片", "水缸", "算盘", "棋子", "胡琴", "鼓楼",
    "毛笔", "砚台", "扇子", "雨伞", "布鞋", "围巾", "米酒", "汤圆", "粽子", "月饼", "年糕", "腊梅",
)  # fmt: skip
"""Two characters that everybody can say aloud; drawn for each home and day by the key."""


@dataclass(frozen=True)
class CarePolicy(Policy):
    """Who is looked in on how often, and by whom."""

    call_weekly: timedelta = timedelta(days=3)
    """How long a weekly call-on can be made, from its day on."""
    call_monthly: timedelta = timedelta(days=7)
    """How long a monthly call-on can be made."""
    call_quarterly: timedelta = timedelta(days=14)
    """How long a quarterly call-on can be made."""
    most_homes: int = 6
    """Homes that one visitor looks in on."""
    festival_ahead: timedelta = timedelta(days=21)
    """How long before a festival staff can arrange visits for it."""
    gifts_told: timedelta = timedelta(days=3)
    """How long before a festival staff are told which homes nobody visits yet."""
    concern_within: timedelta = timedelta(days=1)
    """Within which somebody must see to what was told in confidence, before it is told above."""
    concern_signed: Span = Span(days=1)
    """Within which somebody else must look at what was done about money, or they are reminded."""
    concern_asked: tuple[int, ...] = (7, 30)
    """Days after that at which the person is asked whether it is still well, as of an order."""


class CareRhythm(StrEnum):
    """How often somebody is looked in on: all that is kept in plain about it."""

    WEEKLY = "weekly"
    """For those at the highest risk (Inner Mongolia, 2022)."""
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


def plan_of(rhythm: CareRhythm, weekday: int, starts_on: date, policy: CarePolicy) -> RoutinePlan:
    """Return the plan of a home's call-ons: weekly on a weekday, else by the day of the month.

    The windows are as long as the policy says; `starts_on` is the first day that counts.
    """
    if rhythm is CareRhythm.WEEKLY:
        days = policy.call_weekly.days
        return RoutinePlan(Rhythm.WEEKDAY, starts_on, on=weekday, lasts=days)
    monthly = rhythm is CareRhythm.MONTHLY
    lasts = policy.call_monthly if monthly else policy.call_quarterly
    every = 1 if monthly else 3
    return RoutinePlan(Rhythm.MONTH_DAY, starts_on, every, on=starts_on.day, lasts=lasts.days)


def asks_again_from(declined_at: datetime) -> datetime:
    """Return from when on somebody who said no may be asked again."""
    return declined_at + ASK_AGAIN_AFTER


def closes_at(ended_at: datetime) -> datetime:
    """Return when a home closes for good that was ended at an instant."""
    return ended_at + SLIP_WITHIN


def word_of_day(drawn: int) -> str:
    """Return the two characters that both sides of a door have, by a number drawn with the key."""
    return DOOR_WORDS[drawn % len(DOOR_WORDS)]


def days_left(opens_on: date, ends_on: date, today: date) -> tuple[date, ...]:
    """List the days of a window from today on, today first."""
    first = max(opens_on, today)
    return tuple(first + timedelta(days=n) for n in range((ends_on - first).days + 1))


def first_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def month_number(first: date) -> int:
    """Return the number of a month through the years: short enough for a button."""
    return first.year * 12 + first.month - 1


def month_numbered(number: int) -> date | None:
    """Return the first day of a month by its number; None where there is no such month."""
    return date(number // 12, number % 12 + 1, 1) if 12 <= number < 12 * 9999 else None


def month_after(first: date) -> date:
    """Return the first day of the month after the one that begins with `first`."""
    return first_of(first + timedelta(days=31))


def month_before(first: date) -> date:
    """Return the first day of the month before the one that begins with `first`."""
    return first_of(first - timedelta(days=1))
