"""The card with door and phone, and what is left of it once they are hidden again."""

from handlers.help.callbacks import HideContact, OpenTask
from handlers.help.screens import lines
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, where_line
from models.help.views import Contact, ContactCard


def contact_screen(card: ContactCard, contact: Contact, look_id: int) -> Screen:
    """Show door and phone to the one who holds the task."""
    nothing = _("not given")
    through = contact.through.name if contact.through else ""
    text = joined(
        "👤 " + contact.beneficiary.name,
        where_line(card.where),
        "🚪 " + _("Door: {door}").format(door=contact.door or nothing),
        "📞 " + _("Phone: {phone}").format(phone=contact.phone or nothing),
        _("Speaks for them: {name}").format(name=through) if through else "",
        "📝 " + contact.note if contact.note else "",
    )
    told = _(
        "{name} can see that you looked. Please keep this to yourself; "
        "“Hide” takes it off your screen."
    ).format(name=contact.beneficiary.name)
    hide = button(_("🙈 Hide"), HideContact(id=card.request_id, look_id=look_id))
    return Screen(paragraphs(text, told), lines.title(card.number, card.category), inline([hide]))


def hidden_screen(request_id: int) -> Screen:
    """Say that door and phone are hidden, and lead back to the task."""
    task = button(_("📂 Open the task"), OpenTask(id=request_id, below=True))
    return Screen(_("🙈 Door and phone are hidden again."), keyboard=inline([task]))


def over_screen() -> Screen:
    """Say that door and phone are hidden for good: the task is over, or somebody else's."""
    return Screen(_("🙈 Door and phone are hidden again. Thank you for keeping them to yourself."))
