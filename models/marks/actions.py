"""Giving a mark; the record is locked."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, insert, select

from models.database import Session
from models.marks.rules import WORDS_LENGTH, Marked
from models.marks.tables import GivenMarkRow, KeptMarksRow
from models.records.changing import RecordChange
from models.records.rules import Refusal
from models.text import clean_text


async def give(
    change: RecordChange[Any],
    rater_id: int,
    mark: int,
    *,
    most: int,
    aspect: str = "",
    words: str | None = None,
) -> Marked | Refusal:
    """Give a record a mark from 1 to `most`, or another one in its place; BAD_CHOICE beyond.

    Words of None leave what was written before; empty ones erase it.
    """
    if not 1 <= mark <= most:
        return Refusal.BAD_CHOICE
    subject, subject_id = change.kind.name, change.row.id
    await change.session.flush()
    key = subject, subject_id, aspect, rater_id
    row = await change.session.get(GivenMarkRow, key, populate_existing=True)
    marked = Marked.GIVEN if row is None else Marked.CHANGED
    if row is None:
        row = GivenMarkRow(subject=subject, subject_id=subject_id, aspect=aspect, rater_id=rater_id)
        change.session.add(row)
    row.mark, row.at = mark, change.now
    if words is not None:
        row.words = clean_text(words, WORDS_LENGTH) or None
    await change.session.flush()
    return marked


async def erase(session: Session, subject: str, subject_ids: Iterable[int]) -> None:
    """Forget who gave these records which mark, and what they wrote; how many gave which stays."""
    await session.flush()
    theirs = GivenMarkRow.subject == subject, GivenMarkRow.subject_id.in_([*subject_ids])
    of = GivenMarkRow.subject, GivenMarkRow.subject_id, GivenMarkRow.aspect, GivenMarkRow.mark
    counted = select(*of, func.count()).where(*theirs).group_by(*of)
    columns = ["subject", "subject_id", "aspect", "mark", "many"]
    await session.execute(insert(KeptMarksRow).from_select(columns, counted))
    await session.execute(delete(GivenMarkRow).where(*theirs))


async def leave(session: Session, person_id: int) -> None:
    """Delete the marks of somebody who leaves for good, and their words with them."""
    await session.flush()
    await session.execute(delete(GivenMarkRow).where(GivenMarkRow.rater_id == person_id))
