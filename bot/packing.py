"""Packing: a row taken from the outbox becomes the parameters of one call.

A composed row is aimed at the messages it names by rows; a notice is rendered in the reader's
language from the state of this moment. What cannot be packed is an attempt of its own: pointless,
or refused because it is broken; one broken row holds nobody up.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from bot.deliver import ATTACHED
from bot.pacer import Load
from bot.rendering import MEDIA, PICTURE, marked
from handlers.i18n import CHINESE
from handlers.notices import SHARERS, UnknownKindError
from handlers.screen import OnHold, Pointless, SentMedia
from models.database import Savepoint, Session, is_unavailable
from models.faults import named
from models.outbox import queries
from models.outbox.refreshing import EDIT
from models.outbox.rules import (
    DELETE,
    DELETE_ALL,
    FILES,
    Attempt,
    SendOutcome,
    is_hushed,
    messages_in,
)
from models.outbox.views import Notice, RowInHand
from models.people.queries import language_of_account

log = structlog.get_logger(__name__)

Files = dict[str, tuple[str, bytes]]
"""Files of the bot's own making: attachment key -> (file name, content)."""

Render = Callable[[Session, Notice, str], Awaitable[dict[str, Any] | Pointless | OnHold]]
"""Renders a notice in a language: the payload's text and keyboard, or why it is pointless."""

SEND_PHOTO = "sendPhoto"
EDIT_BELOW = "editMessageCaption"


@dataclass(frozen=True)
class Parcel:
    """A row ready to leave."""

    row: RowInHand
    payload: dict[str, Any]
    files: Files
    load: Load
    picture: Callable[[], bytes] | None = None
    """Draws the picture that the payload names; it is drawn when it leaves."""

    async def all_files(self) -> Files:
        """Give the files with the picture among them, drawn in a thread: computing holds up nobody
        there, and the round that packed it has been committed."""
        if self.picture is None:
            return self.files
        drawn = await asyncio.to_thread(self.picture)
        return {**self.files, PICTURE: ("picture.png", drawn)}


class Packer:
    """Packs the rows of one round; what several of them share is read and rendered once."""

    def __init__(
        self, session: Session, render: Render, now: datetime, *, quiet: bool = False
    ) -> None:
        """In `quiet` hours a new message that may leave, though it is no emergency, is silent."""
        self._session = session
        self._render = render
        self._now = now
        self._quiet = quiet
        self._languages: dict[int, str] = {}
        self._marks: dict[tuple[str, int, int], Hashable] = {}
        """(kind, subject, reader) -> what the rendering depends on besides."""
        self._shown: dict[Hashable, dict[str, Any] | Pointless | OnHold] = {}
        self._savepoint: Savepoint | None = None

    async def prepare(self, rows: Iterable[RowInHand]) -> None:
        """Read what all these rows need before they are packed."""
        notices = [row for row in rows if row.payload is None and row.kind and row.recipient_id]
        readers = {row.recipient_id for row in notices if row.recipient_id}
        self._languages.update(await queries.languages_of(self._session, readers))
        groups: dict[tuple[str, int], list[int]] = defaultdict(list)
        for row in notices:
            if row.kind in SHARERS and row.recipient_id and not row.detail:
                groups[row.kind, row.subject_id or 0].append(row.recipient_id)
        for (kind, subject_id), ids in groups.items():
            marks = await self._marks_of(kind, subject_id, ids)
            self._marks.update(((kind, subject_id, who), mark) for who, mark in marks.items())

    async def _marks_of(
        self, kind: str, subject_id: int, readers: list[int]
    ) -> Mapping[int, Hashable]:
        """Ask who is shown the same; where that breaks each is rendered by itself."""
        try:
            async with self._session.begin_nested():
                return await SHARERS[kind](self._session, subject_id, readers)
        except Exception as error:
            if is_unavailable(error):
                raise
            log.error("not known who is shown the same", kind=kind, error=named(error))  # noqa: TRY400 - as in pack
            return {}

    async def pack(self, row: RowInHand) -> Parcel | Attempt:
        """Make a row ready to leave, or say what became of it instead."""
        try:
            packed = await self._pack(row)
        except Exception as error:
            if is_unavailable(error):
                raise
            broken = named(error)
            told = {"row": row.id, "kind": row.kind, "method": row.method, "error": broken}
            log.error("not packed", **told)  # noqa: TRY400 - what people wrote may stand in its words
            return Attempt(SendOutcome.REFUSED, reason=f"not packed: {broken}")
        if isinstance(packed, Parcel) and row.is_new and is_hushed(row.lane, quiet=self._quiet):
            packed.payload["disable_notification"] = True
        return packed

    async def _pack(self, row: RowInHand) -> Parcel | Attempt:
        if row.payload is None and row.method == DELETE:
            return _deletion(row)
        if row.payload is None:
            shown = await self._rendered(row)
            payload = shown if isinstance(shown, Attempt) else {"chat_id": row.chat_id} | shown
        else:
            payload = await _composed(self._session, row, row.payload)
        if isinstance(payload, Attempt):
            return payload
        picture = payload.pop(PICTURE, None)
        media = payload.pop(MEDIA, None)
        if picture is not None:
            row, payload = _with(
                SentMedia(SEND_PHOTO, {"photo": f"{ATTACHED}{PICTURE}"}), row, payload
            )
        elif media is not None:
            row, payload = _with(media, row, payload)
        if row.target_message_ids and "message_ids" not in payload:
            payload["message_id"] = row.target_message_ids[0]
        made = payload.pop(FILES, {})
        files = {key: await queries.made_file(self._session, of) for key, of in made.items()}
        load = Load(row.lane, row.method, row.chat_id, messages_in(row.method, payload))
        return Parcel(row, payload, files, load, picture)

    async def _rendered(self, row: RowInHand) -> dict[str, Any] | Attempt:
        recipient, subject, kind = row.recipient_id or 0, row.subject_id or 0, row.kind or ""
        language = self._languages.get(recipient)
        if language is None:
            return Attempt(SendOutcome.POINTLESS, reason="the reader has left")
        in_place = not row.is_new
        notice = Notice(kind, subject, recipient, self._now, row.repeat, row.detail, in_place)
        mark = None if row.detail else self._marks.get((kind, subject, recipient))
        alike = None if mark is None else (kind, subject, language, row.repeat, in_place, mark)
        try:
            rendered = await self._shared(alike, notice, language)
        except UnknownKindError:
            log.warning("no words for this kind of notice", row=row.id, kind=kind)
            return Attempt(SendOutcome.UNKNOWN, reason="waits for a version that has words for it")
        if isinstance(rendered, Pointless):
            return Attempt(SendOutcome.POINTLESS, reason=rendered.reason)
        return Attempt(SendOutcome.HELD) if isinstance(rendered, OnHold) else rendered

    async def _shared(
        self, alike: Hashable, notice: Notice, language: str
    ) -> dict[str, Any] | Pointless | OnHold:
        """Render a notice, or take what was rendered for others who are shown the same."""
        if alike is not None and alike in self._shown:
            return self._shown[alike]
        if self._savepoint is None:
            self._savepoint = await self._session.begin_nested()
        try:
            rendered = await self._render(self._session, notice, language)
        except BaseException:
            await self._back()
            raise
        if alike is not None:
            self._shown[alike] = rendered
        return rendered

    async def _back(self) -> None:
        """Go back to the savepoint: a rendering that breaks must not break the round.

        All since share one, for a savepoint costs as much as a rendering: renderers only read, so
        what others have rendered meanwhile stays true.
        """
        if self._savepoint is not None and self._savepoint.is_active:
            await self._savepoint.rollback()
        self._savepoint = None

    async def finish(self) -> None:
        """Let go of what rendering needed; whatever is written afterwards is the round's own."""
        if self._savepoint is not None:
            await self._savepoint.commit()
            self._savepoint = None


def _deletion(row: RowInHand) -> Parcel:
    """Delete what the row that it names came to; of an album all, in one call."""
    first, *others = row.target_message_ids
    payload: dict[str, Any] = {"chat_id": row.chat_id, "message_id": first}
    if others:
        row = replace(row, method=DELETE_ALL)
        payload = {"chat_id": row.chat_id, "message_ids": [first, *others]}
    load = Load(row.lane, row.method, row.chat_id)
    return Parcel(row, payload, {}, load)


def _with(
    media: SentMedia, row: RowInHand, payload: dict[str, Any]
) -> tuple[RowInHand, dict[str, Any]]:
    """Send a rendering as what it is; a change in place changes the words below it alone."""
    if row.method == EDIT:
        return replace(row, method=EDIT_BELOW), payload
    return replace(row, method=media.method), {**payload, **media.fields}


async def _composed(
    session: Session, row: RowInHand, payload: dict[str, Any]
) -> dict[str, Any] | Attempt:
    aimed = await _aimed(session, dict(payload))
    if not row.repeat or isinstance(aimed, Attempt):
        return aimed
    language = await language_of_account(session, row.chat_id) if row.chat_id else None
    return marked(aimed, language or CHINESE)


def names_rows(payload: Mapping[str, Any]) -> bool:
    """Return whether a composed payload names messages by the rows that become them."""
    return bool(_rows_named(payload))


def _rows_named(payload: Mapping[str, Any]) -> list[int]:
    reply, many = payload.get("reply_parameters") or {}, payload.get("message_ids") or []
    return [-name for name in [*many, reply.get("message_id", 0)] if name < 0]


async def _aimed(session: Session, payload: dict[str, Any]) -> dict[str, Any] | Attempt:
    """Put message ids where rows are named by negative numbers; leave out what was never sent."""
    named = _rows_named(payload)
    if not named:
        return payload
    reply, many = payload.get("reply_parameters") or {}, payload.get("message_ids") or []
    replied = reply.get("message_id", 0)
    found = await queries.message_ids(session, named)
    if replied < 0:
        del payload["reply_parameters"]
        if -replied in found:
            payload["reply_parameters"] = {**reply, "message_id": found[-replied]}
    if many:
        known = [name if name > 0 else found.get(-name) for name in many]
        payload["message_ids"] = [name for name in known if name]
        if not payload["message_ids"]:
            return Attempt(SendOutcome.POINTLESS, reason="none of the messages was ever sent")
    return payload
