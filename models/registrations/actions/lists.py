"""Lists kept by hand until now: a spreadsheet that fills registrations in, or makes a kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.database import Session
from models.people.actions.personal import phone_digests
from models.people.rules import Field, Right
from models.people.tables import PersonalRow, PersonRow
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.tables import PlaceRow
from models.records.changing import begin
from models.records.rules import Refusal
from models.registrations.actions.filing import register
from models.registrations.guard import Forbidden, forbidden_in
from models.registrations.records import KINDS
from models.registrations.rules import (
    FIELDS_OF_A_KIND,
    NAME,
    Follows,
    KindMove,
    KindOutcome,
    RegistrationOutcome,
)
from models.registrations.tables import RegistrationKindRow
from models.sheets.queries import current_sheet, keys_ever
from models.sheets.rules.answers import WrongAnswer
from models.sheets.rules.fields import (
    FieldKind,
    SheetDraft,
    SheetField,
    SheetWords,
    read_fields,
    written_fields,
)
from models.sheets.rules.rows import (
    CellFault,
    CellProblem,
    FilledRow,
    Rows,
    both,
    read_defined,
    read_filled,
)

ROWS_OF_A_LIST = 200
"""Registrations that one file brings: more would hold up everybody else for seconds."""

HOLDER = SheetField(
    "holder_phone",
    FieldKind.PHONE,
    SheetWords("户主电话", "Telephone of the holder"),
    sealed=True,
)
"""The column that says whose a registration is."""


@dataclass(frozen=True)
class ListTaken:
    """So many registrations were sent from a list."""

    count: int


async def columns_of(session: Session, kind_id: int) -> tuple[SheetField, ...]:
    """Return what a list of a kind has columns for; empty for no such kind."""
    row = await session.get(RegistrationKindRow, kind_id)
    sheet = None if row is None else await current_sheet(session, row.code)
    return () if sheet is None else (HOLDER, *sheet.fields)


async def registered_alone(session: Session, kind_id: int) -> bool:
    """Return whether everybody registers a kind for themselves, and nobody for somebody else."""
    row = await session.get(RegistrationKindRow, kind_id)
    return row is not None and row.follows == Follows.RESIDENCE


async def take_list(
    session: Session, actor: Person, kind_id: int, rows: Rows, token: str, *, now: datetime
) -> ListTaken | tuple[CellFault, ...] | Refusal | RegistrationOutcome:
    """Send a registration a row, for residents of one's desk without Telegram, found by telephone.

    All of them, or none and every fault by row and column. One token sends once (ALREADY). No list
    brings what everybody registers for themselves (THEMSELVES).
    """
    if not actor.may_anywhere(Right.WORK_DESK):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "send a list"})
        return Refusal.NOT_ALLOWED
    fields = await columns_of(session, kind_id)
    if not fields:
        return Refusal.MISSING
    if await registered_alone(session, kind_id):
        return RegistrationOutcome.THEMSELVES
    read = read_filled(fields, rows, ROWS_OF_A_LIST)
    filled = [one for one in read if isinstance(one, FilledRow)]
    if not filled:
        return tuple(one for one in read if isinstance(one, CellFault))
    holders = await _holders(session, actor, filled)
    nobody = both(HOLDER.label)
    faults = [
        CellFault(one.row, nobody, CellProblem.NOBODY) for one in filled if one.row not in holders
    ]
    if faults:
        return tuple(faults)
    return await _send(session, actor, kind_id, filled, holders, token, now)


async def _send(
    session: Session,
    actor: Person,
    kind_id: int,
    filled: Sequence[FilledRow],
    holders: dict[int, int],
    token: str,
    now: datetime,
) -> ListTaken | tuple[CellFault, ...] | Refusal:
    names = {one.key: one.label for one in await columns_of(session, kind_id)}
    faults: list[CellFault] = []
    attempt = await session.begin_nested()
    for one in filled:
        answers = {key: value for key, value in one.answers.items() if key != HOLDER.key}
        last = one is filled[-1]
        made = await register(
            session,
            actor,
            kind_id,
            holders[one.row],
            answers,
            f"{token}:{one.row}",
            now=now,
            asks_desk=last,
        )
        if isinstance(made, WrongAnswer):
            faults.append(CellFault(one.row, both(names[made.key]), made.why))
        elif made.outcome is Refusal.ALREADY:
            await attempt.rollback()
            return Refusal.ALREADY
        elif made.outcome is not RegistrationOutcome.FILED:
            faults.append(CellFault(one.row, both(HOLDER.label), _why(made.outcome)))
    await (attempt.rollback() if faults else attempt.commit())
    return tuple(faults) or ListTaken(len(filled))


def _why(outcome: object) -> CellProblem:
    if outcome is RegistrationOutcome.HAS_PHONE:
        return CellProblem.FOR_THEMSELVES
    return CellProblem.NOBODY


async def _holders(session: Session, actor: Person, filled: Sequence[FilledRow]) -> dict[int, int]:
    """Return who has the telephone of each row, among the residents of one's desk."""
    rows: dict[str, list[int]] = {}
    for one in filled:
        for digest in phone_digests(session, str(one.answers[HOLDER.key])):
            rows.setdefault(digest, []).append(one.row)
    found = await session.execute(
        select(PersonalRow.digest, PersonRow.id)
        .join(PersonRow, PersonRow.id == PersonalRow.person_id)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(
            PersonalRow.field == Field.PHONE,
            PersonalRow.digest.in_(rows),
            PersonRow.left_at.is_(None),
            at_or_below(actor.paths_with(Right.WORK_DESK)),
        )
        .order_by(PersonRow.id.desc())
    )
    return {
        row: person_id
        for digest, person_id in found.all()
        if digest is not None
        for row in rows[digest]
    }


async def define_by_list(
    session: Session, actor: Person, kind_id: int, rows: Rows, *, now: datetime
) -> KindOutcome | tuple[CellFault, ...] | Refusal | Forbidden:
    """Have a kind ask what a spreadsheet says (CHANGED); what is in use stays as it is.

    Every fault by row and column, and then nothing is changed. Forbidden for what no register may
    ask for. The question until when it is good stays, whatever the spreadsheet says.
    """
    change = await begin(session, KINDS, kind_id, KindMove.CHANGE, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    kept = read_fields(row.draft)
    before = kept if isinstance(kept, tuple) else ()
    sheet = SheetDraft(row.code, NAME, SheetWords(row.title_zh, row.title_en), before)
    read = read_defined(sheet, rows, await keys_ever(session, row.code))
    fields = [one for one in read if isinstance(one, SheetField)]
    if not fields:
        return tuple(one for one in read if isinstance(one, CellFault))
    said = [one for field in fields for one in (field.words, *(o.words for o in field.options))]
    if wrong := forbidden_in(*(one.zh for one in said), *(one.en for one in said)):
        return wrong
    until = [one for one in before if one.key == row.until_key]
    asked = [*until, *(one for one in fields if one.key != row.until_key)]
    if len(asked) > FIELDS_OF_A_KIND:
        return KindOutcome.TOO_MANY
    row.draft = written_fields(asked)
    await change.finish()
    return KindOutcome.CHANGED
