"""What a person is told when something went wrong on our side, or is too much."""

from handlers.i18n import gettext as _
from handlers.screen import Screen


def too_much() -> str:
    """Say that somebody has sent more than is read, in the 200 characters of an alert."""
    return _(
        "Slowly, please: that is more than I can read. This, and what you send in the next minute, "
        "is not read; send it again after that. “Help!” in writing, and 🆘, always get through."
    )


def apology() -> Screen:
    """Say that it is our fault, that it is kept, and what to do now."""
    return Screen(
        _(
            "Sorry, something went wrong on our side. What you sent is kept and we will look "
            "into it. Please try again in a while, or send /start."
        )
    )
