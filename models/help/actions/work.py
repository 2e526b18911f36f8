"""What the holder of a task does: set out, look at door and phone, report done."""

from collections.abc import Sequence
from datetime import datetime

from models.database import Session
from models.help.rules import POLICY, DoneOutcome, Policy, Refusal, WorkOutcome
from models.help.views import Contact, Media
from models.people.views import Person


async def on_my_way(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> WorkOutcome:
    """Tell the resident that the holder has set out."""
    raise NotImplementedError


async def report_done(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    now: datetime,
    all_finished: bool = False,
    media: Sequence[Media] = (),
    minutes: int | None = None,
    policy: Policy = POLICY,
) -> DoneOutcome:
    """Report one's own part done, with photos if wanted and minutes given if known.

    The request is done (ALL_DONE) when every hand was found and has reported, or when the reporter
    says that nothing is left (`all_finished`); the resident is asked then.
    """
    raise NotImplementedError


async def see_contact(
    session: Session, actor: Person, request_id: int, *, now: datetime, policy: Policy = POLICY
) -> Contact | Refusal:
    """Show door and phone to the holder, while it lasts and 48 hours after closing; or to staff.

    Every look is written to the audit book and to the timeline that the resident reads.
    """
    raise NotImplementedError
