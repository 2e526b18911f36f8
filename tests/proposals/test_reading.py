"""Reading proposals: what lists hold, who reads which line, who looked at an author."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import transaction
from models.media import Media, MediaKind
from models.people.actions.personal import looks_at_me
from models.people.rules import Role
from models.proposals.actions.deciding import LOOKED_ONCE_IN, look_at_author
from models.proposals.actions.rows import add_line, locked
from models.proposals.queries.delivery import line_media
from models.proposals.queries.lists import (
    A_PAGE,
    ProposalScope,
    find_number,
    home_counts,
    offered_places,
    places_page,
    proposals_page,
)
from models.proposals.queries.timeline import A_PAGE as LINES
from models.proposals.queries.timeline import timeline_page
from models.proposals.rules.notices import ProposalEvent, ProposalTopic, Readers
from models.proposals.rules.outcomes import ProposalOutcome, Refusal
from models.proposals.rules.states import State
from models.proposals.tables import ProposalLineRow
from models.proposals.views import Looked, ProposalsPage, TimelinePage
from tests.proposals.square import Square


async def page(square: Square, name: str, scope: ProposalScope, **asked: object) -> ProposalsPage:
    return await square.act(name, proposals_page, scope, **({"page": 0} | asked))


async def ids(square: Square, name: str, scope: ProposalScope, **asked: object) -> list[int]:
    return [line.proposal_id for line in (await page(square, name, scope, **asked)).lines]


async def test_each_list_holds_its_own(square: Square) -> None:
    opened = await square.put(backers=["li"])
    going = await square.put(state=State.UNDERWAY)
    over = await square.put(state=State.DECLINED)
    waiting = await square.put(state=State.SUBMITTED)
    await square.put(state=State.WITHDRAWN, received_at=None)
    assert await ids(square, "li", ProposalScope.OPEN) == [opened]
    assert await ids(square, "li", ProposalScope.GOING) == [going]
    assert await ids(square, "li", ProposalScope.OVER) == [over]
    assert await ids(square, "li", ProposalScope.MINE) == []
    assert await ids(square, "li", ProposalScope.BACKED) == [opened]
    assert waiting in await ids(square, "wang", ProposalScope.MINE)
    counts = await square.act("li", _counts)
    assert counts == {"open": 1, "going": 1, "over": 1, "mine": 0, "backed": 1}


async def test_what_ends_first_stands_first_and_pages_hold_everything_once(square: Square) -> None:
    soon = [
        await square.put(second_by=square.now + timedelta(days=30 - number)) for number in range(14)
    ]
    seen = [await ids(square, "li", ProposalScope.OPEN, page=number) for number in range(3)]
    assert [len(each) for each in seen] == [A_PAGE, A_PAGE, 2]
    assert [one for each in seen for one in each] == soon[::-1]
    beyond = await page(square, "li", ProposalScope.OPEN, page=2**31 - 1)
    assert (beyond.page, beyond.pages, beyond.count) == (2, 3, 14)


async def test_by_topic_and_by_place(square: Square) -> None:
    light = await square.put(topic=ProposalTopic.SAFETY)
    at_4 = await square.put(place_id=square.places["b4"].id)
    assert await ids(square, "li", ProposalScope.OPEN, topic=ProposalTopic.SAFETY) == [light]
    assert await ids(square, "li", ProposalScope.OPEN, place_id=square.places["g2"].id) == [at_4]
    assert await ids(square, "li", ProposalScope.OPEN, place_id=square.places["b1"].id) == []
    shown = await square.act("li", _places)
    assert [(one.where.zh, one.count) for one in shown.lines] == [
        ("桂花社区", 1),
        ("桂花社区 4号楼", 1),
    ]


async def test_a_resident_of_another_community_sees_their_own_and_may_look_around(
    square: Square,
) -> None:
    here = await square.put()
    lan = square.places["lan"].id
    there = await square.put("lan", community_id=lan, place_id=lan)
    assert await ids(square, "lan", ProposalScope.OPEN) == [there]
    assert await ids(square, "lan", ProposalScope.OPEN, place_id=square.places["gui"].id) == [here]
    await square.add("homeless", None)
    assert set(await ids(square, "homeless", ProposalScope.OPEN)) == {here, there}


async def test_a_number_counts_in_ones_own_community_and_for_staff_at_their_desks(
    square: Square,
) -> None:
    lan = square.places["lan"].id
    here = await square.put(number=900)
    there = await square.put("lan", community_id=lan, place_id=lan, number=900)
    only_there = await square.put("lan", community_id=lan, place_id=lan, number=901)
    assert await square.act("li", _number, 900) == here
    assert await square.act("lan", _number, 900) == there
    assert await square.act("li", _number, 901) is None
    assert await square.act("li", _number, 10**8) is None
    await square.add("boss", None)
    await square.grant("boss", Role.SECRETARY, "street")
    assert await square.act("boss", _number, 901) == only_there
    async with transaction(square.sessions) as session:
        (await locked(session, here)).state = State.DECLINED  # type: ignore[union-attr]  # put above
    assert await square.act("boss", _number, 900) == there


async def test_a_form_offers_the_community_first_then_home_then_all_below(square: Square) -> None:
    offered = await square.act("wang", _offered)
    names = {place.id: code for code, place in square.places.items()}
    assert [names[one] for one in offered] == ["gui", "b1", "g1", "g2", "b2", "b4"]


async def write(
    square: Square, proposal_id: int, what: ProposalEvent, name: str | None, **fields: object
) -> None:
    async with transaction(square.sessions) as session:
        proposal = await locked(session, proposal_id)
        assert proposal is not None
        actor_id = square.people[name] if name else None
        await add_line(session, proposal, what, now=square.now, actor_id=actor_id, **fields)


async def read(square: Square, name: str, proposal_id: int, at: int = 0) -> TimelinePage | Refusal:
    async with transaction(square.sessions) as session:
        actor = await square.actor(session, name)
        return await timeline_page(session, actor, proposal_id, page=at)


async def lines(square: Square, name: str, proposal_id: int, at: int = 0) -> list[str]:
    found = await read(square, name, proposal_id, at)
    assert isinstance(found, TimelinePage)
    return [str(line.what) for line in found.lines]


async def test_each_reads_the_lines_that_are_theirs(square: Square) -> None:
    one = await square.put()
    await write(square, one, ProposalEvent.SUBMITTED, "wang")
    await write(square, one, ProposalEvent.LOOKED, "zhao", readers=Readers.AUTHOR)
    await write(square, one, ProposalEvent.RECEPTION_LATE, None, readers=Readers.DESK)
    assert await lines(square, "li", one) == ["submitted"]
    assert await lines(square, "wang", one) == ["submitted", "looked"]
    assert await lines(square, "zhao", one) == ["submitted", "looked", "reception_late"]


@pytest.mark.parametrize("reader", ["li", "zhao", "zhou", "lan"])
async def test_an_author_without_a_name_is_named_to_nobody_else(
    square: Square, reader: str
) -> None:
    one = await square.put(anonymous=True)
    await write(square, one, ProposalEvent.SUBMITTED, "wang")
    await write(square, one, ProposalEvent.EDITED, "wang", detail={"version": 2, "asked": 0})
    await write(square, one, ProposalEvent.ACCEPTED, "zhao")
    seen = await read(square, reader, one)
    assert isinstance(seen, TimelinePage)
    assert [(line.who and line.who.name, line.by_author) for line in seen.lines] == [
        (None, True),
        (None, True),
        ("zhao", False),
    ]
    assert "wang" not in repr(seen)
    own = await read(square, "wang", one)
    assert isinstance(own, TimelinePage)
    assert own.lines[0].who is not None


async def test_an_author_without_a_name_who_works_on_it_is_named_as_whoever_works(
    square: Square,
) -> None:
    one = await square.put("zhao", anonymous=True, person_id=square.people["zhao"])
    await write(square, one, ProposalEvent.SUBMITTED, "zhao")
    await write(square, one, ProposalEvent.MINUTES, "zhao")
    await write(square, one, ProposalEvent.PROGRESS, "zhao", words="动工了")
    seen = await read(square, "li", one)
    assert isinstance(seen, TimelinePage)
    assert [(line.who and line.who.name, line.by_author) for line in seen.lines] == [
        (None, True),
        ("zhao", False),
        ("zhao", False),
    ]


async def test_a_long_timeline_has_pages_the_latest_first(square: Square) -> None:
    one = await square.put()
    await write(square, one, ProposalEvent.SUBMITTED, "wang")
    for _ in range(LINES):
        await write(square, one, ProposalEvent.PROGRESS, "zhao", words="做了一些")
    assert await lines(square, "li", one) == ["progress"] * LINES
    assert await lines(square, "li", one, 1) == ["submitted"]
    assert await lines(square, "li", one, 10**9) == ["submitted"]


async def test_lines_carry_names_numbers_and_pictures(square: Square) -> None:
    one, other = await square.put(), await square.put(number=777)
    photo = (Media(MediaKind.PHOTO, "p"),)
    await write(
        square, one, ProposalEvent.ASSIGNED, "zhou", detail={"person": square.people["zhao"]}
    )
    await write(square, one, ProposalEvent.PROGRESS, "zhao", words="开工", media=photo)
    await write(square, one, ProposalEvent.MERGED, "zhao", detail={"into": other})
    seen = await read(square, "li", one)
    assert isinstance(seen, TimelinePage)
    assigned, progress, merged = seen.lines
    assert assigned.detail["name"] == "zhao"
    assert progress.media == photo
    assert merged.detail["number"] == 777


@pytest.mark.parametrize(
    ("readers", "seen_by"),
    [
        (Readers.ALL, {"li", "wang", "zhou"}),
        (Readers.AUTHOR, {"wang", "zhou"}),
        (Readers.DESK, {"zhou"}),
    ],
)
async def test_pictures_of_a_line_are_for_whoever_reads_the_line(
    square: Square, readers: Readers, seen_by: set[str]
) -> None:
    one, other = await square.put(), await square.put()
    photo = (Media(MediaKind.PHOTO, "p"),)
    await write(square, one, ProposalEvent.PROGRESS, "zhao", readers=readers, media=photo)
    async with transaction(square.sessions) as session:
        [line_id] = await session.scalars(select(ProposalLineRow.id))
    for name in ("li", "wang", "zhou"):
        got = await square.act(name, line_media, one, line_id)
        assert got == (photo if name in seen_by else Refusal.NOT_ALLOWED)
    assert await square.act("zhou", line_media, other, line_id) is Refusal.MISSING
    async with transaction(square.sessions) as session:
        denied = list(
            await session.scalars(select(AuditRow).where(AuditRow.act == AuditAct.DENIED))
        )
    assert len(denied) == 3 - len(seen_by)


async def test_before_its_reception_nobody_else_reads_what_happened(square: Square) -> None:
    one = await square.put(state=State.SUBMITTED)
    assert await read(square, "li", one) is Refusal.NOT_ALLOWED
    assert await read(square, "li", 999_999) is Refusal.MISSING


async def test_a_look_at_an_author_is_in_the_book_and_the_author_reads_it(square: Square) -> None:
    one = await square.put(anonymous=True)
    looked = await square.act("zhao", look_at_author, one)
    assert looked.outcome is ProposalOutcome.DONE
    assert looked.author is not None
    assert (looked.author.name, looked.told) == ("wang", True)
    again = await square.act("zhao", look_at_author, one)
    assert again == looked
    assert await square.timeline(one) == ["looked"]
    async with transaction(square.sessions) as session:
        [line] = (
            await session.scalars(select(AuditRow).where(AuditRow.act == AuditAct.LOOKED))
        ).all()
        assert (line.subject, line.subject_id) == ("proposals", one)
        assert line.concerning_id == square.people["wang"]
        [look] = await looks_at_me(session, await square.actor(session, "wang"))
        assert (look.name, look.subject, look.subject_id) == ("zhao", "proposals", one)
    square.later(seconds=LOOKED_ONCE_IN.total_seconds() + 1)
    await square.act("zhao", look_at_author, one)
    assert await square.timeline(one) == ["looked", "looked"]


@pytest.mark.parametrize("name", ["li", "he", "lan"])
async def test_nobody_but_the_desk_looks_and_the_attempt_is_noted(
    square: Square, name: str
) -> None:
    one = await square.put(anonymous=True)
    assert await square.act(name, look_at_author, one) == Looked(ProposalOutcome.NOT_ALLOWED)
    assert await square.act(name, look_at_author, 10**6) == Looked(ProposalOutcome.MISSING)
    assert await square.timeline(one) == []
    async with transaction(square.sessions) as session:
        denied = await session.scalars(
            select(AuditRow.subject_id).where(AuditRow.act == AuditAct.DENIED)
        )
        assert list(denied) == [one]


async def test_looking_at_what_bears_a_name_is_no_look(square: Square) -> None:
    one = await square.put()
    looked = await square.act("zhao", look_at_author, one)
    assert (looked.outcome, looked.told) == (ProposalOutcome.DONE, False)
    assert await square.timeline(one) == []


async def _counts(session, actor, *, now):
    return (await home_counts(session, actor)).counts


async def _places(session, actor, *, now):
    return await places_page(session, actor, 0)


async def _number(session, actor, number, *, now):
    return await find_number(session, actor, number)


async def _offered(session, actor, *, now):
    return await offered_places(session, actor)
