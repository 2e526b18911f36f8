"""Reading requests: what residents, volunteers and the desk see."""

from datetime import datetime

from models.database import Session
from models.help.rules import POLICY, Policy, Refusal
from models.help.views import (
    Choice,
    DeskPage,
    Hours,
    OfferCard,
    RequestLine,
    RequestView,
    TaskDetail,
    TaskLine,
)
from models.people.views import Person


async def my_requests(
    session: Session, actor: Person, *, now: datetime, limit: int = 20
) -> list[RequestLine]:
    """List what the actor filed, needs or is proxy for: unended first, then newest first."""
    raise NotImplementedError


async def where_is_it_now(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> RequestView | Refusal:
    """Show a request whole to its resident: state, owner, helpers, timeline without inner notes."""
    raise NotImplementedError


async def my_tasks(session: Session, actor: Person) -> list[TaskLine]:
    """List what the actor holds, waits for, or has done and the resident has not yet judged."""
    raise NotImplementedError


async def my_hours(session: Session, actor: Person, *, now: datetime, zone: str) -> Hours:
    """Add up what the actor has given; the month is the present one by the zone's calendar."""
    raise NotImplementedError


async def task_detail(
    session: Session, actor: Person, request_id: int, *, now: datetime, policy: Policy = POLICY
) -> TaskDetail | Refusal:
    """Show a task to the one who holds it or did it; a waiting or former holder is refused."""
    raise NotImplementedError


async def offer_card(session: Session, person_id: int, request_id: int) -> OfferCard | None:
    """Show a request as a card to one volunteer; None when it is none of theirs to see.

    Seen by those asked, by those with a claim, and by active volunteers who serve the place.
    """
    raise NotImplementedError


async def open_tasks(
    session: Session, actor: Person, *, now: datetime, limit: int = 10
) -> list[OfferCard]:
    """List requests with hands missing at the places the volunteer serves.

    Emergencies first, then the nearest, then the oldest; own, declined and held ones left out.
    """
    raise NotImplementedError


async def desk_list(
    session: Session,
    actor: Person,
    *,
    now: datetime,
    page: int = 0,
    size: int = 8,
    mine: bool = False,
) -> DeskPage:
    """List unended requests of the actor's places by age, oldest first; `mine`: owned ones only.

    Somebody with no desk sees an empty page.
    """
    raise NotImplementedError


async def desk_view(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> RequestView | Refusal:
    """Show a request whole to the desk of its place, inner notes included."""
    raise NotImplementedError


async def find_number(
    session: Session, actor: Person, number: int, *, now: datetime
) -> list[RequestLine]:
    """Find a receipt number among the requests the actor may see (own, or of the desk's places)."""
    raise NotImplementedError


async def staff_choices(session: Session, actor: Person, request_id: int) -> list[Choice]:
    """List staff a request may be handed to, least loaded first; empty without the right."""
    raise NotImplementedError


async def volunteer_choices(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    now: datetime,
    limit: int = 8,
    policy: Policy = POLICY,
) -> list[Choice]:
    """List volunteers who may be assigned, best fit first; empty without the right."""
    raise NotImplementedError
