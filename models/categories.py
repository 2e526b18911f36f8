"""Kinds of help: a tree of two storeys, with what each asks of volunteers."""

from dataclasses import dataclass
from enum import StrEnum


class Skill(StrEnum):
    """What a volunteer can do for somebody; a category of help asks for some of these."""

    ERRANDS = "errands"
    MEDICAL = "medical"
    """Going along to a hospital, fetching medicine; not treatment."""
    FIRST_AID = "first_aid"
    PLUMBING = "plumbing"
    ELECTRIC = "electric"
    CARRYING = "carrying"
    COMPANY = "company"
    CHILDREN = "children"
    TUTORING = "tutoring"
    PETS = "pets"
    DIGITAL = "digital"
    LANGUAGES = "languages"
    LEGAL = "legal"
    DRIVING = "driving"


class Body(StrEnum):
    """Kind of body that answers for a category when neighbours cannot."""

    COMMITTEE = "committee"
    """Residents' committee 居委会."""
    PROPERTY = "property"
    """Property company 物业."""
    POLICE = "police"
    CLINIC = "clinic"


@dataclass(frozen=True)
class Category:
    """One kind of help. `skills`: having any of them makes somebody fit; empty: anybody is."""

    code: str
    parent: str | None = None
    skills: frozenset[Skill] = frozenset()
    body: Body = Body.COMMITTEE
    for_volunteers: bool = True
    """False: the owner handles it with the body; neighbours are not asked."""


def _kind(code: str, *skills: Skill, body: Body = Body.COMMITTEE, desk: bool = False) -> Category:
    parent = code.rpartition(".")[0] or None
    return Category(code, parent, frozenset(skills), body, for_volunteers=not desk)


_ALL = (
    _kind("errands", Skill.ERRANDS),
    _kind("errands.shopping", Skill.ERRANDS),
    _kind("errands.parcel", Skill.ERRANDS, Skill.CARRYING),
    _kind("errands.papers", Skill.ERRANDS),
    _kind("medical", Skill.MEDICAL, body=Body.CLINIC),
    _kind("medical.medicine", Skill.ERRANDS, Skill.MEDICAL, body=Body.CLINIC),
    _kind("medical.hospital", Skill.MEDICAL, Skill.DRIVING, body=Body.CLINIC),
    _kind("repairs", Skill.PLUMBING, Skill.ELECTRIC, body=Body.PROPERTY),
    _kind("repairs.plumbing", Skill.PLUMBING, body=Body.PROPERTY),
    _kind("repairs.electric", Skill.ELECTRIC, body=Body.PROPERTY),
    _kind("repairs.moving", Skill.CARRYING),
    _kind("company", Skill.COMPANY),
    _kind("company.visit", Skill.COMPANY),
    _kind("company.call", Skill.COMPANY),
    _kind("children", Skill.CHILDREN),
    _kind("children.minding", Skill.CHILDREN),
    _kind("children.tutoring", Skill.TUTORING),
    _kind("pets", Skill.PETS),
    _kind("digital", Skill.DIGITAL),
    _kind("language", Skill.LANGUAGES),
    _kind("public", body=Body.PROPERTY, desk=True),
    _kind("public.light", body=Body.PROPERTY, desk=True),
    _kind("public.lift", body=Body.PROPERTY, desk=True),
    _kind("public.rubbish", body=Body.PROPERTY, desk=True),
    _kind("public.noise", desk=True),
    _kind("public.hazard", body=Body.PROPERTY, desk=True),
    _kind("advice", Skill.LEGAL),
    _kind("advice.policy", desk=True),
    _kind("advice.legal", Skill.LEGAL),
    _kind("emergency", Skill.FIRST_AID, body=Body.POLICE),
    _kind("other"),
)


CATALOGUE: dict[str, Category] = {kind.code: kind for kind in _ALL}
"""Every kind by its code, in the order in which they are shown."""


EMERGENCY = "emergency"


HAZARD = "public.hazard"


OTHER = "other"


def children(code: str | None) -> list[Category]:
    """List the kinds right below one, in showing order; below None stand the first ones."""
    return [kind for kind in CATALOGUE.values() if kind.parent == code]


def is_leaf(code: str) -> bool:
    """Return whether a kind has none below it."""
    return not children(code)
