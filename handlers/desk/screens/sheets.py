"""The choice of spreadsheets."""

from handlers.desk.callbacks import TakeSheet
from handlers.desk.screens.board import to_desk
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen, button, inline
from models.help.rules.search import Sheet

LABELS = {
    Sheet.REQUESTS: mark("📄 Requests of a year"),
    Sheet.HOURS: mark("🕑 Hours given in a year"),
    Sheet.CALLS: mark("☎️ Who is to be rung"),
}
CAPTIONS = {
    Sheet.REQUESTS: mark("The requests of your places. It names people: keep it to yourself."),
    Sheet.HOURS: mark("What volunteers gave. It names people: keep it to yourself."),
    Sheet.CALLS: mark(
        "Who is to be rung, with phones. Everybody in it can see that you looked. Keep it to "
        "yourself, and delete it when you are through."
    ),
}


def sheets_screen() -> Screen:
    """Offer what can be taken along."""
    words = _(
        "A file of your places, to work on or to report from. That you took it is written down; "
        "phone numbers stand only in the list of who is to be rung."
    )
    rows = [[button(_(label), TakeSheet(sheet=sheet))] for sheet, label in LABELS.items()]
    return Screen(words, _("📊 Spreadsheets"), inline(*rows, [to_desk()]))
