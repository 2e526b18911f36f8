"""What volunteers and residents are shown, and what is kept from them."""

from dataclasses import asdict

from sqlalchemy import select, update

from models.database import transaction
from models.help.actions import claims, filing
from models.help.queries.resident import my_requests, where_is_it_now
from models.help.queries.volunteer import my_tasks, offer_card, open_tasks, task_detail
from models.help.rules.matching import Reason
from models.help.rules.outcomes import Refusal
from models.help.rules.states import ClaimState, OfferState, State
from models.help.views import TaskDetail
from models.leaving.actions import leave
from models.outbox.rules import State as Sent
from models.outbox.tables import OutboxRow
from models.people.rules import Leaving
from tests.help.street import Street


async def test_a_candidate_sees_kind_and_building_and_no_words(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file(text="my knees are bad", when_text="soon")
    async with transaction(street.sessions) as session:
        card = await offer_card(session, street.people["li"], request_id)
    assert card is not None
    assert card.where.zh == "桂花社区 1号楼"
    assert card.offer is OfferState.ASKED
    assert Reason.SAME_BUILDING in card.reasons
    shown = str(asdict(card))
    assert "knees" not in shown
    assert "wang" not in shown


async def test_a_card_tells_who_took_it_and_ones_own_place_in_line(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file()
    for name in ("li", "chen"):
        await street.claim(name, request_id)
    async with transaction(street.sessions) as session:
        card = await offer_card(session, street.people["chen"], request_id)
    assert card is not None
    assert (card.holders, card.claim, card.position) == (("li",), ClaimState.WAITING, 1)


async def test_somebody_unasked_of_elsewhere_sees_no_card(street: Street) -> None:
    await street.volunteer("far", "l1", serves="lan")
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        assert await offer_card(session, street.people["far"], request_id) is None
        assert await offer_card(session, street.people["wang"], request_id) is None
        assert await offer_card(session, street.people["far"], 999_999) is None


async def test_cards_already_sent_change_in_place(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        await session.execute(update(OutboxRow).values(state=Sent.SENT, message_id=OutboxRow.id))
    await street.claim("li", request_id)
    async with transaction(street.sessions) as session:
        edits = await session.scalars(
            select(OutboxRow).where(
                OutboxRow.kind == "help.offer", OutboxRow.target_id.is_not(None)
            )
        )
        edited = {row.recipient_id for row in edits}
    assert edited == {street.people["li"], street.people["chen"]}


async def test_open_tasks_are_the_nearest_first_and_none_of_ones_own(street: Street) -> None:
    await street.volunteer("li", "b4")
    await street.add("near", "b4")
    far, near = await street.file(), await street.file("near")
    await street.file("li")
    emergency = await street.file(category="emergency")
    desk = await street.file(category="public.lift")
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        found = [card.request_id for card in await open_tasks(session, li, now=street.now)]
        assert found == [emergency, near, far]
        assert desk not in found
        await claims.decline(session, li, near, now=street.now)
        await claims.claim(session, li, far, now=street.now)
        left = [card.request_id for card in await open_tasks(session, li, now=street.now)]
        assert left == [emergency]
        nobody = await street.actor(session, "wang")
        assert await open_tasks(session, nobody, now=street.now) == []


async def test_the_holder_sees_the_words_and_the_others_do_not(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file(text="米和油")
    for name in ("li", "chen"):
        await street.claim(name, request_id)
    async with transaction(street.sessions) as session:
        li, chen = await street.actor(session, "li"), await street.actor(session, "chen")
        detail = await task_detail(session, li, request_id, now=street.now)
        assert isinstance(detail, TaskDetail)
        assert (detail.text, detail.beneficiary.name) == ("米和油", "wang")
        assert detail.may_set_out
        assert await task_detail(session, chen, request_id, now=street.now) is Refusal.NOT_ALLOWED
        assert await task_detail(session, li, 999_999, now=street.now) is Refusal.MISSING
        tasks = [(t.request_id, t.claim, t.position) for t in await my_tasks(session, chen)]
    assert tasks == [(request_id, ClaimState.WAITING, 1)]


async def test_my_requests_list_what_goes_on_first(street: Street) -> None:
    await street.add("granny", "b1", telegram=False, proxy="wang")
    first = await street.file()
    second = await street.file("zhou", beneficiary_id=street.people["granny"])
    third = await street.file()
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        await filing.cancel_request(session, wang, third, now=street.now)
        mine = await my_requests(session, wang, now=street.now)
        zhao = await street.actor(session, "zhao")
        assert await where_is_it_now(session, zhao, first, now=street.now) is Refusal.NOT_ALLOWED
    assert [line.request_id for line in mine] == [second, first, third]
    assert [line.state for line in mine] == [State.OPEN, State.OPEN, State.CANCELLED]


async def test_leaving_for_good_erases_words_and_lets_helpers_go(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file(text="米和油")
    await street.claim("li", request_id)
    async with transaction(street.sessions) as session:
        li, wang = await street.actor(session, "li"), await street.actor(session, "wang")
        assert await leave(session, li, now=street.now) is Leaving.OPEN_DUTIES
        assert await leave(session, wang, now=street.now) is Leaving.LEFT
    request = await street.request(request_id)
    assert (request.state, request.text) == (State.CANCELLED, "")
    async with transaction(street.sessions) as session:
        assert await leave(session, await street.actor(session, "li"), now=street.now) == "left"
