"""Sealing everything anew under the present key, in batches; whoever is killed begins once more.

What lies under the present key already is passed over, so beginning anew costs a look at each.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_, update

from models.audit.chain import link_new
from models.conversations.tables import ConversationRow
from models.database import Session, Sessions, transaction, vault_of
from models.keeping.sealed import SealedColumn, sealed_columns
from models.people.actions.personal import phone_digest
from models.people.rules import Field
from models.people.tables import PersonalRow
from models.sheets.queries import digest_again
from models.sheets.tables import FilingValueRow
from models.vault import SealedCell, SealError, Vault
from models.votes.actions.sealing import open_urn, seal_urn
from models.votes.rules.notices import State
from models.votes.tables import VoteRow

AT_A_TIME = 200
"""Rows of one transaction: a turn beside it waits for no longer than that."""

OPEN_VOTES = "votes under way"
"""Their slips, in the chats of those who voted, and the names of their households do not move."""


async def seal_anew(sessions: Sessions, now: datetime) -> int:
    """Seal all under the present key, and make the look-up digests anew; give how many values.

    A value that no key opens stays as it is.
    """
    done = 0
    for place in sealed_columns():
        done += await _seal_column(sessions, place)
    done += await _seal_urns(sessions) + await _seal_conversations(sessions)
    await _digest_again(sessions)
    async with transaction(sessions) as session:
        await link_new(session, now)  # what is tied needs the key of its seal no more
    return done


async def under_older(sessions: Sessions) -> dict[str, int]:
    """Count what still lies under an older key, by column; nothing that no key opens."""
    left: Counter[str] = Counter()
    async with transaction(sessions) as session:
        vault = vault_of(session)
        for place in sealed_columns():
            for row in (await session.execute(_values(place))).mappings():
                left[place.name] += _is_older(vault, place.cell(dict(row)), row[place.column.name])
        for vote in await session.scalars(_secret()):
            left["votes.urn"] += _is_older_urn(vault, vote)
        for talk in await session.scalars(select(ConversationRow)):
            cells = list(_sealed_in(talk))
            left["conversations.data"] += sum(_is_older(vault, *found[:2]) for found in cells)
        under_way = VoteRow.state == State.OPEN
        left[OPEN_VOTES] = await session.scalar(select(func.count()).where(under_way)) or 0
    return {name: number for name, number in left.items() if number}


def _values(place: SealedColumn) -> Select[Any]:
    return select(*place.table.primary_key, place.column).where(place.column.is_not(None))


def _is_older(vault: Vault, cell: SealedCell, sealed: bytes) -> bool:
    if vault.is_present(cell, sealed):
        return False
    try:
        vault.open(cell, sealed)
    except SealError:
        return False
    return True


async def _seal_column(sessions: Sessions, place: SealedColumn) -> int:
    key, done = list(place.table.primary_key), 0
    after: ColumnElement[bool] | None = None
    while True:
        async with transaction(sessions) as session:
            page = _values(place).order_by(*key).limit(AT_A_TIME).with_for_update()
            rows = (await session.execute(page if after is None else page.where(after))).all()
            for row in rows:
                done += await _seal_value(session, place, row._mapping)  # noqa: SLF001 - its public name
        if not rows:
            return done
        last = rows[-1]._mapping  # noqa: SLF001
        after = tuple_(*key) > tuple_(*(last[column.name] for column in key))


async def _seal_value(session: Session, place: SealedColumn, row: Any) -> bool:
    vault, cell, kept = vault_of(session), place.cell(dict(row)), row[place.column.name]
    if not _is_older(vault, cell, kept):
        return False
    anew = {place.column.name: vault.seal(cell, vault.open(cell, kept))}
    this = [column == row[column.name] for column in place.table.primary_key]
    await session.execute(update(place.table).where(*this).values(**anew))
    return True


def _secret() -> Select[VoteRow]:
    return select(VoteRow).where(VoteRow.secret)


def _is_older_urn(vault: Vault, vote: VoteRow) -> bool:
    try:
        open_urn(vault, vote.id, vote.urn)
    except SealError:
        return False
    try:
        open_urn(vault.present_alone(), vote.id, vote.urn)
    except SealError:
        return True
    return False


async def _seal_urns(sessions: Sessions) -> int:
    done = 0
    async with transaction(sessions) as session:
        vault = vault_of(session)
        for vote in await session.scalars(_secret().with_for_update()):
            if _is_older_urn(vault, vote):
                vote.urn = seal_urn(vault, vote.id, open_urn(vault, vote.id, vote.urn))
                done += 1
    return done


async def _seal_conversations(sessions: Sessions) -> int:
    done = 0
    async with transaction(sessions) as session:
        keys = list(await session.scalars(select(ConversationRow.key)))
    for key in keys:
        async with transaction(sessions) as session:
            talk = await session.get(ConversationRow, key, with_for_update=True)
            done += _seal_talk(vault_of(session), talk) if talk else 0
    return done


def _seal_talk(vault: Vault, talk: ConversationRow) -> int:
    """Seal the answers of a form that is being filled in; the row's data is replaced as a whole."""
    data, done = _copied(talk.data), 0
    for cell, sealed, value in _sealed_in(talk, data):
        if _is_older(vault, cell, sealed):
            value["text"] = urlsafe_b64encode(vault.seal(cell, vault.open(cell, sealed))).decode()
            done += 1
    if done:
        talk.data = data
    return done


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _sealed_in(
    talk: ConversationRow, data: Any = None
) -> list[tuple[SealedCell, bytes, dict[str, Any]]]:
    """List the sealed answers in a conversation: each says so itself ('~': 'sealed')."""
    found = []
    for run in (talk.data if data is None else data).values():
        answers = run.get("answers") if isinstance(run, dict) else None
        for key, given in answers.items() if isinstance(answers, dict) else ():
            value = given.get("value") if isinstance(given, dict) else None
            if isinstance(value, dict) and value.get("~") == "sealed":
                cell = SealedCell("conversations", key, run["token"])
                found.append((cell, urlsafe_b64decode(value["text"]), value))
    return found


async def _digest_again(sessions: Sessions) -> None:
    """Make what phones and answers are looked up by anew, under the present key."""
    async with transaction(sessions) as session:
        vault = vault_of(session)
        phones = select(PersonalRow).where(PersonalRow.field == Field.PHONE).with_for_update()
        for row in await session.scalars(phones):
            cell = SealedCell(PersonalRow.__tablename__, Field.PHONE, row.person_id)
            if vault.is_present(cell, row.sealed):
                row.digest = phone_digest(session, vault.open(cell, row.sealed))
    async with transaction(sessions) as session:
        indexed = select(FilingValueRow).where(FilingValueRow.digest.is_not(None))
        for value in (await session.scalars(indexed.with_for_update())).all():
            await digest_again(session, value)
