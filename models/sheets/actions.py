"""Defining sheets, filing, agreeing to what was filed, taking it back. Rights are the subject's."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from models.audit.actions import record
from models.audit.rules import AuditAct
from models.database import Session, insert_once
from models.people.tables import PersonRow
from models.people.views import Person
from models.records.changing import RecordKind, begin
from models.records.rules import Refusal
from models.records.sealed import opened, sealed
from models.sheets.queries import digest_of, read_filing, sheet_view
from models.sheets.rules.answers import Value, WrongAnswer, kept_text, read_answers
from models.sheets.rules.fields import (
    SheetDraft,
    SheetField,
    WrongSheet,
    written_fields,
    wrong_with_sheet,
)
from models.sheets.rules.filings import (
    FILING_LIFECYCLE,
    DefinedSheet,
    FiledSheet,
    FilingMove,
    FilingOutcome,
    FilingRelation,
    FilingState,
)
from models.sheets.tables import FilingRow, FilingValueRow, SheetRow
from models.sheets.views import FilingView


async def define(
    session: Session, sheet: SheetDraft, *, by_id: int | None, now: datetime
) -> DefinedSheet | tuple[WrongSheet, ...] | Refusal:
    """Make a sheet the current version of its code; one that is current as it stands stays it.

    Forms that were begun with an earlier version are finished with that. BAD_CHOICE for a code of
    another subject's, WRONG_TIME where somebody else has defined another one at the same moment.
    """
    if wrong := wrong_with_sheet(sheet):
        return wrong
    before = await _latest(session, sheet.code)
    if before is not None and before.subject != sheet.subject:
        return Refusal.BAD_CHOICE
    if before is not None and _is_current(before, sheet):
        return DefinedSheet(before.id, before.version, fresh=False)
    values = {
        "code": sheet.code,
        "version": before.version + 1 if before else 1,
        "subject": sheet.subject,
        "title_zh": sheet.title.zh,
        "title_en": sheet.title.en,
        "fields": written_fields(sheet.fields),
        "made_by": by_id,
        "made_at": now,
    }
    fresh = await insert_once(session, SheetRow, values)
    row = await _latest(session, sheet.code)
    if row is None or not _is_current(row, sheet):
        return Refusal.WRONG_TIME
    if fresh:
        await _retire(session, sheet.code, now, before=row.version)
    return DefinedSheet(row.id, row.version, fresh=fresh)


async def retire(session: Session, code: str, *, now: datetime) -> None:
    """Begin no more forms with a sheet; what was begun is finished, what was filed stays."""
    await session.flush()
    await _retire(session, code, now)


async def _retire(session: Session, code: str, now: datetime, *, before: int | None = None) -> None:
    older = [] if before is None else [SheetRow.version < before]
    theirs = SheetRow.code == code, SheetRow.retired_at.is_(None), *older
    await session.execute(update(SheetRow).where(*theirs).values(retired_at=now))


async def _latest(session: Session, code: str) -> SheetRow | None:
    found = select(SheetRow).where(SheetRow.code == code).order_by(SheetRow.version.desc())
    fresh = found.limit(1).execution_options(populate_existing=True)
    return await session.scalar(fresh)


def _is_current(row: SheetRow, sheet: SheetDraft) -> bool:
    same = row.fields == written_fields(sheet.fields)
    titled = (row.title_zh, row.title_en) == (sheet.title.zh, sheet.title.en)
    return row.retired_at is None and same and titled


async def file(
    session: Session,
    sheet_id: int,
    *,
    subject_id: int,
    about_id: int | None,
    by_id: int,
    answers: Mapping[str, object],
    token: str,
    now: datetime,
) -> FiledSheet | WrongAnswer | Refusal:
    """File the answers to a sheet about a record of its subject, and about a person where given.

    One token files once: what comes again is the filing that there is. Every answer is read by the
    rules once more, whoever brings it. MISSING for a sheet that there is not.
    """
    row = await session.get(SheetRow, sheet_id)
    if row is None:
        return Refusal.MISSING
    sheet = sheet_view(row)
    values = read_answers(sheet.fields, answers)
    if isinstance(values, WrongAnswer):
        return values
    filing = {
        "sheet_id": sheet.id,
        "subject": sheet.subject,
        "subject_id": subject_id,
        "about_id": about_id,
        "by_id": by_id,
        "state": FilingState.FILED,
        "filed_at": now,
        "token": token,
    }
    fresh = await insert_once(session, FilingRow, filing)
    filing_id = await session.scalar(select(FilingRow.id).where(FilingRow.token == token))
    if filing_id is None:
        return Refusal.WRONG_TIME
    if fresh:
        fields = {field.key: field for field in sheet.fields}
        pairs = [(fields[key], value) for key, value in values.items()]
        await _write(session, sheet.code, filing_id, pairs)
    return FiledSheet(filing_id, again=not fresh)


async def _write(
    session: Session, code: str, filing_id: int, pairs: list[tuple[SheetField, Value]]
) -> None:
    rows = []
    for field, value in pairs:
        text, seconds = kept_text(value)
        row = FilingValueRow(
            filing_id=filing_id,
            key=field.key,
            plain=None if field.sealed else text,
            seconds=seconds,
            digest=digest_of(session, code, field, value),
        )
        rows.append((field, row, text))
    session.add_all(row for _field, row, _text in rows)
    await session.flush()
    for field, row, text in rows:
        if field.sealed:
            row.sealed = sealed(session, row, "sealed", text)
    await session.flush()


async def _relations(session: Session, person: Person, row: FilingRow) -> frozenset[FilingRelation]:
    about = await session.get(PersonRow, row.about_id) if row.about_id is not None else None
    holds = {
        FilingRelation.CONCERNED: about is not None and person.id in {about.id, about.proxy_id},
        FilingRelation.FILER: person.id == row.by_id,
    }
    return frozenset(relation for relation, so in holds.items() if so)


FILINGS = RecordKind("filings", FilingRow, FILING_LIFECYCLE, _relations)


async def confirm(
    session: Session, filing_id: int, *, actor: Person, now: datetime
) -> FilingOutcome | Refusal:
    """Note that the person concerned, or who speaks for them, has had it read back and agrees."""
    change = await begin(session, FILINGS, filing_id, FilingMove.CONFIRM, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(FilingMove.CONFIRM)
    change.row.confirmed_at = now
    await change.finish()
    return FilingOutcome.CONFIRMED


async def withdraw(
    session: Session, filing_id: int, *, actor: Person, now: datetime
) -> FilingOutcome | Refusal:
    """Take a filing back, its answers erased: the person concerned at any time, the filer until
    they have agreed to it."""
    change = await begin(session, FILINGS, filing_id, FilingMove.WITHDRAW, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(FilingMove.WITHDRAW)
    change.row.withdrawn_at = now
    await _forget(session, [filing_id])
    await change.finish()
    return FilingOutcome.WITHDRAWN


async def erase(session: Session, filing_ids: Iterable[int], *, now: datetime) -> None:
    """Erase the answers of filings, for a subject that has checked who may; that they were filed
    stays."""
    ids = [*filing_ids]
    await session.flush()
    await session.execute(
        update(FilingRow)
        .where(FilingRow.id.in_(ids), FilingRow.state != FilingState.WITHDRAWN)
        .values(state=FilingState.WITHDRAWN, withdrawn_at=now)
        .execution_options(synchronize_session=False)
    )
    await _forget(session, ids)


async def erase_of(session: Session, person_id: int, *, now: datetime) -> list[int]:
    """Erase what was filed about somebody who leaves for good; return which filings that were."""
    await session.flush()
    found = select(FilingRow.id).where(
        FilingRow.about_id == person_id, FilingRow.state != FilingState.WITHDRAWN
    )
    ids = [*await session.scalars(found.order_by(FilingRow.id))]
    await erase(session, ids, now=now)
    return ids


async def _forget(session: Session, filing_ids: list[int]) -> None:
    await session.flush()
    theirs = FilingValueRow.filing_id.in_(filing_ids)
    await session.execute(
        delete(FilingValueRow).where(theirs).execution_options(synchronize_session=False)
    )


async def look(
    session: Session, filing_id: int, *, reader_id: int, now: datetime
) -> FilingView | None:
    """Open a filing with all that is sealed in it, for a reader of whom the subject has checked in
    this transaction that they may know; the look is in the book.

    There the person concerned reads it, or who filed it where it concerns nobody. A look at what
    concerns oneself is none.
    """
    shown: list[str] = []

    def open_sealed(row: FilingValueRow) -> str:
        shown.append(row.key)
        return opened(session, row, "sealed")

    view = await read_filing(session, filing_id, open_sealed)
    if view is None:
        return None
    concerning_id = view.by_id if view.about_id is None else view.about_id
    if shown and reader_id != concerning_id:
        await record(
            session,
            AuditAct.LOOKED,
            now=now,
            actor_id=reader_id,
            subject=FILINGS.name,
            subject_id=filing_id,
            concerning_id=concerning_id,
            detail={"fields": [], "sheet": view.sheet.code, "keys": sorted(shown)},
        )
    return view
