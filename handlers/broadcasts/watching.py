"""Rendering what a broadcast's author is told of it: how far it is, and what came of it."""

from handlers.broadcasts.screens.progress import progress_screen
from handlers.broadcasts.screens.report import report_screen
from handlers.i18n import gettext as _
from handlers.notices import renders
from handlers.screen import Pointless, Screen
from models.broadcasts.queries.progress import progress_of
from models.broadcasts.queries.report import report
from models.broadcasts.rules.notices import Notice as Kind
from models.broadcasts.views import Report
from models.database import Session
from models.outbox.views import Notice
from models.people.queries import person_by_id

NOT_THEIRS = Pointless("the reader has no part in it any more")


@renders(Kind.PROGRESS)
async def progress(session: Session, notice: Notice) -> Screen | Pointless:
    """Show how far a broadcast is by now."""
    found = await progress_of(session, notice.recipient_id, notice.subject_id, notice.now)
    return NOT_THEIRS if found is None else progress_screen(found)


@renders(Kind.ENDED)
async def ended(session: Session, notice: Notice) -> Screen | Pointless:
    """Say that every copy is settled, with the counts."""
    reader = await person_by_id(session, notice.recipient_id)
    if reader is None:
        return NOT_THEIRS
    found = await report(session, reader, notice.subject_id, now=notice.now)
    if not isinstance(found, Report):
        return NOT_THEIRS
    return report_screen(found, _("Your broadcast has gone out: every copy is settled."))
