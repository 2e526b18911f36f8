"""Kinds of registration: those of the house, and those that somebody adds in the chat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from models.audit.actions import deny
from models.database import Session, insert_once
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.records.changing import begin
from models.records.rules import Refusal
from models.registrations.guard import Forbidden, forbidden_in
from models.registrations.house import HOUSE
from models.registrations.records import KINDS
from models.registrations.rules import (
    FIELDS_OF_A_KIND,
    KINDS_NAME,
    NAME,
    Accepts,
    Follows,
    KindMove,
    KindOutcome,
    KindState,
)
from models.registrations.tables import RegistrationKindRow
from models.sheets import actions as sheets
from models.sheets.rules.fields import (
    FieldKind,
    SheetDraft,
    SheetField,
    SheetOption,
    SheetWords,
    WrongSheet,
    read_fields,
    written_fields,
    wrong_with_sheet,
)

UNTIL = SheetField(
    "until",
    FieldKind.DAY,
    SheetWords("有效到哪一天？", "Until which day is it good?"),
    short=SheetWords("有效到", "Good until"),
)
"""Asked first of a kind that is good until a day that is asked."""


@dataclass(frozen=True)
class KindPlan:
    """What somebody wants to have registered."""

    token: str
    """Names the form that was sent: the same form begins one kind."""
    title: SheetWords
    months: int | None = None
    """How long it is good; None: for good, or until the day that is asked."""
    until_asked: bool = False
    accepts: Accepts = Accepts.DESK


@dataclass(frozen=True)
class KindBegun:
    """What became of a plan; `kind_id` where there is a kind."""

    outcome: KindOutcome | Refusal | Forbidden
    kind_id: int | None = None


async def ensure_house(session: Session, *, now: datetime) -> None:
    """Define what comes with the house, where it is not defined as it stands now."""
    for one in HOUSE:
        sheet = one.sheet
        values: dict[str, Any] = {
            "state": KindState.OPEN,
            "code": sheet.code,
            "place_id": None,
            "title_zh": sheet.title.zh,
            "title_en": sheet.title.en,
            "prefix": one.prefix,
            "months": one.months,
            "until_key": one.until_key,
            "accepts": Accepts.DESK,
            "follows": one.follows,
            "draft": [],
            "fields_made": 0,
            "token": f"house:{sheet.code}",
            "made_by": None,
            "made_at": now,
        }
        there = await session.scalar(
            select(RegistrationKindRow.id).where(RegistrationKindRow.code == sheet.code)
        )
        if there is None:
            await insert_once(session, RegistrationKindRow, values)
        await sheets.define(session, sheet, by_id=None, now=now)


async def begin_kind(
    session: Session, actor: Person, place_id: int, plan: KindPlan, *, now: datetime
) -> KindBegun:
    """Begin a kind at a place for which somebody answers (BEGUN); its questions come one by one.

    Forbidden where its name asks for what no register may ask for. ALREADY with its number where
    this form was sent before.
    """
    place = await session.get(PlaceRow, place_id)
    if place is None or place.ended_at is not None:
        return KindBegun(Refusal.MISSING)
    if not actor.may(Right.SUPERVISE, place.path):
        await deny(session, actor.id, KINDS_NAME, now=now, detail={"tried": "begin a kind"})
        return KindBegun(Refusal.NOT_ALLOWED)
    title = SheetWords(plan.title.zh.strip(), plan.title.en.strip())
    if wrong := forbidden_in(title.zh, title.en):
        return KindBegun(wrong)
    if not (title.zh and title.en):
        return KindBegun(KindOutcome.NO_WORDS)
    sent = select(RegistrationKindRow.id).where(RegistrationKindRow.token == plan.token)
    if (found := await session.scalar(sent)) is not None:
        return KindBegun(Refusal.ALREADY, found)
    row = RegistrationKindRow(
        state=KindState.DRAFT,
        code=f"reg_new_{sha256(plan.token.encode()).hexdigest()[:20]}",
        place_id=place_id,
        title_zh=title.zh,
        title_en=title.en,
        prefix="K",
        months=None if plan.until_asked else plan.months,
        until_key=UNTIL.key if plan.until_asked else None,
        accepts=plan.accepts,
        follows=Follows.NOTHING,
        draft=written_fields([UNTIL]) if plan.until_asked else [],
        token=plan.token,
        made_by=actor.id,
        made_at=now,
    )
    session.add(row)
    await session.flush()
    row.code, row.prefix = f"reg_k{row.id}", f"K{row.id}"
    await session.flush()
    return KindBegun(KindOutcome.BEGUN, row.id)


PRESETS: dict[str, SheetField] = {
    "text": SheetField("x", FieldKind.TEXT, SheetWords("", ""), most=200),
    "found": SheetField(
        "x", FieldKind.TEXT, SheetWords("", ""), most=60, sealed=True, indexed=True
    ),
    "number": SheetField("x", FieldKind.NUMBER, SheetWords("", "")),
    "day": SheetField("x", FieldKind.DAY, SheetWords("", "")),
    "choice": SheetField("x", FieldKind.CHOICE, SheetWords("", "")),
    "yes_no": SheetField("x", FieldKind.YES_NO, SheetWords("", "")),
    "phone": SheetField("x", FieldKind.PHONE, SheetWords("", ""), sealed=True),
    "plate": SheetField("x", FieldKind.PLATE, SheetWords("", ""), sealed=True, indexed=True),
    "photo": SheetField("x", FieldKind.PHOTO, SheetWords("", "")),
}
"""What a question may ask for; `found` is kept sealed, and found by its answer."""


async def add_field(
    session: Session,
    actor: Person,
    kind_id: int,
    preset: str,
    words: SheetWords,
    options: Sequence[SheetWords] = (),
    *,
    required: bool = True,
    now: datetime,
) -> KindOutcome | Refusal | Forbidden:
    """Add a question to the version that is being made (CHANGED); what is in use stays as it is.

    Forbidden for what no register may ask for.
    """
    change = await begin(session, KINDS, kind_id, KindMove.CHANGE, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    if len(row.draft) >= FIELDS_OF_A_KIND:
        return KindOutcome.TOO_MANY
    field = _field(preset, f"f{row.fields_made + 1}", words, options, required=required)
    if not isinstance(field, SheetField):
        return field
    row.draft = [*row.draft, *written_fields([field])]
    row.fields_made += 1
    await change.finish()
    return KindOutcome.CHANGED


def _field(
    preset: str, key: str, words: SheetWords, options: Sequence[SheetWords], *, required: bool
) -> SheetField | KindOutcome | Refusal | Forbidden:
    """Return a question, or what is wrong with it."""
    pattern = PRESETS.get(preset)
    if pattern is None:
        return Refusal.BAD_CHOICE
    said = [words, *options]
    if wrong := forbidden_in(*(one.zh for one in said), *(one.en for one in said)):
        return wrong
    chosen = pattern.kind is FieldKind.CHOICE
    if chosen and len(options) < 2:
        return KindOutcome.FEW_OPTIONS
    choices = tuple(SheetOption(f"o{place}", one) for place, one in enumerate(options, 1))
    field = replace(
        pattern, key=key, words=words, options=choices if chosen else (), required=required
    )
    wrong_words = wrong_with_sheet(SheetDraft("x", NAME, SheetWords("x", "x"), (field,)))
    return KindOutcome.NO_WORDS if wrong_words else field


async def drop_field(
    session: Session, actor: Person, kind_id: int, number: int, *, now: datetime
) -> KindOutcome | Refusal:
    """Take a question out of the version that is being made (CHANGED), by its place from 1.

    BAD_CHOICE for the one that asks until when it is good.
    """
    change = await begin(session, KINDS, kind_id, KindMove.CHANGE, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    if not 1 <= number <= len(row.draft) or row.draft[number - 1]["key"] == row.until_key:
        return Refusal.BAD_CHOICE
    row.draft = [one for place, one in enumerate(row.draft, 1) if place != number]
    await change.finish()
    return KindOutcome.CHANGED


async def publish(
    session: Session, actor: Person, kind_id: int, *, now: datetime
) -> KindOutcome | Refusal:
    """Have the version that is being made asked from now on (PUBLISHED).

    Forms that were begun with an earlier one are finished with that, and say so.
    """
    change = await begin(session, KINDS, kind_id, KindMove.PUBLISH, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    fields = read_fields(row.draft)
    if isinstance(fields, WrongSheet) or not fields:
        return KindOutcome.NO_FIELDS
    sheet = SheetDraft(row.code, NAME, SheetWords(row.title_zh, row.title_en), fields)
    made = await sheets.define(session, sheet, by_id=actor.id, now=now)
    if isinstance(made, Refusal):
        return made
    if isinstance(made, tuple):
        return KindOutcome.NO_FIELDS
    row.state = KindState.OPEN
    await change.finish()
    return KindOutcome.PUBLISHED


async def retire_kind(
    session: Session, actor: Person, kind_id: int, *, now: datetime
) -> KindOutcome | Refusal:
    """Begin nothing new with a kind (RETIRED); what is half-filled is finished."""
    change = await begin(session, KINDS, kind_id, KindMove.RETIRE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(KindMove.RETIRE)
    change.row.retired_at = now
    await change.finish()
    return KindOutcome.RETIRED
