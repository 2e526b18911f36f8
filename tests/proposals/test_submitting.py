"""Submitting: a number and a date at once, once a form, of one's own community alone."""

import asyncio
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import transaction
from models.media import Media, MediaKind
from models.people.rules import Role
from models.proposals.actions.submitting import submit, why_not_now
from models.proposals.rules.limits import MOST_AT_RECEPTION, PROBLEM_LENGTH, TITLE_LENGTH
from models.proposals.rules.notices import Notice, ProposalTopic, Reminder
from models.proposals.rules.outcomes import SubmitOutcome
from models.proposals.rules.states import State
from models.proposals.tables import GramRow, ProposalMediaRow, ProposalRow, VersionRow
from models.proposals.views import ProposalForm, Submitted
from tests.proposals.square import Square

_tokens = count(1)


def draft(**fields: object) -> ProposalForm:
    given: dict[str, object] = {
        "token": f"written-{next(_tokens)}",
        "topic": ProposalTopic.FACILITIES,
        "title": "加装电梯",
        "problem": "老人上下楼很吃力",
        "wish": "装一部电梯",
    }
    return ProposalForm(**(given | fields))  # type: ignore[arg-type]  # the caller names real fields


async def send(square: Square, name: str = "wang", **fields: object) -> Submitted:
    return await square.act(name, submit, draft(**fields))


async def test_a_number_and_a_date_at_once(square: Square) -> None:
    sent = await send(square)
    three_working_days = timedelta(days=3)
    assert sent.outcome is SubmitOutcome.SUBMITTED
    assert sent.number == 101
    assert sent.receive_by == square.now + three_working_days
    assert sent.proposal_id is not None
    row = await square.proposal(sent.proposal_id)
    assert (row.state, row.community_id) == (State.SUBMITTED, square.places["gui"].id)
    assert row.place_id == row.community_id
    assert row.desk_id == square.people["zhao"]
    assert row.received_at is None
    assert await square.told(Notice.NEW) == ["zhao"]
    assert len(await square.pending(Reminder.RECEPTION)) == 1
    assert await square.timeline(row.id) == ["submitted"]
    assert (await send(square, "li")).number == 102


async def test_its_first_text_and_its_pieces_are_kept(square: Square) -> None:
    sent = await send(square)
    async with transaction(square.sessions) as session:
        version = await session.get_one(VersionRow, (sent.proposal_id, 1))
        grams = set(await session.scalars(select(GramRow.gram)))
    assert (version.title, version.wish) == ("加装电梯", "装一部电梯")
    assert {"加装", "电梯"} <= grams


async def test_a_form_sent_twice_submits_once_and_only_its_sender_gets_the_number(
    square: Square,
) -> None:
    first = await send(square, token="t")
    again = await send(square, token="t", title="别的")
    assert again.outcome is SubmitOutcome.ALREADY
    assert (again.proposal_id, again.number) == (first.proposal_id, first.number)
    other = await send(square, "li", token="t")
    assert other == Submitted(SubmitOutcome.NOT_YOURS)


async def test_sending_one_form_ten_times_at_once_submits_once(square: Square) -> None:
    sent = await asyncio.gather(*(send(square, token="t") for _ in range(10)))
    outcomes = sorted(one.outcome for one in sent)
    assert outcomes == [SubmitOutcome.ALREADY] * 9 + [SubmitOutcome.SUBMITTED]
    assert len({one.number for one in sent}) == 1
    assert await square.told(Notice.NEW) == ["zhao"]


async def test_neighbours_at_once_get_numbers_of_their_own(square: Square) -> None:
    names = ["wang", "li", "chen", "wu", "he"]
    sent = await asyncio.gather(*(send(square, name) for name in names))
    assert sorted(one.number or 0 for one in sent) == [101, 102, 103, 104, 105]


async def test_each_community_counts_for_itself(square: Square) -> None:
    await send(square)
    assert (await send(square, "lan")).number == 101


async def test_it_may_concern_a_building_of_ones_own_community(square: Square) -> None:
    sent = await send(square, place_id=square.places["b4"].id)
    assert sent.proposal_id is not None
    row = await square.proposal(sent.proposal_id)
    assert row.place_id == square.places["b4"].id
    assert row.community_id == square.places["gui"].id


@pytest.mark.parametrize("place", ["lan", "l1", "street"])
async def test_nobody_proposes_where_they_do_not_live(square: Square, place: str) -> None:
    sent = await send(square, place_id=square.places[place].id)
    assert sent == Submitted(SubmitOutcome.NOT_YOURS)
    async with transaction(square.sessions) as session:
        denied = await session.scalars(
            select(AuditRow.subject).where(AuditRow.act == AuditAct.DENIED)
        )
        assert list(denied) == ["proposals"]


async def test_without_a_home_nothing_can_be_proposed(square: Square) -> None:
    await square.add("new", None)
    assert (await send(square, "new")).outcome is SubmitOutcome.NO_PLACE
    assert await square.act("new", _why_not) is SubmitOutcome.NO_PLACE


@pytest.mark.parametrize(("role", "at", "seal"), [
    (Role.PARTY_MEMBER, "gui", True),
    (Role.PARTY_MEMBER, "street", True),
    (Role.PARTY_MEMBER, "lan", False),
    (Role.STAFF, "gui", False),
])  # fmt: skip
async def test_a_party_members_proposal_carries_its_seal(
    square: Square, role: Role, at: str, seal: bool
) -> None:
    await square.grant("li", role, at)
    sent = await send(square, "li")
    assert sent.proposal_id is not None
    assert (await square.proposal(sent.proposal_id)).seal is seal


async def test_staff_do_not_receive_what_is_their_own(square: Square) -> None:
    sent = await send(square, "zhao")
    assert sent.proposal_id is not None
    assert (await square.proposal(sent.proposal_id)).desk_id != square.people["zhao"]
    assert "zhao" not in await square.told(Notice.NEW)


@pytest.mark.parametrize(("fields", "outcome"), [
    ({"title": " \u202e\u200b "}, SubmitOutcome.NO_TITLE),
    ({"title": "🙂🙂"}, SubmitOutcome.NO_TITLE),
    ({"problem": "\u2066\n\n", "wish": ""}, SubmitOutcome.EMPTY),
    ({"problem": "🙂", "wish": "。"}, SubmitOutcome.EMPTY),
])  # fmt: skip
async def test_signs_alone_are_no_words(
    square: Square, fields: dict[str, str], outcome: SubmitOutcome
) -> None:
    assert (await send(square, **fields)).outcome is outcome


async def test_hostile_words_are_cut_and_cleaned(square: Square) -> None:
    sent = await send(
        square, title="<b>电梯\u202e</b>\n长" + "长" * 99, problem="\u202e<i>{name}%s" * 2000
    )
    assert sent.proposal_id is not None
    row = await square.proposal(sent.proposal_id)
    assert row.title.startswith("<b>电梯</b> 长")
    assert len(row.title) <= TITLE_LENGTH
    assert len(row.problem) <= PROBLEM_LENGTH
    assert "\u202e" not in row.title + row.problem


async def test_so_many_wait_at_the_reception_and_no_more(square: Square) -> None:
    for _ in range(MOST_AT_RECEPTION):
        assert await square.act("wang", _why_not) is None
        await send(square)
    assert (await send(square)).outcome is SubmitOutcome.TOO_MANY
    assert await square.act("wang", _why_not) is SubmitOutcome.TOO_MANY
    async with transaction(square.sessions) as session:
        row = (await session.scalars(select(ProposalRow).limit(1))).one()
        row.state, row.received_at = State.SECONDING, square.now
    assert (await send(square)).outcome is SubmitOutcome.SUBMITTED


async def test_what_was_sent_along_is_kept_in_order(square: Square) -> None:
    media = (Media(MediaKind.PHOTO, "one"), Media(MediaKind.DOCUMENT, "two"))
    await send(square, media=media, anonymous=True)
    async with transaction(square.sessions) as session:
        rows = (await session.scalars(select(ProposalMediaRow))).all()
        assert [(row.position, row.kind, row.file_id) for row in rows] == [
            (1, "photo", "one"),
            (2, "document", "two"),
        ]
        assert (await session.scalars(select(ProposalRow.anonymous))).all() == [True]


async def _why_not(session, actor, *, now):
    why = await why_not_now(session, actor, now)
    return why.outcome if why else None
