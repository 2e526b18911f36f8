"""What kinds of help, and the bodies that answer for them, are called."""

from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.categories import Body

CATEGORIES = {
    "errands": ("🛒", mark("Shopping and errands")),
    "errands.shopping": ("🛒", mark("Shopping")),
    "errands.parcel": ("📦", mark("Parcels")),
    "errands.papers": ("📄", mark("Papers and offices")),
    "medical": ("💊", mark("Doctor and medicine")),
    "medical.medicine": ("💊", mark("Fetching medicine")),
    "medical.hospital": ("🏥", mark("Going along to hospital")),
    "repairs": ("🔧", mark("Repairs and lifting")),
    "repairs.plumbing": ("🚰", mark("Water and pipes")),
    "repairs.electric": ("💡", mark("Lights and wiring")),
    "repairs.moving": ("🪑", mark("Lifting heavy things")),
    "company": ("🤝", mark("Company")),
    "company.visit": ("🏠", mark("A visit")),
    "company.call": ("☎️", mark("A phone call now and then")),
    "children": ("🧒", mark("Children")),
    "children.minding": ("🧒", mark("Minding a child")),
    "children.tutoring": ("📚", mark("Homework help")),
    "pets": ("🐾", mark("Pets")),
    "digital": ("📱", mark("Phone and computer")),
    "language": ("🗣", mark("Translating")),
    "public": ("🏘", mark("Stairs, lift, rubbish, noise")),
    "public.light": ("🔦", mark("A lamp is out")),
    "public.lift": ("🛗", mark("The lift")),
    "public.rubbish": ("🗑", mark("Rubbish")),
    "public.noise": ("🔊", mark("Noise")),
    "public.hazard": ("⚠️", mark("Something dangerous")),
    "advice": ("⚖️", mark("Advice")),
    "advice.policy": ("📋", mark("Benefits and policies")),
    "advice.legal": ("⚖️", mark("A legal question")),
    "emergency": ("🆘", mark("Emergency")),
    "other": ("💬", mark("Something else")),
}


HAZARDS = {
    "hazard.fire_exit": ("🚪", mark("A way out is blocked")),
    "hazard.e_bike": ("🛵", mark("Charging an e-bike in the wrong place")),
    "hazard.wiring": ("⚡", mark("Wires")),
    "hazard.gas": ("🔥", mark("Gas")),
    "hazard.water": ("💧", mark("Water: a leak, a slippery floor")),
    "hazard.falling": ("🧱", mark("Something may fall down")),
    "hazard.lighting": ("🔦", mark("It is dark there")),
    "hazard.lift": ("🛗", mark("Danger in the lift")),
    "hazard.structure": ("🏚", mark("Walls, roofs, railings")),
    "hazard.other": ("⚠️", mark("Another danger")),
}
"""Kinds of hazards, as early items name them."""

BODIES = {
    Body.COMMITTEE: (mark("Residents' committee"), mark("Committee")),
    Body.PROPERTY: (mark("Property company"), mark("Property")),
    Body.POLICE: (mark("Police"), mark("Police")),
    Body.CLINIC: (mark("Clinic"), mark("Clinic")),
}
"""Each with the one word of it that goes into the narrow column of a chart."""


def body(value: Body) -> str:
    """Call a body that answers."""
    return _(BODIES[value][0])


def body_in_a_word(value: Body) -> str:
    """Call a body by the one word that stands for it."""
    return _(BODIES[value][1])


def category(code: str) -> str:
    """Call a kind of help; one that is no longer in the catalogue is something else."""
    return _(_called(code)[1])


def category_label(code: str) -> str:
    """Call a kind of help with its sign in front."""
    return f"{_called(code)[0]} {category(code)}"


def _called(code: str) -> tuple[str, str]:
    return CATEGORIES.get(code) or HAZARDS.get(code) or CATEGORIES["other"]
