"""The sender: takes rows from the outbox, paces them, sends them, writes down what came of it.

One transaction a round: it records the calls that ended since the last one and takes what may
leave now. `sending` is committed before a request goes out, so after a crash every message that
may have left is known. One sender a token.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.calls import Calls, Carrier
from bot.pacer import Load, Pacer
from bot.packing import Packer, Parcel, Render
from bot.seat import DeposedError, Seat, Uncontested
from models.database import Session, Sessions, code_of, is_unavailable, transaction
from models.hours.rules.quiet import in_quiet_hours
from models.outbox import queries, recording
from models.outbox.rules import Attempt, Lane, RowVerdict, SendOutcome, State, messages_in
from models.outbox.views import RowInHand, WaitingRow
from models.policy.current import policy_of

log = structlog.get_logger(__name__)

IDLE_SECONDS = 1.0
"""How often an idle sender looks by itself: rows fall due, other processes write some."""

ROUND = 50
"""Rows taken in one round at the most: on SQLite turns wait for its end."""

GATHER_SECONDS = 0.02
"""A round begins no sooner after the one before, however often it is woken, unless as many calls
have ended as a round takes: what ends meanwhile is written down together. Answers do not wait for
it where this process alone sends."""

MOST_WAITING = 50
"""Answers in the queue that are looked at: with more, whatever is composed waits behind them."""

LONGEST_WINDOW = timedelta(minutes=1)
"""How far back what an earlier process sent still counts for the pace."""


SENT = RowVerdict(State.SENT)


@dataclass
class Chosen:
    """What one round takes: what leaves, what was settled without leaving, what is lost."""

    parcels: list[Parcel] = field(default_factory=list)
    taken: list[RowInHand] = field(default_factory=list)
    settled: list[tuple[int, Attempt]] = field(default_factory=list)
    lost: list[WaitingRow] = field(default_factory=list)
    """Changes of messages that were never sent."""


@dataclass(frozen=True)
class AnswersWait:
    """Which answers were in the queue at the last round, and which turns have queued since.

    Before the first round nothing is known: any may be due.
    """

    chats: frozenset[int | None] = frozenset()
    any_due: bool = True


class Sender:
    """Empties the outbox for as long as it runs and is the elected one."""

    def __init__(
        self,
        sessions: Sessions,
        carrier: Carrier,
        render: Render,
        pacer: Pacer,
        clock: Callable[[], datetime],
        seat: Seat | None = None,
    ) -> None:
        self._sessions = sessions
        self._seat = seat or Uncontested()
        self._term: int | None = None
        """The term for which what lay in hand has been judged."""
        self._calls = Calls(carrier, pacer, self._on_end)
        self._render = render
        self._pacer = pacer
        self._clock = clock
        self._wake = asyncio.Event()
        self._gathered = asyncio.Event()
        """Set when as many calls have ended as a round takes."""
        self._stopping = False
        self._pushes_looked_at = True
        """Whether the last round looked at pushes, or they had to wait for their pace."""
        self._places_wanted = 1
        """How many places the next push is known to need: an album waits for all of its own."""
        self._answers_wait = AnswersWait()
        self._answer_wants = 0
        """How many places the answer wants that has waited longest for its pace; 0: none waits."""
        self._round_at = 0.0
        """When the last round began, by the loop's clock."""

    def wake(self) -> None:
        """Say that there may be something to send."""
        self._wake.set()

    def reserve(self, load: Load, ours: Collection[int | None]) -> bool:
        """Take a place for an answer that a turn is composing, to be carried once it has committed.

        False where it has to stand in the queue: others may send, nothing may leave now, or some
        answer waits that is to go before it. In the chats of `ours` the turn has places already.
        """
        chat = load.chat_id
        free = (
            not (self._seat.contested or self._stopping or self._calls.in_doubt)
            and self._term is not None
            and not self._answers_wait.any_due
            and chat not in self._answers_wait.chats
            and (chat is None or chat in ours or not self._calls.underway[chat])
            and self._pacer.admits(load)
        )
        if free:
            self._calls.reserve(load)
        return free

    def release(self, parcels: Collection[Parcel]) -> None:
        """Return places back: what was composed for them was rolled back."""
        self._calls.release(parcels)

    def doubt(self, parcels: Collection[Parcel]) -> None:
        """Return places back; what is committed of them all the same is queued again."""
        self._calls.doubt(parcels)

    def carry(self, parcels: Sequence[Parcel]) -> None:
        """Carry what was composed for reserved places and is committed; in order within a chat."""
        self._calls.carry(parcels)

    def queued(self, chat_id: int | None) -> None:
        """Say that an answer to a chat is being queued: what follows it must stand behind it."""
        known = self._answers_wait
        self._answers_wait = AnswersWait(known.chats | {chat_id}, any_due=True)

    def stop(self) -> None:
        """Take nothing more; `run` ends when the calls in flight have ended."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send until stopped; a database that is away is waited for."""
        while not self._stopping:
            self._wake.clear()
            self._gathered.clear()
            self._pushes_looked_at, self._answer_wants = True, 0  # unless this pass leaves some
            try:
                if (term := await self._seat.won()) is not None:
                    if term != self._term:
                        await self._recover(term)
                    if await self._round() >= ROUND:
                        self._wake.set()
            except DeposedError:
                log.warning("another one sends by now", in_flight=len(self._calls.in_flight))
            except Exception as error:
                if not is_unavailable(error):
                    raise
                log.warning("outbox unavailable", error=code_of(error))
            await asyncio.sleep(0)  # all else comes between: nothing on SQLite is waited for
            await self._rest()
        await self._finish()

    async def _recover(self, term: int) -> None:
        """Judge what an earlier sender had in hand, and go on at the pace it had.

        What we have in flight from an earlier term of ours others have judged since: what comes
        of it is not written down.
        """
        now = self._clock()
        self._calls.forget()
        async with self._holding(term) as session:
            sent = await queries.sent_since(session, now - LONGEST_WINDOW)
            in_hand = await recording.recover(session, now)
            held = await queries.put_off(session, now)
        for row in [*sent, *in_hand]:
            load = Load(Lane(row.lane), row.method, row.chat_id, recording.messages_of(row))
            self._pacer.remember(load, (now - (row.finished_at or now)).total_seconds())
        for chat_id, until in held:
            self._pacer.hold_chat(chat_id, (until - now).total_seconds())
        if in_hand:
            log.warning("rows in hand at the last end", count=len(in_hand))
        self._term = term

    @asynccontextmanager
    async def _holding(self, term: int | None) -> AsyncIterator[Session]:
        """Open a transaction during which nobody else becomes the sender; DeposedError if one is.

        A process that was stopped and goes on is told so here, however sure it is of its seat.
        """
        async with transaction(self._sessions) as session:
            if term is None or not await self._seat.still(session, term):
                raise DeposedError
            yield session

    async def _round(self) -> int:
        """Record what ended and start what may leave; give how many started."""
        self._round_at = asyncio.get_running_loop().time()
        ended, in_doubt = list(self._calls.ended), set(self._calls.in_doubt)
        unsure = self._calls.unsure_of()
        admitted: list[Parcel] = []
        try:
            async with self._holding(self._term) as session:
                if unsure:
                    await recording.put_back(session, unsure)
                verdicts = await self._record(session, ended) if ended else []
                if not self._stopping:
                    await self._take(session, self._busy(ended, verdicts), admitted)
                waiting = await self._answers_free_chat(session)
        except BaseException:
            self._calls.drop(admitted)
            raise
        self._calls.in_doubt -= in_doubt
        self._settle(ended, verdicts)
        self._note(waiting)
        for parcel in admitted:
            self._calls.start(parcel)
        return len(admitted)

    async def _record(
        self, session: Session, ended: list[tuple[Parcel, Attempt]]
    ) -> list[RowVerdict]:
        """Write down what came of calls: what was sent and is plain together, the rest as read."""
        now = self._clock()
        plain = [(p.row, a.message_id) for p, a in ended if _is_plainly_sent(p, a)]
        sent = await recording.record_sent(session, plain, now)
        came = [(p.row.id, a) for p, a in ended if p.row.id not in sent]
        others = iter(await recording.record(session, came, now))
        return [SENT if p.row.id in sent else next(others) for p, _ in ended]

    async def _answers_free_chat(self, session: Session) -> list[tuple[int | None, datetime]]:
        """List the answers that wait; only where nobody else sends is it asked for."""
        return [] if self._seat.contested else await queries.answers_waiting(session, MOST_WAITING)

    def _note(self, waiting: list[tuple[int | None, datetime]]) -> None:
        """Remember which chats have answers in the queue; who queues one from now on says so."""
        now = self._clock()
        chats = frozenset(chat for chat, _ in waiting)
        held = self._pacer.closed_to_all()  # what waits there is waited for by nobody else
        due = any(due_at <= now and chat not in held for chat, due_at in waiting)
        due |= len(waiting) == MOST_WAITING
        self._answers_wait = AnswersWait(chats, any_due=due)

    def _busy(self, ended: list[tuple[Parcel, Attempt]], verdicts: list[RowVerdict]) -> set[int]:
        """List the chats with a call in flight, or with one that must go again first."""
        over = {
            parcel.row.id
            for (parcel, _), verdict in zip(ended, verdicts, strict=True)
            if verdict.state is not State.QUEUED
        }
        left = (p.row for p in self._calls.in_flight.values() if p.row.id not in over)
        return {row.chat_id for row in left if row.chat_id is not None}

    def _settle(self, ended: list[tuple[Parcel, Attempt]], verdicts: list[RowVerdict]) -> None:
        """Once it is committed: forget what ended, hold the chats that must wait."""
        now = self._clock()
        for (parcel, attempt), verdict in zip(ended, verdicts, strict=True):
            row = parcel.row
            self._calls.written_down(parcel, attempt)
            if verdict.state is State.QUEUED and verdict.due_at is not None:
                self._pacer.hold_chat(row.chat_id, (verdict.due_at - now).total_seconds())
                self._wake.set()  # what is due at once waits for no other reason to look
            if verdict.state in {State.FAILED, State.UNCERTAIN}:
                told = {"row": row.id, "method": row.method, "kind": row.kind}
                log.error("waits for a human", state=verdict.state, reason=attempt.reason, **told)

    async def _take(self, session: Session, busy: set[int], admitted: list[Parcel]) -> None:
        """Take what may leave now into `admitted`, answers first, one call a chat at a time.

        Whether it is quiet is asked at the very moment of sending: what waits for the day leaves
        then, in order and at the pace, however long the bot was away meanwhile.
        """
        held = self._pacer.closed_to_all()
        now = self._clock()  # read after it: whose chat is held no more has what it waited for due
        if self._pacer.room() <= 0:
            return
        quiet = in_quiet_hours(now, policy_of(session).quiet)
        self._pushes_looked_at = self._pushes_may_leave()
        self._places_wanted = 1 if self._pushes_looked_at else self._places_wanted
        rows = await queries.waiting(
            session,
            now,
            passed_over=busy | held,
            no_push_to=self._pacer.closed_to_pushes(),
            pushes=self._pushes_looked_at,
            quiet=quiet,
            limit=min(ROUND, self._pacer.room()),
        )
        targets = [row.target_id for row in rows if row.target_id is not None]
        found = await queries.became(session, targets)
        packer = Packer(session, self._render, now, quiet=quiet)
        aimed = [(row, recording.aim(row, found)) for row in rows]
        await packer.prepare(row for _, row in aimed if row is not None)
        chosen = Chosen(parcels=admitted)
        await self._choose(aimed, packer, chosen)
        await packer.finish()
        await recording.take(session, chosen.taken)
        await recording.drop(session, chosen.lost, now)
        if chosen.settled:
            await recording.record(session, chosen.settled, now)
        if chosen.settled or chosen.lost:
            self._wake.set()  # settled without being sent: its chat's next row can go

    async def _choose(
        self, aimed: Sequence[tuple[WaitingRow, RowInHand | None]], packer: Packer, chosen: Chosen
    ) -> None:
        """Take a place for each row that may leave now, in their order, and pack it.

        Whatever has a place stands in `chosen` at once, also where packing the next one breaks.
        """
        answers_wait = False
        self._answer_wants = 0
        for waiting, row in aimed:
            messages = messages_in(waiting.method, waiting.payload)
            load = Load(Lane(waiting.lane), waiting.method, waiting.chat_id, messages)
            if not self._pacer.admits(load) or (answers_wait and load.lane is not Lane.ANSWER):
                # an album that waits for many places must not see them go to pushes one by one
                if load.lane is Lane.ANSWER and self._pacer.is_full_for(load) and not answers_wait:
                    answers_wait, self._answer_wants = True, load.messages
                continue
            if row is None:
                chosen.lost.append(waiting)
                continue
            packed = await packer.pack(row)
            if isinstance(packed, Attempt):
                chosen.taken.append(row)
                chosen.settled.append((row.id, packed))
            elif self._pacer.admits(packed.load):
                chosen.taken.append(row)
                chosen.parcels.append(packed)
                self._pacer.leave(packed.load)
            else:
                # rendered, it is an album: were others to go first, its places would never be free
                self._places_wanted = packed.load.messages
                break

    def _on_end(self) -> None:
        """Look again: a call has ended, or as many as a round takes."""
        if len(self._calls.ended) >= ROUND:
            self._gathered.set()
        self._wake.set()

    async def _rest(self) -> None:
        """Wait until something may have changed: a wake, a place free again, or a second.

        What the last round had to leave for its pace is looked at as soon as it may leave, even if
        that instant came while the round was being committed.
        """
        now = asyncio.get_running_loop().time()
        looks = [] if self._pushes_looked_at else [self._pacer.pushes_at(self._places_wanted)]
        if self._answer_wants:
            looks.append(self._pacer.free_at(self._answer_wants))
        if any(at <= now for at in looks):
            return
        later = [*looks, self._pacer.pushes_at(self._places_wanted)]
        seconds = min([IDLE_SECONDS, *(at - now for at in later if at > now)])
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        since = asyncio.get_running_loop().time() - self._round_at
        if since < GATHER_SECONDS and not self._stopping:
            with suppress(TimeoutError):
                async with asyncio.timeout(GATHER_SECONDS - since):
                    await self._gathered.wait()

    def _pushes_may_leave(self) -> bool:
        return self._pacer.pushes_at(self._places_wanted) <= asyncio.get_running_loop().time()

    async def _finish(self) -> None:
        """Wait for the calls in flight and write down what came of them."""
        await self._calls.end()
        if self._calls.ended or self._calls.in_doubt:
            try:
                await self._round()
            except DeposedError:
                log.warning("another one sends by now", in_flight=len(self._calls.in_flight))
            except Exception as error:
                if not is_unavailable(error):
                    raise
                log.warning("stopped with outcomes not written down", error=code_of(error))


def _is_plainly_sent(parcel: Parcel, attempt: Attempt) -> bool:
    return attempt.outcome is SendOutcome.SENT and not attempt.message_ids and parcel.row.is_plain
