"""What a person is told when something went wrong on our side."""

from handlers.i18n import gettext as _
from handlers.screen import Screen


def apology() -> Screen:
    """Say that it is our fault, that it is kept, and what to do now."""
    return Screen(
        _(
            "Sorry, something went wrong on our side. What you sent is kept and we will look "
            "into it. Please try again in a while, or send /start."
        )
    )
