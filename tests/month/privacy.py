"""Door and phone: on nobody's screen but the holder's, the desk's and one's own."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from models.care.gift_rules import GiftState
from models.care.records import NAME
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import COUNTED
from models.help.tables import ClaimRow
from tests.month.month import Month
from tests.month.rows import Rows
from tests.month.troubles import JUMP

SEALED = re.compile(r"138\d{8}|\d+单元9\d+室")
"""What telephone numbers and doors of this town look like."""
A_MOMENT = timedelta(seconds=2)


def doors_stay_shut(month: Month, rows: Rows, policy: HelpPolicy) -> Iterator[str]:
    """Nobody was sent a door or a number they had no right to at that moment."""
    for sent in month.crowd.sent:
        for secret in set(SEALED.findall(sent.text)):
            if not _may_see(month, rows, policy, sent.account, secret, sent.at):
                yield f"{sent.account} was shown {secret} at {sent.at}: {sent.text[:80]!r}"


def doors_are_shut_again(month: Month, rows: Rows, policy: HelpPolicy) -> Iterator[str]:
    """At the end no phone still shows what its owner has no right to any more.

    A copy whose answer got lost has a number that nobody knows: it cannot be taken back.
    """
    now = month.clock.now()
    known = {row.message_id for row in rows.outbox if row.message_id is not None}
    for account in month.town.people:
        chat = month.world.person(account).chat
        shown = (
            [] if chat.blocked else [chat.messages[one] for one in chat.messages if one in known]
        )
        for message in shown:
            for secret in set(SEALED.findall(message.get("text", ""))):
                if not _may_see(month, rows, policy, account, secret, now):
                    yield f"{account} still sees {secret} in message {message['message_id']}"


def _may_see(
    month: Month, rows: Rows, policy: HelpPolicy, account: int, secret: str, at: datetime
) -> bool:
    reader, owner = month.town.people[account], month.town.owners_of[secret]
    if reader.at_desk or reader.id == owner or month.town.spoken_for.get(owner) == account:
        return True
    if _looks_in(rows, reader.id, owner, at) or _brings(month, rows, reader.id, owner, at):
        return True
    return any(
        _lasts(claim, rows, policy, at)
        for request in rows.requests.values()
        if request.beneficiary_id == owner
        for claim in rows.claims[request.id]
        if claim.person_id == reader.id
    )


def _looks_in(rows: Rows, reader_id: int, owner_id: int, at: datetime) -> bool:
    """Tell whether the reader had said by an instant that they call at somebody's door, and it was
    not settled yet."""
    theirs = {home.id for home in rows.homes.values() if home.person_id == owner_id}
    said = {one.occasion_id for one in rows.call_ons if one.person_id == reader_id}
    return any(
        one.id in said
        and one.subject == NAME
        and one.subject_id in theirs
        and one.opens_at <= at <= (one.settled_at or at) + A_MOMENT
        for one in rows.occasions.values()
    )


def _brings(month: Month, rows: Rows, reader_id: int, owner_id: int, at: datetime) -> bool:
    """Tell whether the reader had said by an instant that they bring somebody a gift, and neither
    had brought it nor let it go; the book says since when."""
    theirs = {home.id for home in rows.homes.values() if home.person_id == owner_id}
    since = {
        line.subject_id: line.at
        for line in reversed(rows.looks)
        if (line.actor_id, line.concerning_id) == (reader_id, owner_id)
        and line.subject == "care.gifts"
    }
    return any(
        gift.id in since
        and since[gift.id] <= at + JUMP
        and (gift.state == GiftState.TAKEN or at < month.clock.now())
        and (gift.person_id != reader_id or at <= (gift.given_at or at) + A_MOMENT)
        for gift in rows.gifts.values()
        if gift.home_id in theirs
    )


def _lasts(claim: ClaimRow, rows: Rows, policy: HelpPolicy, at: datetime) -> bool:
    """Tell whether a claim let its holder look at an instant."""
    if claim.held_at is None or claim.held_at > at:
        return False
    ended = rows.requests[claim.request_id].closed_at
    if claim.state not in COUNTED:
        ended = claim.ended_at
    elif ended is not None:
        ended += policy.contact_kept
    return ended is None or at <= ended + A_MOMENT
