"""What must hold at the end of the visits for festivals, held against what people pressed."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from models.care.gift_rules import GiftState
from models.care.rules.notices import Notice
from models.care.rules.states import Concern
from models.help.rules.policy import HelpPolicy
from tests.month.clock import ZONE_AHEAD, on_wall
from tests.month.month import Month
from tests.month.rows import Rows

TOLD_BEFORE, TOLD_AT = timedelta(days=3), 9
"""When staff hear of homes that nobody visits yet: days before a festival, hour on the wall."""
BROUGHT = {GiftState.TAKEN, GiftState.GIVEN, GiftState.RECEIVED, GiftState.NOT}


def only_who_agreed_is_visited(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Nobody is on a list who has not agreed; to who rests or has ended nobody goes."""
    for gift in rows.gifts.values():
        home = rows.homes[gift.home_id]
        if home.agreed_at is None:
            yield f"gift {gift.id}: home {home.id} never agreed"
        if gift.state in {GiftState.OPEN, GiftState.TAKEN} and home.state != "agreed":
            yield f"gift {gift.id} is {gift.state}, and home {home.id} is {home.state}"


def one_visits_a_home(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Of each festival one alone brings a home something, and has said so."""
    lists = Counter((one.festival, one.year, one.home_id) for one in rows.gifts.values())
    for of, times in lists.items():
        if times > 1:
            yield f"{of} is on {times} lists"
    for gift in rows.gifts.values():
        if (gift.person_id is not None) != (gift.state in BROUGHT) and gift.state != GiftState.OFF:
            yield f"gift {gift.id} is {gift.state}, brought by {gift.person_id}"
        if gift.state in BROUGHT and not month.pressed("OnGift.TAKE", gift.id, gift.person_id):
            yield f"gift {gift.id}: {gift.person_id} never said that they bring it"


def received_by_her_word(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """It has come, or has not, by a tap of hers, or of who speaks for her; silence is neither."""
    said = {GiftState.RECEIVED: "OnGift.RECEIVE", GiftState.NOT: "OnGift.MISS"}
    for gift in rows.gifts.values():
        if gift.state not in said:
            continue
        person = rows.people[rows.homes[gift.home_id].person_id]
        who = {person.id, person.proxy_id} - {gift.person_id}
        if not any(month.pressed(said[GiftState(gift.state)], gift.id, one) for one in who):
            yield f"gift {gift.id} is {gift.state}, and nobody of the home said so"


def a_difference_is_looked_into(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """What one says was brought and the other that it has not come is told to the secretary."""
    told = {row.subject_id for row in rows.notices(Notice.CONCERN)}
    of_gifts = [one for one in rows.concerns.values() if one.kind == Concern.GIFT]
    about = {(one.home_id, one.about_id) for one in of_gifts}
    for gift in rows.gifts.values():
        if gift.state == GiftState.NOT and (gift.home_id, gift.person_id) not in about:
            yield f"gift {gift.id} has not come, and nobody looks into it"
    for concern in of_gifts:
        if concern.id not in told:
            yield f"concern {concern.id} about a gift was told to nobody"


def left_homes_were_seen(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Of homes that nobody took staff heard before the festival; and it was closed after it."""
    now = month.clock.now()
    for one in rows.rounds.values():
        begins = datetime(one.day.year, one.day.month, one.day.day, tzinfo=now.tzinfo) - ZONE_AHEAD
        over = on_wall(begins + timedelta(days=1), TOLD_AT)
        if one.state == "on" and over < now and not month.was_out(over, now):
            yield f"round {one.id} for {one.day} is on still"
        due = max(on_wall(begins - TOLD_BEFORE, TOLD_AT), month.office.arranged.get(one.id, begins))
        theirs = [gift for gift in rows.gifts.values() if gift.festival_id == one.id]
        never = [gift.id for gift in theirs if _nobody_ever(month, rows, gift, due)]
        notices = rows.notices(Notice.GIFTS_LEFT)
        told = [row.created_at for row in notices if row.subject_id == one.id]
        heard = any(at < begins for at in told) or month.was_out(due, begins)
        if never and due < min(now, begins) and not heard:
            yield f"round {one.id}: {never} were left, staff were told {told}"


def _nobody_ever(month: Month, rows: Rows, gift: Any, due: datetime) -> bool:
    """Tell whether a gift was open from the moment staff were to hear of it on."""
    agreed = rows.homes[gift.home_id].agreed_at
    waits = gift.state in {GiftState.OPEN, GiftState.LEFT}
    rested = month.pressed("OnHome.RESUME", gift.home_id)
    return waits and agreed < due and not rested and not month.pressed("OnGift.TAKE", gift.id)


CHECKS = (
    only_who_agreed_is_visited,
    one_visits_a_home,
    received_by_her_word,
    a_difference_is_looked_into,
    left_homes_were_seen,
)
