"""A voting booth: the demo people press real buttons in real turns, and everything left is read.

What their phones hold, the slips in the buttons of their cards, is kept here and nowhere else.
"""

import itertools
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event, select, text

from bot.demo import seed_demo
from bot.outbox import PatientBot, to_outbox
from bot.storage import STORAGE
from bot.turn import Turn, TurnOutcome
from handlers.i18n import CHINESE
from handlers.rooms import dispatcher
from handlers.votes.callbacks import BallotSay, Cast
from models.database import Engine, Session, Sessions, is_postgresql, transaction
from models.outbox.reaching import recognise
from models.outbox.rules import Attempt, SendOutcome, State
from models.outbox.tables import OutboxRow
from models.places.tables import PlaceRow
from models.proposals.rules.states import State as ProposalState
from models.proposals.tables import ProposalRow
from models.schema import metadata
from models.votes.actions.opening import put_to_vote
from models.votes.rules.notices import Electorate, Majority
from models.votes.rules.terms import VoteTerms
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.matrix.quarter import SilentSession, user
from tests.outbox.taking import claim, record

WANG, EMMA, LI, CHEN, ZHAO, ZHOU = range(1001, 1007)

SLIP = re.compile(r"(?<=vc:\d:[yna]:)[A-Za-z0-9_-]+")
RANDOM = {
    ("votes", "urn"),
    ("vote_marks", "slip"),
    ("personal_fields", "sealed"),
    ("audit", "seal"),
}
"""Columns whose value is drawn anew every time: a nonce with what is sealed, or its digest."""


@dataclass
class Booth:
    """Takes presses of a ballot, and looks at what they left behind."""

    engine: Engine
    sessions: Sessions
    now: datetime
    vote_id: int = 0
    slips: dict[int, str] = field(default_factory=dict)
    """What is in the buttons of each voter's newest card, by account."""
    statements: list[str] = field(default_factory=list)
    """Everything that the database was told, in order."""

    def __post_init__(self) -> None:
        session = SilentSession()
        session.middleware(to_outbox)
        bot = PatientBot("42:TEST", session=session)
        self.turn = Turn(self.sessions, bot, dispatcher(STORAGE), lambda: self.now, CHINESE)
        self._numbers = itertools.count(1)

    async def open(self, electorate: Electorate = Electorate.RESIDENTS) -> None:
        """Seed the demo, and put a proposal to a secret vote."""
        async with transaction(self.sessions) as session:
            await seed_demo(session, self.now)
            proposal_id = await self._propose(session)
            secretary = await recognise(session, ZHOU, self.now)
            assert secretary is not None
            terms = VoteTerms(
                electorate=electorate,
                secret=True,
                quorum=0,
                majority=Majority.SIMPLE,
                ends_at=self.now + timedelta(days=2),
            )
            put = await put_to_vote(session, secretary, proposal_id, terms, now=self.now)
            assert put.vote_id is not None
            self.vote_id = put.vote_id

    async def _propose(self, session: Session) -> int:
        author = await recognise(session, WANG, self.now)
        place = await session.scalar(select(PlaceRow.id).where(PlaceRow.code == "guihua"))
        assert author is not None
        assert place is not None
        row = ProposalRow(
            community_id=place, number=101, token="booth", author_id=author.id, anonymous=False,
            seal=False, place_id=place, topic="other", title="加装电梯", problem="…", wish="…",
            state=ProposalState.DELIBERATION, submitted_at=self.now, changed_at=self.now,
            receive_by=self.now, received_at=self.now,
        )  # fmt: skip
        session.add(row)
        await session.flush()
        return row.id

    async def press(self, who: int, say: str, *, slip: str | None = None) -> TurnOutcome:
        """Press a button of one's newest card, as Telegram tells of it: with the whole card."""
        held = self.slips.get(who, "") if slip is None else slip
        number = next(self._numbers)
        self.now += timedelta(seconds=1)
        raw = _update(number, who, Cast(id=self.vote_id, say=BallotSay(say), slip=held).pack())
        outcome = await self.turn.handle(raw)
        assert await self.turn.handle(raw) is TurnOutcome.REPEATED
        await self._look_at_phone(who)
        return outcome

    async def _look_at_phone(self, who: int) -> None:
        async with transaction(self.sessions) as session:
            found = await session.scalars(
                select(OutboxRow)
                .where(OutboxRow.chat_id == who, OutboxRow.method == "editMessageText")
                .order_by(OutboxRow.id)
            )
            for row in found:
                if shown := SLIP.search(json.dumps(row.payload)):
                    self.slips[who] = shown[0]

    async def deliver(
        self, outcome: SendOutcome = SendOutcome.SENT, *, who: int | None = None
    ) -> None:
        """Let what waits (for somebody) come to an outcome; a lost answer is lost every time."""
        theirs = OutboxRow.chat_id == who if who else OutboxRow.id > 0
        waiting = select(OutboxRow).where(OutboxRow.state == State.QUEUED, theirs)
        for _ in range(10):
            async with transaction(self.sessions) as session:
                rows = (await session.scalars(waiting.order_by(OutboxRow.id))).all()
                targets = {row.target_id: (row.target_id,) for row in rows if row.target_id}
                for row in rows:
                    if await claim(session, row, targets, self.now):
                        came = Attempt(outcome, row.id, reason="told")
                        await record(session, row.id, came, self.now)

    async def tick(self, **span: float) -> None:
        """Let time pass, and the clock do what falls due."""
        self.now += timedelta(**span)
        await sweep(self.sessions, EFFECTS, self.now)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note every statement with its parameters, what is random in it left out."""

        def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
            self.statements.append(masked(f"{statement} {parameters!r}"))

        event.listen(self.engine.sync_engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            event.remove(self.engine.sync_engine, "before_cursor_execute", note)

    async def everything(self) -> dict[str, list[str]]:
        """Read every row of every table as text, what is random in it left out."""
        found = {}
        async with transaction(self.sessions) as session:
            for table in metadata().sorted_tables:
                rows = (await session.execute(table.select().order_by(*table.primary_key))).all()
                found[table.name] = [_row(table.name, row._mapping) for row in rows]
        return found

    async def lay_out_anew(self) -> None:
        """Have the rows of a vote lie as if nothing had been there before."""
        if self.engine.dialect.name == "postgresql":
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                await connection.execute(text("VACUUM (FULL) votes, vote_marks"))

    async def traces(self) -> dict[str, list[tuple[str, ...]]]:
        """Read in which order the rows of a vote lie, and which transaction wrote each last."""
        async with transaction(self.sessions) as session:
            if not is_postgresql(session):
                found = await session.execute(text("SELECT rowid, voice FROM vote_marks"))
                return {"vote_marks": [tuple(map(str, row)) for row in found]}
            traces = {}
            for table, named in (("votes", "id"), ("vote_marks", "voice")):
                found = await session.execute(
                    text(f"SELECT xmin::text, ctid::text, {named}::text FROM {table} ORDER BY ctid")
                )
                traces[table] = [tuple(map(str, row)) for row in found]
            return traces


LONG = re.compile(r"(?<![A-Za-z0-9_-])(?:[A-Za-z0-9_-]{54}|[0-9a-f]{64})(?![A-Za-z0-9_-])")
"""A sealed urn, or the digest of a slip; as long whatever they hold."""
SEALED = re.compile(r"b'(?:[^'\\]|\\.)*'|b\"(?:[^\"\\]|\\.)*\"")
"""A personal field."""


def masked(told: str) -> str:
    """Leave out what is random: slips, urns, digests of slips, sealed doors; their length stays."""
    told = SLIP.sub(lambda found: f"<slip of {len(found[0])}>", told)
    told = LONG.sub(lambda found: f"<sealed, {len(found[0])}>", told)
    return SEALED.sub("<door>", told)


def _row(table: str, row: Any) -> str:
    shown = {
        name: f"<{len(value)} random>" if (table, name) in RANDOM and value else value
        for name, value in row.items()
    }
    return SLIP.sub(lambda found: f"<slip of {len(found[0])}>", repr(shown))


def _update(number: int, who: int, data: str) -> dict[str, Any]:
    chat = {"id": who, "type": "private", "first_name": "W"}
    keys = [[{"text": say, "callback_data": f"{data[:5]}{say}{data[6:]}"} for say in "yna"]]
    card = {
        "message_id": 500 + who,
        "date": 1_790_000_000,
        "chat": chat,
        "from": {"id": 42, "is_bot": True, "first_name": "邻里"},
        "text": "a ballot",
        "reply_markup": {"inline_keyboard": keys},
    }
    query = {"id": f"q{number}", "from": user(who), "chat_instance": "1", "message": card}
    return {"update_id": number, "callback_query": {**query, "data": data}}
