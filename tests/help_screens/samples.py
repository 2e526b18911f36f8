"""Pictures of requests in every state, ordinary and as large as they can get."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product

from models.categories import CATALOGUE
from models.help.rules.limits import (
    MOST_MEDIA,
    NOTE_LENGTH,
    TEXT_LENGTH,
    WHEN_LENGTH,
    Channel,
    Line,
)
from models.help.rules.matching import Reason
from models.help.rules.outcomes import HandBackReason
from models.help.rules.policy import Urgency
from models.help.rules.states import ClaimState, OfferState, State
from models.help.views import (
    ContactView,
    DoorAndPhone,
    Holder,
    OfferCard,
    RequestLine,
    RequestView,
    StaffChoice,
    TaskDetail,
    TaskLine,
    TimelineLine,
)
from models.media import Media, MediaKind
from models.names.views import Where, Who
from tests.conftest import NOON

WIDE = "𝕎"
"""A letter that Telegram counts twice."""


@dataclass(frozen=True)
class Size:
    """How much there is of everything."""

    name: str
    text: str
    people: int
    lines: int
    media: int


SMALL = Size("Bo", "The tap drips", 1, 2, 0)
LARGE = Size(WIDE * 64, WIDE * TEXT_LENGTH, 12, 60, MOST_MEDIA)
SIZES = {"small": SMALL, "large": LARGE}


def where(size: Size) -> Where:
    return Where(1, f"{size.name}社区1号楼", f"{size.name} Building 1")


def who(size: Size, number: int = 1) -> Who:
    return Who(number, size.name)


def line(size: Size, state: State, **changes: object) -> RequestLine:
    made = RequestLine(
        request_id=2**40,
        number=999_999,
        category="repairs.plumbing",
        urgency=Urgency.EMERGENCY,
        where=where(size),
        state=state,
        hands=50,
        held=size.people,
        beneficiary=who(size),
        owner=who(size, 9),
        created_at=NOON - timedelta(days=20),
        promised_by=NOON - timedelta(days=5),
        overdue=True,
        unconfirmed=True,
    )
    return replace(made, **changes)


def media(size: Size) -> tuple[Media, ...]:
    kinds = list(MediaKind)
    return tuple(Media(kinds[n % len(kinds)], f"file{n}") for n in range(size.media))


def timeline(size: Size) -> tuple[TimelineLine, ...]:
    kinds = list(Line)
    detail = {"count": 5, "stars": 5, "minutes": 30, "person": 1, "media": 2}
    return tuple(
        TimelineLine(
            at=NOON - timedelta(minutes=size.lines - number),
            what=kinds[number % len(kinds)],
            who=who(size) if number % 3 else None,
            detail={**detail, "reason": list(HandBackReason)[number % 7].value},
            words=WIDE * NOTE_LENGTH if size is LARGE else "soon",
            internal=number % 2 == 0,
        )
        for number in range(size.lines)
    )


def holders(size: Size, *states: ClaimState) -> tuple[Holder, ...]:
    return tuple(
        Holder(
            who=who(size, number + 1),
            state=states[number % len(states)],
            position=number + 1 if ClaimState.WAITING in states else None,
            start_confirmed=number % 2 == 0,
        )
        for number in range(size.people)
    )


def view(size: Size, state: State, **changes: object) -> RequestView:
    made = RequestView(
        line=line(size, state),
        text=size.text,
        media=media(size),
        evidence=media(size),
        channel=Channel.DESK,
        requester=who(size, 7),
        when_text=WIDE * WHEN_LENGTH if size is LARGE else None,
        start_at=None if size is LARGE else NOON,
        holders=holders(size, ClaimState.HELD, ClaimState.ON_WAY, ClaimState.DONE),
        waiting=holders(size, ClaimState.WAITING),
        asked=5,
        timeline=timeline(size),
        rating=None,
        close_reason=WIDE * 300 if size is LARGE else None,
        may_cancel=True,
        may_say_solved=True,
        may_say_unsolved=True,
        may_rate=state is State.CLOSED,
    )
    return replace(made, **changes)


def views() -> Iterator[RequestView]:
    """Give a request in every state and size, with and without people and stars."""
    for size, state in product(SIZES.values(), State):
        yield view(size, state)
        yield view(size, state, holders=(), waiting=(), asked=0, timeline=())
        bare = line(size, state, owner=None, overdue=False, hands=1, held=0)
        yield view(size, state, line=bare, requester=who(size), rating=4)


def cards() -> Iterator[OfferCard]:
    """Give a card in every state, for every standing of its viewer."""
    claims = (None, *ClaimState)
    offers = (None, *OfferState)
    for size, state, claim, offer in product(SIZES.values(), State, claims, offers):
        for held in (0, 2):
            yield OfferCard(
                request_id=2**40,
                number=101,
                category="medical.hospital",
                urgency=list(Urgency)[held],
                where=where(size),
                state=state,
                hands=2,
                held=held,
                when_text=None,
                start_at=NOON,
                promised_by=NOON,
                created_at=NOON,
                reasons=tuple(Reason) if held else (),
                offer=offer,
                claim=claim,
                position=3 if claim is ClaimState.WAITING else None,
                holders=(size.name,) * size.people,
                words=size.text if held else "",
            )


def tasks(now: datetime) -> Iterator[TaskDetail]:
    """Give a holder's task in every state."""
    for size, state, claim in product(SIZES.values(), State, ClaimState):
        for can in (True, False):
            yield TaskDetail(
                line=task_line(size, state, claim),
                beneficiary=who(size),
                text=size.text,
                media=media(size),
                hands=3,
                held=2,
                others=(size.name,) * size.people,
                may_see_contact=can,
                contact_until=now if can else None,
                may_set_out=can,
                may_report_done=can,
                may_hand_back=can,
                added=(note(size, now),) * 9 if can else (),
            )


def note(size: Size, at: datetime) -> TimelineLine:
    """Return what somebody added to a request."""
    return TimelineLine(at, Line.NOTE, who(size), {}, size.text, internal=False)


def task_line(size: Size, state: State, claim: ClaimState) -> TaskLine:
    return TaskLine(
        request_id=2**40,
        number=999_999,
        category="company.visit",
        urgency=Urgency.URGENT,
        where=where(size),
        state=state,
        claim=claim,
        position=2 if claim is ClaimState.WAITING else None,
        when_text=WIDE * WHEN_LENGTH if size is LARGE else None,
        start_at=None,
    )


def contacts(size: Size) -> Iterator[DoorAndPhone]:
    yield DoorAndPhone(who(size), None, None, None, None)
    yield DoorAndPhone(who(size), "1" * 24, WIDE * 40, WIDE * 200, who(size))


def contact_cards(size: Size) -> Iterator[ContactView]:
    for contact in contacts(size):
        yield ContactView(2**40, 999_999, "repairs.plumbing", where(size), contact)


def choices(size: Size, count: int) -> list[StaffChoice]:
    return [StaffChoice(who(size, 2**40 + number), 30, tuple(Reason)) for number in range(count)]


CATEGORIES = list(CATALOGUE)
