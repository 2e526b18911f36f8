"""The roll: who may vote, and whose voice each of them gives.

Nobody is asked twice who they are: a resident is whoever has registered and lives there, a party
member whoever holds that role there, a household all who have given the same door in one building.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    cast,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from models.database import Session, vault_of
from models.people.rules import Field, Role
from models.people.tables import GrantRow, PersonalRow, PersonRow
from models.places.rules import PlaceKind
from models.places.tables import PlaceRow
from models.vault import SealedCell, SealError, Vault
from models.votes.actions.sealing import household, households
from models.votes.rules.counting import same_door
from models.votes.rules.notices import Electorate
from models.votes.tables import RollRow, VoteRow

NO_VOTE = 0
"""Under this number households are told apart before there is a vote."""

OWN = "p:"
"""How the name of a voice begins that is a person's own."""

DOORLESS = "d:"
"""How it begins for whoever's household is not known, having given no door: it stands for nobody's
voice, is not counted, and is given none of until a door says which household it is."""

Home = tuple[int, int | None, str | None, bytes | None]
"""A person, their place and its kind, their sealed door."""


async def how_many(session: Session, electorate: Electorate, place_id: int, *, upto: int) -> int:
    """Count the voices that could be given now; no further than `upto`."""
    voters = _voters(electorate, await _path(session, place_id))
    if electorate is Electorate.HOUSEHOLDS:
        return await _how_many_households(session, voters, upto)
    people = (
        select(PersonRow.id)
        .outerjoin(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(*voters)
        .limit(upto)
    )
    return len((await session.scalars(people)).all())


async def _how_many_households(
    session: Session, voters: list[ColumnElement[bool]], upto: int
) -> int:
    """Open doors until so many differ: a neighbourhood has many more."""
    people = (await session.execute(_homes(voters))).all()
    found: set[str] = set()
    for _person_id, voice in _households(vault_of(session), NO_VOTE, people):
        found |= set() if is_doorless(voice) else {voice}
        if len(found) >= upto:
            break
    return len(found)


async def fix_roll(session: Session, vote: VoteRow) -> int:
    """Write down who may vote from now on, and give how many voices they have together."""
    electorate = Electorate(vote.electorate)
    voters = _voters(electorate, await _path(session, vote.place_id))
    if electorate is Electorate.HOUSEHOLDS:
        return await _fix_households(session, vote, voters)
    own = (
        select(literal(vote.id), PersonRow.id, literal(OWN).concat(cast(PersonRow.id, String)))
        .outerjoin(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(*voters)
        .order_by(PersonRow.id)
    )
    await session.execute(insert(RollRow).from_select(["vote_id", "person_id", "voice"], own))
    return await voices_on(session, vote.id)


async def _fix_households(
    session: Session, vote: VoteRow, voters: list[ColumnElement[bool]]
) -> int:
    people = (await session.execute(_homes(voters))).all()
    voices = dict(_households(vault_of(session), vote.id, people))
    rows = [
        {"vote_id": vote.id, "person_id": person_id, "voice": voice}
        for person_id, voice in voices.items()
    ]
    if rows:
        await session.execute(insert(RollRow), rows)
    return len({voice for voice in voices.values() if not is_doorless(voice)})


async def voices_on(session: Session, vote_id: int) -> int:
    """Count the voices on the roll; who has given no door is nobody's."""
    counted = select(func.count(RollRow.voice.distinct())).where(
        RollRow.vote_id == vote_id, RollRow.voice.not_like(f"{DOORLESS}%")
    )
    return await session.scalar(counted) or 0


async def find_household(session: Session, vote_id: int, person_id: int) -> str | None:
    """Let somebody who has given a door since speak for its household; None while there is none.

    The caller holds the vote. A household that was not on the roll is one more voice.
    """
    home = (await session.execute(_homes([PersonRow.id == person_id]))).all()
    names = _names(vault_of(session), vote_id, home)
    if not names:
        return None
    known = select(RollRow.voice).where(RollRow.vote_id == vote_id, RollRow.voice.in_(names))
    on_the_roll = await session.scalar(known.limit(1))
    voice = on_the_roll or names[0]
    if on_the_roll is None:
        more = update(VoteRow).where(VoteRow.id == vote_id)
        await session.execute(more.values(eligible=VoteRow.eligible + 1))
    theirs = (RollRow.vote_id == vote_id) & (RollRow.person_id == person_id)
    await session.execute(update(RollRow).where(theirs).values(voice=voice))
    return voice


def is_doorless(voice: str) -> bool:
    """Return the name that stands for nobody's voice."""
    return voice.startswith(DOORLESS)


def own_voice(person_id: int) -> str:
    """Name the voice that is a person's own."""
    return f"{OWN}{person_id}"


def on_roll(vote_id: int) -> Select[int]:
    """Select everybody on the roll, by number."""
    return select(RollRow.person_id).where(RollRow.vote_id == vote_id)


def _households(
    vault: Vault, vote_id: int, people: Sequence[Row[*Home]]
) -> Iterator[tuple[int, str]]:
    """Name whose household each person belongs to; who has given no door is of none yet."""
    for person_id, place_id, kind, sealed in people:
        door = _door(vault, person_id, kind, sealed)
        if door and place_id is not None:
            yield person_id, household(vault, vote_id, place_id, door)
        else:
            yield person_id, f"{DOORLESS}{person_id}"


def _names(vault: Vault, vote_id: int, home: Sequence[Row[*Home]]) -> list[str]:
    """Name the household of one person under every key that is held; none without a door."""
    for person_id, place_id, kind, sealed in home:
        door = _door(vault, person_id, kind, sealed)
        if door and place_id is not None:
            return households(vault, vote_id, place_id, door)
    return []


def _door(vault: Vault, person_id: int, kind: str | None, sealed: bytes | None) -> str:
    """Open a door, for comparing alone; '' for none, and for one that is damaged."""
    if sealed is None:
        return ""
    try:
        text = vault.open(SealedCell(PersonalRow.__tablename__, Field.DOOR, person_id), sealed)
    except SealError:
        return ""
    return same_door(text, in_building=kind == PlaceKind.BUILDING)


def _homes(voters: list[ColumnElement[bool]]) -> Select[*Home]:
    door = (PersonalRow.person_id == PersonRow.id) & (PersonalRow.field == Field.DOOR)
    return (
        select(PersonRow.id, PersonRow.place_id, PlaceRow.kind, PersonalRow.sealed)
        .outerjoin(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .outerjoin(PersonalRow, door)
        .where(*voters)
        .order_by(PersonRow.id)
    )


def _voters(electorate: Electorate, path: str) -> list[ColumnElement[bool]]:
    """Tell who votes at the place with `path`: registered, not left, at home or a member there."""
    known = [PersonRow.consent_version.is_not(None), PersonRow.left_at.is_(None)]
    if electorate is not Electorate.MEMBERS:
        return [*known, PlaceRow.path.startswith(path)]
    branch = select(PlaceRow.id).where(PlaceRow.path.startswith(path))
    member = exists().where(
        GrantRow.person_id == PersonRow.id,
        GrantRow.role == Role.PARTY_MEMBER,
        GrantRow.revoked_at.is_(None),
        GrantRow.place_id.in_(branch),
    )
    return [*known, member]


async def _path(session: Session, place_id: int) -> str:
    return (await session.get_one(PlaceRow, place_id)).path
