"""Rendering the notices of roll-calls from the state of the moment."""

from handlers.notices import renders
from handlers.rollcalls.leading import names_of
from handlers.rollcalls.screens import answers, board, buddies
from handlers.screen import Pointless, Screen
from models.database import Session
from models.outbox.views import Notice
from models.people.queries import find_card
from models.rollcalls.queries.board import board_told, only_silent, silent_at
from models.rollcalls.queries.buddies import buddy_view
from models.rollcalls.queries.silent import ask_view, silent_by_place
from models.rollcalls.rules.notices import Notice as Kind
from models.rollcalls.rules.outcomes import Refusal

NOT_THEIRS = Pointless("it is none of the reader's any more")
ANSWERED = Pointless("everybody whom the reader answers for has been answered for")
OVER = Pointless("the roll-call is over")
FOUND = Pointless("nobody is silent there any more")


@renders(Kind.BOARD)
async def live_board(session: Session, notice: Notice) -> Screen | Pointless:
    """Show the board as it stands."""
    view = await board_told(session, notice.recipient_id, notice.subject_id)
    if isinstance(view, Refusal):
        return NOT_THEIRS
    names = await names_of(session, [group.place_id for group in view.groups])
    return board.board_screen(view, names, notice.now)


@renders(Kind.BUDDY)
async def buddy(session: Session, notice: Notice) -> Screen | Pointless:
    """Ask a buddy to knock first at the doors they agreed to."""
    view = await buddy_view(session, notice.recipient_id, notice.subject_id, now=notice.now)
    if view is None:
        return NOT_THEIRS
    if not notice.in_place:
        if view.over:
            return OVER
        if all(one.answer is not None for one in view.doors):
            return ANSWERED
    names = await names_of(session, [one.place_id for one in view.doors])
    return buddies.buddy_screen(view, names)


@renders(Kind.ASK)
async def ask(session: Session, notice: Notice) -> Screen | Pointless:
    """Ask once more about those who are silent."""
    view = await ask_view(session, notice.recipient_id, notice.subject_id)
    if view is None or not view.asked:
        return NOT_THEIRS
    if view.over:
        return OVER
    return answers.answers_screen(view) if only_silent(view.asked) else ANSWERED


@renders(Kind.SILENT)
async def silent(session: Session, notice: Notice) -> Screen | Pointless:
    """Give somebody who answers for buildings the silent of theirs."""
    view = await board_told(session, notice.recipient_id, notice.subject_id)
    if isinstance(view, Refusal):
        return NOT_THEIRS
    if view.over:
        return OVER
    places: list[int] = notice.detail.get("places", [])
    people = await silent_at(session, notice.subject_id, places)
    if not people:
        return FOUND
    counts = await silent_by_place(session, notice.subject_id)
    total = sum(counts.get(place_id, 0) for place_id in places)
    names = await names_of(session, places)
    return board.silent_screen(view, people, total, names, notice.now)


@renders(Kind.COME)
async def come(session: Session, notice: Notice) -> Screen | Pointless:
    """Ask somebody who can help to come."""
    view = await ask_view(session, notice.recipient_id, notice.subject_id)
    if view is None:
        return NOT_THEIRS
    if view.over:
        return OVER
    card = await find_card(session, notice.detail["by"])
    return board.come_screen(notice.detail["words"], card.name if card else "", drill=view.drill)


@renders(Kind.OVER)
async def over(session: Session, notice: Notice) -> Screen | Pointless:
    """Say that it is over, and thank."""
    view = await ask_view(session, notice.recipient_id, notice.subject_id)
    return NOT_THEIRS if view is None else answers.over_screen(view)
