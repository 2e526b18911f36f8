"""A quarter with people of every kind and requests in several states, and turns taken in it."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from aiogram.client.session.base import BaseSession
from sqlalchemy import bindparam, select, update

from bot.demo import seed_demo
from bot.outbox import PatientBot, to_outbox
from bot.storage import STORAGE
from bot.turn import Turn, TurnOutcome
from handlers.i18n import CHINESE, ENGLISH
from handlers.people.callbacks import Speak
from handlers.rooms import dispatcher
from models.categories import Skill
from models.database import Session, Sessions, transaction
from models.help.actions import claims, closing, filing, visits
from models.help.rules.policy import Urgency
from models.help.tables import RequestRow
from models.help.views import Draft
from models.media import Media, MediaKind
from models.orders.actions import orders
from models.orders.tables import VisitRow
from models.outbox.reaching import recognise
from models.outbox.rules import State
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from models.people.views import Person
from models.proposals.actions import seconding, submitting
from models.proposals.actions.deciding import add_reason
from models.proposals.actions.submitting import submit
from models.proposals.queries.reception import desk_tops
from models.proposals.rules.changes import Text
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.states import BEFORE_RECEPTION
from models.proposals.rules.states import State as Proposed
from models.proposals.tables import ProposalRow
from models.proposals.views import ProposalForm as ProposalDraft
from models.reminders.rules import State as ReminderState
from models.reminders.tables import ReminderRow
from models.updates.actions import keep_failed
from models.updates.tables import FailedRow
from models.volunteers.actions import sign_up
from models.volunteers.rules import ALL_HOURS, Offered
from tests.matrix.broadcasts import broadcast
from tests.matrix.meetings import meet
from tests.matrix.votes import vote

STRANGER, NEWCOMER = 9001, 9002
OWNER, RESIDENT, VOLUNTEER, OTHER_VOLUNTEER, STAFF, SECRETARY = range(1001, 1007)
EVERYBODY = (STRANGER, NEWCOMER, OWNER, RESIDENT, VOLUNTEER, STAFF, SECRETARY)

HERE = (1, 2, 3, 5)
"""Ids that exist of people, places, requests and grants alike, mostly of others."""
NOWHERE = (999_999, 2**53 - 1)

PROPOSED = (
    Proposed.SUBMITTED,
    Proposed.SECONDING,
    Proposed.DELIBERATION,
    Proposed.RETURNED,
    Proposed.UNDERWAY,
    Proposed.DELIVERED,
)
"""States of the proposals, by id from 1 on."""

CJK = re.compile(r"[\u3400-\u9fff]")
MEDIA = {"sendPhoto", "sendVoice", "sendVideo", "sendVideoNote", "sendLocation", "sendDocument"}
TAP_ANSWER = "answerCallbackQuery"


NUMBERS = itertools.count(1)
"""Of updates, through all tests: aiogram keeps the last ones, and compares those that are alike."""

SAID = (OutboxRow.id, OutboxRow.method, OutboxRow.kind, OutboxRow.payload)
NEWER = select(*SAID).where(OutboxRow.id > bindparam("seen")).order_by(OutboxRow.id)


class Said(NamedTuple):
    """What is looked at of a row that a turn has left: as plain columns, after every press."""

    id: int
    method: str
    kind: str | None
    payload: dict[str, Any] | None


class SilentSession(BaseSession):
    """A session without a network: a turn asks Telegram for nothing."""

    async def close(self) -> None:
        """Nothing is open."""

    async def make_request(self, bot, method, timeout=None):  # noqa: ASYNC109 - aiogram's own
        """Refuse."""
        raise AssertionError(f"a turn asked Telegram for {type(method).__name__}")

    async def stream_content(self, url, **options):
        """Refuse."""
        raise AssertionError("a turn asked Telegram for a file")
        yield b""


@dataclass
class Quarter:
    """Takes turns and looks at what they left behind."""

    sessions: Sessions
    now: datetime
    complaints: list[str] = field(default_factory=list)
    english: set[int] = field(default_factory=lambda: {RESIDENT})

    def __post_init__(self) -> None:
        session = SilentSession()
        session.middleware(to_outbox)
        bot = PatientBot("42:TEST", session=session)
        self.turn = Turn(self.sessions, bot, dispatcher(STORAGE), lambda: self.now, CHINESE)
        self.turn.bot_username = "linli_bot"
        self._numbers = NUMBERS
        self.last_row = 0

    async def press(self, who: int, data: str) -> None:
        """Press a button: one answer to the tap, and something to be seen."""
        number = next(self._numbers)
        self._note_language(who, data)
        raw = {
            "id": f"q{number}",
            "from": user(who),
            "chat_instance": "1",
            "message": message(who, number, text="an old card"),
            "data": data,
        }
        rows = await self._take(number, {"callback_query": raw}, f"{who} presses {data!r}")
        taps = [row for row in rows if row.method == TAP_ANSWER]
        if len(taps) != 1:
            self._complain(who, f"presses {data!r}: {len(taps)} answers to the tap")

    async def send(self, who: int, **content: Any) -> None:
        """Send a message of any kind; something is to be seen."""
        number = next(self._numbers)
        raw = message(who, number, **content)
        await self._take(number, {"message": raw}, f"{who} sends {str(content)[:80]}")

    async def look(self) -> None:
        """Look at what was said so far, so that it is no answer to what comes."""
        await self._new_rows()

    async def _take(self, number: int, event: Mapping[str, Any], what: str) -> list[Said]:
        outcome = await self.turn.handle({"update_id": number, **event})
        rows = await self._new_rows()
        if outcome is not TurnOutcome.HANDLED:
            self.complaints.append(f"{what}: {outcome}: {await self._last_failure()}")
        else:
            self._judge(what, rows)
        return rows

    def _judge(self, what: str, rows: list[Said]) -> None:
        said = " ".join(filter(None, (_said(row) for row in rows)))
        pushed = any(row.kind or row.method in MEDIA for row in rows)
        if not said.strip() and not pushed:
            self.complaints.append(f"{what}: nothing is said")
        elif said.strip() and not pushed and not CJK.search(said) and not self._reads_english(what):
            self.complaints.append(f"{what}: not in Chinese: {said[:80]!r}")

    def _reads_english(self, what: str) -> bool:
        return int(what.split(maxsplit=1)[0]) in self.english

    def _note_language(self, who: int, data: str) -> None:
        """Whoever chooses a language is answered in it from then on."""
        if data == Speak(language=ENGLISH).pack():
            self.english.add(who)
        elif data == Speak(language=CHINESE).pack():
            self.english.discard(who)

    def _complain(self, who: int, what: str) -> None:
        self.complaints.append(f"{who} {what}")

    async def _new_rows(self) -> list[Said]:
        async with transaction(self.sessions) as session:
            rows = [Said(*row) for row in await session.execute(NEWER, {"seen": self.last_row})]
        self.last_row = rows[-1].id if rows else self.last_row
        return rows

    async def _last_failure(self) -> str:
        async with transaction(self.sessions) as session:
            found = await session.scalars(select(FailedRow.reason).order_by(FailedRow.id))
            return (list(found.all()) or [""])[-1][-400:]


def _said(row: Said) -> str:
    payload = row.payload or {}
    return str(payload.get("text") or payload.get("caption") or "")


def user(who: int) -> dict[str, Any]:
    """Make the account as Telegram sends it."""
    code = "en" if who == RESIDENT else "zh-hans"
    return {"id": who, "is_bot": False, "first_name": "<b>王\u202e", "language_code": code}


def message(who: int, number: int, **content: Any) -> dict[str, Any]:
    """Make a message in a private chat."""
    chat = {"id": who, "type": "private", "first_name": "W"}
    origin = {"message_id": number, "date": 1_790_000_000, "chat": chat, "from": user(who)}
    return {**origin, **content}


async def settle(sessions: Sessions, now: datetime) -> None:
    """Seed the demo, two volunteers, and requests: open, claimed, done, called off, put right."""
    async with transaction(sessions) as session:
        await seed_demo(session, now)
        for who in (VOLUNTEER, OTHER_VOLUNTEER):
            person = await person_at(session, who, now)
            assert person.place_id is not None
            offered = Offered(
                frozenset({next(iter(Skill))}), frozenset({person.place_id}), ALL_HOURS, 30
            )
            await sign_up(session, person, offered, now=now, at_once=True)
        owner = await person_at(session, OWNER, now)
        for number in range(5):
            await filing.file_request(session, owner, _draft(number), now=now)
        volunteer = await person_at(session, VOLUNTEER, now)
        for request_id in (2, 3):
            await claims.claim(session, volunteer, request_id, now=now)
        await visits.report_done(session, volunteer, 3, now=now)
        await filing.cancel_request(session, owner, 4, now=now)
        await session.execute(update(RequestRow).where(RequestRow.id == 3).values(unconfirmed=True))
        await _put_right(session, now)
        await _propose(session, now)
        resident, secretary = [await person_at(session, who, now) for who in (RESIDENT, SECRETARY)]
        await meet(session, owner, resident, secretary, now)
        await vote(session, owner, resident, secretary, now)
        await broadcast(session, resident, secretary, now)
        await _break_things(session, now)


async def _put_right(session: Session, now: datetime) -> None:
    """Leave orders behind: open, reported, and signed off with a return visit that was asked."""
    owner, volunteer = (
        await person_at(session, OWNER, now),
        await person_at(session, VOLUNTEER, now),
    )
    staff, secretary = (
        await person_at(session, STAFF, now),
        await person_at(session, SECRETARY, now),
    )
    for number in (5, 6, 7):
        filed = await filing.file_request(session, owner, _draft(number), now=now)
        assert filed.receipt is not None
        request_id = filed.receipt.request_id
        await claims.claim(session, volunteer, request_id, now=now)
        await visits.report_done(session, volunteer, request_id, now=now)
        await closing.resident_verdict(session, owner, request_id, solved=False, now=now)
    photo = (Media(MediaKind.PHOTO, "after"),)
    for order_id in (2, 3):
        await orders.report_right(session, staff, order_id, "<换好了>", now=now, media=photo)
    await orders.sign_off(session, secretary, 3, now=now)
    await closing.resident_verdict(session, owner, 8, solved=True, now=now)
    await session.execute(update(VisitRow).where(VisitRow.id == 1).values(asked_at=now))


async def _propose(session: Session, now: datetime) -> None:
    """Leave proposals behind, of the owner: one in each of PROPOSED, with a photo, unnamed."""
    owner, secretary = (
        await person_at(session, OWNER, now),
        await person_at(session, SECRETARY, now),
    )
    for number, state in enumerate(PROPOSED, 1):
        photo = (Media(MediaKind.PHOTO, "lift"),)
        sent = await submit(session, owner, _proposal(number, photo), now=now)
        assert sent.proposal_id == number, sent
        row = await session.get_one(ProposalRow, number)
        row.state = state
        if state not in BEFORE_RECEPTION:
            row.received_at, row.needed = now, 2
            row.second_by, row.due_at = now + timedelta(days=14), now + timedelta(days=30)
            row.delivered_at, row.rate_by = now, now + timedelta(days=14)
            row.person_id = secretary.id
    await _back(session, now)


async def _back(session: Session, now: datetime) -> None:
    """Leave seconds behind, one of them stale, and reasons that a place has ready."""
    resident, volunteer = (
        await person_at(session, RESIDENT, now),
        await person_at(session, VOLUNTEER, now),
    )
    owner, secretary = (
        await person_at(session, OWNER, now),
        await person_at(session, SECRETARY, now),
    )
    await seconding.second(session, resident, 2, now=now)
    text = Text("<电梯> & *坡道*", "老人上下楼很吃力", "")
    await submitting.edit(session, owner, 2, text, now=now)
    await seconding.second(session, volunteer, 2, now=now)
    (place,) = await desk_tops(session, secretary)
    for number in HERE:
        await add_reason(session, secretary, place.id, f"<理由> {number}", now=now)


async def _break_things(session: Session, now: datetime) -> None:
    """Leave failed updates, uncertain messages and failed reminders behind."""
    for number in HERE:
        raw = {"message": message(RESIDENT, number, text="<lost>")}
        await keep_failed(session, raw, None, "KeyError", now)
    for table, state in ((OutboxRow, State.UNCERTAIN), (ReminderRow, ReminderState.FAILED)):
        await session.execute(update(table).where(table.id.in_(HERE)).values(state=state))


async def is_settled(sessions: Sessions) -> bool:
    """Tell whether anybody lives here yet."""
    async with transaction(sessions) as session:
        return await session.scalar(select(PersonRow.id).limit(1)) is not None


async def person_at(session: Session, who: int, now: datetime) -> Person:
    person = await recognise(session, who, now)
    assert person is not None
    return person


def _proposal(number: int, media: tuple[Media, ...]) -> ProposalDraft:
    return ProposalDraft(
        token=f"matrix-{number}",
        topic=ProposalTopic.FACILITIES,
        title=f"<电梯> {number}",
        problem="<老人> & *上下楼* {很} %s 吃力",
        anonymous=True,
        media=media,
    )


def _draft(number: int) -> Draft:
    return Draft(
        token=f"matrix-{number}",
        category="errands.shopping",
        urgency=Urgency.ORDINARY,
        text="<米> & *油*",
    )
