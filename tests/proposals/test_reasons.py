"""The reasons that a place has ready."""

from models.database import transaction
from models.proposals.actions import deciding, reception
from models.proposals.queries.reception import place_reasons, reasons_for, said_last
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.reception import MOST_REASONS, ReasonOutcome
from models.proposals.rules.states import State
from tests.proposals.square import Square

KEPT = ReasonOutcome.KEPT


async def ready(square: Square, proposal_id: int) -> dict[str, int]:
    async with transaction(square.sessions) as session:
        return {one.words: one.reason_id for one in await reasons_for(session, proposal_id)}


async def test_the_nearest_place_that_has_any_is_asked(square: Square) -> None:
    gui, g1 = square.places["gui"].id, square.places["g1"].id
    one = await square.put(state=State.SUBMITTED)
    near = await square.put(state=State.SUBMITTED, place_id=square.places["b1"].id)
    assert await ready(square, one) == {}
    assert await square.act("zhao", deciding.add_reason, gui, " 请写明\n楼号 ") is KEPT
    assert list(await ready(square, near)) == ["请写明\n楼号"]
    assert await square.act("zhao", deciding.add_reason, g1, "请写明单元") is KEPT
    assert list(await ready(square, near)) == ["请写明单元"]
    reason_id = (await ready(square, near))["请写明单元"]
    assert await square.act("zhao", deciding.change_reason, reason_id, "请写明门口") is KEPT
    found = await square.act("zhao", reception.return_for_ready, near, reason_id)
    assert found is ProposalOutcome.DONE
    async with transaction(square.sessions) as session:
        assert await said_last(session, near, ProposalEvent.RETURNED) == "请写明门口"
    elsewhere = await square.act("zhao", reception.return_for_ready, one, reason_id)
    assert elsewhere is ProposalOutcome.EMPTY


async def test_removed_is_offered_no_more_and_what_was_said_stays(square: Square) -> None:
    gui = square.places["gui"].id
    one = await square.put(state=State.SUBMITTED)
    await square.act("zhao", deciding.add_reason, gui, "请写明楼号")
    reason_id = (await ready(square, one))["请写明楼号"]
    assert await square.act("zhao", deciding.remove_reason, reason_id) is ReasonOutcome.REMOVED
    assert await square.act("zhao", deciding.remove_reason, reason_id) is ReasonOutcome.MISSING
    found = await square.act("zhao", reception.return_for_ready, one, reason_id)
    assert found is ProposalOutcome.EMPTY
    assert await square.act("zhao", deciding.change_reason, reason_id, "x") is ReasonOutcome.MISSING


async def test_the_desk_of_the_place_alone_keeps_them(square: Square) -> None:
    gui, lan = square.places["gui"].id, square.places["lan"].id
    denied = ReasonOutcome.NOT_ALLOWED
    assert await square.act("li", deciding.add_reason, gui, "x") is denied
    assert await square.act("zhao", deciding.add_reason, lan, "x") is denied
    assert await square.act("zhao", deciding.add_reason, 999, "x") is ReasonOutcome.NO_PLACE
    assert await square.act("zhao", deciding.add_reason, gui, " \n") is ReasonOutcome.EMPTY
    for number in range(MOST_REASONS):
        assert await square.act("zhao", deciding.add_reason, gui, f"理由{number}") is KEPT
    assert await square.act("zhao", deciding.add_reason, gui, "x") is ReasonOutcome.TOO_MANY
    one = await square.put(state=State.SUBMITTED)
    reason_id = (await ready(square, one))["理由0"]
    assert await square.act("li", deciding.change_reason, reason_id, "x") is denied
    assert await square.act("li", deciding.remove_reason, reason_id) is denied
    async with transaction(square.sessions) as session:
        li, zhao = await square.actor(session, "li"), await square.actor(session, "zhao")
        assert await place_reasons(session, li, gui) is None
        shown = await place_reasons(session, zhao, gui)
        assert shown is not None
        assert len(shown.reasons) == MOST_REASONS
