"""What marks come to, and what was written with them."""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import func, select

from models.database import Session
from models.marks.rules import LEAST_SHOWN
from models.marks.tables import GivenMarkRow, KeptMarksRow
from models.marks.views import Sums


async def sums(session: Session, subject: str, subject_id: int, aspect: str = "") -> Sums:
    """Count the marks of one aspect; which ones they are from LEAST_SHOWN on."""
    return (await sums_of_each(session, subject, [subject_id], aspect))[subject_id]


async def sums_of_each(
    session: Session, subject: str, subject_ids: Iterable[int], aspect: str = ""
) -> dict[int, Sums]:
    """Count the marks of one aspect of several records, in one statement; of each, as `sums`."""
    ids = [*subject_ids]
    given = (
        select(GivenMarkRow.subject_id, GivenMarkRow.mark, func.count().label("many"))
        .where(
            GivenMarkRow.subject == subject,
            GivenMarkRow.subject_id.in_(ids),
            GivenMarkRow.aspect == aspect,
        )
        .group_by(GivenMarkRow.subject_id, GivenMarkRow.mark)
    )
    kept = select(KeptMarksRow.subject_id, KeptMarksRow.mark, KeptMarksRow.many).where(
        KeptMarksRow.subject == subject,
        KeptMarksRow.subject_id.in_(ids),
        KeptMarksRow.aspect == aspect,
    )
    found = await session.execute(given.union_all(kept).order_by("mark"))
    by_mark: dict[int, dict[int, int]] = {one: {} for one in ids}
    for one in found.all():
        marks = by_mark[one.subject_id]
        marks[one.mark] = marks.get(one.mark, 0) + one.many
    return {one: _shown(marks) for one, marks in by_mark.items()}


def _shown(by_mark: dict[int, int]) -> Sums:
    count = sum(by_mark.values())
    return Sums(count, by_mark if count >= LEAST_SHOWN else {})


async def mark_of(
    session: Session, subject: str, subject_id: int, rater_id: int, aspect: str = ""
) -> int | None:
    """Return the mark that somebody gave, for themselves; None where they gave none."""
    key = subject, subject_id, aspect, rater_id
    row = await session.get(GivenMarkRow, key, populate_existing=True)
    return None if row is None else row.mark


async def words_of(session: Session, subject: str, subject_id: int) -> list[str]:
    """List what was written with the marks, without names, once LEAST_SHOWN people gave some.

    In an order of its own that stays, and tells nothing of who wrote or when.
    """
    found = await session.execute(
        select(GivenMarkRow.rater_id, GivenMarkRow.words).where(
            GivenMarkRow.subject == subject, GivenMarkRow.subject_id == subject_id
        )
    )
    rows = found.all()
    if len({one.rater_id for one in rows}) < LEAST_SHOWN:
        return []

    def order(words: str) -> bytes:
        return sha256(f"{subject}:{subject_id}:{words}".encode()).digest()

    return sorted((one.words for one in rows if one.words), key=order)
