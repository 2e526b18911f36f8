"""Sealed columns open for their own row alone, and a look at somebody is on record."""

from dataclasses import dataclass

import pytest

from models.database import Session, transaction
from models.people.actions.personal import looks_at_me
from models.records.sealed import look_at, opened, sealed
from models.vault import SealError
from tests.town import Town


@dataclass
class Diary:
    """A row with a sealed column, of nobody's table."""

    id: int
    words: bytes | None = None
    place: bytes | None = None
    __tablename__: str = "diaries"


def written(session: Session, row_id: int, words: str) -> Diary:
    row = Diary(row_id)
    row.words = sealed(session, row, "words", words)
    return row


async def test_what_was_sealed_opens_in_its_own_cell_alone(town: Town) -> None:
    async with transaction(town.sessions) as session:
        row = written(session, 1, "独居")
        assert row.words is not None
        assert "独居".encode() not in row.words
        assert opened(session, row, "words") == "独居"
        with pytest.raises(SealError):
            opened(session, Diary(2, row.words), "words")
        with pytest.raises(SealError):
            opened(session, Diary(1, place=row.words), "place")


async def test_nothing_written_is_nothing_kept(town: Town) -> None:
    async with transaction(town.sessions) as session:
        assert written(session, 1, "").words is None
        assert opened(session, Diary(1), "words") == ""


async def test_a_look_at_somebody_is_shown_to_them_and_one_at_oneself_is_none(town: Town) -> None:
    wang = await town.settle(1, "b3")
    zhao = await town.settle(2, "b1")
    async with transaction(town.sessions) as session:
        row = written(session, 7, "独居")
        for reader in (zhao, wang):
            shown = await look_at(
                session,
                reader.id,
                "diaries",
                row,
                ["words", "place"],
                concerning_id=wang.id,
                now=town.now,
            )
            assert shown == {"words": "独居"}
        seen = await looks_at_me(session, wang)
    assert [(look.name, look.subject, look.fields) for look in seen] == [
        (zhao.name, "diaries", ("words",))
    ]
