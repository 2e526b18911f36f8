"""Reading sheets and filings."""

import hashlib
import hmac
from collections.abc import Callable

from sqlalchemy import select

from models.database import Session, vault_of
from models.records.sealed import opened
from models.sheets.rules.answers import Value, answers_meant, looked_up_by, value_of
from models.sheets.rules.fields import SheetField, SheetWords, WrongSheet, read_fields
from models.sheets.rules.filings import FilingState
from models.sheets.tables import FilingRow, FilingValueRow, SheetRow
from models.sheets.views import FilingAnswer, FilingView, SheetView

FILINGS_READ = 200
"""Filings of one record or person that are read at once, latest first."""


async def current_sheet(session: Session, code: str) -> SheetView | None:
    """Return the version of a sheet with which forms begin; None where there is none."""
    found = select(SheetRow).where(SheetRow.code == code, SheetRow.retired_at.is_(None))
    row = await session.scalar(found.order_by(SheetRow.version.desc()).limit(1))
    return None if row is None else sheet_view(row)


async def sheet_of_version(session: Session, code: str, version: int) -> SheetView | None:
    """Return one version of a sheet, whether forms begin with it or not."""
    found = select(SheetRow).where(SheetRow.code == code, SheetRow.version == version)
    row = await session.scalar(found)
    return None if row is None else sheet_view(row)


async def keys_ever(session: Session, code: str) -> set[str]:
    """Return the keys of all questions that any version of a sheet has asked."""
    found = await session.scalars(select(SheetRow.fields).where(SheetRow.code == code))
    return {str(one["key"]) for fields in found.all() for one in fields}


async def sheets_of(session: Session, subject: str) -> list[SheetView]:
    """List the sheets of a subject with which forms begin, by code."""
    found = select(SheetRow).where(SheetRow.subject == subject, SheetRow.retired_at.is_(None))
    rows = await session.scalars(found.order_by(SheetRow.code, SheetRow.version))
    return [sheet_view(row) for row in rows]


def sheet_view(row: SheetRow) -> SheetView:
    """Return a sheet as it leaves the room; TypeError for one that nobody could have defined."""
    fields = read_fields(row.fields)
    if isinstance(fields, WrongSheet):
        raise TypeError(f"sheet {row.code!r} {row.version}: {fields.problem} at {fields.key!r}")
    return SheetView(
        code=row.code,
        subject=row.subject,
        title=SheetWords(row.title_zh, row.title_en),
        fields=fields,
        id=row.id,
        version=row.version,
        current=row.retired_at is None,
    )


async def filing_view(session: Session, filing_id: int) -> FilingView | None:
    """Return a filing with what lies open; what is sealed stays so: `actions.look` opens it."""
    return await read_filing(session, filing_id, lambda row: None)


async def filings_of(session: Session, subject: str, subject_id: int) -> list[FilingView]:
    """List the filings of a record that stand, latest first; what is sealed stays so."""
    of = FilingRow.subject == subject, FilingRow.subject_id == subject_id
    ids = await _standing(session, *of)
    found = [await filing_view(session, one) for one in ids]
    return [one for one in found if one is not None]


async def filings_about(session: Session, person_id: int) -> list[FilingView]:
    """List what was filed about somebody and stands, all opened: for their own eyes alone."""
    ids = await _standing(session, FilingRow.about_id == person_id)
    found = [
        await read_filing(session, one, lambda row: opened(session, row, "sealed")) for one in ids
    ]
    return [one for one in found if one is not None]


async def _standing(session: Session, *of: object) -> list[int]:
    found = select(FilingRow.id).where(*of, FilingRow.state != FilingState.WITHDRAWN)  # type: ignore[arg-type]
    latest = found.order_by(FilingRow.filed_at.desc(), FilingRow.id.desc()).limit(FILINGS_READ)
    return [*await session.scalars(latest)]


async def read_filing(
    session: Session, filing_id: int, open_sealed: Callable[[FilingValueRow], str | None]
) -> FilingView | None:
    """Return a filing, its sealed answers opened by the caller, who has checked who may."""
    row = await session.get(FilingRow, filing_id, populate_existing=True)
    sheet_row = await session.get(SheetRow, row.sheet_id) if row is not None else None
    if row is None or sheet_row is None:
        return None
    sheet = sheet_view(sheet_row)
    rows = await session.scalars(
        select(FilingValueRow).where(FilingValueRow.filing_id == filing_id)
    )
    by_key = {one.key: one for one in rows}
    return FilingView(
        id=row.id,
        sheet=sheet,
        subject_id=row.subject_id,
        about_id=row.about_id,
        by_id=row.by_id,
        state=FilingState(row.state),
        filed_at=row.filed_at,
        confirmed_at=row.confirmed_at,
        answers=tuple(
            FilingAnswer(field, _value(field, by_key[field.key], open_sealed))
            for field in sheet.fields
            if field.key in by_key
        ),
    )


def _value(
    field: SheetField, row: FilingValueRow, open_sealed: Callable[[FilingValueRow], str | None]
) -> Value | None:
    text = row.plain if row.sealed is None else open_sealed(row)
    return None if text is None else value_of(field, text, row.seconds)


async def by_digest(session: Session, code: str, key: str, typed: str) -> list[int]:
    """List the filings that stand in whose indexed field this was answered, latest first.

    In any version of the sheet, however it was written. Empty for a field that is not indexed.
    """
    sheet = await current_sheet(session, code)
    field = sheet.field(key) if sheet else None
    if field is None or not field.indexed:
        return []
    meant = answers_meant(field, typed)
    digests = [one for value in meant for one in _digests(session, code, field, value)]
    found = (
        select(FilingRow.id)
        .join(FilingValueRow, FilingValueRow.filing_id == FilingRow.id)
        .where(FilingValueRow.digest.in_(digests), FilingRow.state != FilingState.WITHDRAWN)
    )
    latest = found.order_by(FilingRow.filed_at.desc(), FilingRow.id.desc()).limit(FILINGS_READ)
    return [*await session.scalars(latest)] if digests else []


def digest_of(session: Session, code: str, field: SheetField, value: Value) -> str | None:
    """Return what an indexed answer is looked up by: keyed, and of this field of this sheet alone.

    None for one that is not looked up.
    """
    return next(iter(_digests(session, code, field, value)), None)


def _digests(session: Session, code: str, field: SheetField, value: Value) -> list[str]:
    """Return the same under every key that is held, the present one first."""
    plain = looked_up_by(field, value) if field.indexed else ""
    told = f"{code}|{field.key}|{plain}".encode()
    keys = vault_of(session).all_derived("sheet look-up") if plain else ()
    return [hmac.new(key, told, hashlib.sha256).hexdigest() for key in keys]


async def digest_again(session: Session, row: FilingValueRow) -> None:
    """Make the digest of an answer under the present key."""
    filing = await session.get_one(FilingRow, row.filing_id)
    sheet = sheet_view(await session.get_one(SheetRow, filing.sheet_id))
    field = next((one for one in sheet.fields if one.key == row.key), None)
    value = _value(field, row, lambda one: opened(session, one, "sealed")) if field else None
    if field is not None and value is not None:
        row.digest = digest_of(session, sheet.code, field, value)
