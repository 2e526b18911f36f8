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
    "advice": ("⚖️", mark("Advice")),
    "advice.policy": ("📋", mark("Benefits and policies")),
    "advice.legal": ("⚖️", mark("A legal question")),
    "emergency": ("🆘", mark("Emergency")),
    "other": ("💬", mark("Something else")),
}


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
    return _(CATEGORIES.get(code, CATEGORIES["other"])[1])


def category_label(code: str) -> str:
    """Call a kind of help with its sign in front."""
    sign, _name = CATEGORIES.get(code, CATEGORIES["other"])
    return f"{sign} {category(code)}"
