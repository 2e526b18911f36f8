"""Packing: a row taken from the outbox becomes the parameters of one call.

A composed row is aimed at the messages it names by rows; a notice is rendered in the reader's
language from the state of this moment. What cannot be packed is an attempt of its own: pointless,
or refused because it is broken; one broken row holds nobody up.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from bot.deliver import ATTACHED
from bot.pacer import Load
from bot.rendering import MEDIA, PICTURE, marked
from handlers.i18n import CHINESE
from handlers.notices import UnknownKindError
from handlers.screen import Held, Media, Pointless
from models.database import Session, is_unavailable
from models.faults import named
from models.outbox import queries
from models.outbox.refreshing import EDIT
from models.outbox.rules import DELETE, DELETE_ALL, FILES, Attempt, Outcome, is_hushed, messages_in
from models.outbox.views import Claimed, Notice
from models.people.queries import language_of_account

log = structlog.get_logger(__name__)

Files = dict[str, tuple[str, bytes]]
"""Files of the bot's own making: attachment key -> (file name, content)."""

Render = Callable[[Session, Notice, str], Awaitable[dict[str, Any] | Pointless | Held]]
"""Renders a notice in a language: the payload's text and keyboard, or why it is pointless."""

SEND_PHOTO = "sendPhoto"
EDIT_BELOW = "editMessageCaption"


@dataclass(frozen=True)
class Parcel:
    """A row ready to leave."""

    row: Claimed
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


async def pack(
    session: Session, row: Claimed, render: Render, now: datetime, *, quiet: bool = False
) -> Parcel | Attempt:
    """Make a row ready to leave, or say what became of it instead.

    In `quiet` hours a new message that may leave, though it is no emergency, makes no sound.
    """
    try:
        packed = await _pack(session, row, render, now)
    except Exception as error:
        if is_unavailable(error):
            raise
        broken = named(error)
        told = {"row": row.id, "kind": row.kind, "method": row.method, "error": broken}
        log.error("not packed", **told)  # noqa: TRY400 - what people wrote may stand in its words
        return Attempt(Outcome.REFUSED, reason=f"not packed: {broken}")
    if isinstance(packed, Parcel) and row.is_new and is_hushed(row.lane, quiet=quiet):
        packed.payload["disable_notification"] = True
    return packed


async def _pack(session: Session, row: Claimed, render: Render, now: datetime) -> Parcel | Attempt:
    if row.payload is None and row.method == DELETE:
        return _deletion(row)
    if row.payload is None:
        rendered = await _render(session, row, render, now)
        payload = rendered if isinstance(rendered, Attempt) else {"chat_id": row.chat_id} | rendered
    else:
        payload = await _composed(session, row, row.payload)
    if isinstance(payload, Attempt):
        return payload
    picture = payload.pop(PICTURE, None)
    media = payload.pop(MEDIA, None)
    if picture is not None:
        row, payload = _with(Media(SEND_PHOTO, {"photo": f"{ATTACHED}{PICTURE}"}), row, payload)
    elif media is not None:
        row, payload = _with(media, row, payload)
    if row.target_message_ids and "message_ids" not in payload:
        payload["message_id"] = row.target_message_ids[0]
    named = payload.pop(FILES, {})
    files = {key: await queries.made_file(session, file_id) for key, file_id in named.items()}
    load = Load(row.lane, row.method, row.chat_id, messages_in(row.method, payload))
    return Parcel(row, payload, files, load, picture)


def _deletion(row: Claimed) -> Parcel:
    """Delete what the row that it names came to; of an album all, in one call."""
    first, *others = row.target_message_ids
    payload: dict[str, Any] = {"chat_id": row.chat_id, "message_id": first}
    if others:
        row = replace(row, method=DELETE_ALL)
        payload = {"chat_id": row.chat_id, "message_ids": [first, *others]}
    load = Load(row.lane, row.method, row.chat_id)
    return Parcel(row, payload, {}, load)


def _with(media: Media, row: Claimed, payload: dict[str, Any]) -> tuple[Claimed, dict[str, Any]]:
    """Send a rendering as what it is; a change in place changes the words below it alone."""
    if row.method == EDIT:
        return replace(row, method=EDIT_BELOW), payload
    return replace(row, method=media.method), {**payload, **media.fields}


async def _render(
    session: Session, row: Claimed, render: Render, now: datetime
) -> dict[str, Any] | Attempt:
    recipient, subject, kind = row.recipient_id or 0, row.subject_id or 0, row.kind or ""
    language = await queries.language_of(session, recipient)
    if language is None:
        return Attempt(Outcome.POINTLESS, reason="the reader has left")
    notice = Notice(kind, subject, recipient, now, row.repeat, row.detail, in_place=not row.is_new)
    try:
        async with session.begin_nested():  # a renderer that breaks must not break the round
            rendered = await render(session, notice, language)
    except UnknownKindError:
        log.warning("no words for this kind of notice", row=row.id, kind=kind)
        return Attempt(Outcome.UNKNOWN, reason="waits for a version that has words for it")
    if isinstance(rendered, Pointless):
        return Attempt(Outcome.POINTLESS, reason=rendered.reason)
    if isinstance(rendered, Held):
        return Attempt(Outcome.HELD)
    return rendered


async def _composed(
    session: Session, row: Claimed, payload: dict[str, Any]
) -> dict[str, Any] | Attempt:
    aimed = await _aimed(session, dict(payload))
    if not row.repeat or isinstance(aimed, Attempt):
        return aimed
    language = await language_of_account(session, row.chat_id) if row.chat_id else None
    return marked(aimed, language or CHINESE)


async def _aimed(session: Session, payload: dict[str, Any]) -> dict[str, Any] | Attempt:
    """Put message ids where rows are named by negative numbers; leave out what was never sent."""
    reply, many = payload.get("reply_parameters") or {}, payload.get("message_ids") or []
    replied = reply.get("message_id", 0)
    named = [-name for name in [*many, replied] if name < 0]
    if not named:
        return payload
    found = await queries.message_ids(session, named)
    if replied < 0:
        del payload["reply_parameters"]
        if -replied in found:
            payload["reply_parameters"] = {**reply, "message_id": found[-replied]}
    if many:
        known = [name if name > 0 else found.get(-name) for name in many]
        payload["message_ids"] = [name for name in known if name]
        if not payload["message_ids"]:
            return Attempt(Outcome.POINTLESS, reason="none of the messages was ever sent")
    return payload
