"""Drafts: made once, within one's own places, changed by their author alone, changes counted."""

import asyncio
from datetime import timedelta
from typing import Any

from models.broadcasts.actions.drafts import change, create, discard
from models.broadcasts.rules.audience import Audience, Condition, Group
from models.broadcasts.rules.content import Content, CopyButton, Item
from models.broadcasts.rules.notices import Does, Medium, Style, Topic
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.states import State
from models.people.rules import Role
from tests.broadcasts.sent import broadcast, put
from tests.proposals.conftest import square
from tests.proposals.square import Square

__all__ = ["square"]

WATER = Content(Medium.TEXT, "明天停水")
PLAN = Item(Medium.DOCUMENT, "plan")


async def draft(
    square: Square, *groups: Group, by: str = "zhou", **given: Any
) -> tuple[BroadcastOutcome, int | None]:
    """Write a draft to groups, else to the whole community."""
    values: dict[str, Any] = {
        "token": "t",
        "style": Style.NOTICE,
        "topic": Topic.UTILITIES,
        "language": "zh_Hans",
        "content": WATER,
        "audience": Audience(groups or (Group(square.places["gui"].id),)),
    }
    return await square.act(by, create, **(values | given))


async def made(square: Square, *groups: Group, **given: Any) -> int:
    """Write a draft that is made; give its id."""
    outcome, broadcast_id = await draft(square, *groups, **given)
    assert outcome is BroadcastOutcome.SAVED
    assert broadcast_id is not None
    return broadcast_id


async def test_one_token_makes_one_draft_however_often_it_comes(square: Square) -> None:
    found = await asyncio.gather(*(made(square) for _ in range(4)))
    assert len(set(found)) == 1
    assert await made(square, token="another") not in found
    assert (await draft(square, by="zhao"))[1] is None


async def test_nobody_writes_beyond_their_places(square: Square) -> None:
    lan, gui = Group(square.places["lan"].id), Group(square.places["gui"].id)
    refused = (BroadcastOutcome.NOT_ALLOWED, None)
    assert await draft(square, lan) == refused
    assert await draft(square, gui, lan) == refused
    assert await draft(square, audience=Audience((gui,), (lan,))) == refused
    assert await draft(square, audience=Audience(())) == refused
    assert await draft(square, Group(999)) == refused
    assert await draft(square, by="wang") == refused
    broadcast_id = await made(square)
    wider = Audience((gui, lan))
    assert (
        await square.act("zhou", change, broadcast_id, audience=wider)
        is BroadcastOutcome.NOT_ALLOWED
    )
    kept = await broadcast(square, broadcast_id)
    assert (Audience.of(kept.audience), kept.version) == (Audience((gui,)), 1)


async def test_an_earlier_broadcast_of_elsewhere_is_not_asked_after(square: Square) -> None:
    lan = square.places["lan"].id
    far = await put(square, place_id=lan, audience=Audience((Group(lan),)).kept())
    near = await put(square)
    gui = square.places["gui"].id
    outcome, _none = await draft(square, Group(gui, Condition.UNCONFIRMED, str(far)))
    assert outcome is BroadcastOutcome.NOT_ALLOWED
    assert await draft(square, Group(gui, Condition.UNCONFIRMED, "999")) == (
        BroadcastOutcome.NOT_ALLOWED,
        None,
    )
    assert await made(square, Group(gui, Condition.UNCONFIRMED, str(near)))


async def test_its_author_alone_changes_it_and_loses_it_with_the_right(square: Square) -> None:
    broadcast_id = await made(square, by="zhao")
    for act in (change, discard):
        assert await square.act("zhou", act, broadcast_id) is BroadcastOutcome.NOT_ALLOWED
        assert await square.act("wang", act, broadcast_id) is BroadcastOutcome.NOT_ALLOWED
        assert await square.act("zhao", act, 999) is BroadcastOutcome.MISSING
    assert await square.act("zhao", discard, broadcast_id) is BroadcastOutcome.DISCARDED
    assert (
        await square.act("zhao", change, broadcast_id, content=WATER) is BroadcastOutcome.TOO_LATE
    )
    assert (await broadcast(square, broadcast_id)).state == State.DISCARDED


async def test_every_change_is_counted_and_a_refused_one_changes_nothing(square: Square) -> None:
    broadcast_id = await made(square)
    said = await asyncio.gather(
        *(square.act("zhou", change, broadcast_id, topic=each) for each in Topic)
    )
    assert set(said) == {BroadcastOutcome.SAVED}
    version = 1 + len(Topic)
    assert (await broadcast(square, broadcast_id)).version == version
    refused = await square.act(
        "zhou", change, broadcast_id, topic=Topic.PARTY, content=Content(Medium.TEXT, " ")
    )
    assert refused is BroadcastOutcome.WRONG_CONTENT
    past = await square.act("zhou", change, broadcast_id, start_at=square.now)
    assert past is BroadcastOutcome.PAST
    assert (await broadcast(square, broadcast_id)).version == version


async def test_an_emergency_never_comes_every_week(square: Square) -> None:
    broadcast_id = await made(square)
    later = square.now + timedelta(days=1)
    await square.act("zhou", change, broadcast_id, start_at=later, weekly=True)
    assert (await broadcast(square, broadcast_id)).weekly
    await square.act("zhou", change, broadcast_id, style=Style.EMERGENCY)
    await square.act("zhou", change, broadcast_id, weekly=True)
    assert not (await broadcast(square, broadcast_id)).weekly
    drill = await square.act("zhou", change, broadcast_id, style=Style.DRILL)
    assert drill is BroadcastOutcome.NOT_ALLOWED


async def test_words_in_the_other_language_go_on_under_new_media(square: Square) -> None:
    broadcast_id = await made(square)
    other = Content(Medium.TEXT, "No water tomorrow")
    await square.act("zhou", change, broadcast_id, content_other=other)
    photo = Content(Medium.DOCUMENT, "停水安排", items=(PLAN,))
    await square.act("zhou", change, broadcast_id, content=photo)
    kept = (await broadcast(square, broadcast_id)).content_other
    assert kept is not None
    assert Content.of(kept) == Content(Medium.DOCUMENT, other.words, items=(PLAN,))


async def test_a_button_goes_with_those_whom_it_concerned(square: Square) -> None:
    await square.grant("zhou", Role.SECRETARY, "lan")
    opens = CopyButton(Does.PROPOSAL, "101", subject_id=await square.put())
    link = CopyButton(Does.LINK, "看", "https://a.example.com")
    broadcast_id = await made(square)
    saved = await square.act("zhou", change, broadcast_id, offers=(opens, link))
    assert saved is BroadcastOutcome.SAVED
    elsewhere = Audience((Group(square.places["lan"].id),))
    await square.act("zhou", change, broadcast_id, audience=elsewhere)
    row = await broadcast(square, broadcast_id)
    assert row.buttons == [link.kept()]
    assert row.place_id == square.places["lan"].id
    again = await square.act("zhou", change, broadcast_id, offers=(opens,))
    assert again is BroadcastOutcome.WRONG_CONTENT
