"""The screens for what somebody sent without being asked."""

from handlers.help.callbacks import AskWithThis
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline


def offer_screen(number: int) -> Screen:
    """Offer to ask for help with what the message of this number brought."""
    text = _(
        "Shall we ask the neighbours to help? Tap here, and you need not say it again. "
        "For anything else, use the buttons at the bottom."
    )
    ask = button(_("🙋 Ask for help with this"), AskWithThis(id=number))
    return Screen(text, keyboard=inline([ask]))


def gone_screen() -> Screen:
    """Say that what was sent then is no longer held; the form's first question follows."""
    return Screen(_("Sorry, we no longer have what you sent then. Please tell us once more."))
