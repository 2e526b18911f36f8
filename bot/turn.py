"""The turn: one update, one transaction.

An update already handled is passed over. Otherwise the person is recognised, aiogram dispatches,
and what follows (facts, conversation state, answers) commits at once. An exception rolls all of
it back; a second transaction keeps the update with its traceback and queues an apology. Only a
database that is away leaves an update unhandled: it raises `PostponedError`, and the update must
not be acknowledged.
"""

import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.methods import AnswerCallbackQuery, SendMessage, TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError

from bot.door import Admitted, UnreadableError, admit, measure, outline
from bot.figures import POSTPONED, Figures
from bot.floods import Floods, Passage
from bot.hearing import Hearing
from bot.outbox import Desk, Hand, carried_by, writing_to
from bot.veil import veiled
from handlers.apology import apology, too_much
from handlers.heard import Heard
from handlers.i18n import guess_language, speaking
from models.database import Session, Sessions, code_of, is_unavailable, lock_key, transaction
from models.faults import where
from models.outbox.actions import has_queued
from models.outbox.reaching import recognise
from models.people.hooks import gave_sign
from models.people.rules import Sign
from models.people.views import Person
from models.updates import actions as updates
from models.updates.rules import MOST_ID, FailedState, chat_of, identity, scrub

log = structlog.get_logger(__name__)


class TurnOutcome(StrEnum):
    """What became of an update."""

    HANDLED = "handled"
    REPEATED = "repeated"
    """It was handled before; nothing was done."""
    FAILED = "failed"
    """It raised or did not parse; it is kept and the person was told."""
    HELD = "held"
    """Its sender sends more than a hand can: it was neither read nor kept, as they were told."""


class PostponedError(Exception):
    """The database is away: the update is not handled and must come again."""


class Turn:
    """Takes updates, one at a time a chat; the caller keeps that order.

    `on_ended` is called after each, whatever came of it: there may be something to send.
    """

    def __init__(
        self,
        sessions: Sessions,
        bot: Bot,
        dispatcher: Dispatcher,
        clock: Callable[[], datetime],
        default_language: str,
        on_ended: Callable[[], None] = lambda: None,
        hand: Hand | None = None,
        figures: Figures | None = None,
        hearing: Hearing | None = None,
        floods: Floods | None = None,
    ) -> None:
        self._hearing = hearing
        self._floods = floods
        self._figures = figures or Figures()
        self._sessions = sessions
        self._bot = bot
        self._dispatcher = dispatcher
        self._clock = clock
        self._default_language = default_language
        self._on_ended = on_ended
        self._hand = hand
        self.bot_username: str | None = None
        """Our user name as handlers are given it; None until Telegram has told it."""

    async def handle(self, raw: dict[str, Any]) -> TurnOutcome:
        """Take one update as it came; raises only PostponedError."""
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(update_id=_number(raw)):
            try:
                outcome = await self._attempt(*_read(raw))
            except Exception as error:
                if not is_unavailable(error):
                    raise
                self.behind()
                self._figures.turn_ended(POSTPONED, time.monotonic() - began, code_of(error))
                log.warning("database unavailable", error=code_of(error))
                raise PostponedError from error
            else:
                self._figures.turn_ended(outcome, time.monotonic() - began)
                return outcome
            finally:
                self._on_ended()

    def behind(self) -> None:
        """Note that what comes next has waited for us: so many taps at once are no flood."""
        if self._floods is not None:
            self._floods.pardon_taps(self._clock())

    async def replay(self, failed_id: int) -> TurnOutcome:
        """Take a kept update again, as if it came now.

        HANDLED, and it is kept no longer; REPEATED when it was replayed or dropped before;
        FAILED when it raised again: then it is kept with the new reason and nobody is told a
        second time. Raises PostponedError where the database is away.
        """
        with structlog.contextvars.bound_contextvars(failed_update=failed_id, update_id=None):
            try:
                return await self._try_again(failed_id)
            except Exception as error:
                if is_unavailable(error):
                    raise PostponedError from error
                raise
            finally:
                self._on_ended()

    async def _try_again(self, failed_id: int) -> TurnOutcome:
        try:
            return await self._retake(failed_id)
        except Exception as error:
            if is_unavailable(error):
                raise
            log.error("replay failed", error=type(error).__name__, where=where(error))  # noqa: TRY400 - as in _keep
            async with transaction(self._sessions) as session:
                await updates.keep_again(session, failed_id, _report(error), self._clock())
            return TurnOutcome.FAILED

    async def _retake(self, failed_id: int) -> TurnOutcome:
        now = self._clock()
        async with carried_by(self._hand) as taken, transaction(self._sessions) as session:
            raw = await updates.settle(session, failed_id, FailedState.REPLAYED, now)
            if raw is None:
                return TurnOutcome.REPEATED
            await self._lock(session, raw)
            structlog.contextvars.bind_contextvars(update_id=_number(raw))
            await self._work(Desk(session, now, self._hand, taken), admit(raw))
        return TurnOutcome.HANDLED

    async def _attempt(
        self, raw: dict[str, Any], admitted: Admitted | UnreadableError
    ) -> TurnOutcome:
        if isinstance(admitted, UnreadableError):
            return await self._keep(raw, admitted)
        passage, now = Passage.TAKEN, self._clock()
        if self._floods is not None:
            passage = self._floods.passage(admitted, now)
        if passage is Passage.HELD:
            return TurnOutcome.HELD
        try:
            outcome = await self._take(raw, admitted, passage)
        except Exception as error:
            if is_unavailable(error):
                raise
            outcome = await self._keep(raw, error)
        if self._floods is not None and outcome is not TurnOutcome.REPEATED:
            self._floods.note(admitted, passage, now)
        return outcome

    async def _take(self, raw: dict[str, Any], admitted: Admitted, passage: Passage) -> TurnOutcome:
        now = self._clock()
        async with carried_by(self._hand) as taken, transaction(self._sessions) as session:
            await self._lock(session, raw)
            name = identity(veiled(raw))
            if not await updates.remember(session, name, admitted.raw["update_id"], now):
                return TurnOutcome.REPEATED
            desk = Desk(session, now, self._hand, taken)
            if passage is Passage.LAST:
                await self._say_too_much(desk, admitted)
                return TurnOutcome.HELD
            await self._work(desk, admitted)
        return TurnOutcome.HANDLED

    async def _lock(self, session: Session, raw: dict[str, Any]) -> None:
        """Let no other process take an update of the same chat meanwhile."""
        chat_id = chat_of(raw)
        if chat_id is not None:
            await lock_key(session, chat_id)

    async def _work(self, desk: Desk, admitted: Admitted) -> None:
        if not admitted.speaks:
            return
        update = Update.model_validate(admitted.raw, context={"bot": self._bot})
        async with writing_to(desk):
            await self._dispatch(desk.session, update, admitted.heard, desk.now)
            await self._answer_tap(update, desk)
        if self._hand is not None and has_queued(desk.session):
            self._hand.queued(None)

    async def _say_too_much(self, desk: Desk, admitted: Admitted) -> None:
        """Say once that no more is read for a minute; in groups nothing is said to messages."""
        if not admitted.speaks:
            return
        update = Update.model_validate(admitted.raw, context={"bot": self._bot})
        user, query = _user(update), update.callback_query
        person = await recognise(desk.session, user.id, desk.now)
        async with writing_to(desk):
            with speaking(self._language(person, user.language_code)):
                said = too_much()
                if query is not None:
                    await self._bot(
                        AnswerCallbackQuery(callback_query_id=query.id, text=said, show_alert=True)
                    )
                elif chat_of(admitted.raw) == user.id:
                    await self._bot(SendMessage(chat_id=user.id, text=said))
        if self._hand is not None and has_queued(desk.session):
            self._hand.queued(None)

    async def _dispatch(
        self, session: Session, update: Update, heard: Heard, now: datetime
    ) -> None:
        user = _user(update)
        person = await recognise(session, user.id, now) if user else None
        language = self._language(person, user.language_code if user else None)
        if self._hearing is not None and person is not None and _acts(update):
            await self._hearing.tell(session, person, now)
        with speaking(language):
            await self._dispatcher.feed_update(
                self._bot,
                update,
                session=session,
                heard=heard,
                person=person,
                language=language,
                now=now,
                bot_username=self.bot_username,
            )

    async def _answer_tap(self, update: Update, desk: Desk) -> None:
        """Every tap is answered, else the button keeps spinning."""
        if update.callback_query and update.callback_query.id not in desk.answered:
            await self._bot(AnswerCallbackQuery(callback_query_id=update.callback_query.id))

    async def _keep(self, raw: dict[str, Any], error: Exception) -> TurnOutcome:
        # without its traceback: that can hold what people wrote; the kept row has the frames
        log.error("update failed", error=type(error).__name__, where=where(error))
        now = self._clock()
        number = _number(raw)
        kept = veiled(raw)
        async with transaction(self._sessions) as session:
            if not await updates.remember(session, identity(kept), number or 0, now):
                return TurnOutcome.REPEATED
            await updates.keep_failed(session, kept, number, _report(error), now)
            await self._apologise(session, raw, now)
            await self._count_as_sign(session, raw, now)
        return TurnOutcome.FAILED

    async def _count_as_sign(self, session: Session, raw: dict[str, Any], now: datetime) -> None:
        """Let what failed count as a sign of its sender all the same: they are there.

        That it is kept does not hang on it.
        """
        sign, chat_id = _sign(raw, now), chat_of(raw)
        if sign is None or chat_id is None or chat_id <= 0:
            return
        try:
            async with session.begin_nested():
                person = await recognise(session, chat_id, now)
                if person is not None and person.is_looked_for(sign.at):
                    await gave_sign(session, person.id, sign, now)
        except Exception as error:
            if is_unavailable(error):
                raise
            log.error("no sign", error=type(error).__name__, where=where(error))  # noqa: TRY400 - as in _keep

    async def _apologise(self, session: Session, raw: dict[str, Any], now: datetime) -> None:
        """Say sorry as well as the update lets us; that it is kept does not hang on it."""
        try:
            async with session.begin_nested(), writing_to(Desk(session, now, self._hand)):
                for method in await self._apologies(session, raw, now):
                    await self._bot(method)
        except Exception as error:
            if is_unavailable(error):
                raise
            log.error("no apology", error=type(error).__name__, where=where(error))  # noqa: TRY400 - as in _keep

    async def _apologies(
        self, session: Session, raw: dict[str, Any], now: datetime
    ) -> list[TelegramMethod[Any]]:
        """Say sorry in private chats, and end the spinning of a tapped button."""
        query, chat_id = raw.get("callback_query"), chat_of(raw)
        methods: list[TelegramMethod[Any]] = []
        if isinstance(query, dict) and isinstance(query_id := query.get("id"), str):
            methods.append(AnswerCallbackQuery(callback_query_id=query_id))
        if chat_id is not None and chat_id > 0 and ("message" in raw or "callback_query" in raw):
            person = await recognise(session, chat_id, now)
            with speaking(self._language(person, _code(raw))):
                methods.append(SendMessage(chat_id=chat_id, **apology().as_kwargs()))
        return methods

    def _language(self, person: Person | None, code: str | None) -> str:
        return person.language if person else guess_language(code, self._default_language)


def _read(raw: dict[str, Any]) -> tuple[dict[str, Any], Admitted | UnreadableError]:
    """Return an update as it may be kept, and what is read of it."""
    try:
        measure(raw)
    except UnreadableError as error:
        return scrub(outline(raw)), error
    try:
        admitted = admit(raw)
    except UnreadableError as error:
        return scrub(raw), error
    kept = scrub(raw)
    same = admitted.raw == raw
    return kept, replace(admitted, raw=kept if same else scrub(admitted.raw))


def _number(raw: dict[str, Any]) -> int | None:
    number = raw.get("update_id")
    return number if type(number) is int and abs(number) < MOST_ID else None


def _acts(update: Update) -> bool:
    return update.message is not None or update.callback_query is not None


def _user(update: Update) -> Any:
    return getattr(update.event, "from_user", None)


def _sign(raw: dict[str, Any], now: datetime) -> Sign | None:
    """Return that somebody did something, of an update as it came; None where nobody did."""
    if isinstance(raw.get("callback_query"), dict):
        return Sign(now)
    message = raw.get("message")
    dated = message.get("date") if isinstance(message, dict) else None
    if type(dated) is not int or dated < 0:
        return None
    return Sign(datetime.fromtimestamp(min(dated, now.timestamp()), UTC))


def _code(raw: dict[str, Any]) -> str | None:
    for part in raw.values():
        user = part.get("from") if isinstance(part, dict) else None
        if isinstance(user, dict) and isinstance(code := user.get("language_code"), str):
            return code
    return None


def _report(error: Exception) -> str:
    """Return what went wrong and where, without the values that people sent."""
    if isinstance(error, UnreadableError):
        return str(error)
    if isinstance(error, ValidationError):
        return "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['type']}"
            for e in error.errors(include_input=False)
        )
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    return f"{frames}{type(error).__name__}"
