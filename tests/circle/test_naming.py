"""Naming whom one wants to know, agreeing, saying no, leaving again."""

from datetime import timedelta

from sqlalchemy import select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.circle import actions
from models.circle.queries import circles_with, member, my_circle
from models.circle.rules import MOST, CircleOutcome, Move, Notice, State, Tie
from models.circle.views import MemberView
from models.database import transaction
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.records.rules import Refusal
from tests.circle.family import Family


async def test_nobody_is_asked_anything_before_they_have_agreed(family: Family) -> None:
    named = await family.names("son")
    assert named.outcome is CircleOutcome.NAMED
    assert await family.street.told(Notice.ASKED) == ["son"]
    assert await family.contacts() == []
    assert named.circle_id is not None
    assert await family.does(actions.agree, "son", named.circle_id) is CircleOutcome.AGREED
    assert await family.contacts() == ["son"]
    assert await family.street.told(Notice.SAID) == ["wang"]
    assert await family.does(actions.agree, "son", named.circle_id) is Refusal.ALREADY


async def test_nobody_else_agrees_for_somebody(family: Family) -> None:
    named = await family.names("son")
    for name in ("wang", "niece", "zhao"):
        assert await family.does(actions.agree, name, named.circle_id) is Refusal.NOT_ALLOWED
    assert await family.contacts() == []


async def test_never_oneself_never_twice_and_five_at_most(family: Family) -> None:
    assert (await family.names("wang")).outcome is CircleOutcome.ONESELF
    for number in range(MOST):
        await family.street.add(f"n{number}", "b2")
        assert (await family.names(f"n{number}")).outcome is CircleOutcome.NAMED
    assert (await family.names("n0")).outcome is CircleOutcome.KNOWN
    assert (await family.names("son")).outcome is CircleOutcome.FULL
    assert (await family.names("granny", by="son")).outcome is CircleOutcome.UNKNOWN


async def test_who_said_no_is_not_asked_again_for_a_year(family: Family) -> None:
    named = await family.names("son")
    assert await family.does(actions.decline, "son", named.circle_id) is CircleOutcome.DECLINED
    (stepped,) = await family.has("niece")
    assert await family.does(actions.step_out, "niece", stepped) is CircleOutcome.STEPPED_OUT
    family.street.now += timedelta(days=364)
    for name in ("son", "niece"):
        assert (await family.names(name)).outcome is CircleOutcome.SAID_NO
    family.street.now += timedelta(days=2)
    for name in ("son", "niece"):
        assert (await family.names(name)).outcome is CircleOutcome.NAMED


async def test_either_side_ends_it_and_only_they(family: Family) -> None:
    son, niece = await family.has("son", "niece")
    assert await family.does(actions.remove, "zhao", son) is Refusal.NOT_ALLOWED
    assert await family.does(actions.remove, "son", niece) is Refusal.NOT_ALLOWED
    assert await family.does(actions.remove, "wang", son) is CircleOutcome.REMOVED
    assert await family.street.told(Notice.REMOVED) == ["son"]
    assert await family.does(actions.step_out, "niece", niece) is CircleOutcome.STEPPED_OUT
    assert await family.contacts() == []
    assert (await family.names("son")).outcome is CircleOutcome.NAMED


async def test_the_order_is_theirs_whose_circle_it_is(family: Family) -> None:
    son, niece, li = await family.has("son", "niece", "li")
    assert await family.contacts() == ["son", "niece", "li"]
    order = actions.put_in_order
    assert await family.does(order, "wang", [li, son, niece]) is CircleOutcome.SET
    assert await family.contacts() == ["li", "son", "niece"]
    assert await family.does(order, "wang", [li, son, niece]) is Refusal.ALREADY
    assert await family.does(order, "wang", [li, son]) is Refusal.BAD_CHOICE
    assert await family.does(order, "wang", [li, li, son, niece]) is Refusal.BAD_CHOICE
    whose = family.street.people["wang"]
    tried = await family.does(order, "son", [son, niece, li], whom=whose)
    assert tried is Refusal.NOT_ALLOWED


async def test_a_proxy_names_for_whom_they_speak(family: Family) -> None:
    named = await family.names("niece", by="li", whom="granny")
    assert named.outcome is CircleOutcome.NAMED
    assert (await family.names("son", by="zhao", whom="granny")).outcome is Refusal.NOT_ALLOWED
    await family.does(actions.agree, "niece", named.circle_id)
    assert await family.contacts("granny") == ["niece"]
    assert await family.street.told(Notice.SAID) == ["li"]
    assert await family.does(actions.remove, "li", named.circle_id) is CircleOutcome.REMOVED


async def test_somebody_without_the_bot_is_asked_by_staff_and_sealed(family: Family) -> None:
    add = actions.add_by_phone
    named = await family.does(add, "wang", "大姐", "138 0013 8000", Tie.KIN, has_key=True)
    assert named.outcome is CircleOutcome.NAMED
    assert await family.street.told(Notice.CALL) == ["zhao"]
    again = await family.does(add, "wang", "姐", "+86 13800138000", Tie.KIN)
    assert again.outcome is CircleOutcome.KNOWN
    bad = await family.does(add, "wang", "姐", "call me", Tie.KIN)
    assert bad.outcome is CircleOutcome.NOT_A_PHONE
    (row,) = await family.rows()
    kept = b"".join(one for one in (row.name, row.phone, row.has_key) if one)
    assert "大姐".encode() not in kept
    assert b"13800138000" not in kept
    assert b"yes" not in kept
    assert await family.contacts() == []
    note = actions.note_answer
    assert await family.does(note, "wang", row.id, agrees=True) is Refusal.NOT_ALLOWED
    assert await family.does(note, "zhao", row.id, agrees=True) is CircleOutcome.AGREED
    assert await family.contacts() == [""]
    assert (await family.street.told(Notice.SAID))[-1] == "wang"


async def test_every_look_of_staff_at_a_number_is_on_record(family: Family) -> None:
    named = await family.does(actions.add_by_phone, "wang", "大姐", "13800138000", Tie.KIN)
    shown = {"name": "大姐", "phone": "13800138000"}
    assert await family.does(actions.phone_of, "wang", named.circle_id) == shown
    assert await family.does(actions.phone_of, "zhao", named.circle_id) == shown
    assert await family.does(actions.phone_of, "son", named.circle_id) is Refusal.NOT_ALLOWED
    async with transaction(family.street.sessions) as session:
        looks = await session.scalars(select(AuditRow).where(AuditRow.act == AuditAct.LOOKED))
        (look,) = looks.all()
    assert look.actor_id == family.street.people["zhao"]
    assert look.concerning_id == family.street.people["wang"]
    assert await family.does(actions.note_answer, "zhao", named.circle_id, agrees=False)
    (row,) = await family.rows()
    assert (row.state, row.name, row.phone) == (State.DECLINED, None, None)


async def test_what_each_sees_of_a_member(family: Family) -> None:
    (son,) = await family.has("son")
    await family.does(actions.set_key, "wang", son, has_key=True)
    assert await family.does(actions.set_key, "son", son, has_key=False) is Refusal.NOT_ALLOWED
    async with transaction(family.street.sessions) as session:
        wang, his = [await family.street.actor(session, one) for one in ("wang", "son")]
        mine = await my_circle(session, wang)
        theirs = await circles_with(session, his)
        others = await my_circle(session, his, whom=wang.id)
        strange = await member(
            session, await family.street.actor(session, "zhao"), son, now=family.street.now
        )
    assert isinstance(mine, list)
    assert isinstance(mine[0], MemberView)
    assert mine[0].has_key
    assert mine[0].moves == {Move.LOOK, Move.REMOVE, Move.SET, Move.RING}
    assert theirs[0].whose.name == "wang"
    assert theirs[0].moves == {Move.LOOK, Move.STEP_OUT}
    assert others is Refusal.NOT_ALLOWED
    assert strange is Refusal.NOT_ALLOWED


async def test_who_cannot_be_reached_is_not_asked(family: Family) -> None:
    await family.has("son", "niece")
    await family.street.lose("son")
    assert await family.contacts() == ["niece"]


async def test_leaving_ends_memberships_and_erases_what_was_sealed(family: Family) -> None:
    await family.has("son")
    await family.has("wang", whose="niece")
    named = await family.does(actions.add_by_phone, "wang", "大姐", "13800138000", Tie.KIN)
    await family.does(actions.note_answer, "zhao", named.circle_id, agrees=True)
    async with transaction(family.street.sessions) as session:
        wang = await family.street.actor(session, "wang")
        assert await leave(session, wang, now=family.street.now) is Leaving.LEFT
    assert {row.state for row in await family.rows()} == {State.ENDED}
    assert not any(row.name or row.phone or row.has_key for row in await family.rows())
    assert await family.contacts("niece") == []
