"""Rendering the notices of help from the state of the moment."""

from collections.abc import Callable

from handlers.help.screens import deadlines, notices
from handlers.help.screens.card import card_screen
from handlers.help.screens.deadlines import waiting_screen
from handlers.help.screens.receipt import filed_screen
from handlers.help.screens.task import contact_screen, hidden_screen, over_screen
from handlers.help.screens.verdict import verdict_card
from handlers.notices import renders
from handlers.screen import Pointless, Screen
from handlers.text import late_note, sentences
from models.database import Session
from models.help.queries.request import receipt, told
from models.help.queries.resident import contact_card, line_said
from models.help.queries.volunteer import offer_card
from models.help.rules.deadlines import Promise
from models.help.rules.notices import Notice as Kind
from models.help.rules.states import LIVE, Relation, State
from models.help.views import OfferCard, Told
from models.outbox.views import Notice

Rendered = Screen | Pointless


OfTold = Callable[[Notice, Told], Rendered]


OfCard = Callable[[Notice, OfferCard], Rendered]


NOT_THEIRS = Pointless("it is none of the reader's any more")


def renders_told(kind: Kind) -> Callable[[OfTold], OfTold]:
    """Enter a renderer that needs the request as its reader sees it."""

    def enter(render: OfTold) -> OfTold:
        async def renderer(session: Session, notice: Notice) -> Rendered:
            seen = await told_of(session, notice)
            return render(notice, seen) if seen else NOT_THEIRS

        renders(kind)(renderer)
        return render

    return enter


def renders_card(kind: Kind) -> Callable[[OfCard], OfCard]:
    """Enter a renderer that needs no more than the card."""

    def enter(render: OfCard) -> OfCard:
        async def renderer(session: Session, notice: Notice) -> Rendered:
            card = await offer_card(session, notice.recipient_id, notice.subject_id)
            return render(notice, card) if card else NOT_THEIRS

        renders(kind)(renderer)
        return render

    return enter


async def told_of(session: Session, notice: Notice) -> Told | None:
    """Return the request of a notice as its reader sees it; None where it is none of theirs."""
    return await told(session, notice.recipient_id, notice.subject_id, now=notice.now)


def as_desk(seen: Told) -> bool:
    """Return whether a reader is told as the desk; staff who need the help are residents here."""
    return Relation.DESK in seen.relations and Relation.RESIDENT not in seen.relations


@renders_card(Kind.OFFER)
def offer(notice: Notice, card: OfferCard) -> Rendered:
    """Show the card of an open request; who was away meanwhile sees it while hands are missing."""
    over = card.state not in LIVE or card.held >= card.hands
    if notice.detail.get("missed") and not notice.in_place and over and card.claim is None:
        return Pointless("nobody is missing any more")
    return card_screen(card, notice.now)


@renders_card(Kind.ASSIGNED)
def assigned(notice: Notice, card: OfferCard) -> Rendered:
    """Ask a volunteer whom the desk has chosen."""
    return notices.summons_screen(card, notices.assigned(), notice.now)


@renders_card(Kind.PROMOTED)
def promoted(notice: Notice, card: OfferCard) -> Rendered:
    """Tell somebody from the waiting list that it is their turn."""
    return notices.summons_screen(card, notices.promoted(), notice.now)


@renders_told(Kind.NEW)
def new(notice: Notice, seen: Told) -> Rendered:
    """Tell the owner of a new request."""
    if Relation.DESK not in seen.relations:
        return NOT_THEIRS
    return notices.owner_screen(seen.view, notices.new_for_owner(), notice.now)


@renders(Kind.FILED_FOR)
async def filed_for(session: Session, notice: Notice) -> Rendered:
    """Show the receipt to somebody for whom the desk has filed."""
    seen = await told_of(session, notice)
    kept = await receipt(session, notice.subject_id)
    if seen is None or kept is None:
        return NOT_THEIRS
    return filed_screen(kept, notices.filed_for(seen.view), notice.now)


@renders_told(Kind.OWNER)
def owner(notice: Notice, seen: Told) -> Rendered:
    """Return who answers for a request now."""
    if Relation.DESK not in seen.relations:
        return NOT_THEIRS
    said = notices.owner_changed(seen.view, notice.recipient_id)
    return notices.owner_screen(seen.view, said, notice.now)


@renders_told(Kind.UNCLAIMED)
def unclaimed(notice: Notice, seen: Told) -> Rendered:
    """Tell the owner that hands are missing."""
    if Relation.DESK not in seen.relations:
        return NOT_THEIRS
    late = late_note(late=bool(notice.detail.get("late")))
    said = sentences(notices.unclaimed(seen.view, notice.detail), late)
    return notices.owner_screen(seen.view, said, notice.now)


@renders_told(Kind.CLAIMED)
def claimed(notice: Notice, seen: Told) -> Rendered:
    """Tell the resident who will come."""
    if seen.view.line.state not in LIVE:
        return Pointless("nobody is awaited any more")
    return notices.resident_screen(seen.view, notices.claimed(seen.view, notice.detail))


@renders_told(Kind.HANDED_BACK)
def handed_back(notice: Notice, seen: Told) -> Rendered:
    """Tell resident and owner that somebody cannot come."""
    if seen.view.line.state not in LIVE:
        return Pointless("nobody is awaited any more")
    for_desk = as_desk(seen)
    said = notices.handed_back(seen.view, notice.detail, for_desk=for_desk)
    if for_desk:
        return notices.owner_screen(seen.view, said, notice.now)
    return notices.resident_screen(seen.view, said)


@renders_told(Kind.ON_WAY)
def on_way(notice: Notice, seen: Told) -> Rendered:
    """Tell the resident that somebody has set out."""
    if seen.view.line.state not in LIVE:
        return Pointless("nobody is awaited any more")
    return notices.resident_screen(seen.view, notices.on_way(seen.view, notice.detail))


@renders_told(Kind.LATE)
def late(notice: Notice, seen: Told) -> Rendered:
    """Tell the resident that somebody comes later."""
    if seen.view.line.state not in LIVE:
        return Pointless("nobody is awaited any more")
    return notices.resident_screen(seen.view, notices.late(seen.view, notice.detail))


@renders_told(Kind.OUT_OF_TOUCH)
def out_of_touch(notice: Notice, seen: Told) -> Rendered:
    """Notify whoever counts on somebody that our messages do not reach them."""
    said = notices.out_of_touch(seen.view, notice.detail)
    if seen.view.line.state not in LIVE or not said:
        return Pointless("it is so no more")
    if as_desk(seen):
        return notices.owner_screen(seen.view, said, notice.now)
    if Relation.RESIDENT in seen.relations:
        return notices.resident_screen(seen.view, said)
    return notices.helper_screen(seen.view, said, task=True)


@renders_told(Kind.DONE)
def done(notice: Notice, seen: Told) -> Rendered:
    """Ask the resident whether it is solved; afterwards, for stars."""
    return verdict_card(seen.view, notice.now)


@renders_told(Kind.AFTER_DONE)
def after_done(notice: Notice, seen: Told) -> Rendered:
    """Ask a silent resident again."""
    return verdict_card(seen.view, notice.now)


@renders_told(Kind.UNCONFIRMED)
def unconfirmed(notice: Notice, seen: Told) -> Rendered:
    """Ask the owner to ring a silent resident."""
    if Relation.DESK not in seen.relations:
        return NOT_THEIRS
    return notices.owner_screen(seen.view, notices.unconfirmed(seen.view), notice.now)


@renders_told(Kind.THANKS)
def thanks(_notice: Notice, seen: Told) -> Rendered:
    """Pass the resident's thanks on to a helper."""
    if seen.view.line.state is not State.CLOSED:
        return Pointless("it was opened again")
    return notices.helper_screen(seen.view, notices.thanks(seen.view), task=False)


@renders_told(Kind.UNSOLVED)
def unsolved(notice: Notice, seen: Told) -> Rendered:
    """Tell the owner that it is not solved."""
    if Relation.DESK not in seen.relations:
        return NOT_THEIRS
    unsolved_still = seen.view.line.state is State.UNSOLVED
    said = notices.unsolved(seen.view)
    return notices.owner_screen(seen.view, said, notice.now, standing=not unsolved_still)


@renders(Kind.WAITING)
async def waiting(session: Session, notice: Notice) -> Rendered:
    """Tell the resident what the desk waits for; once they have said it, that it goes on."""
    seen = await told_of(session, notice)
    if seen is None:
        return NOT_THEIRS
    line = await line_said(session, notice.subject_id, int(notice.detail.get("line") or 0))
    return waiting_screen(seen.view, line, notice.now)


@renders_told(Kind.NUDGE)
def nudge(notice: Notice, seen: Told) -> Rendered:
    """Remind the owner that a promise is about to break."""
    return _of_the_clock(notice, seen)


@renders_told(Kind.BREACH)
def breach(notice: Notice, seen: Told) -> Rendered:
    """Tell whoever answers for the place that a promise is broken."""
    return _of_the_clock(notice, seen)


def _of_the_clock(notice: Notice, seen: Told) -> Rendered:
    if Relation.DESK not in seen.relations:
        return NOT_THEIRS
    promise = Promise(notice.detail["clock"])
    if deadlines.is_kept(seen.view, promise) and not notice.in_place:
        return Pointless("it has been seen to")
    late = late_note(late=bool(notice.detail.get("late")))
    said = deadlines.to_the_desk(seen.view, promise, notice.now, late)
    return notices.owner_screen(seen.view, said, notice.now)


@renders_told(Kind.LATE_TOLD)
def late_told(notice: Notice, seen: Told) -> Rendered:
    """Tell the resident honestly that it is late, and who has it now."""
    if not deadlines.is_still_owed(seen.view, Promise(notice.detail["clock"])):
        return Pointless("it has been seen to")
    return notices.resident_screen(seen.view, deadlines.to_the_resident(seen.view, notice.detail))


@renders_told(Kind.GIVEN_UP)
def given_up(notice: Notice, seen: Told) -> Rendered:
    """Tell the resident that it was closed without their word; afterwards, for stars."""
    return verdict_card(seen.view, notice.now)


@renders_told(Kind.CANCELLED)
def cancelled(notice: Notice, seen: Told) -> Rendered:
    """Tell everybody concerned that a request was called off."""
    if Relation.HOLDER in seen.relations and Relation.RESIDENT not in seen.relations:
        said = notices.cancelled(seen.view, helper=True)
        return notices.helper_screen(seen.view, said, task=False)
    said = notices.cancelled(seen.view, helper=False)
    if as_desk(seen):
        return notices.owner_screen(seen.view, said, notice.now, standing=False)
    return notices.resident_screen(seen.view, said)


@renders_told(Kind.EXPIRED)
def expired(notice: Notice, seen: Told) -> Rendered:
    """Tell resident and owner that nobody could be found."""
    for_desk = as_desk(seen)
    said = notices.expired(for_desk=for_desk)
    if for_desk:
        return notices.owner_screen(seen.view, said, notice.now, standing=False)
    return notices.resident_screen(seen.view, said)


@renders_told(Kind.ASKED_AGAIN)
def asked_again(_notice: Notice, seen: Told) -> Rendered:
    """Tell the resident that the search goes on."""
    if seen.view.line.state not in LIVE:
        return Pointless("it has ended since")
    return notices.resident_screen(seen.view, notices.asked_again())


@renders(Kind.NOTE)
async def note(session: Session, notice: Notice) -> Rendered:
    """Show what was added to a request to whoever should know."""
    seen = await told_of(session, notice)
    if seen is None:
        return NOT_THEIRS
    line = await line_said(session, notice.subject_id, int(notice.detail.get("line") or 0))
    if line is not None and line.internal and Relation.DESK not in seen.relations:
        return NOT_THEIRS
    if as_desk(seen):
        said = notices.note(line, resumed=bool(notice.detail.get("resumed")))
        return notices.owner_screen(seen.view, said, notice.now)
    if Relation.RESIDENT in seen.relations:
        return notices.resident_screen(seen.view, notices.note(line, to_resident=True))
    return notices.helper_screen(seen.view, notices.note(line), task=True)


@renders(Kind.CONTACT)
async def contact(session: Session, notice: Notice) -> Rendered:
    """Show door and phone to a holder who has looked, for as long as they may see them."""
    reader, request, detail = notice.recipient_id, notice.subject_id, notice.detail
    claim = int(detail.get("claim") or 0)
    card = await contact_card(session, reader, request, claim, now=notice.now)
    if card is None:
        return NOT_THEIRS
    if card.contact is None:
        return over_screen()
    if detail.get("hidden"):
        return hidden_screen(request)
    return contact_screen(card, card.contact, int(detail.get("look") or 0))
