"""What skills and hours are called, and how a week is told in a few groups."""

from collections.abc import Iterable

from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.categories import Skill
from models.volunteers.rules import ALL_HOURS, DayPart, hours_of

SKILLS = {
    Skill.ERRANDS: mark("🛒 Errands"),
    Skill.COMPANY: mark("🤝 Company"),
    Skill.MEDICAL: mark("🏥 Hospital, medicine"),
    Skill.CARRYING: mark("🪑 Lifting"),
    Skill.PLUMBING: mark("🚰 Pipes"),
    Skill.ELECTRIC: mark("💡 Wiring"),
    Skill.DIGITAL: mark("📱 Phones"),
    Skill.CHILDREN: mark("🧒 Children"),
    Skill.TUTORING: mark("📚 Homework"),
    Skill.PETS: mark("🐾 Pets"),
    Skill.LANGUAGES: mark("🗣 Languages"),
    Skill.DRIVING: mark("🚗 Driving"),
    Skill.FIRST_AID: mark("⛑ First aid"),
    Skill.LEGAL: mark("⚖️ Law"),
}
"""Every skill, the most wanted first."""

WEEKDAYS, WEEKEND = range(5), range(5, 7)
ANY_TIME = "any"

GROUPS: dict[str, tuple[str, int]] = {
    "wd0": (
        mark("Weekday mornings"),
        hours_of((day, DayPart.MORNING) for day in WEEKDAYS),
    ),
    "wd1": (
        mark("Weekday afternoons"),
        hours_of((day, DayPart.AFTERNOON) for day in WEEKDAYS),
    ),
    "wd2": (
        mark("Weekday evenings"),
        hours_of((day, DayPart.EVENING) for day in WEEKDAYS),
    ),
    "we0": (
        mark("Weekend mornings"),
        hours_of((day, DayPart.MORNING) for day in WEEKEND),
    ),
    "we1": (
        mark("Weekend afternoons"),
        hours_of((day, DayPart.AFTERNOON) for day in WEEKEND),
    ),
    "we2": (
        mark("Weekend evenings"),
        hours_of((day, DayPart.EVENING) for day in WEEKEND),
    ),
    "night": (mark("At night"), hours_of((day, DayPart.NIGHT) for day in range(7))),
}
"""The week in groups that one chooses from: name, and the mask of hours."""


def mask_of(groups: Iterable[str]) -> int:
    """Join chosen groups to a mask of weekly hours."""
    mask = 0
    for group in groups:
        mask |= ALL_HOURS if group == ANY_TIME else GROUPS[group][1]
    return mask


def groups_of(mask: int) -> list[str]:
    """Tell a mask in groups; hours that fill no group are left out."""
    if mask == ALL_HOURS:
        return [ANY_TIME]
    return [group for group, (_name, hours) in GROUPS.items() if mask & hours == hours]


def hours_words(groups: Iterable[str]) -> str:
    """Call chosen groups by name."""
    names = [_("Any time") if each == ANY_TIME else _(GROUPS[each][0]) for each in groups]
    return _(", ").join(names)


def skills_words(skills: Iterable[str]) -> str:
    """Call skills by name, the most wanted first."""
    chosen = set(skills)
    return _(", ").join(_(name) for skill, name in SKILLS.items() if skill in chosen)
